"""Who may look at the program's figures."""

import rules

from references.accounts.rules import has_overview
from refprogram.people.enums import Role
from refprogram.people.rules import has_role

rules.add_perm("dashboards.view", has_overview | has_role(Role.MANAGER))
