from django.db import migrations

from policystudio.audit.triggers import immutable


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_policy_target_revision"), ("audit", "0002_events_are_immutable")]

    operations = [immutable("policies_revision"), immutable("policies_revisionpattern")]
