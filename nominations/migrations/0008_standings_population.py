"""A closed ranking keeps how many could have been in it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more fact of what is frozen."""

    dependencies = [("nominations", "0007_second_nominations")]

    operations = [
        migrations.AddField(
            model_name="standingssnapshot",
            name="of",
            field=models.PositiveIntegerField(default=0, help_text="How many could have been ranked."),
        ),
    ]
