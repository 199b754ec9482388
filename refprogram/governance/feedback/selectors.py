"""Reading what people say about the program, what waits for an answer, and how fast answers come."""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.feedback import policy
from refprogram.governance.feedback.enums import NoteState
from refprogram.governance.feedback.models import FieldNote
from refprogram.governance.readiness.selectors import program_people
from refprogram.kernel.labels import Label
from refprogram.people.models import User

HOUR = 60


def visible_to(user: User) -> QuerySet[FieldNote]:
    """Return what a colleague may read: all for who runs the program; what they said, and what went to them."""
    rows = FieldNote.objects.all()
    if user.has_perm("governance.see_feedback"):
        return rows
    return rows.filter(Q(sender=user.pk) | Q(goes_to=user.pk))


def with_facts(rows: QuerySet[FieldNote]) -> QuerySet[FieldNote]:
    """Add what lists and pages name: people, the change, the clock."""
    return rows.select_related("sender__person", "goes_to__person", "replied_by__person", "change", "clock")


def search(rows: QuerySet[FieldNote], words: list[str]) -> QuerySet[FieldNote]:
    """Narrow to what has every word in it, in its answer, or in the change that it is about."""
    for word in words:
        rows = rows.filter(Q(words__icontains=word) | Q(reply__icontains=word) | Q(change__name__icontains=word))
    return rows


def late() -> Q:
    """What should have been answered by now."""
    return Q(state=NoteState.NEW, clock__due_at__lt=timezone.now())


def readers(note: FieldNote) -> list[User]:
    """Return who is to answer: whom it went to, while they have access, else the program's people; never the sender."""
    if note.goes_to is not None and note.goes_to.is_active:
        return [note.goes_to]
    return [user for user in program_people() if user.pk != note.sender_id]


def labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how feedback is called: by its kind, never by its words."""
    rows = visible_to(viewer).filter(pk__in=list(ids))
    return {
        row.pk: Label(_("Feedback: %(kind)s") % {"kind": row.get_kind_display()}, row.get_absolute_url())
        for row in rows
    }


# ---------------------------------------------------------------- figures


@dataclass(frozen=True)
class ReplyTimes:
    """How fast answers came lately; None where there were none. `late_now` waits and is overdue."""

    answered: int
    median_minutes: int | None
    in_time: float | None
    waiting: int
    late_now: int

    @property
    def median_hours(self) -> float | None:
        """The median in working hours."""
        return None if self.median_minutes is None else self.median_minutes / HOUR


def reply_times() -> ReplyTimes:
    """Return the figures of what was said in the last months (program settings); one query.

    In time = answered before it was due / (answered, or overdue). What its sender settled before is neither.
    """
    now = timezone.now()
    since = now - policy.now().figures_of
    rows = FieldNote.objects.filter(created_at__gte=since).exclude(state=NoteState.SETTLED, replied_at__isnull=True)
    facts: Iterable[tuple[Any, Any, Any]] = rows.values_list("replied_at", "clock__due_at", "clock__used_minutes")
    answered = [(at, due, used) for at, due, used in facts if at is not None]
    open_due = [due for at, due, _used in facts if at is None]
    overdue = sum(1 for due in open_due if due is not None and due < now)
    in_time = sum(1 for at, due, _used in answered if due is None or at <= due)
    minutes = [used for _at, _due, used in answered if used is not None]
    owed = len(answered) + overdue
    return ReplyTimes(
        answered=len(answered),
        median_minutes=round(statistics.median(minutes)) if minutes else None,
        in_time=in_time / owed if owed else None,
        waiting=len(open_due),
        late_now=overdue,
    )
