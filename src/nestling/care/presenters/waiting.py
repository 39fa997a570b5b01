"""The waiting list in words: one frozen row for each family, and the numbers above them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from nestling.accounts.models import User
from nestling.care.presenters.words import babies_words, mode_words, near_day
from nestling.care.queries import Carer, WaitingKey, WaitingList, WaitingRow
from nestling.care.rules import Doable, doable
from nestling.people.presenters import status_tag
from nestling.reference.codes import code_list
from nestling.science.ages import Stage, stage_words, weeks_until
from nestling.science.waiting import ClockState, Trigger, clock_state
from nestling.ui.addresses import addresses
from nestling.ui.components import Column, Figure, Link, ShareBar, Tag, share_bar
from nestling.ui.paging import address

SHOW_CHOICES = (
    ("all", "Everyone waiting"),
    ("unborn", "Not born yet"),
    ("again", "Need triage again"),
    ("unbooked", "Nothing booked"),
)
ORDER_CHOICES = (
    ("share", "Share of life waited"),
    ("days", "Days waited"),
    ("limit", "Weeks to age limit"),
    ("received", "Date received"),
)
TRIGGER_WORDS = {
    Trigger.BIRTH: "Born: triage again",
    Trigger.NEAR_LIMIT: "Near age limit",
    Trigger.STATUS_CHANGE: "Safeguarding status changed",
    Trigger.REFERRER_UPDATE: "News from the referrer",
}
CLOCK_TAGS = {
    ClockState.PAUSED: Tag("Paused at the family’s wish", "grey"),
    ClockState.STOPPED: Tag("First contact held", "grey"),
}
URGENCY_TAGS = {"urgent": Tag("Urgent", "pink"), "soon": Tag("Soon", "white")}

LINKED = ("close_waiting", "triage_again", "waiting_contact", "interim_offer")
"""The acts to which a row has links."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """Everything about the baby's time and the wait; there is none after a loss."""

    age: str
    age_note: str
    to_birth: str
    to_limit: str
    near_limit: bool
    days: str
    share: ShareBar | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWords:
    """One row of the list, with the links that its reader may follow."""

    name: str
    url: str
    carers: str
    wait: Link
    tags: tuple[Tag, ...]
    time: TimeWords | None
    last: str
    next: str
    meanwhile: str
    book: Link | None
    offer: Link | None
    act: Link | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads a list: what they may do, and where its links lead; found once for all rows."""

    doable: Doable
    pages: Mapping[str, Callable[[UUID], str]]

    @classmethod
    def of(cls, user: User) -> Self:
        """Someone who is signed in."""
        acts = {name: addresses(f"care:{name}") for name in ("wait", *LINKED)}
        return cls(doable(user), {**acts, "family": addresses("desk:family")})

    def page(self, name: str, row: WaitingRow) -> str:
        """The address of a page about a wait."""
        return self.pages[name](row.referral.pk)

    def may(self, act: str, row: WaitingRow) -> bool:
        """Whether they may do this to a wait."""
        return row.key.team_id in self.doable[act]


def waiting_row(row: WaitingRow, *, reader: Reader, on: date) -> RowWords:
    """A row of the list in words."""
    key, name = row.key, babies_words(row.babies)
    return RowWords(
        name=name,
        url=row_url(row, reader),
        carers=", ".join(carer_words(carer, row) for carer in row.carers),
        wait=Link(row.referral.reference, reader.page("wait", row), f": the wait of {name}"),
        tags=tuple(plain_tags(row) if key.lost else row_tags(row, on=on)),
        time=None if key.lost else time_words(key, on=on),
        last=last_words(row, on=on),
        next=next_words(row, on=on),
        meanwhile=code_list("interim_offers").label(row.interim_offer),
        book=book_link(row, name, reader=reader),
        offer=offer_link(row, name, reader=reader),
        act=main_link(row, name, reader=reader),
    )


def time_words(key: WaitingKey, *, on: date) -> TimeWords:
    """The baby's time and the wait, as words."""
    said = stage_words(key.dates, on)
    return TimeWords(
        age=said.removesuffix(" old").removesuffix(" pregnant"),
        age_note="pregnant" if said.endswith(" pregnant") else "",
        to_birth=birth_words(key, stage=key.dates.stage(on), on=on),
        to_limit="" if key.limit_on is None else weeks_words(key.limit_on, on=on),
        near_limit=key.near_limit,
        days=str(key.days),
        share=share_of(key),
    )


def birth_words(key: WaitingKey, *, stage: Stage, on: date) -> str:
    """Whole weeks to the due date, or that the baby is born."""
    if stage is Stage.BORN:
        return "Born"
    due = key.dates.due_on
    return str(weeks_until(due, on)) if due is not None else "Not known"


def weeks_words(limit: date, *, on: date) -> str:
    """Whole weeks to the age limit, or that it has passed."""
    return str(weeks_until(limit, on)) if limit > on else "Past"


def share_of(key: WaitingKey) -> ShareBar | None:
    """The bar of the share of life waited."""
    if key.share is None:
        return None
    return share_bar(
        waited_days=key.share.waited_days,
        of_days=key.share.life_days,
        unborn=key.share.of_pregnancy,
    )


