"""The public form filled in: what a browser sends for each page."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

Typed = dict[str, Any]

AGREEMENT: Typed = {"family_knows": "agrees", "why_without_agreement": ""}
BABY: Typed = {
    "given_name": "",
    "family_name": "Quillfeather",
    "born": "no",
    "due_on-day": "2",
    "due_on-month": "4",
    "due_on-year": "2026",
    "due_source": "scan",
    "sex": "",
    "number": "",
    "lives_with": "Ivy Quillfeather, if the plan allows",
    "noticed": "Active at 36 weeks.",
    "another": "no",
}
CARER: Typed = {
    "known": "yes",
    "given_name": "Ivy",
    "family_name": "Quillfeather",
    "kind": "mother",
    "lives_with": "yes",
    "phone": "01632 960 001",
    "ways": ["call", "text"],
    "safe_words": "Mornings",
    "another": "no",
}
BETWEEN: Typed = {
    "concern": "She says the baby does not feel real.",
    "seen_between": "She looks away at scans.",
    "signs": ["earlier_removal"],
}
PRACTICAL: Typed = {"urgency": "soon", "postcode": "LS8 4HS", "network": "Midwife: Hazel Finch"}
REFERRER: Typed = {
    "name": "Hazel Finch",
    "referrer_type": "midwife",
    "workplace": "Willowbrook Maternity",
    "phone": "01632 960 002",
}
PROFESSIONAL: dict[str, Typed] = {
    "agreement": AGREEMENT,
    "baby": BABY,
    "carer": CARER,
    "between": BETWEEN,
    "practical": PRACTICAL,
    "referrer": REFERRER,
}
ADVICE: dict[str, Typed] = {
    "agreement": {"family_knows": "advice_first"},
    "advice": {"age_band": "pregnancy", "concern": "A mother who avoids scans"},
    "referrer": REFERRER,
}
PARENT: dict[str, Typed] = {
    "agreement": {"agrees": "yes"},
    "reply": {
        "ways": ["text"],
        "phone": "07700 900 123",
        "safe_words": "Only from 9am to 11am",
    },
    "baby": {
        "family_name": "Nettlefold",
        "given_name": "Robin",
        "born": "yes",
        "born_on-day": "12",
        "born_on-month": "2",
        "born_on-year": "2026",
        "another": "no",
    },
    "you": {
        "given_name": "Hob",
        "family_name": "Nettlefold",
        "kind": "father",
        "lives_with": "yes",
        "parental_responsibility": "yes",
        "another": "no",
    },
    "between": {"concern": "I can’t bear it when he cries."},
    "practical": {"postcode": "", "practical": "After 6pm"},
}


def step_url(step: str) -> str:
    """The address of a page."""
    return reverse("referrals:public_step", args=[step])


def begin(client: Client, audience: str = "professional") -> None:
    """Come in by the door."""
    answer = client.post(reverse("referrals:public_start"), {"audience": audience})
    assert answer.status_code == 302


def fill(client: Client, pages: dict[str, Typed]) -> HttpResponse:
    """Answer each page in its order; the last answer."""
    answer = HttpResponse()
    for step, typed in pages.items():
        answer = client.post(step_url(step), typed)  # type: ignore[assignment]
        assert answer.status_code == 302, f"{step}: {answer.content.decode()}"
    return answer


def send(client: Client) -> Any:
    """Send what was checked."""
    return client.post(reverse("referrals:public_check"))
