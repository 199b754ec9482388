"""The list of consents is sorted by their end: without an index of the whole table every term is read for each page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("references", "0022_routes_and_aftermath")]

    operations = [
        migrations.AddIndex(
            model_name="consentterm",
            index=models.Index(fields=["expires_on"], name="consent_term_by_end"),
        ),
    ]
