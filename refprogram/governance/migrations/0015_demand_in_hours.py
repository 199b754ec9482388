"""The register of demand: what is asked of the program, in working hours by kind of work and month."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("governance", "0014_demerits_of_data_quality")]

    operations = [
        migrations.CreateModel(
            name="Demand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_type", models.CharField(max_length=32)),
                ("subject_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=80)),
                ("month", models.DateField()),
                ("hours", models.DecimalField(decimal_places=2, max_digits=7)),
                ("recorded_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "indexes": [models.Index(fields=["month", "kind"], name="demand_by_month")],
                "constraints": [
                    models.UniqueConstraint(fields=("subject_type", "subject_id"), name="demand_once_per_subject"),
                    models.CheckConstraint(condition=Q(("hours__gt", 0)), name="demand_is_of_hours"),
                    models.CheckConstraint(condition=Q(("month__day", 1)), name="demand_month_begins"),
                ],
            },
        ),
    ]
