"""Every stored table either leads to its organisation or is declared to hold no family."""

import pytest
from django.apps import apps
from django.db import connection, models

from nestling.foundation.row_security.paths import (
    BY_FIELD,
    FREE,
    OTHERS_FREE,
    NoPathError,
    Way,
    path_of,
    walled_models,
)
from nestling.foundation.row_security.policies import statements_of

WALLED = walled_models()


@pytest.mark.parametrize("model", WALLED, ids=lambda model: model._meta.label)
def test_every_table_leads_to_an_organisation(model: type[models.Model]) -> None:
    path = path_of(model)

    for _ in range(10):
        if path.way is not Way.PARENT or path.parent is None:
            return
        path = path_of(path.parent)
    pytest.fail(f"the way of {model._meta.label} goes in circles")


@pytest.mark.parametrize("model", WALLED, ids=lambda model: model._meta.label)
def test_a_way_begins_at_a_column_of_the_table(model: type[models.Model]) -> None:
    columns = {field.column for field in model._meta.concrete_fields}

    assert path_of(model).column in columns


def test_most_tables_are_walled() -> None:
    labels = {model._meta.label for model in WALLED}

    assert len(labels) > 50
    assert {"people.Person", "care.Presence", "foundation.AuditEvent"} <= labels


def test_every_exception_names_a_model_and_says_why() -> None:
    labels = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}

    assert set(FREE) <= labels
    assert set(BY_FIELD) <= labels
    assert all(len(why) > 10 for why in FREE.values())


def test_no_app_of_our_own_is_free_as_a_whole() -> None:
    ours = {one.label for one in apps.get_app_configs() if one.name.startswith("nestling.")}

    assert not ours & OTHERS_FREE


def test_a_model_without_a_way_is_an_error() -> None:
    class Lost(models.Model):
        class Meta:
            app_label = "nowhere"
            managed = False

        def __str__(self) -> str:
            return ""

    with pytest.raises(NoPathError, match="leads to no organisation"):
        path_of(Lost)


def test_what_a_row_names_must_be_there_before_it_is_written() -> None:
    quote = connection.ops.quote_name
    said = " ".join(statements_of(apps.get_model("people", "FamilyMember")))

    read, _, written = said.partition("USING")[2].partition("WITH CHECK")

    assert quote("people_person") in written
    assert quote("people_family") in written
    # To read it, what it carries is enough.
    assert "walled_by" in read
    assert quote("people_family") not in read
