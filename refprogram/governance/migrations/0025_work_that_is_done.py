"""What is done falls off no month any more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0024_two_who_change_a_stakeholder"),
    ]

    operations = [
        migrations.AddField(
            model_name="demand",
            name="done",
            field=models.BooleanField(
                default=False, help_text="The work is behind us: nothing can push it out any more."
            ),
        ),
    ]
