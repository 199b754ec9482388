"""What a tally is computed from: ballots, rules, the chair's votes; plain JSON but for the ballots, by id alone."""

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import F, QuerySet
from numpy.typing import NDArray

from awards.entries.enums import GONE
from awards.judging.enums import COUNTED, AssignmentState, ConflictStatus, JudgeState, Mode
from awards.judging.models import Ballot, Comparison, Conflict, Criterion, Judge, Round, Score
from awards.models import Category, CategoryEntry, ChairVote
from awards.results import policy
from awards.results.ballots import Ballots, Numbers

Json = dict[str, Any]
COPY_HEADER, COPY_MARK = 19, 2  # bytes


def gather(round_: Round, category: Category) -> Json:
    """Return the inputs of one category's tally in one round: see `gather_each`."""
    return next(iter(gather_each(round_, [category])))


def gather_each(round_: Round, categories: Iterable[Category]) -> Iterator[Json]:
    """Yield the inputs of each category's tally in one round; what they have in common is read once for all.

    Ballots are those in force of all entries that hang together with the category's, whatever their category: judges'
    severity shows in all that they scored. Entries that were withdrawn or disqualified are left out. Categories whose
    ballots are the same have the same object.
    """
    places = _Places(round_)
    groups = _Groups(_ballots(round_, places.names))
    criteria, sides = list(_criteria(round_)), _sides(round_)
    for category in categories:
        entries = places.of(category)
        ballots = groups.of(entries)
        there = set(ballots.entries)
        near = {judge: [entry for entry in known if entry in there] for judge, known in sides.items()}
        yield {
            "mode": round_.mode,
            "entries": entries,
            "rules": _rules(round_, category),
            "criteria": [told for key, told in criteria if key in (None, category.pk)],
            "ballots": ballots,
            "comparisons": _comparisons(round_, set(entries)) if round_.mode == Mode.PAIRWISE else [],
            "chair": _chair(round_, category),
            "sides": {judge: known for judge, known in near.items() if known},
        }


class _Places:
    """The entries of a contest in their categories, read once: `names` of all that are still in it."""

    def __init__(self, round_: Round) -> None:
        rows = CategoryEntry.objects.filter(category__contest=round_.contest_id).exclude(entry__state__in=GONE)
        found = rows.values_list("pk", "public_id", "category", "round_number", "entry__anchor")
        self.names: dict[int, str] = {}
        self._of: dict[int, list[str]] = defaultdict(list)
        for pk, name, category, number, anchor in found:
            self.names[pk] = name
            if number >= round_.number and not anchor:
                self._of[category].append(name)

    def of(self, category: Category) -> list[str]:
        """Return the entries of a category that are in the round, by their ids."""
        return sorted(self._of[category.pk])


def _rules(round_: Round, category: Category) -> Json:
    return {
        "adjust": round_.adjust,
        "min_ballots": round_.min_ballots,
        "winners": category.max_winners,
        "photo_p": policy.now().photo_percent / 100,
        "seed": round_.seed,
    }


def _criteria(round_: Round) -> Iterator[tuple[int | None, Json]]:
    """Yield the criteria, those that break ties first, each with the one category that it holds for, if it is one."""
    for row in Criterion.objects.filter(round=round_).order_by("tie_rank", "position", "pk"):
        told = {"id": row.public_id, "weight": str(row.weight), "lo": row.lo, "hi": row.hi, "tie_rank": row.tie_rank}
        yield row.category_id, told


def _ballots(round_: Round, places: dict[int, str]) -> Ballots:
    """Return every ballot in force of the round, of these entries."""
    judges = Judge.objects.filter(contest=round_.contest_id).exclude(state=JudgeState.REMOVED)
    rows = Ballot.objects.filter(current=True, state__in=COUNTED, assignment__round=round_)
    rows = rows.exclude(assignment__state=AssignmentState.RECUSED)
    found = _numbers(
        rows.values_list("pk", "assignment__place", "assignment__judge", "total", "rank", "active_seconds")
    )
    entries, row = _named(found[:, 1], places)
    people, column = _named(found[:, 2], dict(judges.values_list("pk", "public_id")))
    order = np.lexsort((column, row))
    order = order[(row[order] >= 0) & (column[order] >= 0)]
    total, rank, seconds = (found[order, at] for at in (3, 4, 5))
    shares = _shares(round_, found[order, 0])
    whole = Ballots(entries, people, row[order], column[order], total, rank, seconds, shares)
    return whole.only(np.ones(len(order), dtype=bool))


def _named(keys: Numbers, names: dict[int, str]) -> tuple[list[str], NDArray[np.intp]]:
    """Return the names of all keys in order, and each key's place among them; -1 where it has no name."""
    known, at = np.unique(keys.astype(np.int64), return_inverse=True)
    called = [names.get(key) for key in known.tolist()]
    ordered = sorted(name for name in called if name is not None)
    place = {name: number for number, name in enumerate(ordered)}
    return ordered, np.array([-1 if name is None else place[name] for name in called], dtype=np.intp)[at]


