"""What the rooms of governance emit."""

from refprogram.governance.approvals.events import TOPICS as APPROVALS
from refprogram.governance.budgets.events import TOPICS as BUDGETS
from refprogram.governance.consequences.events import TOPICS as CONSEQUENCES
from refprogram.governance.fulfilment.events import TOPICS as FULFILMENT

TOPICS = [*APPROVALS, *BUDGETS, *FULFILMENT, *CONSEQUENCES]
