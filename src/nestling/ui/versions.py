"""Two people at once, on the page: the hidden field, and both versions beside each other.

form = PersonForm(sent(request), initial=...)
guard(form, person)          # before the form is asked whether it is valid

If the page was opened at other versions than those that are stored now, the form is not valid and
its page shows, field by field, what was typed and what is stored. `fields(form)` in a template
draws the hidden field and, where there is one, the comparison.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth import get_user_model
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils import timezone

from nestling.foundation.models import AuditEvent
from nestling.foundation.records import Record
from nestling.foundation.versions import Seen, happened_since, told_fields
from nestling.science.ages import day_words
from nestling.ui.dates import PARTS, NHSDateWidget, TypedDate
from nestling.ui.happened import did

Columns = Mapping[str, str | tuple[str, ...]]
FIELD, TAKE = "versions", "take"
"""The hidden field; and the ticks that ask for a stored value in place of a typed one."""
CHANGED = "This was changed while you had it open. Nothing that you typed was saved yet"
AS_OPENED = "as when you opened the page"
NOTHING_SAID = "Nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field of which another value is stored than was typed; ``by`` says by whom and when."""

    name: str
    label: str
    typed: str
    stored: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What the loser is told: what happened meanwhile, and each field that differs."""

    happened: tuple[str, ...]
    rows: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What a form carries: the versions that it shows from now on, and the conflict, if any."""

    token: str
    conflict: Conflict | None = None


class ConfirmForm(forms.Form):
    """Nothing to fill in: one button that does something to what the page shows."""


def guard(
    form: forms.BaseForm,
    *records: Record | None,
    stored: Mapping[str, Any] | None = None,
    columns: Columns | None = None,
    now: Sequence[str] = (),
) -> Seen | None:
    """Hold a form to the versions that its page was opened at; these versions, for the service.

    Call it before the form is validated, with the records as they are stored now.

    - ``stored``: the values that stand now, by field; the form's ``initial`` where it is not given.
      Give only what the viewer may read. A form that moves a record on gives what the other one
      may have written; only what was written since the page was opened is compared.
    - ``columns``: the columns that a field is stored in, where they have other names.
    - ``now``: sentences that say how things stand.

    ``None`` when the page was not sent, or carried nothing that a page of ours carries.
    """
    current = Seen.of(*records)
    values = form.initial if stored is None else stored
    if not form.is_bound:
        vars(form)["guard"] = Guard(token=str(current))
        return None
    sent = Seen.read(str(form.data.get(FIELD, "")))
    if sent == current:
        _take_stored(form, values)
        vars(form)["guard"] = Guard(token=str(current))
        return sent
    events = happened_since(sent, *records) if sent is not None else []
    people = names_of(event.actor_id for event in events)
    told = _told(events, columns or {}, people=people)
    if stored is not None:
        values = {name: value for name, value in stored.items() if name in told}
    conflict = Conflict(
        happened=(*sentences(events, people=people), *now),
        rows=tuple(differences(form, values, told=told)),
    )
    vars(form)["guard"] = Guard(token=str(current), conflict=conflict)
    # Validate first: an error that is added before would be lost.
    _ = form.errors
    form.add_error(None, CHANGED)
    return sent


def guard_of(form: object) -> Guard | None:
    """What `guard` found for a form; nothing for a form that changes no stored record."""
    found = vars(form).get("guard") if isinstance(form, forms.BaseForm) else None
    return found if isinstance(found, Guard) else None


def differences(
    form: forms.BaseForm, stored: Mapping[str, Any], *, told: Mapping[str, str]
) -> list[Difference]:
    """The fields of which something else is stored than was typed, in the order of the form."""
    return [
        Difference(
            name=bound.name,
            label=str(bound.label),
            typed=shown(bound, bound.value()),
            stored=shown(bound, stored[bound.name]),
            by=told.get(bound.name, AS_OPENED),
        )
        for bound in form.visible_fields()
        if bound.name in stored and differs(bound, stored[bound.name])
    ]


def differs(bound: BoundField, stored: Any) -> bool:
    """Whether what was typed means another value than the stored one."""
    before = one_kind_of_break(stored) if isinstance(stored, str) else stored
    typed = one_kind_of_break(bound.data) if isinstance(bound.data, str) else bound.data
    if isinstance(bound.field, forms.IntegerField):
        # A stored number may have been written out for the page.
        before = bound.field.to_python(before)
    return bool(bound.field.has_changed(before, typed))


