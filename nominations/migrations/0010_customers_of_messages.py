"""Messages to customers have an audience of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("nominations", "0009_edits_of_choices"),
    ]

    operations = [
        migrations.AddField(
            model_name="campaignmessage",
            name="customers",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
