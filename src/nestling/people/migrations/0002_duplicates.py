"""Sounds of names, pointers of merged records, pairs that may be one person, and merges."""

import django.db.models.deletion
import nestling.foundation.clock
import nestling.foundation.ids
import nestling.foundation.sealing
import nestling.people.models.persons
from django.conf import settings
from django.db import migrations, models

from nestling.science.phonetics import sound_of


def fill_sounds(apps, schema_editor):
    """Give the persons that are there the sounds of their names."""
    person = apps.get_model("people", "Person")
    sounds = {"sound_given": "given_name", "sound_family": "family_name", "sound_known": "known_as"}
    batch = []
    for row in person.objects.only("pk", *sounds.values()).iterator(chunk_size=2000):
        for column, name in sounds.items():
            setattr(row, column, sound_of(getattr(row, name)))
        batch.append(row)
        if len(batch) == 1000:
            person.objects.bulk_update(batch, list(sounds))
            batch = []
    person.objects.bulk_update(batch, list(sounds))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DuplicatePair",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nestling.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=nestling.foundation.clock.now, editable=False),
                ),
                (
                    "changed_at",
                    models.DateTimeField(default=nestling.foundation.clock.now, editable=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("weight", models.FloatField()),
                ("found_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be looked at"),
                            ("not_same", "Not the same person"),
                            ("merged", "Merged"),
                        ],
                        db_index=True,
                        default="open",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("decided_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PersonMerge",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nestling.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=nestling.foundation.clock.now, editable=False),
                ),
                (
                    "changed_at",
                    models.DateTimeField(default=nestling.foundation.clock.now, editable=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("reason", models.CharField(max_length=300)),
                ("moved", nestling.foundation.sealing.SealedTextField()),
                ("merged_on", models.DateField()),
                ("unmerged_on", models.DateField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="person",
            name="merged_into",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_here",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="sound_family",
            field=nestling.people.models.persons.SoundField(
                blank=True, default="", editable=False, max_length=12, of="family_name"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="sound_given",
            field=nestling.people.models.persons.SoundField(
                blank=True, default="", editable=False, max_length=12, of="given_name"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="sound_known",
            field=nestling.people.models.persons.SoundField(
                blank=True, default="", editable=False, max_length=12, of="known_as"
            ),
        ),
        migrations.RunPython(fill_sounds, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="address",
            index=models.Index(fields=["postcode"], name="address_by_postcode"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["organisation", "born_on"], name="person_by_birth_date"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["organisation", "sound_family", "sound_given"], name="person_by_sound"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["organisation", "sound_given", "sound_family"], name="person_by_sound_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("pk")), _negated=True),
                name="person_is_not_merged_into_itself",
            ),
        ),
        migrations.AddField(
            model_name="duplicatepair",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="duplicatepair",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="duplicatepair",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="duplicatepair",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="personmerge",
            name="kept",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="personmerge",
            name="merged",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges_away",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="personmerge",
            name="merged_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="personmerge",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="personmerge",
            name="unmerged_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatepair",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="pair_once"),
        ),
        migrations.AddConstraint(
            model_name="duplicatepair",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="pair_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatepair",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", True), ("decided_on__isnull", True)),
                    models.Q(("decided_by__isnull", False), ("decided_on__isnull", False)),
                    _connector="OR",
                ),
                name="pair_decision_is_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="personmerge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("unmerged_on__isnull", True)),
                fields=("merged",),
                name="merged_away_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="personmerge",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept", models.F("merged")), _negated=True),
                name="merge_is_of_two_records",
            ),
        ),
        migrations.AddConstraint(
            model_name="personmerge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("unmerged_by__isnull", True), ("unmerged_on__isnull", True)),
                    models.Q(("unmerged_by__isnull", False), ("unmerged_on__isnull", False)),
                    _connector="OR",
                ),
                name="unmerge_is_signed",
            ),
        ),
    ]
