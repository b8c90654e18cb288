"""Fills the index of "who may" with what is exported already; from here on each release keeps it."""

from __future__ import annotations

from django.db import migrations


def index(apps, schema_editor):
    from policystudio.search.services.keep import Kept, add

    current = apps.get_model("review", "Current").objects
    for team_id, policy_id in current.values_list("team_id", "policy_id").distinct().order_by("policy_id"):
        rows = current.filter(policy_id=policy_id).values_list(
            "policy_id", "document__revision_number", "name", "account", "region", "document__text"
        )
        add(team_id, (Kept(*row) for row in rows))


def clear(apps, schema_editor):
    apps.get_model("search", "SearchedDocument").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("review", "0005_release_edition"), ("search", "0003_negated_lists")]

    operations = [migrations.RunPython(index, clear)]
