"""Releases: figures of an extract after disclosure control, as pages show them.

No row here is about a person: a count is stored as it is shown, and a hidden one as `*`.
"""

from typing import ClassVar

from django.db import models

from nestling.foundation.privacy import Privacy, operational
from nestling.foundation.records import Record

#: The room that a measure, an area's code or a group may take.
NAME = 60


class Release(Record):
    """One set of figures, protected together; the newest is the one that pages show."""

    title = models.CharField(max_length=120)
    made_on = models.DateField()
    is_made_up = models.BooleanField()
    is_practice = models.BooleanField(default=False)
    about = models.JSONField(default=dict)

    privacy: ClassVar[dict[str, Privacy]] = operational(
        "title", "made_on", "is_made_up", "is_practice", "about"
    )

    def __str__(self) -> str:
        return self.title


class PublishedRow(models.Model):
    """One line of a table: a measure in a period, at a place or of a group, with all its ages."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    measure = models.CharField(max_length=NAME)
    period_start = models.DateField()
    period_end = models.DateField()
    breakdown = models.CharField(max_length=NAME)
    code = models.CharField(max_length=NAME)
    cells = models.JSONField(default=dict)

    privacy: ClassVar[dict[str, Privacy]] = operational(
        *("id", "release", "place", "measure", "period_start", "period_end"),
        *("breakdown", "code", "cells"),
    )

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["release", "measure", "period_end", "breakdown", "code"],
                name="published_line_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.code}, until {self.period_end}"


class WaterfallStep(models.Model):
    """One rule of a measure: children left after it and lost by it, by age, as shown."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="steps")
    measure = models.CharField(max_length=NAME)
    period_start = models.DateField()
    period_end = models.DateField()
    number = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=NAME, blank=True)
    words = models.CharField(max_length=200)
    cells = models.JSONField(default=dict)

    privacy: ClassVar[dict[str, Privacy]] = operational(
        *("id", "release", "measure", "period_start", "period_end"),
        *("number", "rule", "words", "cells"),
    )

    class Meta:
        ordering: ClassVar = ["measure", "period_end", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["release", "measure", "period_end", "number"], name="waterfall_step_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure}, step {self.number}"
