"""Who may, in this room: every colleague reads what changes; who runs the program, or a change, plans it."""

import rules

from refprogram.governance.readiness.models import Change, ChangeStep
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.rules import has_role, runs_program


@rules.predicate
def owns_change(user: User, row: Change | None) -> bool:
    """Whether the change is theirs."""
    return row is not None and row.owner_id == user.pk


@rules.predicate
def owns_step(user: User, row: ChangeStep | None) -> bool:
    """Whether the step is theirs, or the change that it belongs to."""
    return row is not None and user.pk in {row.owner_id, row.change.owner_id}


rules.add_perm("governance.see_changes", ~has_role(Role.JUDGE) & rules.is_active)
rules.add_perm("governance.open_changes", runs_program)
rules.add_perm("governance.keep_change", runs_program | (rules.is_active & owns_change))
rules.add_perm("governance.do_step", runs_program | (rules.is_active & owns_step))
