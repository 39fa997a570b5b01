"""What went wrong in the forms of a page, ready for the summary at its top."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.forms import BaseForm

from nestling.ui.boundfield import NHSBoundField


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the summary; `href` leads to the first input of its field."""

    text: str
    href: str


def faults(forms: Iterable[BaseForm]) -> list[Fault]:
    """Each error of each form once, in the order of the fields."""
    return [fault for form in forms for fault in form_faults(form)]


def form_faults(form: BaseForm) -> Iterator[Fault]:
    """A form's own errors first, then each field's."""
    if not form.is_bound:
        return
    start = f"#{first_input(form)}"
    for text in form.non_field_errors():
        yield Fault(str(text), start)
    for bound in form:
        if bound.errors:
            # Nobody can go to an input that is not seen.
            yield Fault(error_line(bound), start if bound.is_hidden else f"#{input_id(bound)}")


def error_line(bound: object) -> str:
    """A field's errors as one line."""
    if isinstance(bound, NHSBoundField):
        return bound.error_text
    return ""


def input_id(bound: object) -> str:
    """The id that a summary links to."""
    return bound.first_id if isinstance(bound, NHSBoundField) else ""


def first_input(form: BaseForm) -> str:
    """The first input that can be seen: where a form's own error leads."""
    return next((input_id(bound) for bound in form.visible_fields()), "maincontent")
