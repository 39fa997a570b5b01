"""Every reference to a person is known to merging: a new foreign key needs a declared rule."""

import pytest

from nestling.people.merging.rules import (
    FOLLOWED,
    RULES,
    How,
    Reference,
    label_of,
    references_to,
    rule_of,
)
from nestling.people.models import Person

ALL = [reference for model in FOLLOWED for reference in references_to(model)]


def test_every_foreign_key_to_a_person_or_relationship_has_a_rule_for_merging() -> None:
    without = [label_of(reference) for reference in ALL if label_of(reference) not in RULES]

    assert without == []


def test_every_rule_for_merging_is_about_a_foreign_key_that_there_is() -> None:
    assert sorted(RULES) == sorted(label_of(reference) for reference in ALL)


def test_the_references_were_found() -> None:
    assert len(ALL) >= 30
    assert Person in FOLLOWED


@pytest.mark.parametrize("reference", ALL, ids=label_of)
def test_a_row_that_may_be_put_aside_leaves_no_reference_behind(reference: Reference) -> None:
    model, _ = reference
    if rule_of(reference).how is not How.FOLD or model in FOLLOWED:
        return
    assert [label_of(found) for found in references_to(model)] == []


@pytest.mark.parametrize("reference", ALL, ids=label_of)
def test_a_rule_names_columns_that_the_model_has(reference: Reference) -> None:
    model, _ = reference
    rule = rule_of(reference)
    columns = {one.name for one in model._meta.concrete_fields}

    assert {*rule.within, *rule.agree, *rule.fill} <= columns
    assert bool(rule.agree) == bool(rule.words)
