"""Requests are searched by their purpose, and listed by the day they were asked."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [("references", "0002_activity_types")]

    operations = [
        migrations.AddIndex(
            model_name="referencerequest",
            index=models.Index(fields=["submitted_at", "id"], name="request_by_day"),
        ),
        migrations.AddIndex(
            model_name="referencerequest",
            index=GinIndex(OpClass(Upper("purpose"), name="gin_trgm_ops"), name="request_purpose_trgm"),
        ),
    ]
