"""The verbs of changes: planning one, whom it concerns, its steps, and telling who is late."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.readiness import selectors
from refprogram.governance.readiness.enums import CHANGE_MOVES, ChangeState, StepKind
from refprogram.governance.readiness.models import Audience, Change, ChangeStep
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stale import refuse_stale
from refprogram.kernel.stream import emit
from refprogram.people.models import User

NOUN: Final = "change"
FACTS: Final = ("name", "kind", "why", "starts_on", "owner", "support_channel", "support_by", "support_until")
AUDIENCE: Final = ("role", "team", "words", "current", "desired", "measure", "metric", "metric_name")
STEP: Final = ("audience", "kind", "name", "channel", "due_on", "owner", "who", "link")
MOST: Final = 100  # audiences, and steps, of one change


def _refuse_unless(by: User, permission: str, row: Change | ChangeStep | None = None) -> None:
    if not by.has_perm(permission, row):
        raise NotAllowed(_("That is for who runs the program, and for the owner of the change."))


def _refuse(field: str, message: str) -> None:
    raise InvalidInput(message, errors={field: message})


def _note(topic: str, row: Change, by: User | None, **facts: Any) -> None:
    emit(topic, subject=row, actor_id=by.person_id if by else None, payload=facts)


def _kept(row: Change, by: User) -> Change:
    """Return the change, locked, if this colleague may plan it and it is still under way."""
    row = Change.objects.select_for_update().get(pk=row.pk)
    _refuse_unless(by, "governance.keep_change", row)
    if not row.is_open:
        raise DomainError(_("It is closed. Take it up again first."))
    return row


def _line(text: str, most: int) -> str:
    return " ".join(text.split())[:most]


# ---------------------------------------------------------------- changes


@transaction.atomic
def open_change(*, facts: Mapping[str, Any], by: User) -> Change:
    """Plan a change."""
    _refuse_unless(by, "governance.open_changes")
    row = Change()
    _set(row, facts)
    row.save(force_insert=True)
    _note("change.opened", row, by)
    return row


@transaction.atomic
def alter_change(*, row: Change, facts: Mapping[str, Any], by: User, revision: int | None = None) -> Change:
    """Change what is planned. Raises Stale for who read an older plan."""
    row = _kept(row, by)
    refuse_stale(row, revision, _("Somebody changed this plan while you wrote."), facts)
    _set(row, facts)
    row.revision += 1
    row.save()
    _note("change.changed", row, by)
    return row


def _set(row: Change, facts: Mapping[str, Any]) -> None:
    for name in FACTS:
        if name in facts:
            setattr(row, name, facts[name])
    row.name = _line(row.name, 160)
    if not row.name:
        _refuse("name", _("Say in a few words what changes."))
    if row.support_until and row.support_until < row.starts_on:
        _refuse("support_until", _("Not before it starts."))


@transaction.atomic
def close_change(*, row: Change, to: ChangeState, by: User) -> Change:
    """Say that a change has settled in, or is called off: nobody is reminded of its steps any more."""
    row = Change.objects.select_for_update().get(pk=row.pk)
    _refuse_unless(by, "governance.keep_change", row)
    row.closed_at = timezone.now()
    moves.move(row, to, moves=CHANGE_MOVES, noun=_(NOUN), also=["closed_at"])
    _note("change.closed", row, by, state=to.value)
    return row


@transaction.atomic
def reopen_change(*, row: Change, by: User) -> Change:
    """Take a change up again."""
    row = Change.objects.select_for_update().get(pk=row.pk)
    _refuse_unless(by, "governance.keep_change", row)
    row.closed_at = None
    moves.move(row, ChangeState.OPEN, moves=CHANGE_MOVES, noun=_(NOUN), also=["closed_at"])
    _note("change.reopened", row, by)
    return row


@transaction.atomic
def copy_change(*, row: Change, name: str, starts_on: dt.date, owner: User | None, by: User) -> Change:
    """Plan a change like another: the same audiences and steps, each as long before or after the start; none done."""
    source = selectors.in_full(Change.objects.all()).get(pk=row.pk)
    later = starts_on - source.starts_on
    until = source.support_until + later if source.support_until else None
    facts = {field: getattr(source, field) for field in FACTS}
    facts |= {"name": name, "starts_on": starts_on, "owner": owner, "support_until": until}
    made = open_change(facts=facts, by=by)
    twins: dict[int, Audience] = {}
    for audience in source.audiences.all():
        twin = Audience(change=made, **{field: getattr(audience, field) for field in AUDIENCE})
        twin.save(force_insert=True)
        twins[audience.pk] = twin
    for step in source.steps.all():
        said = {field: getattr(step, field) for field in STEP}
        said |= {"due_on": step.due_on + later, "audience": twins.get(step.audience_id or 0)}
        ChangeStep(change=made, **said).save(force_insert=True)
    return made


# ---------------------------------------------------------------- audiences


@transaction.atomic
def set_audience(
    *, change: Change, facts: Mapping[str, Any], by: User, audience: Audience | None = None, revision: int | None = None
) -> Audience:
    """Say whom it concerns (a role, a team, or somebody in words), what they do today, and what instead.

    Raises Stale for who read an older one.
    """
    change = _kept(change, by)
    row = Audience(change=change)
    if audience is not None:
        row = Audience.objects.select_for_update().get(pk=audience.pk, change=change)
        typed = {name: facts[name] for name in AUDIENCE if name != "metric_name"}  # it follows from the figure
        refuse_stale(row, revision, _("Somebody changed this audience while you wrote."), typed)
    for name in AUDIENCE:
        setattr(row, name, facts[name])
    row.words = _line(row.words, 120)
    if sum((bool(row.role), row.team is not None, bool(row.words))) != 1:
        _refuse("words", _("Choose a role, or a team, or write who it is: one of the three."))
    if audience is None and change.audiences.count() >= MOST:
        _refuse("words", _("A change has a hundred audiences at most."))
    row.save()
    _note("change.changed", change, by)
    return row


@transaction.atomic
def remove_audience(*, audience: Audience, by: User) -> None:
    """Take an audience out; its steps stay, for everybody."""
    change = _kept(audience.change, by)
    Audience.objects.filter(pk=audience.pk, change=change).delete()
    _note("change.changed", change, by)


# ---------------------------------------------------------------- steps


@transaction.atomic
def plan_step(
    *, change: Change, facts: Mapping[str, Any], by: User, step: ChangeStep | None = None, revision: int | None = None
) -> ChangeStep:
    """Plan a message or a session, or change one; on another day, its owner is reminded anew.

    Raises Stale for who read an older one.
    """
    change = _kept(change, by)
    row = ChangeStep(change=change)
    if step is not None:
        row = ChangeStep.objects.select_for_update().get(pk=step.pk, change=change)
        typed = {name: facts[name] for name in STEP}
        refuse_stale(row, revision, _("Somebody changed this step while you wrote."), typed)
    before = row.due_on
    for name in STEP:
        setattr(row, name, facts[name])
    row.name = _line(row.name, 200)
    if not row.name:
        _refuse("name", _("Say what is done."))
    if row.audience is not None and row.audience.change_id != change.pk:
        _refuse("audience", _("Choose an audience of this change."))
    if step is None and change.steps.count() >= MOST:
        _refuse("name", _("A change has a hundred steps at most."))
    if row.kind != StepKind.MESSAGE:
        row.channel = ""
    if row.due_on != before:
        row.reminded_at = None
    row.save()
    _note("change.changed", change, by)
    return row


@transaction.atomic
def mark_step(*, step: ChangeStep, is_done: bool, by: User) -> ChangeStep:
    """Say that a step is done, or not after all; said twice is once."""
    Change.objects.select_for_update().get(pk=step.change_id)
    row = ChangeStep.objects.select_for_update(of=("self",)).select_related("change").get(pk=step.pk)
    _refuse_unless(by, "governance.do_step", row)
    if not row.change.is_open:
        raise DomainError(_("It is closed. Take it up again first."))
    if is_done == (row.done_on is not None):
        return row
    row.done_on, row.done_by = (timezone.localdate(), by) if is_done else (None, None)
    row.save(update_fields=["done_on", "done_by"])
    if row.done_on is not None:
        _note("change.step_done", row.change, by, step=row.pk, late=row.done_on > row.due_on)
    return row


@transaction.atomic
def remove_step(*, step: ChangeStep, by: User) -> None:
    """Take a step out of the plan."""
    change = _kept(step.change, by)
    ChangeStep.objects.filter(pk=step.pk, change=change).delete()
    _note("change.changed", change, by)


@transaction.atomic
def tell_of_late_steps() -> int:
    """Tell once of each step that is overdue: one letter for each change and who sees to it. Return how many steps."""
    late = selectors.overdue(timezone.localdate()).filter(reminded_at__isnull=True)
    held = late.select_for_update(of=("self",), skip_locked=True)
    rows = list(held.select_related("change__owner__person", "owner__person").order_by("change", "due_on", "pk"))
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    changes = {row.change_id: row.change for row in rows}
    for row in rows:
        for user in selectors.answers_for(row):
            found[row.change_id, user.pk].append(row.pk)
    for (change, user_id), steps in found.items():
        _note("change.step_late", changes[change], None, steps=steps, to=user_id)
    ChangeStep.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=timezone.now())
    return len(rows)
