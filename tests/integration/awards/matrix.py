"""Who gets which answer in contests, by room."""

from tests.integration.awards.matrix_closing import MATRIX as CLOSING
from tests.integration.awards.matrix_contests import MATRIX as CONTESTS
from tests.integration.awards.matrix_entries import MATRIX as ENTRIES
from tests.integration.awards.matrix_judging import MATRIX as JUDGING
from tests.integration.awards.matrix_prizes import MATRIX as PRIZES
from tests.integration.awards.matrix_promotion import MATRIX as PROMOTION
from tests.integration.awards.matrix_results import MATRIX as RESULTS
from tests.integration.awards.matrix_votes import MATRIX as VOTES

MATRIX = {**JUDGING, **CONTESTS, **ENTRIES, **RESULTS, **VOTES, **PROMOTION, **PRIZES, **CLOSING}
