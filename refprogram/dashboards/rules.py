"""Who may look at the program's figures, and who sets what they should reach."""

import rules

from references.accounts.rules import has_overview, runs_the_program
from refprogram.people.enums import Role
from refprogram.people.rules import has_role

rules.add_perm("dashboards.view", has_overview | has_role(Role.MANAGER))
# Targets are the whole program's: beside a manager's part of the rows they would mislead.
rules.add_perm("dashboards.see_targets", has_overview)
rules.add_perm("dashboards.set_targets", runs_the_program)
