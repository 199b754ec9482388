"""The wall of fame, and – only where policy allows it – who could use a hand."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.db.models import Q
from django.utils import timezone

from incentives.recognition import policy
from incentives.recognition.enums import RecognitionSide
from incentives.recognition.levels import ENROLLED, everybody, level_of
from incentives.recognition.models import RecognitionChoice
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.models import Rollup
from refprogram.people.enums import Role
from refprogram.people.models import Leave, Person, User

TOP: Final = 5
FIELD: Final = (Role.REP, Role.SUPPORT)
NEW_DAYS: Final = 90
SHARE: Final = 10  # one in ten
MOST: Final = 5


@dataclass(frozen=True)
class Famous:
    """One place on the wall: equal figures share a rank."""

    rank: int
    person_id: int
    name: str
    team: str
    value: Decimal
    level: int
    me: bool


@dataclass(frozen=True)
class Column:
    """One dimension of the wall; `more` have the figure of the last place too."""

    dimension: RecognitionSide
    places: list[Famous] = field(default_factory=list)
    more: int = 0


def of_fame(viewer: User) -> list[Column]:
    """Return the best of each dimension; without who would rather not stand in ranks. Three queries."""
    figures = everybody()
    private = set(RecognitionChoice.objects.filter(in_ranks=False).values_list("person_id", flat=True))
    best = {dimension: _best(dimension, figures, private) for dimension in RecognitionSide}
    keys = {key for rows in best.values() for key, _value in rows[:TOP]}
    people = Person.objects.filter(pk__in=keys).values_list("pk", "name", "user__team__name")
    names = {pk: (name, team or "") for pk, name, team in people}
    return [_column(dimension, rows, names, viewer) for dimension, rows in best.items()]


def _best(
    dimension: RecognitionSide, figures: Mapping[int, Mapping[RecognitionSide, Decimal | None]], private: set[int]
) -> list[tuple[int, Decimal]]:
    rows = [(key, row[dimension] or Decimal(0)) for key, row in figures.items() if key not in private]
    return sorted((row for row in rows if row[1] > 0), key=lambda row: (-row[1], row[0]))


def _column(
    dimension: RecognitionSide, rows: list[tuple[int, Decimal]], names: Mapping[int, tuple[str, str]], viewer: User
) -> Column:
    shown = rows[:TOP]
    more = sum(value == shown[-1][1] for _key, value in rows[TOP:]) if shown else 0
    return Column(dimension, _places(dimension, shown, names, viewer), more)


def _places(
    dimension: RecognitionSide, rows: list[tuple[int, Decimal]], names: Mapping[int, tuple[str, str]], viewer: User
) -> list[Famous]:
    steps = getattr(policy.now(), dimension.value)
    return [
        Famous(
            1 + sum(other > value for _key, other in rows), key, *names.get(key, ("", "")), value,
            level_of(value, steps)[0], key == viewer.person_id,
        )
        for key, value in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Help:
    """Who could use a hand: names alone, by the alphabet. `people` is empty where too few are compared."""

    people: list[User]
    of: int
    least: int
    owner: str


def needs_help(today: dt.date | None = None) -> Help | None:
    """Return who brought in least last quarter; None where policy shows it to nobody.

    Left out, and not counted: newcomers of 90 days, who was away for a part of it, who would rather not stand in ranks.
    One in ten, at most five, and nobody where they cannot be told apart from those who are not shown.
    """
    terms = policy.now()
    if not terms.show_needs_help:
        return None
    owner = str(Role(terms.needs_help_owner).label)
    ends = rollups.start_of(Period.QUARTER, today or rollups.day_of(timezone.now())) - dt.timedelta(days=1)
    starts = rollups.start_of(Period.QUARTER, ends)
    cohort = list(_cohort(starts, ends))
    if len(cohort) < terms.needs_help_least:
        return Help([], len(cohort), terms.needs_help_least, owner)
    rows = Rollup.objects.filter(metric=ENROLLED, period=Period.QUARTER, starts_on=starts, dimension="rep")
    values = dict(rows.values_list("key", "value"))
    ordered = sorted(cohort, key=lambda user: (values.get(user.person_id, Decimal(0)), user.pk))
    n = min(MOST, max(1, len(cohort) // SHARE))
    edge = values.get(ordered[n].person_id, Decimal(0))
    last = [user for user in ordered[:n] if values.get(user.person_id, Decimal(0)) < edge]
    return Help(sorted(last, key=lambda user: user.name), len(cohort), terms.needs_help_least, owner)


def _cohort(starts: dt.date, ends: dt.date) -> list[User]:
    away = Leave.objects.filter(starts_on__lte=ends, ends_on__gte=starts).values("user")
    private = RecognitionChoice.objects.filter(in_ranks=False).values("person")
    field_ = User.objects.filter(is_active=True, role__in=FIELD).select_related("person", "team")
    old = Q(hired_on__isnull=True) | Q(hired_on__lte=starts - dt.timedelta(days=NEW_DAYS))
    return list(field_.filter(old).exclude(pk__in=away).exclude(person__in=private).order_by("pk"))
