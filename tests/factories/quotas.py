"""Quotas, by the service: planned, opened by their day."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from django.utils import timezone

from nominations.quotas import services
from nominations.quotas.enums import Rung
from nominations.quotas.models import QuotaPlan, QuotaShare
from refprogram.people.enums import Role
from refprogram.people.models import User
from tests.factories.people import UserFactory

_numbers = itertools.count(1)


def facts(**more: Any) -> dict[str, Any]:
    """Four nominations of each rep in eight weeks from today, every step on."""
    today = timezone.localdate()
    return {
        "name": f"Quota {next(_numbers)}",
        "starts_on": today,
        "ends_on": today + dt.timedelta(days=55),
        "wave": None,
        "roles": [Role.REP.value],
        "target": Decimal(4),
        "counts": "approved",
        "gap_weight": Decimal("1.5"),
        "new_hire_days": 90,
        "grace_days": 7,
        "rungs": list(Rung.values),
        **more,
    }


def planned(head: User | None = None, **more: Any) -> QuotaPlan:
    """A quota that has not begun."""
    owner = head or User.objects.filter(role=Role.SALES_HEAD).first() or UserFactory(role=Role.SALES_HEAD)
    return services.write(by=owner, owner=owner, **facts(**more))


def opened(head: User | None = None, **more: Any) -> QuotaPlan:
    """A quota that runs; everybody of its population has a share."""
    plan = planned(head, **more)
    services.go_on()
    plan.refresh_from_db()
    return plan


def share_of(user: User, plan: QuotaPlan | None = None) -> QuotaShare:
    """Somebody's share of a quota, of a new one if none is named."""
    return (plan or opened()).shares.get(user=user)
