"""The rows of the reference rooms: each room keeps its own beside this file."""

from tests.integration.references.matrix_accounts import MATRIX as ACCOUNTS
from tests.integration.references.matrix_assignment import MATRIX as ASSIGNMENT
from tests.integration.references.matrix_batches import MATRIX as BATCHES
from tests.integration.references.matrix_catalogue import MATRIX as CATALOGUE
from tests.integration.references.matrix_content import MATRIX as CONTENT
from tests.integration.references.matrix_coverage import MATRIX as COVERAGE
from tests.integration.references.matrix_exchange import MATRIX as EXCHANGE
from tests.integration.references.matrix_goodwill import MATRIX as GOODWILL
from tests.integration.references.matrix_profiles import MATRIX as PROFILES
from tests.integration.references.matrix_requests import MATRIX as REQUESTS
from tests.integration.references.matrix_surveys import MATRIX as SURVEYS

MATRIX = {
    **ASSIGNMENT,
    **CATALOGUE,
    **BATCHES,
    **ACCOUNTS,
    **PROFILES,
    **CONTENT,
    **GOODWILL,
    **REQUESTS,
    **EXCHANGE,
    **SURVEYS,
    **COVERAGE,
}
