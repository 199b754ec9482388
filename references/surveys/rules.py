"""Who may do what with surveys."""

import rules

from references.accounts.rules import OVERVIEW, runs_the_program
from refprogram.people.enums import Role
from refprogram.people.rules import has_role

# Surveys as a whole are read by who answers for customers in general; a rep sees the score on the account.
READERS = OVERVIEW | {Role.SUPPORT, Role.MANAGER}

reads_surveys = has_role(*sorted(READERS))

rules.add_perm("references.run_surveys", runs_the_program)
rules.add_perm("references.see_surveys", reads_surveys)
