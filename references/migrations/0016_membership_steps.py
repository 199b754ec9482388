"""Why an account or a contact stands where it does; freezes that come from other systems, and what follows them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

STATES = [
    ("identified", "not a reference yet"),
    ("recruiting", "being invited"),
    ("onboarding", "being prepared"),
    ("active", "reference"),
    ("review_due", "check due"),
    ("not_now", "not now"),
    ("declined", "declined"),
    ("retired", "retired"),
    ("do_not_contact", "do not contact"),
]


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("references", "0015_lines_and_reasons"),
    ]

    operations = [
        migrations.CreateModel(
            name="MembershipStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("was", models.CharField(choices=STATES, max_length=16)),
                ("state", models.CharField(choices=STATES, max_length=16)),
                ("reason", models.TextField(blank=True)),
                ("revisit_on", models.DateField(null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="references.account"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="references.contact",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="membershipstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("account", "contact"),
                name="membership_step_one_now",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="membershipstep",
            index=models.Index(fields=["account", "-at"], name="membership_steps"),
        ),
        migrations.AddIndex(
            model_name="membershipstep",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True), ("revisit_on__isnull", False)),
                fields=["revisit_on"],
                name="membership_revisit",
            ),
        ),
        migrations.AddField(
            model_name="freeze",
            name="source_ref",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="freeze",
            name="recover_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="freeze",
            name="recovered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source_ref", ""), _negated=True),
                fields=("source", "source_ref"),
                name="freeze_once_per_source",
            ),
        ),
        migrations.AddIndex(
            model_name="freeze",
            index=models.Index(
                condition=models.Q(("recovered_at__isnull", True)), fields=["recover_on"], name="freeze_to_recover"
            ),
        ),
    ]
