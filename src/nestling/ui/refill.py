"""Laying typed words back into the form of a page that is already drawn.

A page that comes back after a sign-in, or with a draft, was drawn by a view that knows nothing of
what was typed. Its HTML says which inputs there are; only what people type or choose is laid in.
Hidden inputs keep the page's own values, but for those named in ``HELD``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

Typed = Mapping[str, list[str]]
Attributes = list[tuple[str, str | None]]
MARK = "form_key"
#: Hidden inputs that belong to the words: on which version of a record they were written.
HELD = frozenset({"versions", "after"})
NOT_TYPED = frozenset({"hidden", "password", "file", "submit", "button", "image", "reset"})
LEAST_SHARE = 0.5


@dataclass(slots=True)
class Control:
    """One input of a form: where its tag (or a text area's words) stands in the page."""

    tag: str
    attributes: Attributes
    start: int
    end: int
    select: str = ""

    def get(self, name: str) -> str:
        """An attribute, empty where there is none."""
        return dict(self.attributes).get(name) or ""

    @property
    def name(self) -> str:
        """The name by which it is sent."""
        return self.select or self.get("name")

    @property
    def kind(self) -> str:
        """What kind of input it is."""
        return self.get("type").lower() or "text" if self.tag == "input" else self.tag

    @property
    def is_typed(self) -> bool:
        """Whether a person fills it in."""
        return self.kind not in NOT_TYPED


@dataclass(slots=True)
class FoundForm:
    """A form of the page with its inputs."""

    controls: list[Control] = field(default_factory=list)

    @property
    def is_keyed(self) -> bool:
        """Whether it is one of our own that saves something."""
        return any(one.name == MARK for one in self.controls)

    def share_of(self, typed: Typed) -> float:
        """How much of what was typed has a place here; nothing unless a person fills it in."""
        asked = {one.name for one in self.controls}
        if not any(one.is_typed and one.name in typed for one in self.controls):
            return 0.0
        return sum(name in asked for name in typed) / len(typed)


class FormParser(HTMLParser):
    """Finds the forms of a page and where each of their inputs stands."""

    def __init__(self, html: str) -> None:
        """Read the whole page."""
        super().__init__(convert_charrefs=True)
        self.forms: list[FoundForm] = []
        self._open = False
        self._select = ""
        self._area: Control | None = None
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Note a form, or an input of the form that is open."""
        if tag == "form":
            self._open = True
            self.forms.append(FoundForm())
        elif self._open and tag in ("input", "textarea", "select", "option"):
            self._note(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        if tag == "form":
            self._open = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._area is not None:
            self._area.end = self._here()
            self._area = None

    def _note(self, tag: str, attrs: Attributes) -> None:
        start = self._here()
        end = start + len(self.get_starttag_text() or "")
        one = Control(tag=tag, attributes=list(attrs), start=start, end=end)
        if tag == "select":
            self._select = one.name
        elif tag == "option":
            one.select = self._select
        elif tag == "textarea":
            one.start = one.end
            self._area = one
        self.forms[-1].controls.append(one)

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


def refilled(html: str, typed: Typed, *, key: str = "") -> str | None:
    """The page with the words laid into the form that they fit best, or nothing where none fits.

    ``key`` takes the place of that form's own key.
    """
    forms = [form for form in FormParser(html).forms if form.is_keyed]
    best = max(forms, key=lambda form: form.share_of(typed), default=None)
    if not typed or best is None or best.share_of(typed) < LEAST_SHARE:
        return None
    for start, end, text in sorted(_edits(best, typed, key=key), reverse=True):
        html = html[:start] + text + html[end:]
    return html


def fits(html: str, typed: Typed) -> bool:
    """Whether a form of the page asks for what was typed."""
    forms = [form for form in FormParser(html).forms if form.is_keyed]
    return bool(typed) and any(form.share_of(typed) >= LEAST_SHARE for form in forms)


def _edits(form: FoundForm, typed: Typed, *, key: str) -> Iterator[tuple[int, int, str]]:
    """What to put in place of which part of the page."""
    used: dict[str, int] = {}
    for one in form.controls:
        if one.name == MARK and key:
            yield one.start, one.end, _tag(one, value=key)
        elif one.kind in ("radio", "checkbox"):
            ticked = (one.get("value") or "on") in typed.get(one.name, [])
            yield one.start, one.end, _tag(one, flag="checked", is_set=ticked)
        elif one.tag == "option" and one.name in typed:
            chosen = one.get("value") in typed[one.name]
            yield one.start, one.end, _tag(one, flag="selected", is_set=chosen)
        elif one.name in typed and (one.is_typed or one.name in HELD) and one.tag != "select":
            place = used.get(one.name, 0)
            used[one.name] = place + 1
            text = (typed[one.name][place:] or [""])[0].replace("\x00", "")
            is_area = one.tag == "textarea"
            yield one.start, one.end, "\n" + escape(text) if is_area else _tag(one, value=text)


def _tag(one: Control, *, value: str | None = None, flag: str = "", is_set: bool = False) -> str:
    """The start tag again, with another value or with a mark set or taken away."""
    dropped = {flag} if value is None else {"value"}
    attributes = [(name, was) for name, was in one.attributes if name not in dropped]
    if value is not None:
        attributes.append(("value", value))
    elif is_set:
        attributes.append((flag, None))
    words = (name if was is None else f'{name}="{escape(was)}"' for name, was in attributes)
    return f"<{' '.join((one.tag, *words))}>"
