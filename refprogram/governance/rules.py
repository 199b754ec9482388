"""Who may, in the rooms of governance: django-rules finds this module, each room registers its own sentences."""

from refprogram.governance.approvals import rules as approvals
from refprogram.governance.budgets import rules as budgets
from refprogram.governance.capacity import rules as capacity
from refprogram.governance.charter import rules as charter
from refprogram.governance.consequences import rules as consequences
from refprogram.governance.facetime import rules as facetime
from refprogram.governance.feedback import rules as feedback
from refprogram.governance.fulfilment import rules as fulfilment
from refprogram.governance.pilots import rules as pilots
from refprogram.governance.plotting import rules as plotting
from refprogram.governance.readiness import rules as readiness
from refprogram.governance.sponsors import rules as sponsors
from refprogram.governance.stakeholders import rules as stakeholders

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
