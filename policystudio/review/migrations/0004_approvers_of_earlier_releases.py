from typing import Any

from django.db import migrations


def from_releases(apps: Any, schema_editor: Any) -> None:
    """Releases from before the column say by name whose approval counted."""
    for release in apps.get_model("review", "Release").objects.select_related("review").iterator():
        review = release.review
        approvals = review.decisions.filter(
            verdict="approve", digest=release.digest, user_name__in=release.approved_by
        )
        review.final_approvers = sorted(set(approvals.values_list("user_id", flat=True)))
        review.save(update_fields=["final_approvers"])


class Migration(migrations.Migration):
    dependencies = [("review", "0003_review_final_approvers")]

    operations = [migrations.RunPython(from_releases, migrations.RunPython.noop)]
