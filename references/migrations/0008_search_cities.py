"""Accounts are searched by their city, too."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [("references", "0007_requests_by_exception")]

    operations = [
        migrations.AddIndex(
            model_name="account",
            index=GinIndex(OpClass(Upper("city"), name="gin_trgm_ops"), name="account_city_trgm"),
        ),
    ]
