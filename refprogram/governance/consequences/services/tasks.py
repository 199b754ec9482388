"""Tasks: given, finished with a note, called off."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.consequences.enums import TaskState
from refprogram.governance.consequences.models import Task
from refprogram.governance.consequences.services.rows import LONGEST, allowed, lock_task, move_task, said, tell_task
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.models import User


@transaction.atomic
def give_task(
    *,
    assignee: User,
    title: str,
    detail: str = "",
    due_on: dt.date | None = None,
    given_by: User | None = None,
    label: str = "",
    url: str = "",
) -> Task:
    """Put something on a colleague's desk. `label` and `url`: what it is about; without a giver it is the program's."""
    if given_by is not None and not may_give(given_by, assignee):
        raise NotAllowed(_("Managers give tasks to their team; the program and the head of sales give them to all."))
    words = said(title, "title", _("Say what has to be done."))[:160]
    if not assignee.is_active:
        message = _("%(name)s has no access.") % {"name": assignee.name}
        raise InvalidInput(message, errors={"assignee": message})
    if due_on is not None and given_by is not None and due_on < timezone.localdate():
        message = _("This day has passed.")
        raise InvalidInput(message, errors={"due_on": message})
    task = Task(
        assignee=assignee, title=words, detail=detail.strip()[:LONGEST], due_on=due_on, given_by=given_by,
        label=label[:200], url=url,
    )  # fmt: skip
    task.save(force_insert=True)
    tell_task("task.given", task, given_by)
    return task


def may_give(giver: User, assignee: User) -> bool:
    """Whether somebody may give this colleague a task: leaders to their own team, who runs the program to all."""
    if not giver.has_perm("governance.give_tasks"):
        return False
    leads = assignee.team is not None and assignee.team.manager_id == giver.pk
    return giver.has_perm("governance.edit_policies") or leads or assignee.pk == giver.pk


@transaction.atomic
def finish_task(*, task: Task, by: User, note: str = "") -> Task:
    """Say that it is done, and how."""
    row = lock_task(task)
    allowed(by, "governance.finish_task", row, _("Only %(name)s can finish it.") % {"name": row.assignee.name})
    row.note, row.finished_at = note.strip()[:LONGEST], timezone.now()
    move_task(row, TaskState.DONE, "note", "finished_at")
    tell_task("task.done", row, by)
    return row


@transaction.atomic
def note_done(*, task: Task, by: User | None, note: str = "") -> Task:
    """What the task asked for was done where it is done, perhaps by a colleague: it is finished by that."""
    row = lock_task(task)
    row.note, row.finished_at = note.strip()[:LONGEST], timezone.now()
    move_task(row, TaskState.DONE, "note", "finished_at")
    tell_task("task.done", row, by)
    return row


@transaction.atomic
def describe_task(*, task: Task, detail: str, due_on: dt.date | None, url: str) -> Task:
    """Say more of an open task, once it is known: until when, and where it is done. Nobody is told twice of it."""
    row = lock_task(task)
    if row.state != TaskState.OPEN:
        return row
    row.detail, row.due_on, row.url = detail.strip()[:LONGEST], due_on, url
    row.save(update_fields=["detail", "due_on", "url"])
    return row


@transaction.atomic
def cancel_task(*, task: Task, by: User | None) -> Task:
    """Call a task off; `by` nobody: what it came from is over."""
    row = lock_task(task)
    if by is not None:
        allowed(by, "governance.cancel_task", row, _("Who gave it can call it off."))
    row.finished_at = timezone.now()
    move_task(row, TaskState.CANCELLED, "finished_at")
    tell_task("task.cancelled", row, by)
    return row
