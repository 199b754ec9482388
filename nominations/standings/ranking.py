"""Standings: who enrolled how many references. Kept from nomination events as they happen, never from points."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django.utils import timezone

from nominations.periods import Span
from nominations.standings import policy, statements
from nominations.standings.counting import APPROVED, ENROLLED, EVERY, SUBMITTED
from nominations.standings.enums import FIELD, By
from nominations.standings.last import last_places
from nominations.standings.lines import (
    Best,
    Contender,
    Number,
    Place,
    Standing,
    Standings,
    Worth,
    in_order,
    line_of,
    passing_words,
    places,
    plain,
    with_gaps,
)
from nominations.standings.models import StandingsSnapshot
from nominations.standings.reading import TOP, Board, Steps, figures, groups, history, people
from nominations.standings.statements import NEAR
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.people.enums import Role
from refprogram.people.models import User

__all__ = [
    "APPROVED",
    "ENROLLED",
    "EVERY",
    "FIELD",
    "SUBMITTED",
    "By",
    "Number",
    "Place",
    "Standing",
    "Standings",
    "figures",
    "own_key",
    "passing_words",
    "place_of",
    "standings",
]


def standings(
    by: str,
    period: str,
    starts_on: dt.date,
    *,
    viewer: User | None = None,
    league: str = "",
    limit: int = TOP,
    offset: int = 0,
) -> Standings:
    """Return the ranking by rep, team or region of one period: its first lines, the viewer's, and who is last.

    A number of queries that depends on nothing. A closed period is shown as it was closed.
    """
    kind, span = By(by), Span(Period(period), starts_on)
    closed = _closed(kind, span, league)
    if kind != By.REP:
        return _of_groups(kind, span, viewer, closed)
    board = Board(span, league, policy.now().new_for, closed)
    table = _of_people(board, own_key(kind, viewer), viewer, limit=limit, offset=offset)
    return replace(table, last=last_places(board, viewer)) if viewer is not None and not offset else table


def _closed(by: By, span: Span, league: str) -> StandingsSnapshot | None:
    rows = statements.CLOSED_RANKING if by != By.REP or league else statements.CLOSED_WITHOUT_LINES
    found = rows(by=by.value, period=span.period.value, start=span.starts_on, league=league)
    return found[0] if found else None


def worth_of(closed: StandingsSnapshot | None) -> Worth:
    """Return what steps are worth now, or were when the period was closed."""
    if closed is None:
        now = policy.now()
        return Worth(now.worth, now.gap)
    return Worth(closed.weights["steps"], Decimal(closed.weights["gap"]))


def _of_people(board: Board, own: int | None, viewer: User | None, *, limit: int, offset: int) -> Standings:
    lived = history(By.REP, own, board.span) if own is not None else {}
    keys = board.keys(own, lived.get(board.span.starts_on, Decimal(0)), offset=offset, limit=limit)
    found, before = board.figures(keys)
    steps, worth = board.ladder.now, worth_of(board.closed)
    lines = in_order(
        replace(
            line_of(key, who, found.get(key, {}), worth, rank=_rank(steps, found.get(key, {}))),
            rank_before=board.ladder.before.rank(before[key]) if key in before else None,
            mine=key == own,
        )
        for key, who in people(keys, viewer).items()
    )
    counted = [line for line in with_gaps(lines) if line.enrolled or line.approved or line.submitted or line.mine]
    return Standings(
        by=By.REP,
        span=board.span,
        lines=counted[offset : offset + limit],
        of=board.population(),
        as_of=timezone.now(),
        counted=steps.people,
        enrolled=plain(steps.total),
        league=board.league,
        mine=next((line for line in counted if line.mine), None),
        around=_around(counted),
        best=_best(lived, board.span),
        closed_at=board.closed.created_at if board.closed else None,
    )


def _rank(steps: Steps, found: Mapping[str, Decimal]) -> int:
    return steps.rank(found.get(ENROLLED, Decimal(0)))


def _around(lines: list[Standing]) -> list[Standing]:
    at = next((index for index, line in enumerate(lines) if line.mine), None)
    return [] if at is None else lines[max(0, at - NEAR) : at + NEAR + 1]


def _best(lived: Mapping[dt.date, Decimal], span: Span) -> Best | None:
    if not lived:
        return None
    start = max(lived, key=lambda day: (lived[day], day))
    return Best(Span(span.period, start), plain(lived[start]), now=start == span.starts_on)


def _of_groups(by: By, span: Span, viewer: User | None, closed: StandingsSnapshot | None) -> Standings:
    """Rank all teams (by what a head brought, so that small ones stand as well) or regions (by all of it)."""
    now, before = figures(by, span.period, span.starts_on, span.before.starts_on)
    contenders = groups(by) if closed is None else _as_closed(closed)
    own, worth = own_key(by, viewer), worth_of(closed)
    place, then = _places(by, now, contenders), _places(by, before, contenders)
    last = len(place) + 1
    lines = in_order(
        replace(
            line_of(key, who, now.get(key, {}), worth, rank=place.get(key, last)),
            rank_before=then.get(key),
            mine=key == own,
        )
        for key, who in contenders.items()
    )
    lines = with_gaps(lines, per_head=by == By.TEAM)
    lived = history(by, own, span) if own is not None else {}
    return Standings(
        by=by,
        span=span,
        lines=lines,
        of=len(lines),
        as_of=timezone.now(),
        counted=sum(bool(line.enrolled or line.approved or line.submitted) for line in lines),
        enrolled=plain(sum((Decimal(line.enrolled) for line in lines), Decimal(0))),
        mine=next((line for line in lines if line.mine), None),
        around=_around(lines),
        best=_best(lived, span),
        closed_at=closed.created_at if closed else None,
    )


def _as_closed(closed: StandingsSnapshot) -> dict[int, Contender]:
    return {line["key"]: Contender(line["id"], line["name"], line["sub"], line["members"]) for line in closed.lines}


def _places(by: By, found: Mapping[int, Mapping[str, Decimal]], who: Mapping[int, Contender]) -> dict[int, int]:
    return places({key: strength(by, row.get(ENROLLED, Decimal(0)), who[key].members) for key, row in found.items()
                   if key in who})  # fmt: skip


def strength(by: By, enrolled: Decimal, heads: int) -> Decimal:
    """Return by what a contender is ranked: a team by what a head brought, others by all of it."""
    return enrolled / (heads or 1) if by == By.TEAM else enrolled


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


# ---------------------------------------------------------------- one person's place, for the desk


def place_of(viewer: User) -> Place | None:
    """Return where the viewer stands this quarter among people; None for who is not ranked. Few queries."""
    own = own_key(By.REP, viewer)
    if own is None:
        return None
    today = rollups.day_of(timezone.now())
    week = rollups.start_of(Period.WEEK, today)
    board = Board(Span(Period.QUARTER, rollups.start_of(Period.QUARTER, today)))
    value, gained = board.own(own, week)
    found, _before = board.figures([*board.near(own, value), own])
    steps, worth = board.ladder.now, worth_of(None)
    lines = with_gaps(
        in_order(
            replace(
                line_of(key, who, found.get(key, {}), worth, rank=_rank(steps, found.get(key, {}))), mine=key == own
            )
            for key, who in people({*found, own}, viewer).items()
        )
    )
    at = next(index for index, line in enumerate(lines) if line.mine)
    first = max(0, min(at - 1, len(lines) - 3))
    change = None
    if week >= board.span.starts_on:
        then = value - gained
        ahead = steps.rank(then) - 1 - (value > then)
        change = 1 + ahead - board.overtaken(then, week, besides=own) - lines[at].rank
    return Place(lines[at], lines[first : first + 3], board.population(), change)
