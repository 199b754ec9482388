"""The list of nominations begins with the latest."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("nominations", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="nomination",
            index=models.Index(fields=["submitted_at", "id"], name="nomination_by_day"),
        ),
    ]
