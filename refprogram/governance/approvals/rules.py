"""Who may, with approvals. Who may decide one is no role's right: it follows from its chain (`seats.py`)."""

import rules

from refprogram.governance.approvals.models import Approval
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.rules import administers, has_role

is_colleague = has_role(*(role for role in Role if role != Role.JUDGE))
# An exception from a restriction tells of a penalty: besides who asked and who is asked, only these see it.
KNOW_OF_RESTRICTIONS = (Role.MARKETER, Role.ADMIN)
# Who runs or pays for the program sees all of it; the others what they asked for, or were asked.
OVERVIEW = (Role.MARKETER, Role.ADMIN, Role.EXECUTIVE, Role.FINANCE)


@rules.predicate
def is_requester(user: User, approval: Approval | None) -> bool:
    """Who asked."""
    return approval is not None and approval.requester_id == user.pk


rules.add_perm("governance.see_approvals", is_colleague)
rules.add_perm("governance.see_chains", is_colleague)
rules.add_perm("governance.edit_chains", administers)
rules.add_perm("governance.answer_approval", is_requester)
rules.add_perm("governance.withdraw_approval", is_requester | administers)
# Where nobody who was asked can decide, or nobody did in time; whom it goes to is checked like everybody else.
rules.add_perm("governance.hand_over_turn", administers)
