"""The list of accounts sorted by fatigue is read from an index, either way: 100,000 were sorted for fifty."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """One index for another."""

    dependencies = [("references", "0027_demand_of_requests")]
    operations = [
        migrations.RemoveIndex("account", "account_most_tired"),
        migrations.AddIndex(
            "account",
            models.Index(
                F("fatigue_key").desc(nulls_last=True),
                F("id").desc(),
                name="account_by_fatigue",
                condition=Q(merged_into__isnull=True),
            ),
        ),
    ]
