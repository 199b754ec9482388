"""Reading changes: how far each is, whose steps are due, what may be chosen in forms."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.module_loading import import_string

from refprogram.governance.readiness.enums import ChangeState, StepKind
from refprogram.governance.readiness.models import Audience, Change, ChangeStep
from refprogram.kernel.labels import Label
from refprogram.people.enums import Role
from refprogram.people.models import Team, User

UNDONE = Q(done_on__isnull=True)


def visible_to(user: User) -> QuerySet[Change]:
    """Return the changes that a colleague may read about: all, but judges none."""
    rows = Change.objects.all()
    return rows if user.has_perm("governance.see_changes") else rows.none()


def with_progress(rows: QuerySet[Change], today: dt.date) -> QuerySet[Change]:
    """Add what lists show: `planned` steps, how many of them are `done`, how many overdue (`late`)."""
    return rows.annotate(
        planned=Count("steps"),
        done=Count("steps", filter=Q(steps__done_on__isnull=False)),
        late=Count("steps", filter=Q(steps__done_on__isnull=True, steps__due_on__lt=today)),
    ).select_related("owner__person")


def in_full(rows: QuerySet[Change]) -> QuerySet[Change]:
    """Add what the page of one shows."""
    steps = ChangeStep.objects.select_related("owner__person", "done_by__person", "audience__team")
    return rows.select_related("owner__person", "support_by__person").prefetch_related(
        Prefetch("audiences", Audience.objects.select_related("team")), Prefetch("steps", steps)
    )


def late_keys(today: dt.date) -> QuerySet[Any, Any]:
    """Return the keys of the changes under way that have an overdue step."""
    rows = ChangeStep.objects.filter(UNDONE, due_on__lt=today, change__state=ChangeState.OPEN)
    return rows.values("change")


def search(rows: QuerySet[Change], words: list[str]) -> QuerySet[Change]:
    """Narrow to those that have every word in their name, why, or their owner's name."""
    for word in words:
        rows = rows.filter(
            Q(name__icontains=word) | Q(why__icontains=word) | Q(owner__person__name__icontains=word)
        )  # fmt: skip
    return rows


def labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how changes are called."""
    return {row.pk: Label(row.name, row.get_absolute_url()) for row in visible_to(viewer).filter(pk__in=list(ids))}


# ---------------------------------------------------------------- one change


@dataclass(frozen=True)
class Progress:
    """How far the steps of one kind are, and of which day the next one is."""

    done: int
    planned: int
    late: int
    next_on: dt.date | None


def progress(steps: Iterable[ChangeStep], today: dt.date) -> Progress:
    """Return how far these steps are."""
    rows = list(steps)
    waiting = [step.due_on for step in rows if step.done_on is None]
    late = sum(1 for day in waiting if day < today)
    return Progress(len(rows) - len(waiting), len(rows), late, min(waiting, default=None))


def of_kind(change: Change, kind: StepKind) -> list[ChangeStep]:
    """Return the steps of one kind, in the order of their days."""
    return [step for step in change.steps.all() if step.kind == kind]


def steps_for(user: User) -> QuerySet[ChangeStep]:
    """Return the steps that a colleague may read about."""
    return ChangeStep.objects.filter(change__in=visible_to(user)).select_related("change__owner__person", "owner")


def audiences_for(user: User) -> QuerySet[Audience]:
    """Return the audiences that a colleague may read about."""
    return Audience.objects.filter(change__in=visible_to(user)).select_related("change", "team")


def last_change() -> Change | None:
    """Return the change that was planned last: the template of the next."""
    return Change.objects.order_by("-id").first()


def open_changes(user: User) -> QuerySet[Change]:
    """Return what feedback may be about: what is under way, the nearest start first."""
    return visible_to(user).filter(state=ChangeState.OPEN).order_by("-starts_on", "-id")


# ---------------------------------------------------------------- who answers for a step


def overdue(today: dt.date) -> QuerySet[ChangeStep]:
    """Return the steps of changes under way that should have been done by now."""
    return ChangeStep.objects.filter(UNDONE, due_on__lt=today, change__state=ChangeState.OPEN)


def answers_for(step: ChangeStep) -> list[User]:
    """Return who sees to a step: its owner, else the change's, else the program's people."""
    for user in (step.owner, step.change.owner):
        if user is not None and user.is_active:
            return [user]
    return program_people()


def program_people() -> list[User]:
    """Return who runs the program."""
    return list(User.objects.filter(role=Role.MARKETER, is_active=True).select_related("person").order_by("pk"))


# ---------------------------------------------------------------- what forms offer


def teams() -> QuerySet[Team]:
    """Return the teams that a change may concern."""
    return Team.objects.order_by("name")


def metrics() -> list[tuple[str, str]]:
    """Return the figures of the dictionary, as the roof names them: (key, name)."""
    found: list[tuple[str, str]] = import_string(settings.READINESS_METRICS)()
    return found
