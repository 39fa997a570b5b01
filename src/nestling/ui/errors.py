"""What went wrong in the forms of a page, ready for the summary at its top."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.forms import BaseForm

from nestling.ui.boundfield import first_id
from nestling.ui.groups import error_text
from nestling.ui.versions import CHANGED, guard_of


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
    start, guard = f"#{first_input(form)}", guard_of(form)
    for text in form.non_field_errors():
        compared = guard is not None and guard.conflict is not None and text == CHANGED
        yield Fault(str(text), "#two-versions" if compared else start)
    for bound in form:
        if bound.errors:
            # Nobody can go to an input that is not seen.
            yield Fault(error_text(bound), start if bound.is_hidden else f"#{first_id(bound)}")


def first_input(form: BaseForm) -> str:
    """The first input that can be seen: where a form's own error leads."""
    return next((first_id(bound) for bound in form.visible_fields()), "maincontent")
