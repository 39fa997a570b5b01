"""A whole draft as a referral: each page checked again, then put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from nestling.referrals.forms.babies import BabyForm, StepForm
from nestling.referrals.forms.carers import CarerFields, safe_ways
from nestling.referrals.forms.public_professional import BetweenForm
from nestling.referrals.public_steps import PARENT, Page, form_of, pages_of, route_of
from nestling.referrals.services import (
    BabyGiven,
    CarerGiven,
    ReferralDetails,
    ReferralWords,
    ReferrerGiven,
)
from nestling.referrals.services.drafts import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A page with its form, checked if it was answered."""

    page: Page
    form: StepForm
    answered: bool

    @property
    def is_right(self) -> bool:
        """Whether the page was answered and its answers hold today."""
        return self.answered and self.form.is_valid()


def check_all(draft: Draft, *, on: date, domains: tuple[str, ...]) -> list[Checked]:
    """Every page of a draft, checked against today."""
    return [
        Checked(
            page=page,
            form=form_of(page, draft=draft, on=on, domains=domains),
            answered=page.slug in draft.answers,
        )
        for page in pages_of(draft)
    ]


def first_wrong(checked: Sequence[Checked]) -> Checked | None:
    """The first page that is unanswered or no longer right."""
    return next((one for one in checked if not one.is_right), None)


def details_of(draft: Draft, checked: Sequence[Checked], *, on: date) -> ReferralDetails:
    """The referral that a checked draft asks for."""
    values: dict[str, Any] = {}
    for one in checked:
        if one.page.part.slug not in ("baby", "carer", "you"):
            values |= one.form.cleaned_data
    route = route_of(draft)
    by_route = {PARENT: _from_parent, "advice": _for_advice}
    build = by_route.get(route, _from_professional)
    return build(values, checked, on)


def _from_professional(
    values: Mapping[str, Any], checked: Sequence[Checked], on: date
) -> ReferralDetails:
    return ReferralDetails(
        route="professional",
        referrer_type=values["referrer_type"],
        family_knows=values["family_knows"],
        method="online",
        urgency=values["urgency"],
        babies=babies_of(checked),
        carers=carers_of(checked),
        referrer=_referrer(values),
        words=_words(values, checked),
        written_on=on,
        stays_involved=values["stays_involved"],
        known_for=values["known_for"],
        postcode=values["postcode"],
        counts=_counts(checked),
        signs=frozenset(values["signs"]),
        safeguarding=values["safeguarding"],
        domestic_abuse=_abuse(values),
        domestic_abuse_words=values.get("domestic_abuse_words", ""),
    )


def _for_advice(values: Mapping[str, Any], checked: Sequence[Checked], on: date) -> ReferralDetails:
    return ReferralDetails(
        route="advice_line",
        referrer_type=values["referrer_type"],
        family_knows="advice_first",
        method="online",
        referrer=_referrer(values),
        words=_words(values, checked),
        written_on=on,
        stays_involved=values["stays_involved"],
        known_for=values["known_for"],
        age_band=values["age_band"],
    )


def _from_parent(
    values: Mapping[str, Any], checked: Sequence[Checked], on: date
) -> ReferralDetails:
    you, *others = carers_of(checked)
    reachable = replace(
        you,
        phone=values["phone"],
        email=values["email"],
        safe=safe_ways(dict(values)),
        is_primary_carer=not any(carer.is_primary_carer for carer in others),
    )
    return ReferralDetails(
        route="self",
        referrer_type="self_family",
        family_knows="agrees",
        method="online",
        babies=babies_of(checked),
        carers=(reachable, *others),
        self_referred=True,
        words=_words(values, checked),
        written_on=on,
        postcode=values["postcode"],
    )


def babies_of(checked: Sequence[Checked]) -> tuple[BabyGiven, ...]:
    """The babies in the order given; twins numbered."""
    forms = [one.form for one in checked if isinstance(one.form, BabyForm)]
    orders = birth_orders([str(form.cleaned_data.get("another", "")) for form in forms])
    return tuple(form.given(birth_order=order) for form, order in zip(forms, orders, strict=True))


def birth_orders(another: Sequence[str]) -> list[int | None]:
    """Each baby's place among its twins, from what “another” said on each page.

    >>> birth_orders(["twin", "other", "no"])
    [1, 2, None]
    """
    orders: list[int | None] = []
    for place, said in enumerate(another):
        follows = place > 0 and another[place - 1] == "twin"
        last = orders[-1] if orders else None
        orders.append((last or 0) + 1 if follows else 1 if said == "twin" else None)
    return orders


def carers_of(checked: Sequence[Checked]) -> tuple[CarerGiven, ...]:
    """The carers in the order given; none where nobody is known."""
    given = (one.form.given() for one in checked if isinstance(one.form, CarerFields))
    return tuple(carer for carer in given if carer is not None)


def _referrer(values: Mapping[str, Any]) -> ReferrerGiven:
    return ReferrerGiven(
        name=values["name"],
        role=values["referrer_type"],
        workplace=values["workplace"],
        phone=values["phone"],
        email=values["email"],
    )


def _words(values: Mapping[str, Any], checked: Sequence[Checked]) -> ReferralWords:
    """Each text under its own question; those about the baby come from the baby's page."""
    baby = next((one.form for one in checked if isinstance(one.form, BabyForm)), None)
    about_baby = baby.cleaned_data if baby else {}
    names = ("concern", "seen_between", "parents_view", "strengths", "tried_so_far")
    more = ("outcome_wanted", "practical", "network", "why_without_agreement")
    return ReferralWords(
        baby_signals=about_baby.get("noticed", ""),
        lives_with=about_baby.get("lives_with", ""),
        **{name: values.get(name, "") for name in (*names, *more)},
    )


def _counts(checked: Sequence[Checked]) -> dict[str, int]:
    form = next((one.form for one in checked if isinstance(one.form, BetweenForm)), None)
    return form.counts() if form else {}


def _abuse(values: Mapping[str, Any]) -> str:
    """The answer; words without an answer are kept under “not known”."""
    answer = str(values.get("domestic_abuse") or "")
    return answer or ("not_known" if values.get("domestic_abuse_words") else "")
