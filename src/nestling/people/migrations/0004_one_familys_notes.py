# One family's notes and answers are found by family and team together.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_closing"),
        ("people", "0003_protection"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="note",
            name="family",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notes",
                to="people.family",
            ),
        ),
        migrations.AlterField(
            model_name="riskanswer",
            name="family",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.family",
            ),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["family", "team"], name="note_by_family"),
        ),
        migrations.AddIndex(
            model_name="riskanswer",
            index=models.Index(fields=["family", "team"], name="risk_by_family"),
        ),
    ]
