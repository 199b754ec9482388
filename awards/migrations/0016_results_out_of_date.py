"""When it was noticed that results rest on what is so no longer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column of tallies."""

    dependencies = [("awards", "0015_work_of_entries_kept")]

    operations = [
        migrations.AddField(
            model_name="tallyrun",
            name="stale_at",
            field=models.DateTimeField(
                blank=True, help_text="When it was noticed that ballots, entries or ties changed since.", null=True
            ),
        ),
    ]
