"""Django finds this module; the support views lie in their rooms."""

from refprogram.governance.approvals import admin as approvals
from refprogram.governance.budgets import admin as budgets
from refprogram.governance.consequences import admin as consequences
from refprogram.governance.fulfilment import admin as fulfilment

__all__ = ["approvals", "budgets", "consequences", "fulfilment"]
