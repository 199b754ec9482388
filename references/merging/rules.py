"""Who may make one of two."""

import rules

from references.accounts.rules import runs_the_program

rules.add_perm("references.merge", runs_the_program)
