from django.db import migrations

from policystudio.audit.triggers import immutable


class Migration(migrations.Migration):
    dependencies = [("review", "0001_review_release_current"), ("audit", "0002_events_are_immutable")]

    operations = [
        immutable("review_decision"),
        immutable("review_release"),
        immutable("review_releaseddocument"),
    ]
