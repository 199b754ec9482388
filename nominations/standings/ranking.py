"""Standings: who enrolled how many references. Kept from nomination events as they happen, never from points."""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominations.periods import Span
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.models import Rollup
from refprogram.people.enums import Role
from refprogram.people.models import Person, Region, Team, User

SUBMITTED: Final = "nominations.submitted"
APPROVED: Final = "nominations.approved"
ENROLLED: Final = "nominations.enrolled"
METRICS: Final[Mapping[str, str]] = {
    "nomination.submitted": SUBMITTED,
    "nomination.approved": APPROVED,
    "nomination.enrolled": ENROLLED,
}
FIELD: Final = (Role.REP, Role.SUPPORT)  # who is in the field; others are ranked once they have nominated


def dimensions(payload: Mapping[str, Any]) -> dict[str, int | None]:
    """Return whose standings an event moves: the nominator's, and their team's and region's as at that moment."""
    return {By.REP: payload["nominator"], By.TEAM: payload.get("team"), By.REGION: payload.get("region")}


class By(StrEnum):
    """Whose standings. A rep's key is their person's id."""

    REP = "rep"
    TEAM = "team"
    REGION = "region"


@dataclass(frozen=True)
class Standing:
    """One line: figures of the period, the rank they give, and what passes the next one above."""

    key: int
    public_id: str
    name: str
    sub: str
    rank: int
    enrolled: int
    approved: int
    submitted: int
    members: int = 0
    rank_before: int | None = None
    to_pass: int = 0
    passes: str = ""
    mine: bool = False

    @property
    def rank_change(self) -> int | None:
        """How many places up (or, below zero, down) since the period before; None if not ranked then."""
        return None if self.rank_before is None else self.rank_before - self.rank

    @property
    def per_head(self) -> float | None:
        """Enrolled per member, so that small teams are seen; only teams and regions have members."""
        return self.enrolled / self.members if self.members else None


@dataclass(frozen=True)
class Standings:
    """A whole ranking. `of` counts everyone who could be in it, `lines` those who are."""

    by: By
    span: Span
    lines: list[Standing]
    of: int
    as_of: dt.datetime

    @property
    def mine(self) -> Standing | None:
        """The reader's own line."""
        return next((line for line in self.lines if line.mine), None)

    @property
    def counted(self) -> int:
        """How many nominated, were approved or enrolled somebody in this time; the reader's own line may be empty."""
        return sum(bool(line.enrolled or line.approved or line.submitted) for line in self.lines)

    @property
    def enrolled(self) -> int:
        """All of them together."""
        return sum(line.enrolled for line in self.lines)


Figures = dict[int, dict[str, int]]


@dataclass(frozen=True)
class Contender:
    """Who can be ranked."""

    public_id: str
    name: str
    sub: str = ""
    members: int = 0


def standings(by: str, period: str, starts_on: dt.date, *, viewer: User | None = None) -> Standings:
    """Return the ranking by rep, team or region of one period; at most three queries, whatever the number of lines."""
    kind, span = By(by), Span(Period(period), starts_on)
    now, before = figures(kind, span.period, span.starts_on, span.before.starts_on)
    own = own_key(kind, viewer)
    contenders = _people({*now} | ({own} if own else set())) if kind == By.REP else _groups(kind)
    lines = _lines(now, contenders, ranks(before), own)
    of = _field_besides(contenders) + len(lines) if kind == By.REP else len(lines)
    return Standings(kind, span, lines, of, timezone.now())


def figures(by: By, period: str, *starts: dt.date) -> list[Figures]:
    """Return, for each start, key -> metric -> value; one query."""
    rows = Rollup.objects.filter(metric__in=METRICS.values(), period=period, starts_on__in=starts, dimension=by.value)
    found: dict[dt.date, Figures] = {start: defaultdict(dict) for start in starts}
    for row in rows:
        found[row.starts_on][row.key][row.metric] = int(row.value)
    return [dict(found[start]) for start in starts]


def ranks(found: Figures) -> dict[int, int]:
    """Return the rank of everyone who enrolled something, best first; equals share one (1, 1, 3)."""
    values = {key: row[ENROLLED] for key, row in found.items() if row.get(ENROLLED, 0) > 0}
    ordered = sorted(values.values())
    return {key: 1 + len(ordered) - bisect_right(ordered, value) for key, value in values.items()}


def own_key(by: By, viewer: User | None) -> int | None:
    """Return the viewer's own key in this ranking."""
    if viewer is None:
        return None
    if by == By.REP:
        return viewer.person_id if viewer.role in FIELD else None
    team = viewer.team or (viewer.managed_teams.first() if viewer.role == Role.MANAGER else None)
    if team is None:
        return None
    return team.pk if by == By.TEAM else team.region_id


