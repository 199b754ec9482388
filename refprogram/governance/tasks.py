"""Celery finds this module; the tasks lie in their rooms."""

from refprogram.governance.approvals import tasks as approvals
from refprogram.governance.budgets import tasks as budgets
from refprogram.governance.consequences import tasks as consequences
from refprogram.governance.fulfilment import tasks as fulfilment

__all__ = ["approvals", "budgets", "consequences", "fulfilment"]
