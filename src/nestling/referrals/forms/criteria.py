"""A team's acceptance rules: no question here can ask for a parent's diagnosis."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from nestling.reference.acceptance import threshold
from nestling.referrals.forms.fields import YES_NO, coded, line, number, paragraph, radios, ticks
from nestling.referrals.models import TeamCriteria
from nestling.referrals.models.criteria import TestedOn
from nestling.referrals.services import CriteriaDetails
from nestling.science.acceptance import district_of
from nestling.ui.forms import Look

SAMPLE = threshold("five_domains")
MOST_MONTHS = 72
MOST_WAYS = 6
MOST_IN_A_WAY = 30
MOST_DISTRICTS = 200


class CriteriaForm(forms.Form):
    """Age, area, referrers; and the doors that indicators and signs open."""

    from_conception = radios(
        "Do you take babies who are not born yet?", YES_NO, missing="Choose yes or no"
    )
    limit_months = number(
        "Age limit in months",
        smallest=1,
        largest=MOST_MONTHS,
        missing="Enter the age limit",
        hint="On the day a baby reaches this age the baby is outside. Two years are 24 months",
    )
    tested_on = radios(
        "On which day is the age tested?", TestedOn.choices, missing="Choose the day"
    )
    postcode_districts = line(
        "Postcode districts",
        hint="For example: LS7, LS8, LS17. Empty means everywhere",
        max_length=1500,
    )
    referrer_types = ticks(
        "Who may refer?", coded("referrer_types"), hint="None ticked means anyone"
    )
    threshold = paragraph(
        "Counts of signs that open the door",
        hint="One way a line, like “3 domains with 5”. Reaching any one opens the door; not "
        "reaching them closes nothing",
        max_length=300,
        rows=3,
    )
    opening_signs = ticks("Signs that open the door by themselves", coded("opening_signs"))
    near_limit_days = number(
        "Days before the age limit at which to look again",
        smallest=0,
        largest=365,
        missing="Enter the days",
    )
    no_contact_days = number(
        "Days without contact after which to look again",
        smallest=1,
        largest=365,
        missing="Enter the days",
    )
    reopen_days = number(
        "Days after an ending in which it may be opened again",
        smallest=0,
        largest=730,
        missing="Enter the days",
    )

    looks: Mapping[str, Look] = {
        "from_conception": Look(inline=True),
        "limit_months": Look(width=3),
        "near_limit_days": Look(width=3),
        "no_contact_days": Look(width=3),
        "reopen_days": Look(width=3),
        "referrer_types": Look(small=True),
    }

    def clean_postcode_districts(self) -> tuple[str, ...]:
        """Districts, each once, in the form in which they are compared."""
        typed = re.split(r"[\s,;]+", str(self.cleaned_data["postcode_districts"]).strip())
        wrong = [text for text in typed if text and not district_of(text)]
        if wrong:
            raise forms.ValidationError("Enter districts like LS8, with commas between them")
        return tuple(sorted({district_of(text) for text in typed if text}))[:MOST_DISTRICTS]

    def clean_threshold(self) -> tuple[tuple[int, int], ...]:
        """Each line as domains and count."""
        lines = [text for text in str(self.cleaned_data["threshold"]).splitlines() if text.strip()]
        ways = [way_in(text) for text in lines]
        found = tuple(way for way in ways if way is not None)
        if len(found) < len(lines) or len(found) > MOST_WAYS:
            words = f"Write up to {MOST_WAYS} lines like “3 domains with 5”"
            raise forms.ValidationError(words)
        return found

    def details(self) -> CriteriaDetails:
        """The rules as `set_criteria` wants them."""
        values: dict[str, Any] = dict(self.cleaned_data)
        values["from_conception"] = values["from_conception"] == "yes"
        for name in ("referrer_types", "opening_signs"):
            values[name] = tuple(values[name])
        return CriteriaDetails(**values)


def way_in(text: str) -> tuple[int, int] | None:
    """The two numbers of a line, or nothing where there are not two that make sense.

    >>> way_in("3 domains with 5 or more"), way_in("many")
    ((3, 5), None)
    """
    numbers = [int(found) for found in re.findall(r"[0-9]{1,3}", text)]
    if len(numbers) != 2 or not all(1 <= number <= MOST_IN_A_WAY for number in numbers):
        return None
    return numbers[0], numbers[1]


def beginning(row: TeamCriteria) -> dict[str, Any]:
    """The form as the present rules fill it."""
    ways = [f"{way['domains']} domains with {way['count']}" for way in row.threshold]
    return {
        "from_conception": "yes" if row.from_conception else "no",
        "limit_months": row.limit_months,
        "tested_on": row.tested_on,
        "postcode_districts": ", ".join(row.postcode_districts),
        "referrer_types": row.referrer_types,
        "threshold": "\n".join(ways),
        "opening_signs": row.opening_signs,
        "near_limit_days": row.near_limit_days,
        "no_contact_days": row.no_contact_days,
        "reopen_days": row.reopen_days,
    }
