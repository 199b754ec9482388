"""Who may do what about consent to show something. Whose consent: whoever may record one for the account may ask."""

import rules

from references.accounts.rules import is_colleague, owns, runs_the_program
from refprogram.people.enums import Role
from refprogram.people.rules import has_role

is_legal = has_role(Role.LEGAL)

rules.add_perm("references.see_terms", is_colleague)
rules.add_perm("references.ask_release", runs_the_program | owns)
rules.add_perm("references.record_terms", runs_the_program | is_legal | owns)
rules.add_perm("references.revoke_terms", runs_the_program | is_legal | owns)
rules.add_perm("references.give_verify_link", runs_the_program | is_legal | owns)
rules.add_perm("references.see_consent_words", is_colleague)
rules.add_perm("references.write_consent_words", runs_the_program | is_legal)
