from django.db import migrations, models


def who_sent_them(apps, schema_editor):
    for parent in apps.get_model("importing", "Import").objects.iterator():
        parent.shapers = [parent.created_by_id]
        parent.save(update_fields=["shapers"])


class Migration(migrations.Migration):
    dependencies = [
        ("importing", "0001_import_document"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="shapers",
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(who_sent_them, migrations.RunPython.noop),
    ]
