"""Who may, with the catalogue."""

import rules

from references.accounts.rules import is_colleague, runs_the_program

rules.add_perm("references.see_catalogue", is_colleague)
rules.add_perm("references.edit_catalogue", runs_the_program)
