"""The triage board in words: a card for each referral, one thing to do on each."""

from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import shorten

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.people.models import Person
from nestling.people.presenters import status_tag
from nestling.reference.codes import code_list
from nestling.referrals.models import ReferralState
from nestling.referrals.presenters.words import (
    ages_of,
    ago,
    babies_named,
    carers_named,
    referrer_words,
    told_words,
)
from nestling.referrals.queries.board import (
    DECIDED,
    INFORMATION,
    MEETING,
    NEW,
    BoardFigures,
    BoardRow,
)
from nestling.science.ages import (
    Stage,
    count_of,
    limit_on,
    weeks_until,
)
from nestling.ui.addresses import address_of
from nestling.ui.components import BoardCard, BoardColumn, Figure, Link, Tag

HEADINGS = {
    NEW: "New",
    INFORMATION: "Need more information",
    MEETING: "For the meeting",
    DECIDED: "Decided this week",
}
EMPTY = {
    NEW: "No new referrals.",
    INFORMATION: "Nobody has to be asked again.",
    MEETING: "Nothing for the meeting yet.",
    DECIDED: "Nothing was decided in the last 7 days.",
}
ACTIONS = {NEW: "Screen", INFORMATION: "Chase", MEETING: "Decide"}
CONCERN_LENGTH = 110
SOON_WEEKS = 8
STATE_COLOURS = {
    ReferralState.WAITING: "green",
    ReferralState.HELD_FOR_BIRTH: "blue",
    ReferralState.CONSULTATION_ONLY: "aqua-green",
    ReferralState.SAFEGUARDING_FIRST: "red",
}


def columns(
    rows: Sequence[BoardRow], found: BoardFigures, *, viewer: User, on: date
) -> list[BoardColumn]:
    """The four columns in the order of a referral's life."""
    return [
        column(key, [row for row in rows if row.column == key], found, viewer=viewer, on=on)
        for key in HEADINGS
    ]


def column(
    key: str, rows: Sequence[BoardRow], found: BoardFigures, *, viewer: User, on: date
) -> BoardColumn:
    """One column with its count; a link to the rest where not every card is shown."""
    total = found.totals[key]
    more = Link("See all of them", f"?column={key}", about=HEADINGS[key])
    return BoardColumn(
        key=key,
        heading=HEADINGS[key],
        cards=[card(row, viewer=viewer, on=on) for row in rows],
        empty=EMPTY[key],
        total=total,
        more=more if total > len(rows) else None,
    )


def card(row: BoardRow, *, viewer: User, on: date) -> BoardCard:
    """One referral: who, how old, what is the matter, the one thing to do."""
    clinical = row.referral.team_id in viewer.teams_where(Ability.READ_CLINICAL)
    return BoardCard(
        heading=babies_named(row.babies),
        url=address_of("referrals:referral", row.referral.pk),
        age=ages_of(row.babies, on),
        lines=list(_lines(row, clinical=clinical)),
        flags=list(_flags(row, clinical=clinical, on=on)),
        foot=_foot(row, on=on),
        action=_action(row, viewer=viewer),
    )


def _lines(row: BoardRow, *, clinical: bool) -> Iterator[str]:
    yield from carers_named(row.relationships) or _nobody(row)
    if clinical and not any(baby.is_lost for baby in row.babies):
        concern = shorten(row.referral.concern, CONCERN_LENGTH, placeholder=" …")
        if concern:
            yield concern


def _nobody(row: BoardRow) -> list[str]:
    if row.babies:
        return ["Carer not yet known"]
    band = row.referral.age_band
    return [code_list("infant_age_bands").label(band)] if band else []


