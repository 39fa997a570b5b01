"""The public form's pages in their order, read from what was answered so far."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from nestling.referrals.forms.babies import BabyForm, StepContext, StepForm, twin_of
from nestling.referrals.forms.carers import CarerForm, OtherCarerForm
from nestling.referrals.forms.public_parent import (
    AgreeForm,
    ParentBetweenForm,
    ParentPracticalForm,
    ReplyForm,
    YouForm,
)
from nestling.referrals.forms.public_professional import (
    AdviceForm,
    AgreementForm,
    BetweenForm,
    PracticalForm,
    ReferrerForm,
)
from nestling.referrals.services.drafts import Answers, Draft

PROFESSIONAL, PARENT = "professional", "parent"
MOST_BABIES = 6
MOST_CARERS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the form: its pages' form, and its name among what will be asked."""

    slug: str
    form: type[StepForm]
    heading: str
    listed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its address, its part, and the how-manieth of its part it is."""

    slug: str
    part: Part
    number: int = 1

    @property
    def heading(self) -> str:
        """The page's name."""
        if self.number == 1:
            return self.part.heading
        return {"baby": "About another baby"}.get(self.part.slug, "Another parent or carer")


AGREEMENT = Part(
    slug="agreement",
    form=AgreementForm,
    heading="Does the family know about this referral?",
    listed="What the family knows",
)
PARTS: Mapping[str, tuple[Part, ...]] = MappingProxyType(
    {
        PROFESSIONAL: (
            AGREEMENT,
            Part(
                slug="baby",
                form=BabyForm,
                heading="About the baby",
                listed="The baby, born or not yet born",
            ),
            Part(
                slug="carer",
                form=CarerForm,
                heading="The baby’s parent or carer",
                listed="The baby’s parents and carers",
            ),
            Part(
                slug="between",
                form=BetweenForm,
                heading="What you have seen between them",
                listed="What you have seen between them",
            ),
            Part(
                slug="practical",
                form=PracticalForm,
                heading="Safety, and who else is helping",
                listed="Safety, and who else is helping",
            ),
            Part(slug="referrer", form=ReferrerForm, heading="About you", listed="You"),
        ),
        "advice": (
            AGREEMENT,
            Part(
                slug="advice",
                form=AdviceForm,
                heading="What you would like advice about",
                listed="Your question, without names",
            ),
            Part(slug="referrer", form=ReferrerForm, heading="About you", listed="You"),
        ),
        PARENT: (
            Part(
                slug="agreement",
                form=AgreeForm,
                heading="Before you begin",
                listed="Whether you agree",
            ),
            Part(
                slug="reply",
                form=ReplyForm,
                heading="How to reach you safely",
                listed="How it is safe to reply",
            ),
            Part(
                slug="baby",
                form=BabyForm,
                heading="About your baby",
                listed="Your baby, born or not yet born",
            ),
            Part(slug="you", form=YouForm, heading="About you", listed="You, and who else cares"),
            Part(
                slug="between",
                form=ParentBetweenForm,
                heading="You and your baby",
                listed="You and your baby",
            ),
            Part(
                slug="practical",
                form=ParentPracticalForm,
                heading="Meeting you",
                listed="Where and when to meet",
            ),
        ),
    }
)
OTHER_CARER = Part(slug="carer", form=OtherCarerForm, heading="Another parent or carer", listed="")


def route_of(draft: Draft) -> str:
    """Which row of parts a draft follows."""
    if draft.audience == PARENT:
        return PARENT
    return (
        "advice"
        if _said(draft.answers, "agreement", "family_knows") == "advice_first"
        else (PROFESSIONAL)
    )


def pages_of(draft: Draft) -> list[Page]:
    """The draft's pages in order: one for each baby and carer that was announced."""
    return list(_pages(draft))


def _pages(draft: Draft) -> Iterator[Page]:
    for part in PARTS[route_of(draft)]:
        yield Page(slug=part.slug, part=part)
        if part.slug == "you":
            yield from _more(draft.answers, OTHER_CARER, after="you", most=MOST_CARERS)
        elif part.slug in ("baby", "carer"):
            most = MOST_BABIES if part.slug == "baby" else MOST_CARERS
            yield from _more(draft.answers, part, after=part.slug, most=most)


def _more(answers: Answers, part: Part, *, after: str, most: int) -> Iterator[Page]:
    """The pages that “another” announced, one after the other."""
    before = after
    for number in range(2, most + 1):
        if _said(answers, before, "another") not in ("yes", "twin", "other"):
            return
        before = f"{part.slug}-{number}"
        yield Page(slug=before, part=part, number=number)


def _said(answers: Answers, step: str, name: str) -> str:
    """The one value that stood in an input."""
    return next(iter(answers.get(step, {}).get(name, [])), "")


def page_named(slug: str, *, pages: list[Page]) -> Page | None:
    """The page with an address."""
    return next((page for page in pages if page.slug == slug), None)


def page_after(page: Page, *, pages: list[Page]) -> Page | None:
    """The page that follows, or nothing after the last."""
    later = pages[pages.index(page) + 1 :]
    return later[0] if later else None


def page_before(page: Page, *, pages: list[Page]) -> Page | None:
    """The page before, or nothing before the first."""
    place = pages.index(page)
    return pages[place - 1] if place else None


def form_of(
    page: Page,
    *,
    draft: Draft,
    on: date,
    domains: tuple[str, ...],
    typed: QueryDict | MultiValueDict[str, str] | None = None,
) -> StepForm:
    """The page's form: with what is typed now, else with what was kept, else empty."""
    context = replace(context_of(draft, on=on, domains=domains), first=page.number == 1)
    context = replace(context, may_add=page.number < MOST_BABIES)
    kept = draft.answers.get(page.slug)
    if typed is None and kept is not None:
        typed = MultiValueDict(kept)
    if typed is not None:
        return page.part.form(typed, context=context)
    return page.part.form(context=context, initial=_beginning(page, draft=draft, on=on))


def context_of(draft: Draft, *, on: date, domains: tuple[str, ...]) -> StepContext:
    """What the questions of a draft depend on."""
    return StepContext(
        on=on,
        nation=draft.team.organisation.nation,
        domains=domains,
        has_carer=_said(draft.answers, "carer", "known") != "no",
        for_parent=draft.audience == PARENT,
        team_phone=draft.team.phone,
    )


def _beginning(page: Page, *, draft: Draft, on: date) -> dict[str, Any]:
    """A twin's page begins with the first twin's name and dates."""
    before = f"baby-{page.number - 1}" if page.number > 2 else "baby"
    if page.part.slug != "baby" or _said(draft.answers, before, "another") != "twin":
        return {}
    kept = BabyForm(
        MultiValueDict(draft.answers[before]),
        context=context_of(draft, on=on, domains=()),
    )
    kept.is_valid()
    return twin_of(kept.cleaned_data)


def typed_in(form: StepForm, sent: QueryDict) -> dict[str, list[str]]:
    """What the browser sent for this form's own inputs: nothing else is kept."""
    names = set(form.fields)
    return {
        name: [str(value) for value in values]
        for name, values in sent.lists()
        if name in names or name.rpartition("-")[0] in names
    }
