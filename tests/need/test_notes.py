"""Tests of notes for areas without data."""

from dataclasses import replace

from nestling.need.asked import births_given
from nestling.need.choices import Choices
from nestling.need.engine import study
from nestling.science.need import FigureName


def test_an_area_without_births_says_so() -> None:
    made_up = births_given(10)
    without = replace(made_up, name="Nowhere", counted=replace(made_up.counted, births=None))

    found = study([without], Choices())

    assert "Nowhere: no births are held, so need is not known." in found.notes
    assert found.figure(FigureName.NEED, scenario="disorganised_low_risk") is None
