"""An index for the few referrals that no family was declared for: each search asks for them."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_closing"),
        ("people", "0003_protection"),
        ("referrals", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("family__isnull", True)),
                fields=["team"],
                name="referral_without_family",
            ),
        ),
    ]
