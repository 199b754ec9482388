"""A prize is offered, taken or refused; what it is then is kept, with what carrying it out needs."""

import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0008_passages_hidden_delegates_own_reply"),
        ("governance", "0012_edits_of_choices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="prizegrant",
            name="answered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="prizegrant",
            name="details",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="prizegrant",
            name="fund",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="governance.fund",
            ),
        ),
        migrations.AddField(
            model_name="prizegrant",
            name="host",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="prizegrant",
            name="item",
            field=models.CharField(default="", max_length=200),
        ),
        migrations.AddField(
            model_name="prizegrant",
            name="kind",
            field=models.CharField(
                choices=[
                    ("donation", "Donation to a cause the winner chooses"),
                    ("dinner", "Dinner with the chief executive"),
                    ("buzz", "Social buzz"),
                    ("conference", "Conference trip"),
                    ("guest", "Guest of honour"),
                    ("vacation", "Vacation"),
                    ("tickets", "Tickets"),
                    ("electronics", "Electronics"),
                    ("discount", "Discount"),
                    ("car", "Leased car"),
                    ("voucher", "Voucher"),
                    ("team_event", "Team event"),
                    ("other", "Other"),
                ],
                default="other",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="prizegrant",
            name="note",
            field=models.CharField(blank=True, help_text="What was agreed; the winner reads it.", max_length=300),
        ),
        migrations.AddField(
            model_name="prizegrant",
            name="offered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="prizegrant",
            name="on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="prizegrant",
            name="reason",
            field=models.CharField(blank=True, help_text="Why it was refused, called off or left.", max_length=500),
        ),
        migrations.AddField(
            model_name="prizegrant",
            name="reminded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="prizegrant",
            name="reminders",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="prizegrant",
            name="state",
            field=models.CharField(
                choices=[
                    ("offered", "waits for the winner"),
                    ("held", "cannot be offered yet"),
                    ("taken", "taken"),
                    ("refused", "refused by the winner"),
                    ("cancelled", "called off"),
                    ("recalled", "to be brought back"),
                    ("kept", "left with the receiver"),
                ],
                default="offered",
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="prizegrant",
            name="value",
            field=models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14),
        ),
        migrations.AddField(
            model_name="prizegrant",
            name="where",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddConstraint(
            model_name="prizegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["offered", "held", "taken", "refused", "cancelled", "recalled", "kept"])
                ),
                name="prize_grant_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="prizegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["taken", "recalled", "kept"]), _negated=True),
                    ("fulfilment__isnull", False),
                    _connector="OR",
                ),
                name="prize_taken_has_gift",
            ),
        ),
        migrations.AddConstraint(
            model_name="prizegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "held"), models.Q(("blocked", ""), _negated=True)),
                    models.Q(models.Q(("state", "held"), _negated=True), ("blocked", "")),
                    _connector="OR",
                ),
                name="prize_held_says_why",
            ),
        ),
    ]
