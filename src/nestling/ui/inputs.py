"""Fields that are typed into: lines, texts, dates, files."""

from django import forms
from django.forms.boundfield import BoundField
from markupsafe import Markup

from nestling.ui.dates import PARTS, TypedDate
from nestling.ui.forms import Look
from nestling.ui.groups import Params, as_text, common, faulty_parts, kept


def input_params(bound: BoundField, look: Look) -> Params:
    """A single line of text."""
    params = common(bound, look)
    kind = bound.field.widget.input_type
    if kind == "number":
        # A spinner changes a number when a page is scrolled; the design system uses plain text.
        kind = "text"
        whole = isinstance(bound.field, forms.IntegerField) and not isinstance(
            bound.field, forms.FloatField | forms.DecimalField
        )
        params.setdefault("inputmode", "numeric" if whole else "decimal")
        for key in ("min", "max", "step"):
            params["attributes"].pop(key, None)
    params |= {"type": kind, "value": kept(as_text(bound))}
    params |= AUTOFILL.get(kind, {}) | {k: v for k, v in params.items() if k in AUTOFILL_KEYS}
    params |= {k: v for k, v in (("width", look.width),) if v}
    params |= {k: v for k, v in (("prefix", look.prefix), ("suffix", look.suffix)) if v}
    return params


AUTOFILL_KEYS = ("autocomplete", "inputmode", "spellcheck")


AUTOFILL: dict[str, Params] = {
    "email": {"autocomplete": "email", "spellcheck": False},
    "tel": {"autocomplete": "tel"},
    "url": {"spellcheck": False},
}


def password_params(bound: BoundField, look: Look) -> Params:
    """A password, which is never printed back."""
    params = common(bound, look)
    params.setdefault("autocomplete", "current-password")
    return params


def textarea_params(bound: BoundField, look: Look) -> Params:
    """Several lines, with a counter where there is a limit."""
    params = common(bound, look)
    # Django's own ten lines are more than most answers need.
    rows = bound.field.widget.attrs.get("rows", "10")
    params["rows"] = 5 if rows == "10" else rows
    params["value"] = kept_lines(as_text(bound))
    limit = counter(bound, look)
    if limit:
        params["maxlength"] = limit
    return params


def kept_lines(text: str) -> Markup:
    """A text that survives a macro's indentation and HTML's dropping of a first line break."""
    lead = "\n" if text.startswith(("\n", "\r")) else ""
    return kept(lead + text.replace("\r\n", "\n").replace("\r", "\n"))


def counter(bound: BoundField, look: Look) -> int | None:
    """How many characters the field takes, or nothing."""
    return look.counter or getattr(bound.field, "max_length", None)


def textarea_macro(bound: BoundField, look: Look) -> str:
    """The macro with a counter only where something is counted."""
    return "characterCount" if counter(bound, look) else "textarea"


def file_params(bound: BoundField, look: Look) -> Params:
    """A file to send."""
    params = common(bound, look)
    if getattr(bound.field.widget, "allow_multiple_selected", False):
        params["multiple"] = True
    return params


def date_params(bound: BoundField, look: Look) -> Params:
    """Three boxes under one legend; the faulty ones are marked."""
    shared = common(bound, look)
    typed = TypedDate.of(bound.value())
    faulty = faulty_parts(bound)
    params = {
        key: shared[key] for key in ("id", "hint", "errorMessage", "disabled") if key in shared
    }
    params["fieldset"] = {"legend": shared["label"]}
    params["items"] = [
        {
            "id": f"{shared['id']}-{part}",
            "name": f"{shared['name']}-{part}",
            "label": part.capitalize(),
            "value": kept(text),
            "width": 4 if part == "year" else 2,
            "error": part in faulty,
            **autofilled(shared, part),
        }
        for part, text in zip(PARTS, typed, strict=True)
    ]
    return params


def autofilled(shared: Params, part: str) -> Params:
    """`autocomplete="bday"` on a date means its own word on each box."""
    return {"autocomplete": f"bday-{part}"} if shared.get("autocomplete") == "bday" else {}


def hidden_params(bound: BoundField, look: Look) -> Params:  # noqa: ARG001 - one shape for all
    """A value that the page carries and nobody sees."""
    return {"html": bound.as_widget()}
