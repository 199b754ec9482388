"""A pilot runs: it begins by hand or by the clock, ends by the clock, is written about, judged and decided."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.pilots import policy, things
from refprogram.governance.pilots.enums import DECISIONS, REACHING, PilotState
from refprogram.governance.pilots.models import Pilot, PilotCriterion, PilotNote
from refprogram.governance.pilots.services.planning import plan_again, refuse_without_sales
from refprogram.governance.pilots.services.rows import check, follow, locked, move, note, refuse, refuse_unless
from refprogram.kernel.errors import DomainError, NotAllowed
from refprogram.people.models import User

P = PilotState
TEXT = 5000


@transaction.atomic
def begin(*, pilot: Pilot, by: User | None) -> Pilot:
    """Begin: from now on the thing reaches the pilot's people, and nobody else. Before its day by hand alone."""
    row = locked(pilot)
    if by is not None:
        refuse_unless(by, "governance.run_pilot", row)
    check(row, P.RUNNING)
    today = timezone.localdate()
    if row.ends_on < today:
        raise DomainError(_("Its days are over: choose others."))
    _look_again(row)
    row.starts_on, row.begun_at = min(today, row.starts_on), timezone.now()
    move(row, P.RUNNING, "starts_on", "begun_at", "touches_customers")
    follow(row, by)
    note("pilot.begun", row, by, count=row.members.count())
    return row


def _look_again(row: Pilot) -> None:
    """Ask the thing's room once more: what was for colleagues may be for customers by now."""
    found = things.find(row.kind, row.thing)
    if found is None:
        raise DomainError(_("What was to be tried is gone: call the pilot off."))
    row.touches_customers = found.touches_customers
    refuse_without_sales(row)


@transaction.atomic
def write_down(*, pilot: Pilot, text: str, by: User) -> PilotNote:
    """Write in the log what happened: for the pilot's people, its owner, and who runs the program."""
    row = locked(pilot)
    if not by.has_perm("governance.write_pilot_log", row):
        raise NotAllowed(_("The pilot’s people and who runs it write here."))
    if row.state not in (P.READY, *REACHING):
        raise DomainError(_("The log is open from when the pilot is ready until it is decided."))
    words = text.strip()[:TEXT]
    if not words:
        refuse({"text": _("Write what you saw.")})
    made = PilotNote(pilot=row, by=by, text=words)
    made.save(force_insert=True)
    note("pilot.noted", row, by)
    return made


@transaction.atomic
def judge(*, criterion: PilotCriterion, seen: str, met: bool, by: User) -> PilotCriterion:
    """Say what was seen of a criterion, and whether it is met; the last word before the decision holds."""
    row = locked(criterion.pilot)
    refuse_unless(by, "governance.run_pilot", row)
    if row.state not in REACHING:
        raise DomainError(_("A criterion is judged while the pilot runs, until it is decided."))
    seen = " ".join(seen.split())[:300]
    if not seen:
        refuse({"seen": _("Write what was seen.")})
    one = PilotCriterion.objects.select_for_update().get(pk=criterion.pk)
    one.seen, one.met, one.judged_by = seen, met, by
    one.save(update_fields=["seen", "met", "judged_by"])
    note("pilot.judged", row, by)
    return one


@transaction.atomic
def decide(*, pilot: Pilot, to: str, because: str, by: User) -> Pilot:
    """Decide: to all, change and try again, or stop. Every criterion has been looked at before, and there is a reason.

    Rolled out, the thing reaches everybody from now on. Stopped, it is switched off. Tried again, it reaches nobody
    until the next pilot, which is planned as a draft with the same people.
    """
    row = locked(pilot)
    refuse_unless(by, "governance.decide_pilot", row)
    if to not in DECISIONS:
        refuse({"to": _("Choose one of the three.")})
    decision = PilotState(to)
    check(row, decision)
    if not because.strip():
        refuse({"because": _("Say why: the pilot’s people read this.")})
    if row.criteria.filter(met__isnull=True).exists():
        raise DomainError(_("Say first of each criterion whether it is met."))
    row.because, row.decided_by, row.decided_at = because.strip()[:TEXT], by, timezone.now()
    row.ended_at = row.ended_at or row.decided_at
    move(row, decision, "because", "decided_by", "decided_at", "ended_at")
    note(f"pilot.{decision.value}", row, by)
    _AFTER[decision](row, by)
    return row


def _stop(row: Pilot, by: User) -> None:
    things.stop(row.kind, row.thing, by)


_AFTER: dict[PilotState, Callable[[Pilot, User], object]] = {
    P.ROLLED_OUT: follow,
    P.REPEATED: plan_again,
    P.STOPPED: _stop,
}


# ---------------------------------------------------------------- what time brings


def go_by_the_clock() -> int:
    """Begin, remind and end what is due; return how many moved. Twice and side by side is once."""
    today = timezone.localdate()
    soon = today + dt.timedelta(days=policy.now().remind_days)
    ready = Pilot.objects.filter(state=P.READY, starts_on__lte=today, ends_on__gte=today)
    ending = Pilot.objects.filter(state=P.RUNNING, reminded_at__isnull=True, ends_on__lte=soon, ends_on__gte=today)
    over = Pilot.objects.filter(state=P.RUNNING, ends_on__lt=today)
    return sum(_each(rows, act) for rows, act in ((ready, _begin), (ending, _remind), (over, _end)))


def _each(rows: QuerySet[Pilot], act: Callable[[QuerySet[Pilot]], bool]) -> int:
    return sum(act(rows.filter(pk=pk)) for pk in rows.order_by("pk").values_list("pk", flat=True))


def _taken(rows: QuerySet[Pilot]) -> Pilot | None:
    """Lock the one of these rows, if it is still among them: another worker may have been faster."""
    return rows.select_for_update(of=("self",), skip_locked=True).first()


@transaction.atomic
def _begin(rows: QuerySet[Pilot]) -> bool:
    row = _taken(rows)
    if row is None:
        return False
    try:
        with transaction.atomic():
            begin(pilot=row, by=None)
    except DomainError:  # stays on its owner's desk, with the reason
        return False
    return True


@transaction.atomic
def _remind(rows: QuerySet[Pilot]) -> bool:
    return _mark(_taken(rows), "reminded_at", lambda row: note("pilot.ending", row, None))


@transaction.atomic
def _end(rows: QuerySet[Pilot]) -> bool:
    def over(row: Pilot) -> None:
        move(row, P.ENDED)
        note("pilot.ended", row, None)

    return _mark(_taken(rows), "ended_at", over)


def _mark(row: Pilot | None, name: str, act: Callable[[Pilot], Any]) -> bool:
    if row is None:
        return False
    setattr(row, name, timezone.now())
    row.save(update_fields=[name])
    act(row)
    return True
