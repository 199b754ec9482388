"""The rows of the rooms of governance: each room keeps its own beside this file."""

from tests.integration.governance.matrix_approvals import APPROVALS
from tests.integration.governance.matrix_budgets import BUDGETS
from tests.integration.governance.matrix_consequences import CONSEQUENCES
from tests.integration.governance.matrix_fulfilment import FULFILMENT

MATRIX = {**APPROVALS, **BUDGETS, **FULFILMENT, **CONSEQUENCES}
