"""The chains that the program comes with: one for each kind, published as version 1. Administrators publish others."""

from decimal import Decimal

from django.db import migrations
from django.utils import timezone

from refprogram.kernel.models.base import new_public_id

# kind -> (why, [(position, approver, role, from, below, hours, escalate to)])
CHAINS = {
    "field_incentive": (
        "What sales is paid for decides what sales does, so the head of sales agrees to it.",
        [(1, "role", "sales_head", None, None, 48, "executive")],
    ),
    "customer_benefit": (
        "Whatever a customer is given must be right in size, and never look like a price for praise.",
        [
            (1, "role", "marketer", None, 250, 48, "executive"),
            (1, "role", "executive", 250, None, 48, "finance"),
        ],
    ),
    "executive_time": (
        "An hour of an executive is rare: whoever it belongs to says for whom it is spent.",
        [(1, "role", "executive", None, None, 48, "admin")],
    ),
    "spending": (
        "Small amounts are the fund owner’s to spend, larger ones an executive’s.",
        [
            (1, "owner", "", None, 1000, 48, "finance"),
            (1, "role", "executive", 1000, None, 48, "finance"),
        ],
    ),
    "money": ("Money moves when finance has seen why.", [(1, "role", "finance", None, None, 48, "executive")]),
    "legal": ("What binds the company is read by legal first.", [(1, "role", "legal", None, None, 72, "executive")]),
    "process": (
        "A process changes when its owner agrees and the program can carry it.",
        [(1, "owner", "", None, None, 72, "admin"), (2, "role", "admin", None, None, 72, "executive")],
    ),
    "it_change": (
        "A system changes when its owner agrees and an administrator can run it.",
        [(1, "owner", "", None, None, 72, "admin"), (2, "role", "admin", None, None, 72, "executive")],
    ),
    "exception": (
        "A rule may give way where a deal is worth it; the head of sales answers for that.",
        [(1, "role", "sales_head", None, None, 24, "executive")],
    ),
}


def seed(apps, _schema_editor):
    chains = apps.get_model("governance", "Chain")
    versions = apps.get_model("governance", "ChainVersion")
    steps = apps.get_model("governance", "ChainStep")
    for kind, (purpose, rows) in CHAINS.items():
        chain = chains.objects.create(kind=kind, purpose=purpose, public_id=new_public_id())
        version = versions.objects.create(chain=chain, number=1, public_id=new_public_id())
        for position, approver, role, low, below, hours, further in rows:
            steps.objects.create(
                version=version,
                position=position,
                approver=approver,
                role=role,
                amount_from=None if low is None else Decimal(low),
                amount_below=None if below is None else Decimal(below),
                hours=hours,
                escalate_role=further,
            )
        version.published_at = timezone.now()
        version.save(update_fields=["published_at"])


class Migration(migrations.Migration):
    dependencies = [("governance", "0002_approvals_bars_and_passes")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
