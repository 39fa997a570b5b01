"""One referral in words: its headers, what was asked, what was signed about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.people.presenters import baby_headers, contact_words, kind_words
from nestling.people.queries import FamilyPeople
from nestling.reference.codes import code_list
from nestling.referrals.models import Decision, DecisionTold, Referral, ReferralState, Screening
from nestling.referrals.moves import DECIDED, LEGAL_MOVES, READ
from nestling.referrals.presenters.words import referrer_words, told_words
from nestling.referrals.queries import ReferralHistory
from nestling.referrals.services.unmet import LOSS
from nestling.science.acceptance import Judgement, RuleVerdict, Verdict
from nestling.science.ages import day_words
from nestling.ui.addresses import address_of
from nestling.ui.components import BabyHeader, Link, SummaryRow, Tag

RULE_WORDS = {
    "age": "Age",
    "area": "Area",
    "referrer": "Who refers",
    "threshold": "Threshold of indicators",
    "sign": "A sign that opens the door",
}
VERDICT_TAGS = {
    Verdict.INSIDE: Tag("Inside", "green"),
    Verdict.OUTSIDE: Tag("Outside", "yellow"),
    Verdict.OPENS: Tag("Opens the door", "green"),
    Verdict.SILENT: Tag("Says nothing", "grey"),
    Verdict.NOT_KNOWN: Tag("Ask", "yellow"),
}
ASKED = (
    ("concern", "What the referrer is worried about"),
    ("seen_between", "What was seen between the baby and the carer"),
    ("baby_signals", "What was noticed about the baby"),
    ("parents_view", "What the parent or carer says and hopes"),
    ("strengths", "What goes well"),
    ("tried_so_far", "What has been tried"),
    ("outcome_wanted", "What is hoped for"),
    ("why_without_agreement", "Why the family was not told"),
    ("network", "Who else is helping"),
)
ASKED_BY_FAMILY = {
    "concern": "What the parent or carer would like help with",
    "seen_between": "What it is like between them",
    "outcome_wanted": "What they hope will be different",
}
PRACTICAL = (
    ("lives_with", "Who the baby lives, or will live, with"),
    ("practical", "What makes a meeting possible"),
)


def headers(
    referral: Referral, people: FamilyPeople, *, viewer: User, on: date, limit_months: int
) -> list[BabyHeader]:
    """A header for each baby of the referral, linked to the family once one is declared."""
    url = address_of("desk:family", referral.family_id) if referral.family_id else ""
    found = baby_headers(people, viewer=viewer, on=on, limit_months=limit_months)
    return [replace(header, url=url) for header in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictLine:
    """One rule and what it says."""

    rule: str
    tag: Tag
    words: str


def verdict_lines(judgement: Judgement, people: FamilyPeople) -> list[VerdictLine]:
    """Every rule's verdict, scope first. No count is shown: only whether a door is open."""
    several = len(people.babies) > 1
    names = [f" of {baby.short_name}" if several else "" for baby in people.babies]
    ages = [_line(found, of=of) for found, of in zip(judgement.ages, names, strict=True)]
    return [*ages, *(_line(found) for found in judgement.rules[len(ages) :])]


def _line(found: RuleVerdict, *, of: str = "") -> VerdictLine:
    words = found.words
    if found.rule == "sign" and found.code:
        words = f"{code_list('opening_signs').label(found.code)}."
    return VerdictLine(
        rule=RULE_WORDS[found.rule] + of, tag=VERDICT_TAGS[found.verdict], words=words
    )


def door_words(judgement: Judgement) -> str:
    """The codes of the doors that stand open, as a screening keeps them."""
    return " ".join(door.code for door in judgement.opened_by)[:60]


def asked_rows(referral: Referral) -> list[SummaryRow]:
    """What the referrer wrote, under each question; only what was answered."""
    own = ASKED_BY_FAMILY if referral.referrer_type == "self_family" else {}
    return [
        SummaryRow(label=own.get(name, label), values=getattr(referral, name).splitlines())
        for name, label in ASKED
        if getattr(referral, name)
    ]


def about_rows(referral: Referral) -> list[SummaryRow]:
    """How the referral came and from whom."""
    return [
        SummaryRow(label=label, values=[value] if isinstance(value, str) else value)
        for label, value in _about(referral)
        if value
    ]


def _about(referral: Referral) -> Iterator[tuple[str, str | list[str]]]:
    yield "Reference", referral.reference
    yield "Received", day_words(referral.received_on)
    yield "How it came", code_list("referral_routes").label(referral.route)
    yield "Who refers", _referrer(referral)
    yield "Known the family for", referral.known_for
    if referral.referrer_stays_involved:
        yield (
            "Goes on working with the family",
            code_list("yes_no_not_known").label(referral.referrer_stays_involved),
        )
    yield "What the family knows", code_list("family_knows").label(referral.family_knows)
    yield "How soon", code_list("urgencies").label(referral.urgency)
    if referral.age_band:
        yield "Age of the baby", code_list("infant_age_bands").label(referral.age_band)
    for name, label in PRACTICAL:
        yield label, getattr(referral, name).splitlines()


def _referrer(referral: Referral) -> list[str]:
    kind = referrer_words(referral)
    found = referral.referrer
    if found is None:
        return [kind]
    parts = (f"{found.name}, {kind}", found.workplace, found.phone, found.email)
    return [part for part in parts if part]


