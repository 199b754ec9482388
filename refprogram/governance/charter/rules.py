"""Who may, in this room. The charter that holds is read by everybody who is signed in."""

import rules

from refprogram.governance.charter.models import CharterVersion
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.rules import has_role, runs_program

sees_drafts = has_role(Role.MARKETER, Role.ADMIN, Role.EXECUTIVE, Role.SALES_HEAD, Role.MANAGER)


@rules.predicate
def was_asked(user: User, version: CharterVersion | None) -> bool:
    """Whether somebody wants their opinion of this version."""
    return version is not None and version.opinions.filter(user=user.pk).exists()


rules.add_perm("governance.see_charter_drafts", sees_drafts)
rules.add_perm("governance.run_charter", runs_program)
rules.add_perm("governance.comment_charter", was_asked)
rules.add_perm("governance.acknowledge_charter", ~has_role(Role.JUDGE))
