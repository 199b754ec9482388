"""How long a nomination's event takes to reach ledger and standings, with a worker running."""

import time

from django.db import transaction

from nominations.models import Nomination
from refprogram.kernel.models import Delivery
from refprogram.kernel.stream import emit

PATIENCE = 60.0
COUNTING = ("nominations.handlers.count", "incentives.handlers.apply_rules")


def seconds_to_count(nomination: Nomination) -> float:
    """Emit an enrolment and return the seconds until standings and points were posted by its handlers."""
    facts = {
        "nominator": nomination.nominator.person_id,
        "team": nomination.team_id,
        "region": nomination.region_id,
        "industry": nomination.account.industry,
    }
    began = time.perf_counter()
    with transaction.atomic():
        event = emit("nomination.enrolled", subject=nomination, account_id=nomination.account_id, payload=facts)
    owed = Delivery.objects.filter(event=event, handler__in=COUNTING, done_at__isnull=True)
    while owed.exists():
        if time.perf_counter() - began > PATIENCE:
            message = f"still owed after a minute: {list(owed.values_list('handler', 'error'))}"
            raise RuntimeError(message)
        time.sleep(0.005)
    return time.perf_counter() - began
