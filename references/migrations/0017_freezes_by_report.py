"""Two tickets of one kind are two freezes: the account is free when both are solved."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("references", "0016_membership_steps"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="freeze", name="freeze_one_of_a_kind"),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=("account", "kind", "source", "source_ref"),
                name="freeze_one_of_a_kind",
            ),
        ),
    ]
