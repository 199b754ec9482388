"""Who agrees before a customer is asked: the account's owner first, then whoever the kind of activity needs.

Version 1 of the chain carries out what the catalogue says of each activity (`needs:…`); administrators publish others.
"""

from django.db import migrations
from django.utils import timezone

from refprogram.kernel.models.base import new_public_id

# (position, approver, role, only for, working hours, manager in between, then, left out)
STEPS = [
    (1, "owner", "", [], 8, True, "marketer", "own"),
    (2, "carer", "", ["needs:csm"], 8, True, "marketer", "own"),
    (2, "lead", "", ["needs:manager"], 8, False, "sales_head", "own"),
    (2, "role", "legal", ["needs:legal"], 16, False, "admin", ""),
    (3, "role", "executive", ["needs:executive"], 16, False, "admin", ""),
]


def seed(apps, _schema_editor):
    chain = apps.get_model("governance", "Chain").objects.create(
        kind="reference_ask",
        purpose="A customer is asked when whoever answers for them agrees, and whoever has a say in what they would do.",
        public_id=new_public_id(),
    )
    version = apps.get_model("governance", "ChainVersion").objects.create(
        chain=chain, number=1, passes=True, public_id=new_public_id()
    )
    steps = apps.get_model("governance", "ChainStep")
    for position, approver, role, only_for, hours, manager, further, skip in STEPS:
        steps.objects.create(
            version=version, position=position, approver=approver, role=role, only_for=only_for, hours=hours,
            escalate_manager=manager, escalate_role=further, skip=skip,
        )  # fmt: skip
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])


class Migration(migrations.Migration):
    dependencies = [("governance", "0009_routes")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
