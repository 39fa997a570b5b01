"""What the public form says of itself and of what was answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse

from nestling.referrals.forms.babies import StepForm
from nestling.referrals.public_answers import Checked
from nestling.referrals.public_steps import PARENT, PARTS, Page, route_of
from nestling.referrals.services.drafts import Draft
from nestling.science.ages import day_words
from nestling.ui.components import Link, SummaryRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A part in the list of what will be asked."""

    words: str
    current: bool


def form_name(draft: Draft) -> str:
    """What the form is called for whoever fills it in."""
    if draft.audience == PARENT:
        return "Ask for help"
    return "Ask for advice" if route_of(draft) == "advice" else "Refer a family"


def caption(draft: Draft, page: Page) -> str:
    """Which step of how many."""
    parts = PARTS[route_of(draft)]
    return f"{form_name(draft)}: step {place_of(draft, page)} of {len(parts)}"


def place_of(draft: Draft, page: Page) -> int:
    """The number of a page's part; another carer belongs to the part about carers."""
    slugs = [part.slug for part in PARTS[route_of(draft)]]
    slug = page.part.slug if page.part.slug in slugs else "you"
    return slugs.index(slug) + 1


def asked(draft: Draft, page: Page) -> list[Asked]:
    """What will be asked, the present part marked."""
    place = place_of(draft, page)
    parts = PARTS[route_of(draft)]
    return [Asked(words=part.listed, current=n == place) for n, part in enumerate(parts, 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One page's answers, to be checked."""

    heading: str
    rows: Sequence[SummaryRow]
    url: str
    wrong: str


def sections(checked: Sequence[Checked]) -> list[Section]:
    """Every page's answers with a way back to change them."""
    return [
        Section(
            heading=one.page.heading,
            rows=list(answers(one.form)) if one.answered else (),
            url=change_url(one.page),
            wrong=wrong_words(one),
        )
        for one in checked
    ]


def wrong_words(one: Checked) -> str:
    """What is missing on a page, if anything."""
    if not one.answered:
        return "Not answered yet."
    return "" if one.is_right else "Something here has to be put right."


def change_url(page: Page) -> str:
    """The page, coming back to the check afterwards."""
    return reverse("referrals:public_step", args=[page.slug]) + "?back=check"


def answers(form: StepForm) -> Iterator[SummaryRow]:
    """Each answer of a form in the words of its question; what was left empty is not listed."""
    form.is_valid()
    for name, field in form.fields.items():
        said = words_of(field, form.cleaned_data.get(name))
        if said:
            yield SummaryRow(label=str(field.label), values=said)


def words_of(field: forms.Field, value: Any) -> list[str]:
    """An answer as lines of text."""
    if value in (None, "", []):
        return []
    if isinstance(value, date):
        return [day_words(value)]
    if isinstance(field, forms.ChoiceField):
        labels = {str(code): str(label) for code, label in field.widget.choices}
        picked = value if isinstance(value, list) else [value]
        return [labels.get(str(code), str(code)) for code in picked]
    return [line for line in str(value).splitlines() if line.strip()]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedLine:
    """Something that was typed on a page that could not be kept, to be copied."""

    label: str
    text: str


def typed_lines(sent: Any) -> list[TypedLine]:
    """What a browser sent, in the order of its page."""
    return [
        TypedLine(label=name.replace("_", " ").replace("-", " "), text=text)
        for name, values in sent.lists()
        for text in values
        if name != "csrfmiddlewaretoken" and text.strip()
    ]


def start_link() -> Link:
    """The way to begin again."""
    return Link("Start again", reverse("referrals:public_start"))
