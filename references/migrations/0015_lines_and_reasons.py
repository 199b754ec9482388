"""Who stands next in line for a request, why one was not filled, and what people had expected of a conversation."""

from django.db import migrations, models
from django.db.models import Q

STATES = [
    ("lined_up", "next in line"),
    ("owner_review", "waiting for the account owner"),
    ("owner_declined", "declined by the owner"),
    ("invited", "customer invited"),
    ("accepted", "customer agreed"),
    ("declined", "declined by the customer"),
    ("no_reply", "no answer"),
    ("scheduled", "time agreed"),
    ("completed", "held"),
    ("no_show", "did not take place"),
    ("released", "released"),
]
REASONS = [
    ("no_match", "Nobody meets the must-haves"),
    ("not_free", "Those who fit rest, are frozen or kept for others"),
    ("owners_no", "The account owners would rather not"),
    ("customers_no", "The customers said not this time"),
    ("no_answer", "Nobody answered in time"),
    ("too_short", "There was too little time"),
    ("other", "Another reason"),
]


class Migration(migrations.Migration):
    dependencies = [("references", "0014_story_words")]
    operations = [
        migrations.RemoveConstraint(model_name="candidate", name="candidate_state_known"),
        migrations.AlterField(
            model_name="candidate",
            name="state",
            field=models.CharField(choices=STATES, default="owner_review", max_length=16),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=Q(state__in=[state for state, _label in STATES]), name="candidate_state_known"
            ),
        ),
        migrations.AddField(
            model_name="referencerequest",
            name="reason_code",
            field=models.CharField(blank=True, choices=REASONS, default="", max_length=16),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="referencerequest",
            name="due_at",
            field=models.DateTimeField(
                help_text="When a customer should have agreed (service level); passed on: when the colleague should"
                " answer."
            ),
        ),
        migrations.AddField(
            model_name="feedback",
            name="expected",
            field=models.PositiveSmallIntegerField(
                help_text="What they had expected, on the same scale.", null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="feedback",
            constraint=models.CheckConstraint(
                condition=Q(expected__isnull=True) | Q(expected__gte=1, expected__lte=5),
                name="feedback_expected_1_to_5",
            ),
        ),
    ]
