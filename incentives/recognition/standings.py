"""The standing in points: who got most, where somebody stands, what is missing to the next."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives.ledger.booking import METRIC
from refprogram.kernel import rollups
from refprogram.kernel.asked_once import once_per_answer
from refprogram.kernel.enums import Period
from refprogram.kernel.prepared import Among, PreparedValues
from refprogram.people.enums import Role
from refprogram.people.models import Person, Region, Team, User


@dataclass(frozen=True)
class Place:
    """One place of the leaderboard. `share` is of the first one's points."""

    rank: int
    key: int
    name: str
    detail: str
    points: int
    share: float
    me: bool


FIELD = [Role.REP.value, Role.SUPPORT.value]
# The others are few: each is looked up, instead of looking through all who have points.
_POPULATION = """
SELECT (SELECT count(*) FROM people_user WHERE is_active AND role = ANY(%(field)s)) + (
    SELECT count(*) FROM people_user u WHERE NOT (u.is_active AND u.role = ANY(%(field)s)) AND EXISTS (
        SELECT FROM kernel_rollup r WHERE r.metric = %(metric)s AND r.period = %(period)s
            AND r.starts_on = %(starts_on)s AND r.dimension = 'person' AND r.key = u.person_id AND r.value <> 0
    )
)
"""
TOP = 50  # places that are shown; who stands below sees their own beside them


def leaderboard(*, by: str, period: str, starts_on: dt.date, viewer: User | None = None) -> list[Place]:
    """Return who got most points, best first, and the viewer's own place; equal points share a rank (1, 1, 3).

    Who would rather not stand in ranks is left out for others; the ranks of those who are shown stay what they are.
    Two queries, three where the viewer stands below the first fifty.
    """
    ranked = rollups.ranking(metric=METRIC, period=period, starts_on=starts_on, dimension=by, limit=TOP)
    if not ranked:
        return []
    mine = _own_keys(viewer).get(by) if viewer else None
    if mine is not None and len(ranked) == TOP and mine not in {line.key for line in ranked}:
        own = _own(by=by, period=period, starts_on=starts_on, key=mine)
        ranked += [rollups.Ranked(mine, own.value, own.rank)] if own.rank is not None else []
    names, private = _names(by, [line.key for line in ranked])
    most = max(int(line.value) for line in ranked) or 1
    return [
        Place(
            line.rank,
            line.key,
            *names.get(line.key, (_("someone"), "")),
            points=int(line.value),
            share=int(line.value) / most,
            me=line.key == mine,
        )
        for line in ranked
        if line.key == mine or line.key not in private
    ]


_PEOPLE = PreparedValues(
    lambda: Person.objects.filter(Among("pk", "keys")).values_list(
        "pk", "name", "user__team__name", "recognition_choice__in_ranks"
    )
)


def _own(*, by: str, period: str, starts_on: dt.date, key: int | None) -> rollups.Standing:
    """Return where a key stands; a page that asks twice asks once."""
    cut = {"period": period, "starts_on": starts_on, "dimension": by, "key": key}
    return once_per_answer(f"points:{cut}", lambda: _read(cut))


def _read(cut: dict[str, Any]) -> rollups.Standing:
    return rollups.standing(metric=METRIC, **cut)


def population(by: str, *, period: str, starts_on: dt.date) -> int:
    """Return how many could be on the leaderboard: sales and support, and everybody else who is on it; one query."""
    if by == "team":
        return Team.objects.count()
    if by == "region":
        return Region.objects.count()
    with connection.cursor() as cursor:
        cursor.execute(_POPULATION, {"field": FIELD, "metric": METRIC, "period": period, "starts_on": starts_on})
        return int(cursor.fetchone()[0])


def _names(by: str, keys: Sequence[int]) -> tuple[dict[int, tuple[str, str]], set[int]]:
    """Return (name, what to say under it) by key, and the keys of who would rather not stand there."""
    if by == "person":
        people = _PEOPLE(keys=list(keys))
        names = {pk: (name or _("someone"), team or "") for pk, name, team, _shown in people}
        return names, {pk for pk, _name, _team, shown in people if shown is False}
    if by == "team":
        teams = Team.objects.filter(pk__in=keys).values_list("pk", "name", "region__name")
        return {pk: (name, region or "") for pk, name, region in teams}, set()
    return {pk: (name, "") for pk, name in Region.objects.filter(pk__in=keys).values_list("pk", "name")}, set()


def _own_keys(user: User) -> dict[str, int | None]:
    team = user.team
    return {"person": user.person_id, "team": user.team_id, "region": team.region_id if team else None}


@dataclass(frozen=True)
class Position:
    """Where somebody stands: rank of how many, own points, and what is missing to the next better one."""

    rank: int | None
    of: int
    points: int
    gap: int | None

    @property
    def words(self) -> str:
        """The gap in words."""
        if self.rank is None:
            return _("No points yet in this time.")
        if self.gap is None:
            return _("Nobody has more.")
        return ngettext("%(n)d point to the next rank.", "%(n)d points to the next rank.", self.gap) % {"n": self.gap}


def position(*, by: str, period: str, starts_on: dt.date, viewer: User) -> tuple[Position, int]:
    """Return the viewer's (or the viewer's team's, region's) position, and all points of the time; one query."""
    own = _own(by=by, period=period, starts_on=starts_on, key=_own_keys(viewer).get(by))
    gap = int(own.better - own.value) if own.better is not None and own.rank is not None else None
    return Position(own.rank, own.of, int(own.value), gap), int(own.total)


def points_to_next(user: User, *, period: str = Period.QUARTER) -> Position:
    """Return the user's position in the present period, and the points missing to the next rank: for desks."""
    starts_on = rollups.start_of(period, rollups.day_of(timezone.now()))
    return position(by="person", period=period, starts_on=starts_on, viewer=user)[0]
