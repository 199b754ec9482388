"""Celery finds this module; the tasks lie in their rooms."""

from refprogram.governance.approvals import tasks as approvals
from refprogram.governance.budgets import tasks as budgets
from refprogram.governance.capacity import tasks as capacity
from refprogram.governance.consequences import tasks as consequences
from refprogram.governance.facetime import tasks as facetime
from refprogram.governance.fulfilment import tasks as fulfilment
from refprogram.governance.pilots import tasks as pilots
from refprogram.governance.readiness import tasks as readiness
from refprogram.governance.sponsors import tasks as sponsors

__all__ = [
    "approvals",
    "budgets",
    "capacity",
    "consequences",
    "facetime",
    "fulfilment",
    "pilots",
    "readiness",
    "sponsors",
]
