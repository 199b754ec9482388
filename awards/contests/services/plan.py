"""The ten-step plan: generated backwards from the event, then owned, changed, settled and reminded of."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests import policy
from awards.contests.enums import Step
from awards.contests.models import Contest, PlanItem
from awards.contests.seeds import LINES, Line
from awards.contests.services import timetable
from awards.contests.services.rows import OVER, held, refusal, words
from references.accounts import clock
from refprogram.kernel.stream import emit
from refprogram.people.models import User


def plan_backwards(contest: Contest) -> list[PlanItem]:
    """Write the first plan of a new contest. With less time than it takes, every step before the event is shorter."""
    figures, event_day = policy.now(), contest.event_at.astimezone(contest.tz).date()
    today = clock.today()
    share = timetable.squeeze(event_day, today, figures)
    return PlanItem.objects.bulk_create(
        PlanItem(
            contest=contest, step=line.step, key=line.key, name=str(line.words), owner=contest.owner,
            due_on=_due(line, event_day, figures, share, today),
        )
        for line in LINES
    )  # fmt: skip


def _due(line: Line, event_day: dt.date, figures: policy.Figures, share: float, today: dt.date) -> dt.date:
    before = (getattr(figures, line.anchor) if line.anchor else 0) - line.after
    if before < 0:
        return event_day + dt.timedelta(days=-before)
    return max(today, event_day - timetable.ahead(before, share))


def shift_plan(contest: Contest, days: int) -> int:
    """Move what is open along with the event; return how many lines moved."""
    rows = PlanItem.objects.filter(contest=contest, done_at__isnull=True)
    return rows.update(due_on=F("due_on") + dt.timedelta(days=days), reminded_on=None)


@transaction.atomic
def add_item(
    contest: Contest, *, step: str, name: str, due_on: dt.date, owner: User | None = None, note: str = "", by: User
) -> PlanItem:
    """Add a line to the plan."""
    row = held(contest)
    item = PlanItem(contest=row, due_on=due_on, owner=owner, **_said(step, name, note))
    item.save(force_insert=True)
    emit("contest.changed", subject=row, actor_id=by.person_id, payload={"fields": ["plan"]})
    return item


@transaction.atomic
def change_item(
    item: PlanItem, *, step: str, name: str, due_on: dt.date, owner: User | None, note: str, by: User
) -> PlanItem:
    """Change what, who, until when. A new day or owner is reminded of anew."""
    row = _held(item)
    if row.due_on != due_on or row.owner_id != (owner.pk if owner is not None else None):
        row.reminded_on = None
    row.due_on, row.owner = due_on, owner
    for field, value in _said(step, name, note).items():
        setattr(row, field, value)
    row.save()
    emit("contest.changed", subject=row.contest, actor_id=by.person_id, payload={"fields": ["plan"]})
    return row


@transaction.atomic
def finish_item(item: PlanItem, *, by: User) -> PlanItem:
    """Tick a line off; twice is once."""
    row = _held(item)
    if row.done_at is None:
        row.done_at, row.done_by = timezone.now(), by
        row.save(update_fields=["done_at", "done_by"])
    return row


@transaction.atomic
def reopen_item(item: PlanItem, *, by: User) -> PlanItem:
    """Take a tick back."""
    row = _held(item)
    row.done_at = row.done_by = None
    row.save(update_fields=["done_at", "done_by"])
    return row


@transaction.atomic
def remove_item(item: PlanItem, *, by: User) -> None:
    """Take a line out of the plan."""
    row = _held(item)
    row.delete()
    emit("contest.changed", subject=row.contest, actor_id=by.person_id, payload={"fields": ["plan"]})


@transaction.atomic
def remind_of_plan(today: dt.date) -> int:
    """Emit once for each open line whose day is near or over, so that its owner is told; return how many."""
    near = today + dt.timedelta(days=policy.now().remind_before)
    rows = PlanItem.objects.select_for_update(of=("self",), skip_locked=True).filter(
        done_at__isnull=True, due_on__lte=near, reminded_on__isnull=True, owner__isnull=False
    )
    found = list(rows.exclude(contest__state__in=OVER).select_related("contest").order_by("pk"))
    for item in found:
        payload = {"contest": item.contest_id, "step": item.step, "late": item.due_on < today}
        emit("plan.item_due", subject=item, payload=payload)
    PlanItem.objects.filter(pk__in=[item.pk for item in found]).update(reminded_on=today)
    return len(found)


def _said(step: str, name: str, note: str) -> dict[str, Any]:
    if step not in Step.values:
        raise refusal("step", _("Choose one of the ten steps."))
    sentence = _("Say what is to be done.")
    return {
        "step": step,
        "name": words(name, field="name", sentence=sentence, most=160),
        "note": " ".join(note.split())[:300],
    }


def _held(item: PlanItem) -> PlanItem:
    """Return the line, fresh, with its contest held."""
    held(item.contest)
    return PlanItem.objects.select_related("contest").get(pk=item.pk)
