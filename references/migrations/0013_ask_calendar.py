"""Each ask says which team wants it, and the calendar of all teams finds a month without looking at the others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("references", "0012_contact_rests"),
    ]

    operations = [
        migrations.AddField(
            model_name="ask",
            name="team",
            field=models.CharField(blank=True, default="", help_text="Which team wants it.", max_length=20),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="ask",
            index=models.Index(fields=["planned_on", "account"], name="ask_calendar"),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(
                condition=models.Q(("fatigue_key__isnull", False)), fields=["-fatigue_key"], name="account_most_tired"
            ),
        ),
    ]
