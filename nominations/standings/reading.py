"""What a ranking of many people reads: never all of it, and a number of queries that does not grow.

Places follow from how many have more, counted over the roll-up's own index; lines are read for those alone that are
shown: the first ones, and those around the reader.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from nominations.periods import Span
from nominations.standings.counting import APPROVED, ENROLLED, EVERY, SUBMITTED
from nominations.standings.enums import FIELD, By, League
from nominations.standings.lines import Contender
from nominations.standings.models import StandingsSnapshot
from nominations.waves.models import CohortMember
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.models import Rollup
from refprogram.people.enums import Role
from refprogram.people.models import Leave, Person, Region, Team, User

TOP = 50
NEAR = 2
YEARS_BACK = 3
COHORT = "cohort:"

Kept = dict[int, dict[str, Decimal]]


def figures(by: str, period: str, *starts: dt.date) -> list[Kept]:
    """Return, for each start, key -> metric -> value; one query."""
    rows = Rollup.objects.filter(metric__in=EVERY, period=period, starts_on__in=starts, dimension=str(by))
    found: dict[dt.date, Kept] = {start: {} for start in starts}
    for start, key, metric, value in rows.values_list("starts_on", "key", "metric", "value"):
        found[start].setdefault(key, {})[metric] = value
    return [found[start] for start in starts]


def members(league: str, span: Span, new_for: int) -> QuerySet[User]:
    """Return the colleagues of a league, those without access too: what they did in the period stays."""
    everybody = User.objects.all()
    if league.startswith(COHORT):
        cohort = CohortMember.objects.filter(cohort__public_id=league.removeprefix(COHORT), user=OuterRef("pk"))
        return everybody.filter(Exists(cohort))
    if league == League.NEW:
        return everybody.filter(hired_on__gt=span.starts_on - dt.timedelta(days=new_for), role__in=FIELD)
    if league in {League.SALES, League.SUPPORT}:
        return everybody.filter(role=Role.REP if league == League.SALES else Role.SUPPORT)
    return everybody


@dataclass(frozen=True)
class Board:
    """The people of one period and league, as the roll-up keeps them."""

    span: Span
    league: str = ""
    new_for: int = 0
    closed: StandingsSnapshot | None = None

    @cached_property
    def _who(self) -> dict[str, Any]:
        """Narrow to the league: as it was when the period was closed, else as people are now."""
        if not self.league:
            return {}
        if self.closed is not None:
            return {"key__in": [line["key"] for line in self.closed.lines]}
        return {"key__in": members(self.league, self.span, self.new_for).values("person_id")}

    def rows(self, metric: str, start: dt.date | None = None) -> QuerySet[Rollup]:
        """Return the kept figures of one metric."""
        return Rollup.objects.filter(
            metric=metric, period=self.span.period.value, starts_on=start or self.span.starts_on,
            dimension=By.REP.value, **self._who,
        )  # fmt: skip

    @cached_property
    def ladder(self) -> "Ladder":
        """How many have how much, now and in the period before; one query."""
        starts = (self.span.starts_on, self.span.before.starts_on)
        rows = Rollup.objects.filter(
            metric=ENROLLED, period=self.span.period.value, starts_on__in=starts, dimension=By.REP.value, value__gt=0,
            **self._who,
        )  # fmt: skip
        counted = rows.order_by().values_list("starts_on", "value").annotate(n=Count("*"))
        now: dict[Decimal, int] = {}
        before: dict[Decimal, int] = {}
        for start, value, n in counted:
            (now if start == self.span.starts_on else before)[value] = n
        return Ladder(Steps(now), Steps(before))

    def keys(self, own: int | None, own_value: Decimal, *, offset: int = 0, limit: int = TOP) -> list[int]:
        """Return the first ones (by what is enrolled, approved, submitted), those around the reader, and the reader."""
        parts = [self._first(metric)[: offset + limit] for metric in (ENROLLED, APPROVED, SUBMITTED)]
        if own is not None:
            enrolled = self.rows(ENROLLED).order_by().values_list("key", flat=True)
            parts += [
                enrolled.filter(value__gt=own_value).order_by("value", "-key")[:NEAR],
                enrolled.filter(value__lte=own_value, value__gt=0).exclude(key=own).order_by("-value", "key")[:NEAR],
            ]
        found = set(parts[0].union(*parts[1:]))
        return sorted(found | ({own} if own is not None else set()))

    def _first(self, metric: str) -> QuerySet[Rollup, int]:
        return self.rows(metric).filter(value__gt=0).order_by("-value", "key").values_list("key", flat=True)

    def figures(self, keys: Iterable[int]) -> tuple[Kept, dict[int, Decimal]]:
        """Return all figures of these people, and what they had enrolled in the period before; one query."""
        now, before = self.span.starts_on, self.span.before.starts_on
        wanted = Q(starts_on=now, metric__in=EVERY) | Q(starts_on=before, metric=ENROLLED)
        rows = Rollup.objects.filter(wanted, period=self.span.period.value, dimension=By.REP.value, key__in=list(keys))
        found: Kept = {}
        lately: dict[int, Decimal] = {}
        for start, key, metric, value in rows.values_list("starts_on", "key", "metric", "value"):
            if start == now:
                found.setdefault(key, {})[metric] = value
            elif metric == ENROLLED:
                lately[key] = value
        return found, lately

    def own(self, key: int, week: dt.date) -> tuple[Decimal, Decimal]:
        """Return what one person enrolled in the period, and in one week; one query."""
        mine = Q(period=self.span.period.value, starts_on=self.span.starts_on) | Q(period=Period.WEEK, starts_on=week)
        rows = Rollup.objects.filter(mine, metric=ENROLLED, dimension=By.REP.value, key=key)
        found = dict(rows.values_list("period", "value"))
        return found.get(self.span.period.value, Decimal(0)), found.get(Period.WEEK.value, Decimal(0))

    def near(self, key: int, value: Decimal) -> list[int]:
        """Return those next above and below one person; one query."""
        rows = self.rows(ENROLLED).order_by().values_list("key", flat=True)
        above = rows.filter(value__gt=value).order_by("value", "-key")[:NEAR]
        below = rows.filter(value__lte=value, value__gt=0).exclude(key=key).order_by("-value", "key")[:NEAR]
        return list(above.union(below))

    def overtaken(self, then: Decimal, week: dt.date, *, besides: int) -> int:
        """Return how many are ahead of what somebody had before a week by what they brought in that week alone."""
        lately = Rollup.objects.filter(
            metric=ENROLLED, period=Period.WEEK, starts_on=week, dimension=By.REP.value, key=OuterRef("key")
        )
        ahead = self.rows(ENROLLED).filter(value__gt=then).exclude(key=besides).order_by()
        gained = ahead.annotate(gained=Subquery(lately.values("value")[:1]))
        return gained.filter(value__lte=F("gained") + then).count()

    def population(self) -> int:
        """Return how many could be ranked: the field, and every other colleague with a figure."""
        if self.closed is not None:
            return self.closed.of
        has_figure = Rollup.objects.filter(
            metric__in=(SUBMITTED, APPROVED, ENROLLED), period=self.span.period.value, starts_on=self.span.starts_on,
            dimension=By.REP.value, key=OuterRef("person_id"),
        )  # fmt: skip
        field = Q(is_active=True, role__in=FIELD)
        people = members(self.league, self.span, self.new_for).order_by()
        return people.filter(field).count() + people.exclude(field).filter(Exists(has_figure)).count()


@dataclass(frozen=True)
class Steps:
    """How many people have how much of something."""

    having: Mapping[Decimal, int]

    @cached_property
    def _sums(self) -> tuple[list[Decimal], list[int]]:
        values = sorted(self.having)
        sums = [0]
        for value in values:
            sums.append(sums[-1] + self.having[value])
        return values, sums

    @property
    def people(self) -> int:
        """How many have anything."""
        return sum(self.having.values())

    @property
    def total(self) -> Decimal:
        """All of it together."""
        return sum((value * n for value, n in self.having.items()), Decimal(0))

    def rank(self, value: Decimal) -> int:
        """Return the place of somebody who has this much: one more than how many have more."""
        values, sums = self._sums
        return 1 + sums[-1] - sums[bisect_right(values, value)]

    def above(self, value: Decimal) -> Decimal | None:
        """Return the least that is more than this."""
        values, _sums = self._sums
        at = bisect_right(values, value)
        return values[at] if at < len(values) else None


@dataclass(frozen=True)
class Ladder:
    """Now, and in the period before."""

    now: Steps
    before: Steps


def people(keys: Iterable[int]) -> dict[int, Contender]:
    """Return who these persons are; one query."""
    rows = Person.objects.filter(pk__in=list(keys)).values_list("pk", "public_id", "name", "user__team__name")
    return {key: Contender(public_id, name, team or "") for key, public_id, name, team in rows}


def groups(by: By) -> dict[int, Contender]:
    """Return every team or region; they are few, and one without a reference should see that."""
    if by == By.TEAM:
        heads = Count("members", filter=Q(members__is_active=True, members__role__in=FIELD))
        teams = Team.objects.select_related("region").annotate(heads=heads)
        return {t.pk: Contender(t.public_id, t.name, t.region.name if t.region else "", t.heads) for t in teams}
    heads = Count("teams__members", filter=Q(teams__members__is_active=True, teams__members__role__in=FIELD))
    regions = Region.objects.annotate(heads=heads)
    return {region.pk: Contender(region.public_id, region.name, "", region.heads) for region in regions}


def history(by: By, key: int, span: Span) -> dict[dt.date, Decimal]:
    """Return what one contender enrolled in this period and in those of the last years before it; one query."""
    starts, start = [], span.starts_on
    while start > span.starts_on - dt.timedelta(days=366 * YEARS_BACK):
        starts.append(start)
        start = rollups.previous_start(span.period, start)
    rows = Rollup.objects.filter(
        metric=ENROLLED, period=span.period.value, starts_on__in=starts, dimension=by.value, key=key, value__gt=0
    )
    return dict(rows.values_list("starts_on", "value"))


def away(span: Span, today: dt.date) -> set[int]:
    """Return the keys of users who are never last: away today, or for half of the time so far."""
    until = min(span.ends_on, max(today, span.starts_on))
    days: dict[int, int] = {}
    found = set()
    overlapping = Leave.objects.filter(starts_on__lte=max(until, today), ends_on__gte=span.starts_on)
    for user, starts_on, ends_on in overlapping.values_list("user_id", "starts_on", "ends_on"):
        inside = (min(ends_on, until) - max(starts_on, span.starts_on)).days + 1
        days[user] = days.get(user, 0) + max(0, inside)
        if starts_on <= today <= ends_on:
            found.add(user)
    half = ((until - span.starts_on).days + 1) / 2
    return found | {user for user, away_for in days.items() if away_for >= half}
