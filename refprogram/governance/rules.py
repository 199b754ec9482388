"""Who may, in the rooms of governance: django-rules finds this module, each room registers its own sentences."""

from refprogram.governance.approvals import rules as approvals
from refprogram.governance.budgets import rules as budgets
from refprogram.governance.consequences import rules as consequences
from refprogram.governance.fulfilment import rules as fulfilment

__all__ = ["approvals", "budgets", "consequences", "fulfilment"]
