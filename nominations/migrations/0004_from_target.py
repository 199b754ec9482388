"""A nomination may say for which recruiting target it was made."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("nominations", "0003_edit_history"),
        ("references", "0011_coverage_cube"),
    ]

    operations = [
        migrations.AddField(
            model_name="nomination",
            name="target",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="references.recruitingtarget",
            ),
        ),
    ]
