from django.db import migrations

from policystudio.audit.triggers import immutable


class Migration(migrations.Migration):
    dependencies = [("standards", "0003_first_edition"), ("audit", "0002_events_are_immutable")]

    operations = [immutable("standards_catalogueedition")]
