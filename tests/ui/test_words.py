"""Plain words in place of Django's."""

from typing import Any

import pytest
from django import forms
from jinja2 import Environment

from nestling.ui.words import lowered


def told(field: forms.Field, *typed: str) -> str:
    kind = type("OneField", (forms.Form,), {"answer": field})
    form: Any = kind({"answer": typed[0] if len(typed) == 1 else list(typed)})
    form.is_valid()
    return str(form["answer"].error_text)


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        (forms.CharField(label="Baby’s name"), "", "Enter baby’s name"),
        (forms.CharField(label="NHS number"), "", "Enter NHS number"),
        (forms.CharField(label="Who is with you?"), "", "Answer the question: “Who is with you?”"),
        (forms.ChoiceField(label="Team", choices=[("a", "A")]), "", "Choose an answer: team"),
        (
            forms.ChoiceField(label="Team", choices=[("a", "A")]),
            "b",
            "Choose an answer from the list: team",
        ),
        (forms.BooleanField(label="They know"), "", "Tick the box: “They know”"),
        (
            forms.EmailField(label="Email"),
            "nobody",
            "Enter an email address in the correct format, like name@example.com",
        ),
        (forms.IntegerField(label="Weeks"), "many", "Weeks must be a whole number"),
        (forms.DecimalField(label="Hours"), "many", "Hours must be a number"),
        (forms.TimeField(label="Start"), "noon", "Start must be a time, like 14:30"),
        (
            forms.CharField(label="Story", max_length=3),
            "four",
            "Story must be 3 characters or fewer. You typed 4",
        ),
        (forms.CharField(label="Code", min_length=3), "xy", "Code must be 3 characters or more"),
        (forms.IntegerField(label="Weeks", max_value=45), "46", "Weeks must be 45 or less"),
        (
            forms.IntegerField(label="How many weeks?", min_value=0),
            "-1",
            "The answer to “How many weeks?” must be 0 or more",
        ),
        (
            forms.RegexField("^[0-9]+$", label="Postcode"),
            "x",
            "Postcode is not in a form that can be read",
        ),
    ],
)
def test_djangos_message_becomes_one_that_names_the_field(
    env: Environment, field: forms.Field, typed: str, words: str
) -> None:
    assert told(field, typed) == words


def test_a_message_that_the_field_gives_itself_stays(env: Environment) -> None:
    field = forms.CharField(label="Name", error_messages={"required": "Say what to call you"})

    assert told(field, "") == "Say what to call you"


def test_a_message_that_a_validator_of_ours_gives_stays(env: Environment) -> None:
    def refuse(value: str) -> None:
        raise forms.ValidationError("The check digit is wrong", code="invalid")

    assert told(forms.CharField(label="NHS number", validators=[refuse]), "1") == (
        "The check digit is wrong"
    )


@pytest.mark.parametrize(("label", "inside"), [("", ""), ("A", "a"), ("GP", "GP")])
def test_a_label_inside_a_sentence_keeps_its_abbreviations(label: str, inside: str) -> None:
    assert lowered(label) == inside
