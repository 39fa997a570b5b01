"""What stands around a page: given once a request by a context processor under the name `frame`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """A main link; `count` is a number of things that wait for this person, not a score."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The header and footer of a page. What is empty is not drawn.

    `note` stands in the footer: the demo says there that everybody is made up.
    """

    home_url: str = "/"
    team_name: str = ""
    nav: tuple[NavItem, ...] = ()
    user_name: str = ""
    account_url: str = ""
    sign_out_url: str = ""
    search_url: str = ""
    records_url: str = ""
    footer_links: tuple[NavItem, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackLink:
    """The way back, named after the page that it leads to."""

    url: str
    label: str = "Back"
