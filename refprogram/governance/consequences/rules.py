"""Who may, in this room. The same sentences as `selectors`, for one row."""

import rules

from refprogram.governance.consequences.models import ConsequenceCase, Task
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.rules import administers, has_role

BOARD = (Role.MARKETER, Role.SALES_HEAD)
# Who reads every case: the board, and administrators.
READERS = (*BOARD, Role.ADMIN)

sits_on_board = has_role(*BOARD)
runs_policies = has_role(*READERS)
is_colleague = has_role(*(role for role in Role if role != Role.JUDGE))


@rules.predicate
def is_about_them(user: User, case: ConsequenceCase | None) -> bool:
    """The person whom the case is about."""
    return case is not None and case.user_id == user.pk


@rules.predicate
def owns_policy(user: User, case: ConsequenceCase | None) -> bool:
    """Who answers for the policy."""
    return case is not None and case.policy.owner_id == user.pk


@rules.predicate
def sent_notice(user: User, case: ConsequenceCase | None) -> bool:
    """Who let it become a notice: somebody else looks at the appeal."""
    return case is not None and case.notified_by_id == user.pk


@rules.predicate
def has_task(user: User, task: Task | None) -> bool:
    """Whose task it is."""
    return task is not None and task.assignee_id == user.pk


@rules.predicate
def gave_task(user: User, task: Task | None) -> bool:
    """Who gave it."""
    return task is not None and task.given_by_id == user.pk


rules.add_perm("governance.see_policies", runs_policies)
rules.add_perm("governance.edit_policies", runs_policies)
rules.add_perm("governance.see_cases", is_colleague)
rules.add_perm("governance.review_cases", sits_on_board)
rules.add_perm("governance.review_case", sits_on_board & ~is_about_them)
rules.add_perm("governance.waive_case", (runs_policies | owns_policy) & ~is_about_them)
rules.add_perm("governance.appeal_case", is_about_them)
rules.add_perm("governance.answer_appeal", (owns_policy | administers) & ~is_about_them & ~sent_notice)
rules.add_perm("governance.see_tasks", is_colleague)
rules.add_perm("governance.give_tasks", has_role(*READERS, Role.MANAGER))
rules.add_perm("governance.finish_task", has_task)
rules.add_perm("governance.cancel_task", gave_task | runs_policies)
