"""Months that lack hours: when it was told, and how bad it was."""

import django.utils.timezone
import refprogram.kernel.models.base
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0017_stakeholders"),
    ]

    operations = [
        migrations.CreateModel(
            name="CapacityAlert",
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
                ("month", models.DateField(unique=True)),
                ("percent", models.PositiveSmallIntegerField()),
                ("told", models.PositiveSmallIntegerField(default=0)),
                ("raised_at", models.DateTimeField()),
                ("relieved_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="capacity_alert_month_begins"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("relieved_at__isnull", True),
                            ("relieved_at__gte", models.F("raised_at")),
                            _connector="OR",
                        ),
                        name="capacity_alert_ends_after_it_began",
                    ),
                ],
            },
        ),
    ]