def _flags(row: BoardRow, *, clinical: bool, on: date) -> Iterator[Tag]:
    if row.column in (DECIDED,) or row.referral.state == ReferralState.SAFEGUARDING_FIRST:
        yield state_tag(ReferralState(row.referral.state))
    if row.unmet:
        yield Tag("Counted as unmet need", "yellow")
    if any(baby.is_lost for baby in row.babies):
        yield Tag("Loss: nothing is sent by itself", "purple")
        return
    if row.referral.urgency != "routine":
        label = code_list("urgencies").label(row.referral.urgency)
        yield Tag(label, "red" if row.referral.urgency == "urgent" else "yellow")
    for status in row.statuses if clinical else ():
        if status.status != "none_known":
            yield status_tag(status.status)
    yield from _screened(row, clinical=clinical)
    yield from filter(None, (_time_tag(baby, row, on=on) for baby in row.babies[:1]))


def _screened(row: BoardRow, *, clinical: bool) -> Iterator[Tag]:
    if row.column not in (INFORMATION, MEETING):
        return
    if clinical and row.door_opened:
        yield Tag("A sign opens the door", "green")
    elif row.within_rules:
        yield Tag("Screened: within our rules", "green")


def _time_tag(baby: Person, row: BoardRow, *, on: date) -> Tag | None:
    """What time is left: to the birth, or to the age limit. Nothing once it is decided."""
    if row.column == DECIDED:
        return None
    stage = baby.dates.stage(on)
    if stage is Stage.UNBORN and baby.due_on is not None:
        weeks = weeks_until(baby.due_on, on)
        words = f"{count_of(weeks, 'week')} to birth" if weeks else "Due now"
        return Tag(words, "yellow") if weeks <= SOON_WEEKS else None
    if stage is Stage.OVERDUE_NO_NEWS:
        return Tag("No news of the birth", "yellow")
    limit = limit_on(baby.dates, row.limit_months)
    if limit is None:
        return None
    if on >= limit:
        return Tag("Over the age limit", "yellow")
    return Tag("Near age limit", "yellow") if (limit - on).days <= row.near_limit_days else None


def state_tag(state: ReferralState) -> Tag:
    """A referral's state as a tag."""
    return Tag(state.label, STATE_COLOURS.get(state, "grey"))  # type: ignore[arg-type]


def _foot(row: BoardRow, *, on: date) -> str:
    if row.column == DECIDED:
        return told_words(row.told)
    return f"{referrer_words(row.referral)}, {ago(row.referral.received_on, on)}"


def _action(row: BoardRow, *, viewer: User) -> Link | None:
    """The one thing to do, for who may do it."""
    text = ACTIONS.get(row.column)
    if text is None or row.referral.team_id not in viewer.teams_where(Ability.TRIAGE):
        return None
    page = "referrals:decide" if text == "Decide" else "referrals:screen"
    about = babies_named(row.babies)
    return Link(text, address_of(page, row.referral.pk), about=f"{about}")


def page_links(viewer: User) -> list[Link]:
    """The pages beside the board that the viewer may open."""
    pages = (
        ("New referral", "referrals:receive", Ability.RECEIVE_REFERRAL),
        ("Print the agenda", "referrals:agenda", Ability.TRIAGE),
        ("Possible duplicates", "people:duplicates", Ability.TRIAGE),
        ("Consultations", "referrals:consultations", Ability.RECEIVE_REFERRAL),
        ("Acceptance rules", "referrals:criteria", Ability.SEE_WORKLOAD),
    )
    return [Link(text, address_of(page)) for text, page, ability in pages if viewer.can(ability)]


def strip_figures(found: BoardFigures, *, on: date) -> list[Figure]:
    """The numbers above the board."""
    unmet = Link("Unmet need", address_of("referrals:unmet_need"))
    waiting = Link("List", address_of("care:waiting"), about="of families waiting")
    oldest = "None" if found.oldest_on is None else count_of((on - found.oldest_on).days, "day")
    return [
        Figure(str(found.to_decide), "to decide"),
        Figure(oldest, "oldest with no decision"),
        Figure(str(found.waiting), "waiting", waiting),
        Figure(str(found.turned_away), "turned away this month", unmet),
    ]