def _lines(
    found: Figures, contenders: Mapping[int, Contender], before: Mapping[int, int], own: int | None
) -> list[Standing]:
    place = ranks(found)
    last = len(place) + 1
    lines = [
        Standing(
            key=key,
            public_id=who.public_id,
            name=who.name,
            sub=who.sub,
            rank=place.get(key, last),
            enrolled=found.get(key, {}).get(ENROLLED, 0),
            approved=found.get(key, {}).get(APPROVED, 0),
            submitted=found.get(key, {}).get(SUBMITTED, 0),
            members=who.members,
            rank_before=before.get(key),
            mine=key == own,
        )
        for key, who in contenders.items()
    ]
    lines.sort(key=lambda line: (line.rank, -line.approved, -line.submitted, line.name))
    return with_gaps(lines)


def with_gaps(lines: list[Standing]) -> list[Standing]:
    """Return ranked lines, each with what it needs to pass the one above it who has more."""
    done: list[Standing] = []
    above: Standing | None = None
    for line in lines:
        if done and done[-1].enrolled > line.enrolled:
            above = done[-1]
        gap = above.enrolled - line.enrolled + 1 if above else 0
        done.append(replace(line, to_pass=gap, passes=above.name if above else ""))
    return done


def _people(keys: set[int]) -> dict[int, Contender]:
    found = Person.objects.filter(pk__in=keys).select_related("user__team")
    return {person.pk: Contender(person.public_id, person.name, _team_of(person)) for person in found}


def _team_of(person: Person) -> str:
    user = getattr(person, "user", None)
    return user.team.name if user and user.team else ""


def _field_besides(contenders: Mapping[int, Contender]) -> int:
    return User.objects.filter(is_active=True, role__in=FIELD).exclude(person__in=list(contenders)).count()


def _groups(by: By) -> dict[int, Contender]:
    """Return every team or region; they are few, and one without a reference should see that."""
    if by == By.TEAM:
        heads = Count("members", filter=Q(members__is_active=True, members__role__in=FIELD))
        teams = Team.objects.select_related("region").annotate(heads=heads)
        return {t.pk: Contender(t.public_id, t.name, t.region.name if t.region else "", t.heads) for t in teams}
    heads = Count("teams__members", filter=Q(teams__members__is_active=True, teams__members__role__in=FIELD))
    regions = Region.objects.annotate(heads=heads)
    return {region.pk: Contender(region.public_id, region.name, "", region.heads) for region in regions}


# ---------------------------------------------------------------- one person's place, for the desk and the digest


@dataclass(frozen=True)
class Place:
    """Where somebody stands: their line, those around it, and how many places they moved within the week."""

    mine: Standing
    around: list[Standing]
    of: int
    week_change: int | None

    @property
    def words(self) -> str:
        """What passes the next one."""
        return passing_words(self.mine)


def place_of(viewer: User, *, by: str = By.REP) -> Place | None:
    """Return where the viewer stands this quarter; None for who is not ranked. At most five queries."""
    today = rollups.day_of(timezone.now())
    quarter, week = rollups.start_of(Period.QUARTER, today), rollups.start_of(Period.WEEK, today)
    table = standings(by, Period.QUARTER, quarter, viewer=viewer)
    return place_in(table, table.mine.key, moved(table, week)) if table.mine else None


def place_in(table: Standings, key: int, changes: Mapping[int, int]) -> Place | None:
    """Return one key's place in a ranking, with a neighbour on each side; None if it is not there."""
    at = next((index for index, line in enumerate(table.lines) if line.key == key), None)
    if at is None:
        return None
    first = max(0, min(at - 1, len(table.lines) - 3))
    return Place(table.lines[at], table.lines[first : first + 3], table.of, changes.get(key))


def moved(table: Standings, week: dt.date) -> dict[int, int]:
    """Return how many places each line moved by what was enrolled in that week; nothing where it began earlier."""
    if week < table.span.starts_on:
        return {}
    lately = figures(table.by, Period.WEEK, week)[0]
    then = {line.key: line.enrolled - lately.get(line.key, {}).get(ENROLLED, 0) for line in table.lines}
    ordered = sorted(then.values())
    return {line.key: 1 + len(ordered) - bisect_right(ordered, then[line.key]) - line.rank for line in table.lines}


def passing_words(line: Standing) -> str:
    """Return "3 more pass Jonas Weber", or a word for who leads."""
    if not line.to_pass:
        return _("Nobody has more.") if line.enrolled else _("The first one enrolled leads.")
    words = ngettext("%(n)d more passes %(name)s.", "%(n)d more pass %(name)s.", line.to_pass)
    return words % {"n": line.to_pass, "name": line.passes}