def one_kind_of_break(text: str) -> str:
    """A text whose lines all end alike: a browser sends other line ends than a program stores."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def shown(bound: BoundField, value: Any) -> str:
    """A field's value as people read it: the words of a choice, a day, yes or no."""
    widget = bound.field.widget
    if isinstance(widget, NHSDateWidget):
        return _day(bound.field, value)
    if isinstance(widget, forms.CheckboxInput):
        return "Yes" if value else "No"
    if isinstance(bound.field, forms.ChoiceField):
        return _chosen(bound.field, value)
    return NOTHING_SAID if value in (None, "") else str(value).strip()


def _day(field: forms.Field, value: Any) -> str:
    typed = TypedDate.of(value)
    if typed.is_empty:
        return NOTHING_SAID
    try:
        return day_words(field.clean(typed))
    except forms.ValidationError:
        return " ".join(part for part in typed if part.strip())


def _chosen(field: forms.ChoiceField, value: Any) -> str:
    picked = value if isinstance(value, list | tuple | set | frozenset) else [value]
    labels = {str(code): str(words) for code, words in _flat(field.widget.choices)}
    said = [labels.get(str(one), str(one)) for one in picked if one not in (None, "")]
    return ", ".join(said) or NOTHING_SAID


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for code, words in choices:
        if isinstance(words, list | tuple):
            yield from _flat(words)
        else:
            yield code, words


def _told(
    events: Sequence[AuditEvent], columns: Columns, *, people: Mapping[UUID, str]
) -> dict[str, str]:
    """By field: who stored what stands there now, and when."""
    said = {
        column: f"{who(event, people)}, {when(event)}"
        for column, event in told_fields(events).items()
    }
    by_id = {name.removesuffix("_id"): words for name, words in said.items()}
    given = {
        field: said[column]
        for field, held in columns.items()
        for column in ((held,) if isinstance(held, str) else held)
        if column in said
    }
    return {**said, **by_id, **given}


def sentences(events: Sequence[AuditEvent], *, people: Mapping[UUID, str]) -> list[str]:
    """What was done, by whom and when; the same thing by the same person once, as last done."""
    last = {(event.actor_id, event.action): event for event in events}
    return [f"{who(event, people)} {did(event.action)}, {when(event)}." for event in last.values()]


def names_of(actors: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of those who did something, by id: one statement."""
    ids = {pk for pk in actors if pk is not None}
    rows = get_user_model()._base_manager.filter(pk__in=ids) if ids else ()
    return {row.pk: str(row) for row in rows}


def who(event: AuditEvent, people: Mapping[UUID, str]) -> str:
    """Who did it; Nestling itself where nobody was signed in."""
    return people.get(event.actor_id, "Someone") if event.actor_id else "Nestling"


def when(event: AuditEvent) -> str:
    """The day and the time."""
    moment = timezone.localtime(event.at)
    return f"{day_words(moment.date())} at {moment:%H:%M}"


def _take_stored(form: forms.BaseForm, stored: Mapping[str, Any]) -> None:
    """Put the stored value where its tick asks for it; the page showed that very value."""
    sent = form.data
    if not isinstance(sent, QueryDict):
        return
    wanted = [name for name in sent.getlist(TAKE) if name in form.fields and name in stored]
    if not wanted:
        return
    data = sent.copy()
    for name in wanted:
        put(data, form[name], stored[name])
    form.data = data


def put(data: QueryDict, bound: BoundField, value: Any) -> None:
    """Write a value into what was sent, as the field's own inputs would send it."""
    name, widget = bound.html_name, bound.field.widget
    if isinstance(widget, NHSDateWidget):
        for part, text in zip(PARTS, TypedDate.of(value), strict=True):
            data[f"{name}-{part}"] = text
    elif isinstance(widget, forms.SelectMultiple | forms.CheckboxSelectMultiple):
        data.setlist(name, [str(one) for one in value or ()])
    elif isinstance(widget, forms.CheckboxInput):
        data.pop(name, None)
        if value:
            data[name] = "on"
    else:
        data[name] = "" if value is None else str(value)
