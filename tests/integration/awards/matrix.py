"""Who gets which answer in contests, by room."""

from tests.integration.awards.matrix_contests import MATRIX as CONTESTS
from tests.integration.awards.matrix_entries import MATRIX as ENTRIES
from tests.integration.awards.matrix_judging import MATRIX as JUDGING
from tests.integration.awards.matrix_results import MATRIX as RESULTS

MATRIX = {**JUDGING, **CONTESTS, **ENTRIES, **RESULTS}