def _shares(round_: Round, ballots: Numbers) -> dict[str, Numbers]:
    """Return what part of its range these ballots gave on each criterion, by the criterion's id."""
    order = np.argsort(ballots)
    found = _numbers(Score.objects.filter(criterion__round=round_).values_list("ballot", "criterion", "value"))
    at = np.searchsorted(ballots, found[:, 0], sorter=order)
    at = order[np.minimum(at, len(order) - 1)] if len(order) else at
    counted = ballots[at] == found[:, 0] if len(order) else np.zeros(len(at), dtype=bool)
    shares = {}
    for criterion in Criterion.objects.filter(round=round_):
        mine = counted & (found[:, 1] == criterion.pk)
        part = np.full(len(ballots), np.nan)
        part[at[mine]] = (found[mine, 2] - criterion.lo) / (criterion.hi - criterion.lo)
        shares[criterion.public_id] = part
    return shares


def _numbers(rows: QuerySet[Any, Any]) -> Numbers:
    """Read columns of numbers by binary COPY, one row for each row; NULL is not a number."""
    sql, params = rows.order_by().query.sql_with_params()
    wide = len(rows.query.values_select)
    names = [f"c{at}" for at in range(wide)]
    columns = ", ".join(f"coalesce({name}::float8, 'nan')" for name in names)
    told = io.BytesIO()
    with connection.cursor() as cursor:
        asked = cursor.mogrify(sql, params).decode()
        of_all = f"SELECT {columns} FROM ({asked}) told ({', '.join(names)})"  # noqa: S608 - our own text
        cursor.copy_expert(f"COPY ({of_all}) TO STDOUT WITH (FORMAT binary)", told)
    # A row: how many columns, and before each how many bytes it has. Before all a header, after all a mark.
    row = np.dtype([("columns", ">i2"), *((name, [("bytes", ">i4"), ("value", ">f8")]) for name in names)])
    rest = len(told.getvalue()) - COPY_HEADER - COPY_MARK
    found = np.frombuffer(told.getvalue(), row, rest // row.itemsize, COPY_HEADER)
    return np.column_stack([found[name]["value"] for name in names]).astype(float)


class _Groups:
    """Ballots by whether they hang together: by shared judges, and their shared entries."""

    def __init__(self, ballots: Ballots) -> None:
        self.ballots = ballots
        labels = ballots.design(np.zeros(len(ballots))).labels if len(ballots) else np.zeros(0, dtype=np.int32)
        self.labels = labels[: len(ballots.entries)]
        self.group = dict(zip(ballots.entries, self.labels.tolist(), strict=True))
        self.kept: dict[frozenset[int], Ballots] = {frozenset(self.group.values()): ballots}

    def of(self, places: Iterable[str]) -> Ballots:
        """Return the ballots that hang together with these entries; the same object where they are the same."""
        near = frozenset(self.group[entry] for entry in places if entry in self.group)
        if near not in self.kept:
            self.kept[near] = self.ballots.only(np.isin(self.labels, list(near))[self.ballots.row])
        return self.kept[near]


def _comparisons(round_: Round, places: set[str]) -> list[Json]:
    rows = (
        Comparison.objects.filter(round=round_, undone_at__isnull=True)
        .exclude(judge__state=JudgeState.REMOVED)
        .order_by("at", "pk")
        .annotate(
            one=F("left__public_id"),
            other=F("right__public_id"),
            won=F("winner__public_id"),
            by=F("judge__public_id"),
        )
        .values_list("one", "other", "won", "by")
    )
    return [
        {"first": one, "second": other, "share": 0.5 if won is None else float(won == one), "judge": by}
        for one, other, won, by in rows
        if one in places and other in places
    ]


def _chair(round_: Round, category: Category) -> list[list[str]]:
    found = ChairVote.objects.filter(round=round_, category=category).order_by("pk")
    return [list(pair) for pair in found.values_list("first__public_id", "second__public_id")]


def _sides(round_: Round) -> dict[str, list[str]]:
    """Return which entries each judge has a cleared tie to: their own side, which they may judge all the same."""
    rows = (
        Conflict.objects.filter(judge__contest=round_.contest_id, status=ConflictStatus.CLEARED)
        .filter(entry__places__isnull=False)
        .order_by("judge__public_id", "entry__places__public_id")
        .values_list("judge__public_id", "entry__places__public_id")
        .distinct()
    )
    found: dict[str, list[str]] = defaultdict(list)
    for judge, entry in rows:
        found[judge].append(entry)
    return dict(found)
