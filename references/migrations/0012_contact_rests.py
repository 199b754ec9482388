"""A contact keeps the day on which the caps leave room again, as an account does."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("references", "0011_coverage_cube"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="rests_until",
            field=models.DateField(editable=False, null=True),
        ),
    ]
