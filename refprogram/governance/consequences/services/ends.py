"""How a case takes effect, ends, and is waived.

A restriction binds by its own times, whenever somebody asks; the clock here only notes that it began or is over, and
puts tasks on desks. So it does not matter how often, how late or in which order it runs.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.consequences import terms
from refprogram.governance.consequences.enums import CaseState, Effect, TaskState
from refprogram.governance.consequences.models import ConsequenceCase
from refprogram.governance.consequences.policy import APPEAL_CLOCK, AT_ONCE
from refprogram.governance.consequences.services.rows import allowed, check, lock_case, move, said, tell
from refprogram.governance.consequences.services.tasks import cancel_task, give_task, note_done
from refprogram.governance.consequences.states import standing
from refprogram.kernel.errors import IllegalMove
from refprogram.people import services as people
from refprogram.people.calendars.clocks import stop_clock
from refprogram.people.models import User


def follow_up() -> int:
    """Note what has begun and what is over by now; return how many. Beat calls it."""
    now = timezone.now()
    begun = ConsequenceCase.objects.filter(state=CaseState.NOTIFIED, takes_effect_at__lte=now)
    done = sum(begin(case=case) for case in begun.order_by("takes_effect_at")[:AT_ONCE])
    over = ConsequenceCase.objects.filter(state=CaseState.IN_FORCE, ends_at__lte=now)
    return done + sum(end(case=case) for case in over.order_by("ends_at")[:AT_ONCE])


@transaction.atomic
def begin(*, case: ConsequenceCase) -> bool:
    """Note that its day has come; where it gives a task, put it on the desk. False: it has not, or no longer can."""
    row = lock_case(case)
    if row.state != CaseState.NOTIFIED or row.takes_effect_at is None or row.takes_effect_at > timezone.now():
        return False
    kept = terms.of(row)
    if kept.effect == Effect.TASK:
        row.task = give_task(
            assignee=row.user,
            title=kept.task_title,
            due_on=timezone.localdate(row.ends_at),
            label=row.policy.name,
            url=row.get_absolute_url(),
        )
    move(row, CaseState.IN_FORCE, "task")
    tell("case.in_force", row, None)
    return True


@transaction.atomic
def end(*, case: ConsequenceCase) -> bool:
    """Note that it is over. False: it is not."""
    row = lock_case(case)
    if row.state != CaseState.IN_FORCE or row.ends_at is None or row.ends_at > timezone.now():
        return False
    move(row, CaseState.SERVED)
    tell("case.served", row, None)
    return True


@transaction.atomic
def clear(*, case: ConsequenceCase, by: User | None, note: str) -> ConsequenceCase:
    """What a case in force asked for was done: it is over at once, and its task with it. Twice is once.

    Called by the room that knows that it was done; its own rules say who may.
    """
    row = lock_case(case)
    if row.state == CaseState.SERVED:
        return row
    if row.task is not None and row.task.state == TaskState.OPEN:
        note_done(task=row.task, by=by, note=note)
    row.ends_at = timezone.now()
    move(row, CaseState.SERVED, "ends_at")
    tell("case.served", row, by)
    return row


@transaction.atomic
def waive(*, case: ConsequenceCase, by: User, reason: str) -> ConsequenceCase:
    """Let it go, at any point before it is over, with the reason: what binds ends at once."""
    row = lock_case(case)
    words = _("The review board, the policy’s owner or an administrator can waive it, and nobody for themselves.")
    allowed(by, "governance.waive_case", row, words)
    if standing(row) == CaseState.SERVED:
        raise IllegalMove(_("case"), str(CaseState.SERVED.label))
    return waived(row, by, said(reason, "reason", _("Say why: the person reads it.")))


def waived(row: ConsequenceCase, by: User | None, reason: str) -> ConsequenceCase:
    """Waive a locked case: its restriction ends now, its open task is called off, its clock stops."""
    check(row, CaseState.WAIVED)
    row.reason, row.decided_by = reason, by
    if row.restriction is not None:
        people.call_off(restriction=row.restriction, actor=by)
    if row.task is not None and row.task.state == TaskState.OPEN:
        cancel_task(task=row.task, by=None)
    stop_clock(kind=APPEAL_CLOCK, subject=row)
    move(row, CaseState.WAIVED, "reason", "decided_by")
    tell("case.waived", row, by)
    return row


@transaction.atomic
def note_lifted(*, restriction_id: int, by: User | None) -> ConsequenceCase | None:
    """The privilege was given back on the person's own page: the case behind it is waived. Twice is once."""
    found = ConsequenceCase.objects.filter(
        restriction_id=restriction_id, state__in=(CaseState.NOTIFIED, CaseState.IN_FORCE)
    ).first()
    if found is None:
        return None
    row = lock_case(found)
    if row.restriction_id != restriction_id or row.state not in (CaseState.NOTIFIED, CaseState.IN_FORCE):
        return None
    return waived(row, by, _("The privilege was given back on their page."))
