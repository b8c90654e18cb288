from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="searchedstatement",
            name="line",
            field=models.PositiveIntegerField(default=1),
            preserve_default=False,
        ),
    ]
