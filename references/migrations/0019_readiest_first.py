"""The list of accounts sorts by readiness without looking at every row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("references", "0018_catalogue"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="account",
            index=models.Index(
                condition=models.Q(("readiness__isnull", False)), fields=["-readiness"], name="account_readiest"
            ),
        ),
    ]
