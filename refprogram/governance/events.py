"""What the rooms of governance emit."""

from refprogram.governance.approvals.events import TOPICS as APPROVALS
from refprogram.governance.budgets.events import TOPICS as BUDGETS
from refprogram.governance.charter.events import TOPICS as CHARTER
from refprogram.governance.consequences.events import TOPICS as CONSEQUENCES
from refprogram.governance.fulfilment.events import TOPICS as FULFILMENT
from refprogram.governance.plotting.events import TOPICS as PLOTTING
from refprogram.governance.stakeholders.events import TOPICS as STAKEHOLDERS

TOPICS = [*APPROVALS, *BUDGETS, *FULFILMENT, *CONSEQUENCES, *CHARTER, *PLOTTING, *STAKEHOLDERS]
