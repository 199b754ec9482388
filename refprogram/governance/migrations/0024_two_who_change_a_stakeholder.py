"""Changes of what is known of a stakeholder are counted, so that nobody overwrites another unseen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0023_readiness_and_feedback"),
    ]

    operations = [
        migrations.AddField(
            model_name="stakeholder",
            name="revision",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
