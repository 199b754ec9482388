"""A span of a rule says whom it gave to alone, while the rule was tried."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0020_spiffs_out_of_funds"),
    ]

    operations = [
        migrations.AddField(
            model_name="rulespan",
            name="only",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                help_text="While it is tried: the persons whom it gives to alone.",
                null=True,
                size=None,
            ),
        ),
    ]
