"""Who agrees to a reward from the catalogue: the manager, and finance where it is large. Administrators publish others."""

from decimal import Decimal

from django.db import migrations, models
from django.utils import timezone

from refprogram.kernel.models.base import new_public_id

KINDS = [
    ("field_incentive", "field incentive"),
    ("customer_benefit", "customer benefit"),
    ("executive_time", "executive time"),
    ("spending", "spending"),
    ("money", "money"),
    ("legal", "legal matter"),
    ("process", "process change"),
    ("it_change", "IT change"),
    ("exception", "exception from a restriction"),
    ("reference_ask", "asking a customer"),
    ("nomination", "strategic nomination"),
    ("reward", "reward from the catalogue"),
]
LARGE = Decimal(1000)


def seed(apps, _schema_editor):
    chain = apps.get_model("governance", "Chain").objects.create(
        kind="reward",
        purpose="Points are spent with the manager’s knowledge; a large reward is finance’s business too.",
        public_id=new_public_id(),
    )
    version = apps.get_model("governance", "ChainVersion").objects.create(
        chain=chain, number=1, public_id=new_public_id()
    )
    steps = apps.get_model("governance", "ChainStep").objects
    steps.create(version=version, position=1, approver="manager", hours=16, escalate_role="sales_head")
    steps.create(
        version=version, position=2, approver="role", role="finance", amount_from=LARGE, hours=32,
        escalate_role="executive",
    )  # fmt: skip
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])


def kind(*, unique=False):
    return models.CharField(choices=KINDS, max_length=20, unique=unique)


class Migration(migrations.Migration):
    dependencies = [("governance", "0012_edits_of_choices")]
    operations = [
        migrations.AlterField(model_name="approval", name="kind", field=kind()),
        migrations.AlterField(model_name="chain", name="kind", field=kind(unique=True)),
        migrations.AlterField(model_name="chainedit", name="kind", field=kind()),
        migrations.AddField(
            model_name="fulfilment",
            name="needed_nobody",
            field=models.CharField(blank=True, help_text="By which rule nobody was asked.", max_length=200),
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
