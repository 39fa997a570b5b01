"""The list of unmet need in words: one baby a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from nestling.reference.codes import code_list
from nestling.referrals.models import UnmetNeed
from nestling.science.ages import day_words
from nestling.ui.addresses import address_of
from nestling.ui.components import Column, EmptyState, Link
from nestling.ui.paging import address

NOT_NAMED = "A baby who was not named"
TEAM, OTHERS = "team", "others"
AUDIENCES = {
    TEAM: "the team",
    OTHERS: "others, such as a commissioner (no names, no references)",
}


COLUMNS = [
    Column(label=label)
    for label in ("Baby", "When", "How it came", "Reason", "Who asked", "Since then")
]
NOBODY = EmptyState(
    heading="No baby is counted here",
    text="When a referral is declined, a wait ends without a first session, or a colleague is told "
    "not to refer, the baby is listed here by itself.",
)
NOBODY_FITS = EmptyState(
    heading="No baby fits this filter",
    text="Choose “Any” to see more.",
)


def print_links(query: dict[str, str]) -> list[Link]:
    """The readers a list may be printed for, with the filters as they are."""
    here = address_of("referrals:unmet_need")
    return [
        Link(f"Print for {words}", f"{here}{address(query, **{'for': key})}")
        for key, words in AUDIENCES.items()
    ]


def total_words(total: int) -> str:
    """How many babies are listed."""
    return "1 baby" if total == 1 else f"{total} babies"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmetRow:
    """One baby: who, when, how it came, why, who asked, and whether help came after all."""

    name: str
    url: str
    reference: str
    on: str
    kind: str
    reason: str
    referrer: str
    met: str


def unmet_rows(needs: Sequence[UnmetNeed]) -> list[UnmetRow]:
    """The rows of a page."""
    return [_row(need) for need in needs]


def _row(need: UnmetNeed) -> UnmetRow:
    return UnmetRow(
        name=need.baby.full_name if need.baby else _unnamed(need),
        url=address_of("referrals:referral", need.referral_id) if need.referral_id else "",
        reference=need.referral.reference if need.referral else "",
        **_said(need),
    )


def unmet_rows_without_names(needs: Sequence[UnmetNeed]) -> list[UnmetRow]:
    """The rows of a print for others: nobody is named, no reference is given."""
    return [
        UnmetRow(name=f"Baby {number}", url="", reference="", **_said(need))
        for number, need in enumerate(needs, 1)
    ]


def _said(need: UnmetNeed) -> dict[str, str]:
    return {
        "on": day_words(need.on),
        "kind": code_list("unmet_need_kinds").label(need.kind),
        "reason": code_list("decline_reasons").label(need.reason) if need.reason else "",
        "referrer": code_list("referrer_types").label(need.referrer_type),
        "met": f"Helped from {day_words(need.met_on)}" if need.met_on else "Not helped yet",
    }


def _unnamed(need: UnmetNeed) -> str:
    """A baby of an anonymous consultation or request, by age."""
    band = need.consultation.age_band if need.consultation else ""
    band = band or (need.referral.age_band if need.referral else "")
    if not band or band == "not_known":
        return NOT_NAMED
    label = code_list("infant_age_bands").label(band)
    return f"{NOT_NAMED} ({label[:1].lower()}{label[1:]})"
