"""A customer may be nominated a second time: that one waits until it is joined to the first."""

import django.db.models.deletion
from django.db import migrations, models

OPEN = ["submitted", "queued", "screening", "recheck", "parked", "approved", "outreach"]


class Migration(migrations.Migration):
    dependencies = [("nominations", "0006_credits_of_the_past")]

    operations = [
        migrations.AddField(
            model_name="nomination",
            name="second_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="seconds",
                to="nominations.nomination",
            ),
        ),
        migrations.RemoveConstraint(model_name="nomination", name="nomination_one_open_per_account"),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.UniqueConstraint(
                condition=models.Q(("second_to__isnull", True), ("state__in", OPEN)),
                fields=("account",),
                name="nomination_one_open_per_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(("second_to__isnull", True), ("state", "submitted"), _connector="OR"),
                name="nomination_second_waits",
            ),
        ),
        migrations.RemoveIndex(model_name="nomination", name="nomination_owner_asked"),
        migrations.AddIndex(
            model_name="nomination",
            index=models.Index(
                condition=models.Q(("owner_answer", "pending"), ("state__in", ["submitted", "recheck"])),
                fields=["owner_asked"],
                name="nomination_owner_asked",
            ),
        ),
    ]
