"""Who may do what with waves."""

import rules

from references.accounts.rules import has_overview, runs_the_program
from refprogram.people.enums import Role
from refprogram.people.rules import has_role

rules.add_perm("nominations.run_waves", runs_the_program)
rules.add_perm("nominations.see_waves", has_overview | has_role(Role.MANAGER))
