from django.db import migrations, models


class Migration(migrations.Migration):
    """Two people at one calendar: each change counts, so that the second one hears of the first."""

    dependencies = [("people", "0005_edit_history")]

    operations = [
        migrations.AddField(
            model_name="businesscalendar",
            name="revision",
            field=models.PositiveIntegerField(default=0, help_text="Counts changes, also of its days."),
        ),
        migrations.AddField(
            model_name="calendarday",
            name="revision",
            field=models.PositiveIntegerField(default=0, help_text="The calendar's, as it was said."),
        ),
    ]
