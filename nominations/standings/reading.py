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

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from nominations.periods import Span
from nominations.standings import statements
from nominations.standings.counting import ENROLLED, EVERY
from nominations.standings.enums import FIELD, By
from nominations.standings.lines import Contender
from nominations.standings.models import StandingsSnapshot
from nominations.standings.statements import CLOSED, COHORT, NEAR
from references.accounts.rules import has_overview
from refprogram.kernel.enums import Period
from refprogram.kernel.models import Rollup
from refprogram.people.models import Leave, Region, Team, User

TOP = 50
YEARS_BACK = 3

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
    hired_after = span.starts_on - dt.timedelta(days=new_for)
    return statements.members(_kind(league), cohort=league.removeprefix(COHORT), hired_after=hired_after)


def _kind(league: str) -> str:
    return COHORT if league.startswith(COHORT) else league


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

    @cached_property
    def _kind(self) -> str:
        return CLOSED if self.league and self.closed is not None else _kind(self.league)

    @cached_property
    def _given(self) -> dict[str, Any]:
        """What fills the statements' holes."""
        return {
            "period": self.span.period.value,
            "start": self.span.starts_on,
            "before": self.span.before.starts_on,
            "cohort": self.league.removeprefix(COHORT),
            "hired_after": self.span.starts_on - dt.timedelta(days=self.new_for),
            "closed": [line["key"] for line in self.closed.lines] if self._kind == CLOSED and self.closed else [],
        }

    def rows(self, metric: str, start: dt.date | None = None) -> QuerySet[Rollup]:
        """Return the kept figures of one metric."""
        return Rollup.objects.filter(
            metric=metric, period=self.span.period.value, starts_on=start or self.span.starts_on,
            dimension=By.REP.value, **self._who,
        )  # fmt: skip

    @cached_property
    def ladder(self) -> "Ladder":
        """How many have how much, now and in the period before; one query."""
        now: dict[Decimal, int] = {}
        before: dict[Decimal, int] = {}
        for start, value, n in statements.ladder(self._kind)(**self._given):
            (now if start == self.span.starts_on else before)[value] = n
        return Ladder(Steps(now), Steps(before))

    def keys(self, own: int | None, own_value: Decimal, *, offset: int = 0, limit: int = TOP) -> list[int]:
        """Return the first ones (by what is enrolled, approved, submitted), those around the reader, and the reader."""
        if own is None:
            rows = statements.first(self._kind, offset + limit)(**self._given)
        else:
            ask = statements.first_and_near(self._kind, offset + limit)
            rows = [*ask(**self._given, own=own, value=own_value), (own,)]
        return sorted({key for (key,) in rows})

    def figures(self, keys: Iterable[int]) -> tuple[Kept, dict[int, Decimal]]:
        """Return all figures of these people, and what they had enrolled in the period before; one query."""
        found: Kept = {}
        lately: dict[int, Decimal] = {}
        for start, key, metric, value in statements.FIGURES(**self._given, keys=list(keys)):
            if start == self.span.starts_on:
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
        field, others = statements.field(self._kind), statements.others_with_figure(self._kind)
        return field(**self._given) + others(**self._given)


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


def people(keys: Iterable[int], viewer: User | None = None) -> dict[int, Contender]:
    """Return who these persons are, as the viewer reads it; one query.

    Who would rather not be named in rankings is read by name by themselves, by who leads their team, and by who sees
    every nomination anyway.
    """
    sees_all = viewer is None or has_overview(viewer)
    own, leader = (viewer.person_id, viewer.pk) if viewer is not None else (None, None)
    return {
        key: nobody() if nameless and not sees_all and key != own and led_by != leader
        else Contender(public_id, name, team or "")
        for key, public_id, name, team, led_by, nameless in statements.PEOPLE(keys=list(keys))
    }  # fmt: skip


def nobody() -> Contender:
    """Return how somebody is called who would rather not be named."""
    return Contender("", _("A colleague"))


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
    first = span.starts_on - dt.timedelta(days=366 * YEARS_BACK)
    rows = statements.HISTORY(period=span.period.value, start=span.starts_on, before=first, dimension=by.value, key=key)
    return dict(rows)


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
