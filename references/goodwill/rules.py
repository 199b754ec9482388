"""Who may do what with give and take."""

import rules

from references.accounts.rules import is_colleague, owns, runs_the_program
from refprogram.people.enums import Role
from refprogram.people.rules import has_role

rules.add_perm("references.see_asks", is_colleague)
rules.add_perm("references.see_goodwill", is_colleague)
rules.add_perm("references.record_give", runs_the_program | owns)
rules.add_perm("references.correct_goodwill", runs_the_program)
rules.add_perm("references.reserve_customer", runs_the_program | owns)
rules.add_perm("references.release_reservation", runs_the_program)
rules.add_perm("references.override_rest", runs_the_program)
rules.add_perm("references.see_overrides", runs_the_program | has_role(Role.SALES_HEAD, Role.EXECUTIVE))
