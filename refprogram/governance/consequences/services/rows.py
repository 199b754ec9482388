"""What all verbs of this room share: lock, move, tell the stream."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from refprogram.governance.consequences.enums import CASE_MOVES, TASK_MOVES, CaseState, TaskState
from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy, Task
from refprogram.kernel import moves
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User

LONGEST = 2000


def lock_policy(policy: ConsequencePolicy) -> ConsequencePolicy:
    """Return the policy, locked until the end of this transaction."""
    rows = ConsequencePolicy.objects.select_for_update(of=("self",)).select_related("owner__person")
    return rows.get(pk=policy.pk)


def lock_case(case: ConsequenceCase) -> ConsequenceCase:
    """Return the case, locked until the end of this transaction."""
    rows = ConsequenceCase.objects.select_for_update(of=("self",))
    return rows.select_related(
        "policy__owner__person", "user__person", "user__team__region__calendar", "restriction", "task"
    ).get(pk=case.pk)


def lock_task(task: Task) -> Task:
    """Return the task, locked until the end of this transaction."""
    rows = Task.objects.select_for_update(of=("self",))
    return rows.select_related("assignee__person", "assignee__team", "given_by__person").get(pk=task.pk)


def check(case: ConsequenceCase, to: CaseState) -> None:
    """Raise IllegalMove where that step is not possible."""
    moves.check(case, to, moves=CASE_MOVES, noun=_("case"))


def move(case: ConsequenceCase, to: CaseState, *also: str) -> None:
    """Take one step and save."""
    moves.move(case, to, moves=CASE_MOVES, noun=_("case"), also=also)


def move_task(task: Task, to: TaskState, *also: str) -> None:
    """Take one step of a task and save."""
    moves.move(task, to, moves=TASK_MOVES, noun=_("task"), also=also)


def tell(topic: str, case: ConsequenceCase, by: User | None) -> None:
    """Emit what happened to a case. `told`: whether its person has had a notice."""
    emit(topic, subject=case, actor_id=by.person_id if by else None, payload=facts_of(case))


def facts_of(case: ConsequenceCase) -> dict[str, Any]:
    """Return what the stream says of a case: ids and facts, no figure, no words."""
    team = case.user.team
    return {
        "person": case.user.person_id,
        "manager": team.manager_id if team else None,
        "policy": case.policy_id,
        "told": case.notified_at is not None,
        "effect": case.terms.get("effect"),
    }


def tell_policy(topic: str, policy: ConsequencePolicy, by: User | None, **facts: Any) -> None:
    """Emit what happened to a policy."""
    emit(topic, subject=policy, actor_id=by.person_id if by else None, payload=facts)


def tell_task(topic: str, task: Task, by: User | None) -> None:
    """Emit what happened to a task."""
    team = task.assignee.team
    payload = {
        "person": task.assignee.person_id,
        "giver": task.given_by.person_id if task.given_by else None,
        "manager": team.manager_id if team else None,
    }
    emit(topic, subject=task, actor_id=by.person_id if by else None, payload=payload)


def allowed(by: User, permission: str, row: models.Model | None, words: str) -> None:
    """Raise NotAllowed with these words for who may not."""
    if not by.has_perm(permission, row):
        raise NotAllowed(words)


def said(text: str, field: str, sentence: str) -> str:
    """Return what was written. Raises InvalidInput for nothing."""
    stripped = text.strip()[:LONGEST]
    if not stripped:
        raise InvalidInput(sentence, errors={field: sentence})
    return stripped
