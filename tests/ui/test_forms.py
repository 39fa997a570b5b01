"""A plain Django form, drawn by the design system's own macros."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.db import models
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from nestling.ui.forms import (
    Look,
    NHSDateField,
    NHSDateWidget,
    TypedDate,
    nhs_formfield,
    settle_reveals,
)
from nestling.ui.inputs import kept_lines
from tests.ui.gallery import WRONG, EveryKind

Render = Callable[..., str]

UPSTREAM: dict[str, tuple[str, dict[str, Any]]] = {
    "name": (
        "input",
        {
            "id": "id_name",
            "name": "name",
            "label": {"text": "Baby’s name", "size": "s"},
            "hint": {"text": "If there is no name, use “Baby”"},
            "type": "text",
            "value": "",
            "width": 20,
        },
    ),
    "twins": (
        "radios",
        {
            "idPrefix": "id_twins",
            "name": "twins",
            "inline": True,
            "fieldset": {"legend": {"text": "Is there more than one baby?", "size": "s"}},
            "items": [{"value": "no", "text": "No"}, {"value": "yes", "text": "Yes"}],
        },
    ),
    "noticed": (
        "checkboxes",
        {
            "idPrefix": "id_noticed",
            "name": "noticed",
            "fieldset": {"legend": {"text": "What have you noticed?", "size": "s"}},
            "items": [
                {
                    "value": "cry",
                    "text": "Crying a lot",
                    "hint": {"text": "More than three hours a day"},
                },
                {"value": "gaze", "text": "Looks away"},
                {"divider": "or"},
                {"value": "none", "text": "None of these"},
            ],
        },
    ),
    "team": (
        "select",
        {
            "id": "id_team",
            "name": "team",
            "label": {"text": "Team", "size": "s"},
            "items": [
                {"value": "", "text": "Choose", "selected": True},
                {"value": "w", "text": "Willowbrook"},
            ],
        },
    ),
    "email": (
        "input",
        {
            "id": "id_email",
            "name": "email",
            "label": {"text": "Email address", "size": "s"},
            "type": "email",
            "value": "",
            "autocomplete": "email",
            "spellcheck": False,
        },
    ),
    "phone": (
        "input",
        {
            "id": "id_phone",
            "name": "phone",
            "label": {"text": "Phone number", "size": "s"},
            "type": "tel",
            "value": "",
            "autocomplete": "tel",
        },
    ),
    "weeks": (
        "input",
        {
            "id": "id_weeks",
            "name": "weeks",
            "label": {"text": "Weeks pregnant", "size": "s"},
            "value": "",
            "inputmode": "numeric",
            "width": 2,
            "suffix": "weeks",
        },
    ),
    "password": (
        "passwordInput",
        {"id": "id_password", "name": "password", "label": {"text": "Password", "size": "s"}},
    ),
    "story": (
        "characterCount",
        {
            "id": "id_story",
            "name": "story",
            "label": {"text": "Story", "size": "s"},
            "maxlength": 300,
            "value": "",
            "rows": 5,
        },
    ),
    "plain": (
        "textarea",
        {
            "id": "id_plain",
            "name": "plain",
            "label": {"text": "Anything else? (optional)", "size": "s"},
            "value": "",
            "rows": 5,
        },
    ),
    "agrees": (
        "checkboxes",
        {
            "idPrefix": "id_agrees",
            "name": "agrees",
            "items": [{"value": "on", "text": "The family knows about this referral"}],
        },
    ),
    "paper": (
        "fileUpload",
        {"id": "id_paper", "name": "paper", "label": {"text": "A letter (optional)", "size": "s"}},
    ),
    "due_on": (
        "dateInput",
        {
            "id": "id_due_on",
            "hint": {"text": "For example, 2 4 2026"},
            "fieldset": {"legend": {"text": "Due date", "size": "s"}},
            "items": [
                {
                    "id": "id_due_on-day",
                    "name": "due_on-day",
                    "label": "Day",
                    "value": "",
                    "width": 2,
                },
                {
                    "id": "id_due_on-month",
                    "name": "due_on-month",
                    "label": "Month",
                    "value": "",
                    "width": 2,
                },
                {
                    "id": "id_due_on-year",
                    "name": "due_on-year",
                    "label": "Year",
                    "value": "",
                    "width": 4,
                },
            ],
        },
    ),
}
FILES = {
    "characterCount": "character-count",
    "dateInput": "date-input",
    "fileUpload": "file-upload",
    "passwordInput": "password-input",
}


def same_html(one: str) -> str:
    """HTML without the spaces between tags."""
    return re.sub(r">\s+|\s+<", lambda found: found.group().strip(), one).strip()


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize("name", UPSTREAM)
def test_a_field_is_drawn_as_the_design_systems_macro_draws_it(
    env: Environment, render: Render, name: str
) -> None:
    macro, params = UPSTREAM[name]
    component = env.get_template(f"nhsuk/components/{FILES.get(macro, macro)}/macro.jinja").module

    drawn = render("{{ field(form[name]) }}", form=EveryKind(), name=name)

    assert same_html(drawn) == same_html(getattr(component, macro)(params))


@pytest.mark.parametrize("name", ["name", "twins", "noticed", "team", "email", "story", "paper"])
def test_a_field_with_an_error_is_drawn_as_the_macro_draws_it(
    env: Environment, render: Render, name: str
) -> None:
    class Required(EveryKind):
        paper = forms.FileField(label="A letter (optional)")

    macro, params = UPSTREAM[name]
    component = env.get_template(f"nhsuk/components/{FILES.get(macro, macro)}/macro.jinja").module
    form: Any = Required({})
    message = {"errorMessage": {"text": form[name].error_text}}

    drawn = render("{{ field(form[name]) }}", form=form, name=name)

    assert same_html(drawn) == same_html(getattr(component, macro)({**params, **message}))


def test_radios_leave_out_the_choice_of_nothing(render: Render) -> None:
    page = soup(render("{{ field(form['born']) }}", form=EveryKind()))

    assert [tag["value"] for tag in page.select("input[type=radio]")] == ["yes", "no"]


def test_what_an_option_opens_is_drawn_once_under_it(render: Render) -> None:
    page = soup(render("{{ fields(form) }}", form=EveryKind()))

    assert len(page.select("[name=born_on-day]")) == 1
    assert page.select_one("#conditional-id_born [name=born_on-day]")
    assert page.select_one("#conditional-id_born-2 [name=due_on-day]")


def test_opening_is_left_to_the_stylesheet(render: Render) -> None:
    drawn = render("{{ fields(form) }}", form=EveryKind())

    assert "data-aria-controls" not in drawn
    assert "__conditional--hidden" not in drawn


def test_fields_can_be_chosen_or_left_out(render: Render) -> None:
    page = soup(
        render("{{ fields(form, only=['name', 'team'], without=['team']) }}", form=EveryKind())
    )

    assert [tag["name"] for tag in page.select("[name]")] == ["name"]


def test_a_template_may_change_how_a_field_looks(render: Render) -> None:
    page = soup(
        render("{{ field(form['name'], width=5, is_heading=true, size='l') }}", form=EveryKind())
    )

    assert page.select_one("h1 label.nhsuk-label--l")
    assert page.select_one("input.nhsuk-input--width-5")


def test_a_whole_form_is_drawn_by_printing_it(env: Environment) -> None:
    page = soup(str(EveryKind()))

    assert {tag["name"] for tag in page.select("[name]")} >= {
        "name",
        "born",
        "born_on-day",
        "token",
    }


def test_a_form_with_a_file_can_send_it(render: Render) -> None:
    page = soup(render("{{ form_page(form, '') }}", form=EveryKind()))

    assert page.form is not None
    assert page.form["enctype"] == "multipart/form-data"


def test_the_widget_of_a_date_alone_has_three_named_boxes(env: Environment) -> None:
    page = soup(str(EveryKind(WRONG)["due_on"]))

    assert [(tag["name"], tag["value"]) for tag in page.select("input")] == [
        ("due_on-day", "31"),
        ("due_on-month", "2"),
        ("due_on-year", "2026"),
    ]


def test_only_the_boxes_that_are_wrong_are_marked(render: Render) -> None:
    form = EveryKind({"born": "no", "due_on-day": "1", "due_on-month": "2", "due_on-year": "26"})

    page = soup(render("{{ field(form['due_on']) }}", form=form))

    assert [tag["name"] for tag in page.select(".nhsuk-input--error")] == ["due_on-year"]


def test_what_was_chosen_stays_chosen(render: Render) -> None:
    form = EveryKind(
        {"born": "no", "team": "w", "agrees": "on", "places": ["a", "r"]} | {"twins": "yes"}
    )

    page = soup(render("{{ fields(form) }}", form=form))

    assert [tag["value"] for tag in page.select("[checked]")] == ["no", "yes", "on"]
    assert [tag["value"] for tag in page.select("[selected]")] == ["w", "a", "r"]


def test_a_password_is_never_printed_back(render: Render) -> None:
    assert "secret-word" not in render(
        "{{ fields(form) }}", form=EveryKind({"password": "secret-word"})
    )


class Seldom(forms.Form):
    """What few forms need."""

    groups = forms.ChoiceField(
        label="Place",
        choices=[("Leeds", [("a", "Acorn"), ("b", "Beech")]), ("c", "Cedar")],
        widget=forms.RadioSelect(attrs={"class": "nl-mt"}),
    )
    told = forms.BooleanField(
        label="Told",
        help_text="In words",
        disabled=True,
        widget=forms.CheckboxInput(attrs={"hx-post": "/told/"}),
    )
    how = forms.CharField(label="How", disabled=True, initial="By letter")
    warm = forms.NullBooleanField(label="Warm", initial=True)
    met_on = NHSDateField(label="Met", widget=NHSDateWidget(attrs={"autocomplete": "bday"}))

    looks: ClassVar = {
        "groups": Look(small=True, hide_label=True),
        "told": Look(reveals={"true": ("how",)}),
        "met_on": Look(is_heading=True, caption="Step 2", classes="nl-mt"),
    }


def test_groups_of_choices_are_laid_flat(render: Render) -> None:
    page = soup(render("{{ field(form['groups']) }}", form=Seldom()))

    assert [tag["value"] for tag in page.select("input")] == ["a", "b", "c"]
    assert page.select_one(".nhsuk-radios--small.nl-mt")
    assert page.select_one("legend.nhsuk-u-visually-hidden")


def test_one_tick_has_its_hint_its_attributes_and_what_it_opens(render: Render) -> None:
    page = soup(render("{{ field(form['told']) }}", form=Seldom()))

    tick = page.select_one("input[type=checkbox]")
    assert tick is not None
    assert (tick["hx-post"], tick.has_attr("disabled")) == ("/told/", True)
    assert page.select_one(".nhsuk-checkboxes__hint")
    assert page.select_one("#conditional-id_told [name=how][value='By letter'][disabled]")


def test_a_list_of_yes_and_no_shows_what_is_known(render: Render) -> None:
    page = soup(render("{{ field(form['warm']) }}", form=Seldom()))

    assert [tag["value"] for tag in page.select("[selected]")] == ["true"]


def test_a_date_may_be_the_pages_heading_and_be_filled_in_by_the_browser(render: Render) -> None:
    page = soup(render("{{ field(form['met_on']) }}", form=Seldom()))

    heading = page.select_one("legend h1")
    assert heading is not None
    assert heading.get_text(" ", strip=True) == "Step 2 Met"
    assert [tag["autocomplete"] for tag in page.select("input")] == [
        "bday-day",
        "bday-month",
        "bday-year",
    ]


def test_a_fault_that_names_no_box_marks_all_three(render: Render) -> None:
    form = Seldom({"met_on-day": "1", "met_on-month": "1", "met_on-year": "2026"})
    form.add_error("met_on", "This is before the referral")

    page = soup(render("{{ field(form['met_on']) }}", form=form))

    assert len(page.select(".nhsuk-input--error")) == 3


def test_a_group_can_be_drawn_from_the_field_itself(env: Environment) -> None:
    assert soup(str(EveryKind()["name"].as_field_group())).select_one("label[for=id_name]")


def test_a_field_for_several_files_takes_several(render: Render) -> None:
    class Several(forms.ClearableFileInput):
        allow_multiple_selected = True

    class Letters(forms.Form):
        letters = forms.FileField(widget=Several)

    page = soup(render("{{ field(form['letters']) }}", form=Letters()))

    assert page.select_one("input[type=file][multiple]")


def test_a_model_choice_of_nothing_stays_in_a_list(render: Render) -> None:
    page = soup(render("{{ field(form['team']) }}", form=EveryKind()))

    assert [tag["value"] for tag in page.select("option")] == ["", "w"]


def test_a_widget_that_nobody_knows_is_drawn_by_django_in_a_group_of_ours(render: Render) -> None:
    class Lamp(forms.Widget):
        template_name = "django/forms/widgets/input.html"

        def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
            context = super().get_context(name, value, attrs)
            context["widget"]["type"] = "range"
            return context

    class Bright(forms.Form):
        lamp = forms.CharField(label="Lamp", widget=Lamp, help_text="Turn")

    page = soup(render("{{ field(form['lamp']) }}", form=Bright({})))

    assert page.select_one(".nhsuk-form-group--error label[for=id_lamp]")
    assert page.select_one("input[type=range]#id_lamp")


TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=80)


@given(typed=TYPED)
def test_lines_survive_the_macros_indentation(typed: str) -> None:
    shown = str(kept_lines(typed))

    assert "\n" not in shown
    read_back = soup(f"<textarea>{shown}</textarea>").textarea
    assert read_back is not None
    lead = "\n" if typed.startswith("\n") else ""
    assert read_back.text == lead + typed


AWKWARD = [
    "O’Shaughnessy",
    'D\'Arcy "Bee" <b>',
    '"><script>alert(1)</script>',
    "{{ 7 * 7 }}",
    "👶🏽 نور",
    "x" * 100_000,
    "\n  first\n    second\n",
    "50% &amp; &#10;",
]


@pytest.mark.parametrize("typed", AWKWARD)
def test_nothing_that_was_typed_is_lost_or_run(render: Render, typed: str) -> None:
    form = EveryKind({"name": typed, "plain": typed, "due_on-day": typed, "born": "no"})

    page = soup(render("{{ form_page(form, '') }}", form=form))

    def shown(name: str) -> Any:
        return page.select_one(f"[name={name}]")

    assert shown("name")["value"] == typed
    assert shown("due_on-day")["value"] == typed
    assert shown("plain").text == ("\n" if typed.startswith("\n") else "") + typed
    assert not page.select("script")


class Opened(forms.Form):
    """A question that opens others."""

    born = forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect)
    born_on = NHSDateField(label="Date of birth")
    weight = forms.IntegerField(label="Weight", required=False)
    due_on = NHSDateField(label="Due date", required=False)
    signs = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False)
    which = forms.CharField(label="Which", required=False)
    agrees = forms.BooleanField(required=False)
    how = forms.CharField(label="How", required=False)

    looks: ClassVar = {
        "born": Look(reveals={"yes": ("born_on", "weight"), "no": ("due_on",)}),
        "signs": Look(reveals={"b": ("which",)}),
        "agrees": Look(reveals={"true": ("how",)}),
    }

    def clean(self) -> None:
        settle_reveals(self, optional=("weight",))


def faults_of(**sent: Any) -> dict[str, str]:
    form: Any = Opened({name.replace("__", "-"): value for name, value in sent.items()})
    return {name: form[name].error_text for name in form.errors}


def test_a_models_date_gets_three_boxes_and_keeps_its_words(env: Environment) -> None:
    column: Any = models.DateField("date of birth", null=True, blank=True, help_text="If known")

    field = nhs_formfield(column)

    assert isinstance(field, NHSDateField)
    assert (field.label, field.required, field.help_text) == ("Date of birth", False, "If known")
    assert field.clean(TypedDate("29", "2", "2024")) == date(2024, 2, 29)


@pytest.mark.parametrize("column", [models.DateTimeField(), models.CharField(max_length=9)])
def test_a_models_other_fields_stay_djangos(env: Environment, column: Any) -> None:
    assert not isinstance(nhs_formfield(column), NHSDateField)


def test_a_question_that_is_opened_wants_an_answer(env: Environment) -> None:
    assert faults_of(born="no") == {"due_on": "Enter due date"}


def test_a_question_that_is_hidden_is_forgotten_with_its_faults(env: Environment) -> None:
    sent = {"born": "no", "born_on-day": "99", "weight": "heavy", "how": "by letter"}
    form = Opened({**sent, "due_on-day": "1", "due_on-month": "4", "due_on-year": "2026"})

    assert form.is_valid()
    assert (form.cleaned_data["born_on"], form.cleaned_data["weight"]) == (None, None)
    assert form.cleaned_data["how"] == ""


def test_ticks_open_questions_too(env: Environment) -> None:
    born = {"born_on__day": "1", "born_on__month": "4", "born_on__year": "2026"}

    found = faults_of(born="yes", signs=["a", "b"], agrees="on", **born)

    assert found == {"which": "Enter which", "how": "Enter how"}
