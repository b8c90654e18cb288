from django.db import migrations

from policystudio.audit.triggers import immutable


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_event_head")]

    operations = [immutable("audit_event")]
