"""Trials of rules on the past."""

import django.db.models.deletion
import django.utils.timezone
import refprogram.kernel.models.base
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0012_quality_and_activity"),
        ("kernel", "0006_program_settings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Simulation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        default=refprogram.kernel.models.base.new_public_id, editable=False, max_length=12, unique=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "tried",
                    models.JSONField(help_text='[{"rule": id, "version": n, "name": "…", "definition": {…}}, …]'),
                ),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("upto", models.BigIntegerField(help_text="The last event of the stream that was read.")),
                ("result", models.JSONField(default=dict)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="kernel.job"
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        help_text="On whose page it was asked.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="simulations",
                        to="incentives.rule",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-created_at"], name="simulation_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))), name="simulation_ends_after_begin"
                    )
                ],
            },
        ),
    ]
