"""The kinds of notices that the rooms of governance send."""

from refprogram.governance.approvals.notice_kinds import KINDS as APPROVALS
from refprogram.governance.budgets.notice_kinds import KINDS as BUDGETS
from refprogram.governance.consequences.notice_kinds import KINDS as CONSEQUENCES
from refprogram.governance.fulfilment.notice_kinds import KINDS as FULFILMENT

KINDS = [*APPROVALS, *BUDGETS, *FULFILMENT, *CONSEQUENCES]
