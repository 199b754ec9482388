"""Approvers have working hours of their own place to answer: 48 hours on the wall were two working days, so 16."""

from django.db import migrations, models

# A third, rounded up. What was published does not change otherwise: the trigger rests for this one sentence.
TO_WORKING_HOURS = [
    "ALTER TABLE governance_chainstep DISABLE TRIGGER USER",
    "UPDATE governance_chainstep SET hours = (hours + 2) / 3",
    "ALTER TABLE governance_chainstep ENABLE TRIGGER USER",
]
TO_PLAIN_HOURS = [
    "ALTER TABLE governance_chainstep DISABLE TRIGGER USER",
    "UPDATE governance_chainstep SET hours = hours * 3",
    "ALTER TABLE governance_chainstep ENABLE TRIGGER USER",
]
VERDICTS = [
    ("approve", "approved"),
    ("reject", "rejected"),
    ("ask", "asked a question"),
    ("hand", "handed it over"),
]


class Migration(migrations.Migration):
    dependencies = [("governance", "0006_consequences_in_full")]

    operations = [
        migrations.RunSQL(TO_WORKING_HOURS, TO_PLAIN_HOURS),
        migrations.AlterField(
            model_name="chainstep",
            name="hours",
            field=models.PositiveSmallIntegerField(
                default=16, help_text="Working hours to answer; then the next one up."
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="verdict",
            field=models.CharField(choices=VERDICTS, max_length=8),
        ),
    ]
