"""Dates of babies and referrals, checked against today with words that say what to look at."""

from datetime import date, timedelta

from django import forms

from nestling.science.ages import count_of, whole_months

EARLIEST_DUE_DAYS = 60
"""A due date longer ago than this is a slip of the pen: the baby would be born by now."""
LATEST_DUE_DAYS = 300
BABY_YEARS = 18
"""Nobody older is referred as a baby or child."""
WRITTEN_WITHIN_YEARS = 2


def check_due(form: forms.Form, name: str, *, on: date) -> None:
    """Complain about a due date that no pregnancy of today can have."""
    due_on = form.cleaned_data.get(name)
    if due_on is None:
        return
    if due_on < on - timedelta(days=EARLIEST_DUE_DAYS):
        form.add_error(name, f"The due date is {span(due_on, on)} ago. Check the year")
    elif due_on > on + timedelta(days=LATEST_DUE_DAYS):
        form.add_error(name, f"The due date is {span(on, due_on)} from now. Check the year")


def check_born(form: forms.Form, name: str, *, on: date) -> None:
    """Complain about a birth in the future, or of somebody who is grown up."""
    born_on = form.cleaned_data.get(name)
    if born_on is None:
        return
    if born_on > on:
        form.add_error(name, "The date of birth is in the future. Check the date")
    elif whole_months(born_on, on) >= BABY_YEARS * 12:
        form.add_error(name, f"The date of birth is {span(born_on, on)} ago. Check the year")


def check_past(form: forms.Form, name: str, *, on: date, called: str) -> None:
    """Complain about a day that has not come, or that lies years back."""
    day = form.cleaned_data.get(name)
    if day is None:
        return
    if day > on:
        form.add_error(name, f"{called} is in the future. Check the date")
    elif whole_months(day, on) >= WRITTEN_WITHIN_YEARS * 12:
        form.add_error(name, f"{called} is {span(day, on)} ago. Check the year")


def span(earlier: date, later: date) -> str:
    """The time between two days in the largest words that fit.

    >>> span(date(2025, 5, 10), date(2026, 3, 10))
    '10 months'
    >>> span(date(2026, 1, 1), date(2026, 1, 20))
    '19 days'
    """
    months = whole_months(earlier, later)
    if months >= 24:
        return count_of(months // 12, "year")
    if months >= 2:
        return count_of(months, "month")
    return count_of((later - earlier).days, "day")
