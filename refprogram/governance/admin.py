"""Django finds this module; the support views lie in their rooms."""

from refprogram.governance.approvals import admin as approvals
from refprogram.governance.budgets import admin as budgets
from refprogram.governance.capacity import admin as capacity
from refprogram.governance.charter import admin as charter
from refprogram.governance.consequences import admin as consequences
from refprogram.governance.facetime import admin as facetime
from refprogram.governance.feedback import admin as feedback
from refprogram.governance.fulfilment import admin as fulfilment
from refprogram.governance.pilots import admin as pilots
from refprogram.governance.plotting import admin as plotting
from refprogram.governance.readiness import admin as readiness
from refprogram.governance.sponsors import admin as sponsors
from refprogram.governance.stakeholders import admin as stakeholders

__all__ = [
    "approvals",
    "budgets",
    "capacity",
    "charter",
    "consequences",
    "facetime",
    "feedback",
    "fulfilment",
    "pilots",
    "plotting",
    "readiness",
    "sponsors",
    "stakeholders",
]