def row_tags(row: WaitingRow, *, on: date) -> Iterator[Tag]:
    """What to know at a glance: urgency, reasons to look again, statuses, the clock, language."""
    if row.referral.urgency in URGENCY_TAGS:
        yield URGENCY_TAGS[row.referral.urgency]
    for trigger in row.key.triggers:
        yield Tag(trigger_words(trigger, row.key, on=on), "orange")
    state = clock_state(row.key.wait, on=on)
    if state in CLOCK_TAGS:
        yield CLOCK_TAGS[state]
    yield from plain_tags(row)


def plain_tags(row: WaitingRow) -> Iterator[Tag]:
    """What stays to know after a loss too: statuses and the language to speak."""
    for status in row.statuses:
        yield status_tag(status)
    for carer in row.carers:
        if carer.person.interpreter == "yes":
            language = code_list("languages").label(carer.person.language) or "ask which"
            yield Tag(f"Interpreter: {language}", "grey")


def trigger_words(trigger: Trigger, key: WaitingKey, *, on: date) -> str:
    """Why someone should look again."""
    if trigger is Trigger.NO_CONTACT:
        since = key.last_contact_on or key.wait.received_on
        return f"No contact {(on - since).days} days"
    return TRIGGER_WORDS[trigger]


def carer_words(carer: Carer, row: WaitingRow) -> str:
    """A carer's name and what they are to the baby; a mother before the birth is expecting."""
    unborn = all(baby.born_on is None and not baby.is_lost for baby in row.babies)
    if carer.kind == "mother" and unborn:
        return f"{carer.person.full_name} (expecting)"
    return f"{carer.person.full_name} ({code_list('relationship_kinds').label(carer.kind).lower()})"


def last_words(row: WaitingRow, *, on: date) -> str:
    """How and when the family was last in touch."""
    day = row.key.last_contact_on
    if day is None:
        return "None yet"
    if row.last_contact_mode == "decision":
        return f"Told of the decision, {near_day(day, on=on)}"
    label = code_list("contact_modes").label(row.last_contact_mode)
    return f"{label}, {near_day(day, on=on)}"


def next_words(row: WaitingRow, *, on: date) -> str:
    """When and how the family is promised to hear next; empty for nothing booked."""
    day = row.key.next_contact_on
    if day is None:
        return ""
    mode = mode_words(row.next_contact_mode)
    return f"{near_day(day, on=on)}, {mode}" if mode else near_day(day, on=on)


def row_url(row: WaitingRow, reader: Reader) -> str:
    """The family's page, or the wait's where no family is declared yet."""
    if row.key.family_id is None:
        return reader.page("wait", row)
    return reader.pages["family"](row.key.family_id)


def main_link(row: WaitingRow, name: str, *, reader: Reader) -> Link | None:
    """The one thing to do: close gently after a loss, else look again where there is a reason."""
    if row.key.lost:
        return act_link(row, "close_waiting", "Close gently", f"the wait of {name}", reader=reader)
    if not row.key.triggers:
        return None
    return act_link(row, "triage_again", "Look again", f"at {name}", reader=reader)


def book_link(row: WaitingRow, name: str, *, reader: Reader) -> Link | None:
    """Book a contact, where nothing is booked."""
    if row.key.next_contact_on is not None or row.key.lost:
        return None
    return act_link(row, "waiting_contact", "Book", f"a contact for {name}", reader=reader)


def offer_link(row: WaitingRow, name: str, *, reader: Reader) -> Link | None:
    """Offer something meanwhile, where nothing is offered."""
    if row.interim_offer or row.key.lost:
        return None
    return act_link(row, "interim_offer", "Offer", f"something to {name}", reader=reader)


def act_link(row: WaitingRow, act: str, text: str, about: str, *, reader: Reader) -> Link | None:
    """A link to an act on the wait, for whoever may do it."""
    return Link(text, reader.page(act, row), about) if reader.may(act, row) else None


def figures(found: WaitingList) -> list[Figure]:
    """The list in numbers."""
    numbers = found.figures
    one = numbers.families == 1
    return [
        Figure(str(numbers.families), "family waiting" if one else "families waiting"),
        Figure(str(numbers.unborn), "not born yet"),
        Figure(days_words(numbers.middle_wait), "middle wait (median)"),
        Figure(days_words(numbers.longest_wait), "longest wait"),
        Figure(str(numbers.need_look), "to triage again or close gently"),
    ]


def days_words(days: int | None) -> str:
    """A number of days, or a dash where there is none."""
    if days is None:
        return "–"
    return f"{days} day" if days == 1 else f"{days} days"


def loss_words(lost: int) -> str:
    """That someone on the list has lost a baby; empty when nobody has."""
    if not lost:
        return ""
    who = "1 family on this list has" if lost == 1 else f"{lost} families on this list have"
    return f"{who} lost a baby. Their wait is closed gently, by someone who knows them."


def columns(*, order: str, query: dict[str, str]) -> list[Column]:
    """The headers; three of them order the list."""

    def by(key: str, label: str, *, numeric: bool = False, classes: str = "") -> Column:
        return Column(
            label=label,
            sort_url=address(query, order=key, page=""),
            sorted=("ascending" if key == "limit" else "descending") if key == order else "",
            numeric=numeric,
            classes=classes,
        )

    return [
        Column(label="Baby and carer"),
        Column(label="Age now"),
        Column(label="Weeks to birth", numeric=True),
        by("limit", "Weeks to limit", numeric=True),
        by("days", "Days waited", numeric=True),
        by("share", "Share of life waited", classes="nl-w-life"),
        Column(label="Last contact"),
        Column(label="Next contact"),
        Column(label="Meanwhile"),
    ]
