"""A mail may carry an entry for its reader's calendar."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column, emptied with the other words once the mail is sent."""

    dependencies = [("notices", "0002_answers_go_elsewhere")]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="calendar",
            field=models.TextField(blank=True, default="", help_text="An entry for the reader's calendar."),
        ),
    ]
