"""The summary at the top of a page with errors."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from jinja2 import Environment

from nestling.ui.errors import Fault, faults
from nestling.ui.jinja import faulty_forms
from tests.ui.gallery import WRONG, EveryKind, page


class Named(forms.Form):
    """A form with a fault of its own."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="Name")

    def clean(self) -> None:
        raise forms.ValidationError("These two do not go together")


def test_each_line_leads_to_the_first_input_of_its_field(env: Environment) -> None:
    html = page(env, "gallery/public.jinja", form=EveryKind(WRONG))
    shown = BeautifulSoup(html, "html.parser")

    links = [str(tag["href"]) for tag in shown.select(".nhsuk-error-summary__list a")]

    assert links
    for link in links:
        target = shown.select_one(link)
        assert target is not None
        assert target.name in {"input", "select", "textarea"}


def test_a_date_leads_to_its_faulty_box(env: Environment) -> None:
    form = EveryKind({"born": "no", "due_on-day": "1", "due_on-month": "2", "due_on-year": "26"})

    links = [fault.href for fault in faults([form])]

    assert "#id_due_on-year" in links


def test_a_forms_own_fault_comes_first_and_leads_to_its_first_input(env: Environment) -> None:
    assert faults([Named({})]) == [
        Fault("These two do not go together", "#id_name"),
        Fault("Enter name", "#id_name"),
    ]


def test_a_fault_in_a_hidden_input_leads_to_the_first_one_that_is_seen(env: Environment) -> None:
    links = {fault.text: fault.href for fault in faults([EveryKind({})])}

    assert links["Enter token"] == "#id_name"


def test_a_form_without_inputs_leads_to_the_page(env: Environment) -> None:
    class Bare(forms.Form):
        def clean(self) -> None:
            raise forms.ValidationError("Not today")

    assert faults([Bare({})]) == [Fault("Not today", "#maincontent")]


def test_a_form_that_was_not_sent_has_no_faults(env: Environment) -> None:
    assert faults([Named()]) == []


@pytest.mark.parametrize(("data", "starts"), [(None, "Gallery"), ({}, "Error: Gallery")])
def test_the_title_says_that_there_is_an_error(
    env: Environment, data: dict[str, str] | None, starts: str
) -> None:
    html = page(env, "gallery/public.jinja", form=Named(data))

    title = re.search("<title>(.*)</title>", html)
    assert title is not None
    assert title.group(1) == f"{starts} – Nestling"


def test_several_forms_and_formsets_share_one_summary(env: Environment) -> None:
    formset: Any = forms.formset_factory(Named, min_num=1, validate_min=True)
    sent = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-token": "x"}

    found = faulty_forms([Named({})], formset(sent), None, Named())

    assert len(found) == 2


def test_an_unsafe_message_is_not_run(env: Environment, render: Callable[..., str]) -> None:
    form = Named({"name": "x"})
    form.add_error("name", "<script>alert(1)</script>")

    assert "<script>" not in render("{{ error_summary([form]) }}", form=form)
