"""Reading the register of stakeholders and the directory."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Avg,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from refprogram.governance.stakeholders.models import (
    DirectoryEntry,
    Launch,
    Pulse,
    Requirement,
    Stakeholder,
    StakeholderContact,
    StakeholderGroup,
)
from refprogram.kernel.labels import Label
from refprogram.people.models import User

FAR = 4  # from here on influence or interest is high


def visible_to(user: User) -> QuerySet[Stakeholder]:
    """Return the stakeholders that a colleague may read about."""
    rows = Stakeholder.objects.all()
    return rows if user.has_perm("governance.see_stakeholders") else rows.none()


def due() -> Coalesce:
    """The day on which a stakeholder is to be spoken to next: so long after the last time, or after they were added."""
    since = Coalesce("contacted_on", TruncDate("created_at"))
    return ExpressionWrapper(since + F("every_days") * Value(1), output_field=DateField())  # type: ignore[return-value]


def with_standing(rows: QuerySet[Stakeholder]) -> QuerySet[Stakeholder]:
    """Add what lists show: requirements met and not, the last pulse, when the next contact is due (`due_on`)."""
    last = Pulse.objects.filter(stakeholder=OuterRef("pk"), score__isnull=False).order_by("-id").values("score")[:1]
    return rows.annotate(
        needs=Count("requirements", distinct=True),
        unmet=Count("requirements", filter=Q(requirements__met_on__isnull=True), distinct=True),
        pulse=Subquery(last),
        due_on=due(),
    ).select_related("group", "keeper__person")


def late_keys(today: dt.date) -> QuerySet[Any, Any]:
    """Return the keys of those who should have been spoken to by now."""
    return Stakeholder.objects.filter(every_days__gt=0).annotate(due_on=due()).filter(due_on__lt=today).values("pk")


def lacking_keys() -> QuerySet[Any, Any]:
    """Return the keys of those who need something that is not met."""
    return Requirement.objects.filter(met_on__isnull=True).values("stakeholder")


def in_full(rows: QuerySet[Stakeholder]) -> QuerySet[Stakeholder]:
    """Add what the page of one shows."""
    return with_standing(rows).prefetch_related(
        Prefetch("requirements", Requirement.objects.order_by(F("met_on").asc(nulls_first=True), "due_on", "id")),
        Prefetch("contacts", StakeholderContact.objects.select_related("by__person")),
        Prefetch("pulses", Pulse.objects.order_by("-id")),
    )


def search(rows: QuerySet[Stakeholder], words: list[str]) -> QuerySet[Stakeholder]:
    """Narrow to those that have every word in their name, their part, or their group's name."""
    for word in words:
        rows = rows.filter(Q(name__icontains=word) | Q(part__icontains=word) | Q(group__name__icontains=word))
    return rows


def groups() -> list[StakeholderGroup]:
    """Return every group with how many are in it, and how they answered lately."""
    lately = timezone.now() - dt.timedelta(days=180)
    answered = Q(members__pulses__answered_at__gte=lately)
    return list(
        StakeholderGroup.objects.annotate(
            people=Count("members", distinct=True), mood=Avg("members__pulses__score", filter=answered)
        )
    )


@dataclass(frozen=True)
class Cell:
    """One cell of the picture: influence, interest, who stands there."""

    influence: int
    interest: int
    members: list[Stakeholder]

    @property
    def hot(self) -> bool:
        """Whether both are high: these are worked with closely."""
        return self.influence >= FAR and self.interest >= FAR


def picture(rows: Iterable[Stakeholder]) -> list[tuple[int, list[Cell]]]:
    """Return the picture row by row, most influence first: (influence, its five cells)."""
    placed: dict[tuple[int, int], list[Stakeholder]] = {}
    for row in rows:
        placed.setdefault((row.influence, row.interest), []).append(row)
    return [(up, [Cell(up, right, placed.get((up, right), [])) for right in range(1, 6)]) for up in range(5, 0, -1)]


def pulse_trend(row: Stakeholder) -> list[int]:
    """Return the answers of a stakeholder, the oldest first."""
    return [pulse.score for pulse in reversed(list(row.pulses.all())) if pulse.score is not None]


def pulse_behind(pk: int) -> QuerySet[Pulse]:
    """Return the question of a signed link."""
    return Pulse.objects.filter(pk=pk).select_related("stakeholder", "asked_by__person")


def requirements_for(user: User) -> QuerySet[Requirement]:
    """Return the requirements that a colleague may read."""
    return Requirement.objects.filter(stakeholder__in=visible_to(user)).select_related("stakeholder")


def groups_for(user: User) -> QuerySet[StakeholderGroup]:
    """Return the groups that a colleague may read about."""
    rows = StakeholderGroup.objects.all()
    return rows if user.has_perm("governance.see_stakeholders") else rows.none()


def labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how stakeholders are called."""
    return {row.pk: Label(row.name, row.get_absolute_url()) for row in visible_to(viewer).filter(pk__in=list(ids))}


# ---------------------------------------------------------------- the directory


def directory() -> QuerySet[DirectoryEntry]:
    """Return who knows what."""
    return DirectoryEntry.objects.filter(user__is_active=True).select_related("user__person", "user__team")


def entries_for(user: User) -> QuerySet[DirectoryEntry]:
    """Return who knows what, for colleagues."""
    return directory() if user.has_perm("governance.see_directory") else DirectoryEntry.objects.none()


def search_entries(rows: QuerySet[DirectoryEntry], words: list[str]) -> QuerySet[DirectoryEntry]:
    """Narrow to those that have every word in what they know, or in their name."""
    for word in words:
        rows = rows.filter(Q(topics__icontains=word) | Q(user__person__name__icontains=word))
    return rows


def launches(since: dt.date) -> QuerySet[Launch]:
    """Return the launches from a day on."""
    return Launch.objects.filter(on__gte=since)


def launches_for(user: User) -> QuerySet[Launch]:
    """Return every launch, also those of the past, for colleagues."""
    rows = Launch.objects.all()
    return rows if user.has_perm("governance.see_directory") else rows.none()


def launch_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how launches are called."""
    return {row.pk: Label(row.name, row.get_absolute_url()) for row in Launch.objects.filter(pk__in=list(ids))}
