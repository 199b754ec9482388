"""The kinds of notices that the rooms of governance send."""

from refprogram.governance.approvals.notice_kinds import KINDS as APPROVALS
from refprogram.governance.budgets.notice_kinds import KINDS as BUDGETS
from refprogram.governance.charter.notice_kinds import KINDS as CHARTER
from refprogram.governance.consequences.notice_kinds import KINDS as CONSEQUENCES
from refprogram.governance.fulfilment.notice_kinds import KINDS as FULFILMENT
from refprogram.governance.plotting.notice_kinds import KINDS as PLOTTING
from refprogram.governance.stakeholders.notice_kinds import KINDS as STAKEHOLDERS

KINDS = [*APPROVALS, *BUDGETS, *FULFILMENT, *CONSEQUENCES, *CHARTER, *PLOTTING, *STAKEHOLDERS]
