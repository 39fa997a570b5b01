"""Both versions of a record beside each other: what differs, in words that people read."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Role
from nestling.foundation import audit
from nestling.foundation.versions import Seen
from nestling.ui.errors import faults
from nestling.ui.forms import NHSDateField
from nestling.ui.versions import (
    AS_OPENED,
    CHANGED,
    ConfirmForm,
    differences,
    guard,
    guard_of,
    one_kind_of_break,
)


class DetailsForm(forms.Form):
    """One field of each kind."""

    place = forms.CharField(label="Place", required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "First"), ("b", "Second")])
    on = NHSDateField(label="Day", required=False)
    open = forms.BooleanField(label="Open", required=False)
    languages = forms.MultipleChoiceField(
        label="Languages",
        choices=[("pl", "Polish"), ("cy", "Welsh")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    part = forms.DecimalField(label="Part", required=False)


STORED: dict[str, Any] = {
    "place": "One\nTwo",
    "kind": "a",
    "on": date(2026, 3, 9),
    "open": True,
    "languages": ["pl", "cy"],
    "part": "0.6",
}
SAME = (
    "place=One%0D%0ATwo&kind=a&on-day=9&on-month=3&on-year=2026&open=on"
    "&languages=cy&languages=pl&part=0.60"
)


def filled(sent: str) -> DetailsForm:
    return DetailsForm(QueryDict(sent))


def rows(sent: str) -> dict[str, tuple[str, str]]:
    found = differences(filled(sent), STORED, told={})
    return {row.label: (row.typed, row.stored) for row in found}


def test_the_same_answers_written_in_another_way_do_not_differ() -> None:
    assert rows(SAME) == {}


def test_what_differs_is_said_as_people_read_it() -> None:
    sent = "place=&kind=b&on-day=31&on-month=2&on-year=2026&languages=cy&part=1"

    assert rows(sent) == {
        "Place": ("Nothing", "One\nTwo"),
        "Kind": ("Second", "First"),
        "Day": ("31 2 2026", "9 March 2026"),
        "Open": ("No", "Yes"),
        "Languages": ("Welsh", "Polish, Welsh"),
        "Part": ("1", "0.6"),
    }


@given(text=st.text(alphabet=st.sampled_from("ab \n"), max_size=20))
def test_line_ends_are_no_difference(text: str) -> None:
    assert one_kind_of_break(text.replace("\n", "\r\n")) == one_kind_of_break(text)


def asked(team: Team, *, sent: str, seen: str) -> DetailsForm:
    form = DetailsForm(
        QueryDict(f"{sent}&versions={seen}"), initial={**STORED, "place": team.place}
    )
    guard(form, team)
    return form


@pytest.fixture
def changed(team: Team, user_as: Any) -> tuple[Team, str, User]:
    """A team, the version that a page showed, and who has changed it since."""
    seen, user = str(Seen.of(team)), user_as(Role.CLINICAL_LEAD)
    return audit.change(team, {"place": "Hull"}, by=user, action="team_changed"), seen, user


@pytest.mark.django_db
def test_a_form_that_shows_what_is_stored_is_valid(team: Team) -> None:
    form = asked(team, sent=SAME, seen=str(Seen.of(team)))

    assert form.is_valid()
    assert guard_of(form) is not None
    assert "two-versions" not in form.render()


@pytest.mark.django_db
def test_the_second_one_is_told_what_the_first_one_did(changed: tuple[Team, str, User]) -> None:
    team, seen, user = changed
    form = asked(team, sent=SAME, seen=seen)
    html = render_to_string("ui/forms/form.jinja", {"form": form})

    assert not form.is_valid()
    assert [(fault.text, fault.href) for fault in faults([form])] == [(CHANGED, "#two-versions")]
    assert f"{user.full_name} changed the team&#39;s details" in html
    assert "Hull" in html
    assert f'value="{Seen.of(team)}"' in html


@pytest.mark.django_db
def test_a_field_that_nobody_else_changed_says_so(changed: tuple[Team, str, User]) -> None:
    team, seen, user = changed
    form = asked(team, sent=SAME.replace("kind=a", "kind=b"), seen=seen)
    found = guard_of(form)

    assert found is not None
    assert found.conflict is not None
    said = {row.name: row.by for row in found.conflict.rows}
    assert said["kind"] == AS_OPENED
    assert said["place"].startswith(f"{user.full_name}, ")


@pytest.mark.django_db
@pytest.mark.parametrize("seen", ["", "none", "garbage", "0" * 32 + ".1"])
def test_a_form_that_does_not_say_what_it_showed_is_refused(team: Team, seen: str) -> None:
    form = asked(team, sent=SAME, seen=seen)

    assert not form.is_valid()


@pytest.mark.django_db
def test_ticked_fields_keep_what_is_stored(team: Team) -> None:
    ticks = "".join(f"&take={name}" for name in ("kind", "on", "open", "languages"))
    sent = "place=Leeds&kind=b&on-day=1&on-month=1&on-year=2020&part=1" + ticks
    form = asked(team, sent=sent, seen=str(Seen.of(team)))

    assert form.is_valid()
    assert form.cleaned_data["place"] == "Leeds"
    assert form.cleaned_data["kind"] == "a"
    assert form.cleaned_data["on"] == date(2026, 3, 9)
    assert form.cleaned_data["open"] is True
    assert set(form.cleaned_data["languages"]) == {"pl", "cy"}


@pytest.mark.django_db
def test_a_form_that_moves_a_record_on_compares_only_what_was_written_since(
    changed: tuple[Team, str, User],
) -> None:
    team, seen, _ = changed
    form = DetailsForm(QueryDict(f"{SAME}&versions={seen}"))
    guard(form, team, stored={"place": team.place, "kind": "b"}, now=["It is now done."])
    found = guard_of(form)

    assert found is not None
    assert found.conflict is not None
    assert [row.name for row in found.conflict.rows] == ["place"]
    assert found.conflict.happened[-1] == "It is now done."


@pytest.mark.django_db
def test_a_form_without_a_field_is_held_too(changed: tuple[Team, str, User]) -> None:
    team, seen, _ = changed
    form = ConfirmForm(QueryDict(f"versions={seen}"))
    guard(form, team)

    assert not form.is_valid()


def test_a_form_without_a_guard_draws_nothing_of_it() -> None:
    assert "versions" not in render_to_string("ui/forms/form.jinja", {"form": filled(SAME)})
