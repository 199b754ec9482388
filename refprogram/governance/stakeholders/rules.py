"""Who may, in this room. What is thought of people is for few; the directory is for everybody."""

import rules

from refprogram.governance.pilots.rules import open_to
from refprogram.people.enums import Role
from refprogram.people.rules import has_role, runs_program

rules.add_perm("governance.see_stakeholders", runs_program | has_role(Role.EXECUTIVE))
rules.add_perm("governance.keep_stakeholders", runs_program)
rules.add_perm("governance.see_directory", ~has_role(Role.JUDGE) & rules.is_active & open_to("directory"))
rules.add_perm("governance.keep_directory", runs_program)
