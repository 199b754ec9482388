"""What an entry gets is an award; an outcome is what references call a measured result."""

import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("winner", "winner"),
    ("joint", "joint winner"),
    ("placed", "placed"),
    ("commended", "commended"),
    ("alternate", "moves up if a winner declines"),
]
STATES = ["proposed", "approved", "embargoed", "notified", "accepted", "declined", "published", "revoked"]


class Migration(migrations.Migration):
    dependencies = [("awards", "0003_lines_of_tallies")]

    operations = [
        migrations.RemoveConstraint("prizegrant", "prize_granted_once"),
        migrations.RemoveConstraint("outcome", "outcome_state_known"),
        migrations.RemoveConstraint("outcome", "outcome_award_known"),
        migrations.RemoveConstraint("outcome", "outcome_one_standing"),
        migrations.RemoveIndex("outcome", "outcome_of_contest"),
        migrations.RenameModel("Outcome", "Award"),
        migrations.RenameField("award", "award", "kind"),
        migrations.RenameField("prizegrant", "outcome", "award"),
        migrations.AlterField(
            "award",
            "contest",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="awards.contest"),
        ),
        migrations.AlterField(
            "award",
            "place",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="awards.categoryentry"
            ),
        ),
        migrations.AlterField(
            "award",
            "tally",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="awards",
                to="awards.tallyrun",
            ),
        ),
        migrations.AddIndex("award", models.Index(fields=["contest", "state"], name="award_of_contest")),
        migrations.AddConstraint(
            "award",
            models.CheckConstraint(condition=models.Q(("state__in", STATES)), name="award_state_known"),
        ),
        migrations.AddConstraint(
            "award",
            models.CheckConstraint(
                condition=models.Q(("kind__in", [kind for kind, _label in KINDS])), name="award_kind_known"
            ),
        ),
        migrations.AddConstraint(
            "award",
            models.UniqueConstraint(
                condition=models.Q(("state__in", ["declined", "revoked"]), _negated=True),
                fields=("place", "people_choice"),
                name="award_one_standing",
            ),
        ),
        migrations.AddConstraint(
            "prizegrant", models.UniqueConstraint(fields=("award", "prize"), name="prize_granted_once")
        ),
    ]
