"""Recruiting targets: set one, ask colleagues, count what was enrolled from it, end it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.segments import Cell
from references.coverage import letters
from references.coverage.enums import TARGET_MOVES, TargetState
from references.coverage.models import RecruitingTarget, TargetAsk, TargetNomination
from refprogram.kernel import moves
from refprogram.kernel.errors import IllegalMove, InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.models import User

T = TargetState
EDITABLE = frozenset({"title", "wanted", "due_on", "owner", "reason"})


def locked(target: RecruitingTarget) -> RecruitingTarget:
    """Return the target, fresh and locked."""
    rows = RecruitingTarget.objects.select_for_update(of=("self",)).select_related("owner__person")
    return rows.get(pk=target.pk)


def move(target: RecruitingTarget, to: TargetState, *also: str) -> None:
    """Bring a locked target into another state."""
    moves.move(target, to, moves=TARGET_MOVES, noun=_("target"), also=also)


@transaction.atomic
def open_target(
    *, title: str, cell: Cell, wanted: int, due_on: dt.date, owner: User | None, reason: str = "", actor: User | None
) -> RecruitingTarget:
    """Set a target: so many new references in a cell, by a day."""
    _check(wanted=wanted, due_on=due_on)
    target = RecruitingTarget.objects.create(
        title=title.strip()[:200], cell=dict(cell), wanted=wanted, due_on=due_on, owner=owner, reason=reason[:200]
    )
    _tell("recruiting.opened", target, actor, wanted=wanted)
    return target


@transaction.atomic
def change_target(*, target: RecruitingTarget, actor: User, **fields: Any) -> RecruitingTarget:
    """Change an open target; one that wants no more than it gained is met."""
    target = locked(target)
    if target.state != T.OPEN:
        raise IllegalMove(_("target"), target.get_state_display())
    changed = [name for name in sorted(EDITABLE & fields.keys()) if getattr(target, name) != fields[name]]
    due = fields.get("due_on") if "due_on" in changed else None
    _check(wanted=fields.get("wanted", target.wanted), due_on=due)
    for name in changed:
        setattr(target, name, fields[name])
    if changed:
        target.save(update_fields=changed)
        _tell("recruiting.changed", target, actor, fields=changed)
        _settle(target)
    return target


@transaction.atomic
def close_target(*, target: RecruitingTarget, actor: User | None, overdue: bool = False) -> RecruitingTarget:
    """End a target that is no longer needed, or whose day is past."""
    target = locked(target)
    move(target, T.CLOSED)
    _tell("recruiting.closed", target, actor, overdue=overdue)
    if overdue:
        letters.tell_over(target)
    return target


def close_overdue() -> int:
    """End the targets whose day is past; return how many. Each is a transaction of its own."""
    over = RecruitingTarget.objects.filter(state=T.OPEN, due_on__lt=clock.today()).order_by("pk")
    done = 0
    for target in over:
        try:
            close_target(target=target, actor=None, overdue=True)
        except IllegalMove:
            continue
        done += 1
    return done


@transaction.atomic
def ask_colleagues(*, target: RecruitingTarget, people: Sequence[tuple[User, Sequence[int]]], actor: User) -> int:
    """Ask colleagues to nominate, each with the customers (ids) that they may know; once each. Return how many."""
    target = locked(target)
    if target.state != T.OPEN:
        raise IllegalMove(_("target"), target.get_state_display())
    done = 0
    for user, accounts in people:
        ask, new = TargetAsk.objects.get_or_create(
            target=target, user=user, defaults={"asked_by": actor, "account_ids": list(accounts)}
        )
        if new:
            _tell("recruiting.asked", target, actor, colleague=user.person_id)
            letters.ask_to_nominate(ask)
        done += new
    return done


# ---------------------------------------------------------------- what the stream tells


@transaction.atomic
def note_nomination(*, target_id: int, nomination_id: int, account_id: int, nominator_id: int, at: dt.datetime) -> None:
    """A nomination names this target as its source."""
    target = RecruitingTarget.objects.filter(pk=target_id).first()
    nominator = User.objects.filter(person=nominator_id).first()
    if target is None:
        return
    row, new = TargetNomination.objects.get_or_create(
        nomination_id=nomination_id,
        defaults={"target": target, "account_id": account_id, "nominator": nominator, "nominated_at": at},
    )
    if not new and at < row.nominated_at:  # what became of it was told before it itself
        row.nominated_at = at
        row.save(update_fields=["nominated_at"])


@transaction.atomic
def note_enrolment(*, nomination_id: int, at: dt.datetime) -> None:
    """A nomination became a reference: its target gained one. Counted from the rows, so twice is once."""
    row = TargetNomination.objects.select_related("target").filter(nomination_id=nomination_id).first()
    if row is None:
        return
    target = locked(row.target)
    if row.enrolled_at is None:
        row.enrolled_at = at
        row.save(update_fields=["enrolled_at"])
        _tell("recruiting.gained", target, None, account_id=row.account_id)
    target.gained = TargetNomination.objects.filter(target=target, enrolled_at__isnull=False).count()
    target.save(update_fields=["gained"])
    _settle(target)


@transaction.atomic
def note_end(*, nomination_id: int, at: dt.datetime) -> None:
    """A nomination led to nothing."""
    TargetNomination.objects.filter(nomination_id=nomination_id, enrolled_at=None, ended_at=None).update(ended_at=at)


def _settle(target: RecruitingTarget) -> None:
    if target.state == T.OPEN and target.gained >= target.wanted:
        move(target, T.MET)
        _tell("recruiting.met", target, None)
        letters.tell_met(target)


def _check(*, wanted: int, due_on: dt.date | None) -> None:
    if wanted < 1:
        message = _("A target wants at least one new reference.")
        raise InvalidInput(message, errors={"wanted": message})
    if due_on is not None and due_on < clock.today():
        message = _("Choose a day that is still to come.")
        raise InvalidInput(message, errors={"due_on": message})


def _tell(
    topic: str, target: RecruitingTarget, actor: User | None, *, account_id: int | None = None, **payload: Any
) -> None:
    emit(
        topic,
        subject=target,
        account_id=account_id,
        actor_id=actor.person_id if actor else None,
        payload=payload,
    )


def open_many(*, wishes: Iterable[tuple[str, Cell, int]], due_on: dt.date, reason: str, actor: User) -> int:
    """Set several targets at once (title, cell, wanted), for cells that have no open one yet; return how many."""
    done = 0
    with transaction.atomic():
        for title, cell, wanted in wishes:
            if RecruitingTarget.objects.filter(state=T.OPEN, cell=dict(cell)).exists():
                continue
            open_target(title=title, cell=cell, wanted=wanted, due_on=due_on, owner=actor, reason=reason, actor=actor)
            done += 1
    return done
