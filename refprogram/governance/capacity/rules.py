"""Who may, in this room."""

import rules

from refprogram.people.enums import Role
from refprogram.people.rules import has_role

rules.add_perm("governance.see_capacity", has_role(Role.MARKETER, Role.EXECUTIVE))
