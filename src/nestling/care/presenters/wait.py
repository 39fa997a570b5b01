"""The page of one wait in words: its clock, what was done meanwhile, what can be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nestling.accounts.models import User
from nestling.care.presenters.waiting import CLOCK_TAGS, days_words
from nestling.care.presenters.words import near_day
from nestling.care.queries import WaitCase, WaitHistory
from nestling.care.rules import may
from nestling.reference.codes import code_list
from nestling.science.ages import day_words, weeks_until
from nestling.science.waiting import clock_state
from nestling.ui.addresses import address_of
from nestling.ui.components import Link, SummaryRow, share_bar

ACTS = (
    ("take_up", "Take up"),
    ("waiting_contact", "Add a contact"),
    ("interim_offer", "Offer something meanwhile"),
    ("referrer_update", "Add news from the referrer"),
    ("triage_again", "Look at it again"),
    ("close_waiting", "Close the wait"),
)
AFTER_LOSS = frozenset({"waiting_contact", "close_waiting"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing that happened while the family waited."""

    on: str
    heading: str
    text: str
    by: str


def wait_rows(case: WaitCase, *, on: date) -> list[SummaryRow]:
    """The clock of the wait; after a loss nothing but the day of receipt."""
    key, referral = case.key, case.referral
    rows = [
        SummaryRow(label="Reference", values=[referral.reference]),
        SummaryRow(label="Received", values=[day_words(referral.received_on)]),
    ]
    return rows if key.lost else [*rows, *_clock_rows(case, on=on)]


def _clock_rows(case: WaitCase, *, on: date) -> Iterator[SummaryRow]:
    key = case.key
    state = clock_state(key.wait, on=on)
    words = [days_words(key.days)]
    if state in CLOCK_TAGS:
        words.append(CLOCK_TAGS[state].text)
    yield SummaryRow(label="Waited", values=words)
    if key.share is not None:
        share = share_bar(
            waited_days=key.share.waited_days,
            of_days=key.share.life_days,
            unborn=key.share.of_pregnancy,
        )
        yield SummaryRow(label="Share of life", values=[share.words])
    if key.limit_on is not None:
        weeks = weeks_until(key.limit_on, on)
        left = f"{weeks} weeks left" if key.limit_on > on else "Passed"
        yield SummaryRow(label="Age limit", values=[f"{day_words(key.limit_on)}. {left}"])


def act_links(case: WaitCase, *, viewer: User) -> list[Link]:
    """What the viewer may do, the first thing first."""
    return [
        Link(text, address_of(f"care:{act}", case.referral.pk))
        for act, text in ACTS
        if may(viewer, act, team_id=case.referral.team_id)
        and (not case.key.lost or act in AFTER_LOSS)
    ]


def happened(history: WaitHistory, *, clinical: bool, on: date) -> list[Happened]:
    """Everything that was done meanwhile, newest first; words only for who reads them."""
    rows: list[tuple[date, Happened]] = [
        *_contacts(history, clinical=clinical, on=on),
        *_offers(history, clinical=clinical, on=on),
        *(_looks(history, on=on) if clinical else ()),
    ]
    for update in history.updates:
        text = update.words if clinical else ""
        rows.append((update.on, _row(update.on, "News from the referrer", text, update.by, on=on)))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0], reverse=True)]


def _contacts(history: WaitHistory, *, clinical: bool, on: date) -> Iterator[tuple[date, Happened]]:
    for contact in history.contacts:
        label = code_list("contact_modes").label(contact.mode)
        text = contact.words if clinical else ""
        if contact.held_on is not None:
            yield contact.held_on, _row(contact.held_on, label, text, contact.by, on=on)
        elif contact.planned_on is not None:
            heading = f"Planned: {label}"
            if contact.planned_on < on:
                heading = f"Was planned, and nothing is recorded: {label}"
            row = _row(contact.planned_on, heading, text, contact.by, on=on)
            yield contact.planned_on, row


def _offers(history: WaitHistory, *, clinical: bool, on: date) -> Iterator[tuple[date, Happened]]:
    for offer in history.offers:
        label = code_list("interim_offers").label(offer.offer)
        wanted = code_list("yes_no_not_known").label(offer.accepted).lower()
        text = " ".join(filter(None, (offer.words, f"Wanted: {wanted}."))) if clinical else ""
        heading = f"Offered: {label}"
        yield offer.offered_on, _row(offer.offered_on, heading, text, offer.offered_by, on=on)


def _looks(history: WaitHistory, *, on: date) -> Iterator[tuple[date, Happened]]:
    for look in history.looks:
        reason = code_list("retriage_triggers").label(look.trigger)
        yield look.on, _row(look.on, f"Looked at again: {reason}", look.words, look.by, on=on)


def _row(day: date, heading: str, text: str, by: User | None, *, on: date) -> Happened:
    name = by.full_name if by is not None else ""
    return Happened(on=near_day(day, on=on), heading=heading, text=text, by=name)
