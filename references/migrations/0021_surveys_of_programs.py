"""A satisfaction survey can belong to a linked program: who answers is a member of it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("references", "0020_unmaskings_stand"),
    ]

    operations = [
        migrations.AddField(
            model_name="survey",
            name="program",
            field=models.ForeignKey(
                blank=True,
                help_text="The satisfaction program of which who is sent this survey becomes a member.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="surveys",
                to="references.linkedprogram",
            ),
        ),
    ]
