from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from policystudio.audit.triggers import protect, release


def protect_again(apps: Any, schema_editor: Any) -> None:
    """SQLite rebuilds the table to take the column out, and loses its triggers."""
    vendor = schema_editor.connection.vendor
    for statement in (*release(vendor, "review_release"), *protect(vendor, "review_release")):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0004_approvers_of_earlier_releases"),
        ("standards", "0004_editions_are_immutable"),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, protect_again),
        migrations.AddField(
            model_name="release",
            name="edition",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="standards.catalogueedition",
            ),
        ),
    ]