def carer_rows(people: FamilyPeople) -> list[SummaryRow]:
    """Each carer with who they are to each baby and how it is safe to reach them."""
    rows = []
    for carer in people.carers:
        ties = [row for row in people.relationships if row.carer_id == carer.pk]
        kinds = dict.fromkeys(kind_words(row) for row in ties)
        rule = contact_words(people.facts[carer.pk].safe_contact)
        rows.append(
            SummaryRow(label=carer.full_name, values=[", ".join(kinds), f"Safe contact: {rule}."])
        )
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedLine:
    """Something signed: when, what, by whom."""

    on: str
    what: str
    who: str
    lines: Sequence[str] = ()


def signed_lines(history: ReferralHistory, *, clinical: bool) -> list[SignedLine]:
    """Screenings, decisions, pauses and counted needs by their day, oldest first."""
    found = [
        *((row.screened_on, 0, _screening(row, clinical=clinical)) for row in history.screenings),
        *(
            (row.decided_on, 1, _decision(row, history.told, clinical=clinical))
            for row in history.decisions
        ),
        *((row.from_on, 2, _pause(row.from_on, row.until_on)) for row in history.pauses),
    ]
    return [line for _, _, line in sorted(found, key=lambda entry: entry[:2])]


def _screening(row: Screening, *, clinical: bool) -> SignedLine:
    words = [ReferralState(row.next_state).label]
    if row.missing:
        words.append(f"Asked for: {row.missing}")
    if clinical and row.words:
        words.extend(row.words.splitlines())
    return SignedLine(
        on=day_words(row.screened_on),
        what="Screened",
        who=row.screened_by.full_name,
        lines=words,
    )


def _decision(row: Decision, told: Sequence[DecisionTold], *, clinical: bool) -> SignedLine:
    label = code_list("decisions").label(row.outcome)
    return SignedLine(
        on=day_words(row.decided_on),
        what="Closed after a loss" if row.reason == LOSS else label,
        who=row.decided_by.full_name,
        lines=list(_decision_words(row, told, clinical=clinical)),
    )


def _decision_words(
    row: Decision, told: Sequence[DecisionTold], *, clinical: bool
) -> Iterator[str]:
    if row.reason and row.reason != LOSS:
        yield code_list("decline_reasons").label(row.reason)
    if row.redirected_to:
        yield f"Sent to: {row.redirected_to}. {_taken_up(row.redirect_taken_up)}"
    if row.someone_sees_baby:
        answer = code_list("yes_no_not_known").label(row.someone_sees_baby)
        yield f"Someone will see the baby: {answer.lower()}"
    if clinical and row.rationale:
        yield from row.rationale.splitlines()
    yield told_words([one for one in told if one.decision_id == row.pk])


def _taken_up(code: str) -> str:
    known = {"yes": "Seen there.", "no": "Not seen there: counted as unmet need."}
    return known.get(code, "Not known yet whether the baby was seen there.")


def unmet_lines(history: ReferralHistory) -> list[str]:
    """What was counted about this referral's babies, each said once."""
    kinds = code_list("unmet_need_kinds")
    said = [
        f"{kinds.label(row.kind)}, {day_words(row.on)}"
        + (f"; helped from {day_words(row.met_on)}" if row.met_on else "")
        for row in history.unmet
    ]
    return list(dict.fromkeys(said))


def consultation_lines(history: ReferralHistory) -> list[str]:
    """The consultations that this referral came from."""
    return [f"Came from a consultation on {day_words(row.on)}" for row in history.consultations]


def _pause(from_on: date, until_on: date | None) -> SignedLine:
    end = f"until {day_words(until_on)}" if until_on else "still going on"
    return SignedLine(
        on=day_words(from_on), what="The family asked for a delay", who="", lines=[end]
    )


def _decide(referral: Referral, url: str) -> Link:
    waits = referral.state in (ReferralState.WAITING, ReferralState.HELD_FOR_BIRTH)
    return Link("Change the decision" if waits else "Decide", url)


def actions(referral: Referral, history: ReferralHistory, *, viewer: User) -> list[Link]:
    """What the viewer may do next with this referral."""
    return list(_actions(referral, history, viewer=viewer))


def _actions(referral: Referral, history: ReferralHistory, *, viewer: User) -> Iterator[Link]:
    legal = LEGAL_MOVES[ReferralState(referral.state)]
    triages = referral.team_id in viewer.teams_where(Ability.TRIAGE)
    receives = referral.team_id in viewer.teams_where(Ability.RECEIVE_REFERRAL)
    works = referral.team_id in viewer.teams_where(Ability.WRITE_CLINICAL)

    def page(name: str) -> str:
        return address_of(f"referrals:{name}", referral.pk)

    if triages:
        screening = [Link("Screen", page("screen"))] if legal & READ else []
        deciding = [_decide(referral, page("decide"))] if legal & DECIDED else []
        read = referral.state == ReferralState.FOR_MEETING
        yield from (*deciding, *screening) if read else (*screening, *deciding)
    if works and ReferralState.TAKEN_UP in legal:
        yield Link("Take up", address_of("care:take_up", referral.pk))
        open_pause = any(row.until_on is None for row in history.pauses)
        words = "The delay is over" if open_pause else "The family asks for a delay"
        yield Link(words, page("pause"))
    if receives and history.decisions:
        yield Link("Note who was told", page("told"))
        if history.decisions[-1].outcome == "redirect":
            yield Link("Note what became of it", page("redirect_outcome"))
    if triages and referral.family_id:
        yield Link("Lock this record", address_of("people:lock", referral.family_id))
    elif triages:
        yield Link("Lock this referral", page("lock"))
