"""Who agrees before a strategic customer is invited to take part: the head of sales. Administrators publish others."""

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
]


def seed(apps, _schema_editor):
    chain = apps.get_model("governance", "Chain").objects.create(
        kind="nomination",
        purpose="A nominated customer of a strategic tier is invited when the head of sales agrees.",
        public_id=new_public_id(),
    )
    version = apps.get_model("governance", "ChainVersion").objects.create(
        chain=chain, number=1, passes=True, public_id=new_public_id()
    )
    apps.get_model("governance", "ChainStep").objects.create(
        version=version, position=1, approver="role", role="sales_head", only_for=[], hours=16,
        escalate_manager=False, escalate_role="executive", skip="own",
    )  # fmt: skip
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])


def kind(*, unique=False):
    return models.CharField(choices=KINDS, max_length=20, unique=unique)


class Migration(migrations.Migration):
    dependencies = [("governance", "0010_asking_a_customer")]
    operations = [
        migrations.AlterField(model_name="approval", name="kind", field=kind()),
        migrations.AlterField(model_name="chain", name="kind", field=kind(unique=True)),
        migrations.AlterField(model_name="chainedit", name="kind", field=kind()),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
