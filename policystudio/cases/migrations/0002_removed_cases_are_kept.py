"""A case that is removed is kept, so that a review can tell that a test of the last release is gone."""

import django.db.models.functions.text
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_case")]

    operations = [
        migrations.AddField("case", "removed_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "case",
            "removed_by_name",
            models.CharField(blank=True, default="", max_length=150),
            preserve_default=False,
        ),
        migrations.RemoveConstraint("case", "case_name_is_unique_in_policy"),
        migrations.RemoveConstraint("case", "case_name_is_unique_in_team"),
        migrations.AddConstraint(
            "case",
            models.UniqueConstraint(
                F("policy"),
                django.db.models.functions.text.Lower("name"),
                condition=Q(policy__isnull=False, removed_at=None),
                name="case_name_is_unique_in_policy",
            ),
        ),
        migrations.AddConstraint(
            "case",
            models.UniqueConstraint(
                F("team"),
                django.db.models.functions.text.Lower("name"),
                condition=Q(policy=None, removed_at=None),
                name="case_name_is_unique_in_team",
            ),
        ),
    ]
