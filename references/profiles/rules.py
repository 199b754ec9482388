"""Who may do what with what is known of a customer."""

import rules

from references.accounts.rules import is_colleague, is_support, manages_owner, owns, runs_the_program
from refprogram.people.enums import Role
from refprogram.people.rules import has_role

looks_after = runs_the_program | owns | manages_owner

rules.add_perm("references.see_masked", is_colleague)
rules.add_perm("references.see_unmaskings", runs_the_program)
rules.add_perm("references.see_corrections", is_colleague)
rules.add_perm("references.propose_correction", is_colleague)
rules.add_perm("references.decide_corrections", runs_the_program)
rules.add_perm("references.see_linked_programs", is_colleague)
rules.add_perm("references.run_linked_programs", runs_the_program)
rules.add_perm("references.note_participation", looks_after)
rules.add_perm("references.see_outcomes", is_colleague)
rules.add_perm("references.record_outcome", looks_after | is_support)
rules.add_perm("references.verify_outcome", looks_after | has_role(Role.LEGAL))
