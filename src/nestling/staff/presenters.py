"""Practitioners in words, for pages and forms."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from nestling.accounts.presenters import closing_words
from nestling.reference.codes import code_list
from nestling.science.ages import day_words
from nestling.staff.models import Certificate, Practitioner


@dataclass(frozen=True, slots=True, kw_only=True)
class PractitionerWords:
    """One practitioner as a page shows them."""

    pk: UUID
    name: str
    closing: str
    profession: str
    time: str
    languages: str
    leave: list[str]
    certificates: list[str]


def practitioner_words(practitioner: Practitioner, *, on: date) -> PractitionerWords:
    """The words for a practitioner; ``leave`` and ``certificates`` must be fetched already."""
    part = practitioner.wte_hundredths
    languages = code_list("languages")
    return PractitionerWords(
        pk=practitioner.pk,
        name=practitioner.user.full_name,
        closing=closing_words(practitioner.user, on=on),
        profession=code_list("professions").label(practitioner.profession),
        time="Not said" if part is None else f"{part / 100:g}",
        languages=", ".join(languages.label(code) for code in practitioner.languages),
        leave=[days_words(row.from_on, row.until_on) for row in practitioner.leave.all()],
        certificates=[certificate_words(row) for row in practitioner.certificates.all()],
    )


def days_words(first: date, last: date) -> str:
    """One day, or from a day to a day."""
    return day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"


def certificate_words(certificate: Certificate) -> str:
    """A certificate in one sentence."""
    by = f", {certificate.issued_by}" if certificate.issued_by else ""
    ends = f", runs out {day_words(certificate.expires_on)}" if certificate.expires_on else ""
    return f"{certificate.title}{by}. Issued {day_words(certificate.issued_on)}{ends}."


def practitioner_facts(practitioner: Practitioner | None) -> dict[str, Any]:
    """The values with which the form of working facts begins."""
    if practitioner is None:
        return {}
    part = practitioner.wte_hundredths
    return {
        "profession": practitioner.profession,
        "registration_body": practitioner.registration_body,
        "registration_number": practitioner.registration_number,
        "wte_hundredths": None if part is None else f"{part / 100:g}",
        "languages": practitioner.languages,
        "works_with_under_twos_since": practitioner.works_with_under_twos_since,
    }
