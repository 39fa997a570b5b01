"""Which persons and referrals a page shows, read from its HTML alone.

The rule. A person is shown where the page has their full name; or, where a part of the page is
about one family (its address or the links in that part lead to one family, referral or episode),
where that part has the name that someone of *that family* is called by. A referral is shown where
its reference stands, where the page is its own, or where a link leads to it. Names of staff and of
referrers are taken out first, and so is what the visitor typed into a search.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import cast
from uuid import UUID

from bs4 import BeautifulSoup, Tag

from nestling.accounts.models import User
from nestling.care.models import Episode
from nestling.people.models import FamilyMember, Person, ProfessionalContact
from nestling.referrals.models import Referral, ReferralBaby, ReferralRelationship

IDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TAGS = re.compile(r"<[^>]*>")
SPOKEN = ("aria-label", "title", "alt", "value", "content")
REFERRAL_LINK = re.compile(rf"/(?:referrals|waiting)/({IDS.pattern})/")


@dataclass(frozen=True)
class Directory:
    """Every name in the demo and whom it may stand for."""

    full_names: dict[str, set[UUID]]
    short_names: dict[UUID, str]
    references: dict[str, UUID]
    circles: dict[UUID, set[UUID]]
    """By the id of a family, referral or episode: the persons whom it is about."""
    others: list[str]
    circle_of: dict[UUID, UUID] = field(default_factory=dict)
    """The family (or the referral, without one) to which such an id belongs."""


def directory() -> Directory:
    """The names as they stand in the database now."""
    persons = list(Person.objects.all())
    full_names: dict[str, set[UUID]] = defaultdict(set)
    for person in persons:
        # A merged record has the names of the kept one, whose page its address leads to.
        if person.merged_into_id is None:
            full_names[person.full_name].add(person.pk)
    others = [user.full_name for user in User._default_manager.all()]
    others += [row.name for row in ProfessionalContact.objects.all()]
    circles, circle_of = _circles()
    return Directory(
        full_names=dict(full_names),
        short_names={person.pk: person.short_name for person in persons},
        references={row.reference: row.pk for row in Referral.objects.all()},
        circles=circles,
        others=others,
        circle_of=circle_of,
    )


def _circles() -> tuple[dict[UUID, set[UUID]], dict[UUID, UUID]]:
    circles: dict[UUID, set[UUID]] = defaultdict(set)
    circle_of: dict[UUID, UUID] = {}
    for family, person in FamilyMember.objects.values_list("family", "person"):
        circles[family].add(person)
    circle_of.update((family, family) for family in circles)
    for referral, family in Referral.objects.values_list("pk", "family"):
        declared = cast("UUID | None", family)  # empty before a family is declared
        circle_of[referral] = referral if declared is None else declared
    for referral, baby in ReferralBaby.objects.values_list("referral", "baby"):
        circles[circle_of[referral]].add(baby)
    ties = ReferralRelationship.objects.values_list("referral", "relationship__carer")
    for referral, carer in ties:
        circles[circle_of[referral]].add(carer)
    circle_of.update(Episode.objects.values_list("pk", "family"))
    return dict(circles), circle_of


def persons_named(html: str, *, names: Directory) -> set[UUID]:
    """The persons whose full name stands anywhere in an answer, in its words or its marks."""
    told = " ".join(unescape(TAGS.sub(" ", html)).split())
    text = f"{told} {unescape(html)}"
    return {pk for name, who in names.full_names.items() if has_name(text, name) for pk in who}


def persons_shown(html: str, *, url: str, names: Directory) -> set[UUID]:
    """The persons whom a page shows."""
    page = parsed(html)
    text = words_of(page)
    found = {pk for name, who in names.full_names.items() if has_name(text, name) for pk in who}
    for circle, part in _parts(page, url=url, names=names):
        rest = without_full_names(words_of(part), names=names)
        found |= {
            pk for pk in names.circles.get(circle, ()) if has_name(rest, names.short_names[pk])
        }
    return found


def parts_by_circle(html: str, *, url: str, names: Directory) -> list[tuple[UUID, Tag]]:
    """The parts of a page that are about one family each."""
    return list(_parts(parsed(html), url=url, names=names))


def referrals_shown(html: str, *, url: str, names: Directory) -> set[UUID]:
    """The referrals that a page shows."""
    page = parsed(html)
    text = words_of(page)
    found = {pk for reference, pk in names.references.items() if has_name(text, reference)}
    known = set(names.references.values())
    hrefs = [url, *(str(link["href"]) for link in page.select("a[href]"))]
    linked = {UUID(match) for href in hrefs for match in REFERRAL_LINK.findall(href)}
    return found | (linked & known)


def parsed(html: str) -> BeautifulSoup:
    """A page without scripts, and without what the visitor typed into a search."""
    page = BeautifulSoup(html, "lxml")
    for quiet in page.select("script, style, input[name=q], input[type=hidden], .nl-searched"):
        quiet.decompose()
    return page


def words_of(part: Tag) -> str:
    """What is read or heard of a part of a page."""
    spoken = [
        str(tag[name]) for tag in (part, *part.find_all(True)) for name in SPOKEN if tag.get(name)
    ]
    return " ".join(" ".join([part.get_text(" "), *spoken]).split())


def has_name(text: str, name: str) -> bool:
    """Whether a name stands in a text as words of their own."""
    return name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def without_full_names(text: str, *, names: Directory) -> str:
    """A text without its full names: what is left may hold names that people are called by."""
    for name in sorted([*names.full_names, *names.others], key=len, reverse=True):
        text = text.replace(name, " ")
    return text


def _parts(page: BeautifulSoup, *, url: str, names: Directory) -> Iterator[tuple[UUID, Tag]]:
    """Each part of a page that is about one family: the page itself, or parts by their links."""
    own = circles_in([url], names=names)
    if own:
        yield from ((circle, page) for circle in own)
        return
    for link in page.select("a[href]"):
        circle = circles_in([str(link["href"])], names=names)
        if len(circle) == 1:
            yield next(iter(circle)), _widest(link, circle, names=names)


def _widest(link: Tag, circle: set[UUID], *, names: Directory) -> Tag:
    """The widest part around a link in which every link leads to the same family."""
    part = link
    for above in link.parents:
        hrefs = [str(one["href"]) for one in above.select("a[href]")]
        if above.name in ("main", "body", "[document]") or not (
            circles_in(hrefs, names=names) <= circle
        ):
            break
        part = above
    return part


def circles_in(hrefs: Iterable[str], *, names: Directory) -> set[UUID]:
    """The families, or referrals without one, to which addresses lead."""
    ids = {UUID(match) for href in hrefs for match in IDS.findall(href)}
    return {names.circle_of[pk] for pk in ids if pk in names.circle_of}
