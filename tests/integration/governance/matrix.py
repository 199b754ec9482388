"""The rows of the rooms of governance: each room keeps its own beside this file."""

from tests.integration.governance.matrix_approvals import APPROVALS
from tests.integration.governance.matrix_budgets import BUDGETS
from tests.integration.governance.matrix_charter import CHARTER
from tests.integration.governance.matrix_consequences import CONSEQUENCES
from tests.integration.governance.matrix_facetime import FACE_TIME
from tests.integration.governance.matrix_fulfilment import FULFILMENT
from tests.integration.governance.matrix_pilots import PILOTS
from tests.integration.governance.matrix_readiness import READINESS
from tests.integration.governance.matrix_sponsors import SPONSORS
from tests.integration.governance.matrix_stakeholders import STAKEHOLDERS
from tests.matrix import Row, only

CAPACITY = {"governance:capacity": Row(**only(200, "marketer", "executive"))}
MATRIX = {
    **APPROVALS, **BUDGETS, **CAPACITY, **CHARTER, **FULFILMENT, **CONSEQUENCES, **SPONSORS,
    **READINESS, **STAKEHOLDERS,
    **PILOTS, **FACE_TIME,
}  # fmt: skip
