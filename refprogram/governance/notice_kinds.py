"""The kinds of notices that the rooms of governance send."""

from refprogram.governance.approvals.notice_kinds import KINDS as APPROVALS
from refprogram.governance.budgets.notice_kinds import KINDS as BUDGETS
from refprogram.governance.capacity.notice_kinds import KINDS as CAPACITY
from refprogram.governance.charter.notice_kinds import KINDS as CHARTER
from refprogram.governance.consequences.notice_kinds import KINDS as CONSEQUENCES
from refprogram.governance.facetime.notice_kinds import KINDS as FACE_TIME
from refprogram.governance.feedback.notice_kinds import KINDS as FEEDBACK
from refprogram.governance.fulfilment.notice_kinds import KINDS as FULFILMENT
from refprogram.governance.pilots.notice_kinds import KINDS as PILOTS
from refprogram.governance.plotting.notice_kinds import KINDS as PLOTTING
from refprogram.governance.readiness.notice_kinds import KINDS as READINESS
from refprogram.governance.sponsors.notice_kinds import KINDS as SPONSORS
from refprogram.governance.stakeholders.notice_kinds import KINDS as STAKEHOLDERS

KINDS = [
    *APPROVALS,
    *BUDGETS,
    *CAPACITY,
    *FULFILMENT,
    *CONSEQUENCES,
    *CHARTER,
    *PILOTS,
    *PLOTTING,
    *READINESS,
    *FEEDBACK,
    *SPONSORS,
    *STAKEHOLDERS,
    *FACE_TIME,
]
