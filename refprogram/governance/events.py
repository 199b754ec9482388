"""What the rooms of governance emit."""

from refprogram.governance.approvals.events import TOPICS as APPROVALS
from refprogram.governance.budgets.events import TOPICS as BUDGETS
from refprogram.governance.capacity.events import TOPICS as CAPACITY
from refprogram.governance.charter.events import TOPICS as CHARTER
from refprogram.governance.consequences.events import TOPICS as CONSEQUENCES
from refprogram.governance.facetime.events import TOPICS as FACE_TIME
from refprogram.governance.feedback.events import TOPICS as FEEDBACK
from refprogram.governance.fulfilment.events import TOPICS as FULFILMENT
from refprogram.governance.pilots.events import TOPICS as PILOTS
from refprogram.governance.plotting.events import TOPICS as PLOTTING
from refprogram.governance.readiness.events import TOPICS as READINESS
from refprogram.governance.sponsors.events import TOPICS as SPONSORS
from refprogram.governance.stakeholders.events import TOPICS as STAKEHOLDERS

TOPICS = [
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
