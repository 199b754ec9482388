"""What a tally is computed from, as plain JSON: ballots, rules, the chair's votes; entries and judges by id alone."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F

from awards.entries.enums import GONE
from awards.judging.enums import COUNTED, AssignmentState, ConflictStatus, JudgeState, Mode
from awards.judging.models import Ballot, Comparison, Conflict, Criterion, Round, Score
from awards.models import Category, CategoryEntry, ChairVote
from awards.results import policy
from awards.scoring.effects import Design, Vote

Json = dict[str, Any]


def gather(round_: Round, category: Category) -> Json:
    """Return the inputs of one category's tally in one round.

    Ballots are those in force of all entries that hang together with the category's, whatever their category: judges'
    severity shows in all that they scored. Entries that were withdrawn or disqualified are left out.
    """
    places = list(
        CategoryEntry.objects.filter(category=category, round_number__gte=round_.number, entry__anchor=False)
        .exclude(entry__state__in=GONE)
        .order_by("public_id")
        .values_list("public_id", flat=True)
    )
    ballots = _together(_ballots(round_), set(places))
    return {
        "mode": round_.mode,
        "entries": places,
        "rules": _rules(round_, category),
        "criteria": _criteria(round_, category),
        "ballots": ballots,
        "comparisons": _comparisons(round_, set(places)) if round_.mode == Mode.PAIRWISE else [],
        "chair": _chair(round_, category),
        "sides": _sides(round_, {ballot["entry"] for ballot in ballots}),
    }


def _rules(round_: Round, category: Category) -> Json:
    return {
        "adjust": round_.adjust,
        "min_ballots": round_.min_ballots,
        "winners": category.max_winners,
        "photo_p": policy.now().photo_percent / 100,
        "seed": round_.seed,
    }


def _criteria(round_: Round, category: Category) -> list[Json]:
    """Return the criteria that hold for the category, those that break ties first."""
    found = Criterion.objects.filter(round=round_).order_by("tie_rank", "position", "pk")
    return [
        {"id": row.public_id, "weight": str(row.weight), "lo": row.lo, "hi": row.hi, "tie_rank": row.tie_rank}
        for row in found
        if row.category_id in (None, category.pk)
    ]


def _ballots(round_: Round) -> list[Json]:
    """Return every ballot in force of the round: entry, judge, total, and each criterion's part of its range."""
    rows = (
        Ballot.objects.filter(current=True, state__in=COUNTED, assignment__round=round_)
        .exclude(assignment__state=AssignmentState.RECUSED)
        .exclude(assignment__judge__state=JudgeState.REMOVED)
        .exclude(assignment__place__entry__state__in=GONE)
        .order_by("assignment__place__public_id", "assignment__judge__public_id")
    )
    shares: dict[int, dict[str, float]] = defaultdict(dict)
    scored = Score.objects.filter(ballot__in=rows.order_by().values("pk"))
    for ballot, criterion, value, lo, hi in scored.values_list(
        "ballot", "criterion__public_id", "value", "criterion__lo", "criterion__hi"
    ):
        if value is not None:
            shares[ballot][criterion] = float((value - lo) / (hi - lo))
    found = rows.values_list(
        "pk", "assignment__place__public_id", "assignment__judge__public_id", "total", "rank", "active_seconds"
    )
    return [
        {
            "entry": entry,
            "judge": judge,
            "total": float(total) if total is not None else None,
            "rank": rank,
            "seconds": seconds,
            "shares": dict(sorted(shares[pk].items())),
        }
        for pk, entry, judge, total, rank, seconds in found
    ]


def _together(ballots: list[Json], places: set[str]) -> list[Json]:
    """Keep the ballots that hang together with these entries: by shared judges, and their shared entries."""
    if not ballots:
        return []
    design = Design.of([Vote(ballot["entry"], ballot["judge"], 0.0) for ballot in ballots])
    group = dict(zip(design.entries, design.labels[: len(design.entries)].tolist(), strict=True))
    near = {group[entry] for entry in places if entry in group}
    return [ballot for ballot in ballots if group[ballot["entry"]] in near]


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


def _sides(round_: Round, entries: Iterable[str]) -> dict[str, list[str]]:
    """Return which entries each judge has a cleared tie to: their own side, which they may judge all the same."""
    rows = (
        Conflict.objects.filter(judge__contest=round_.contest_id, status=ConflictStatus.CLEARED)
        .filter(entry__places__public_id__in=list(entries))
        .order_by("judge__public_id", "entry__places__public_id")
        .values_list("judge__public_id", "entry__places__public_id")
        .distinct()
    )
    found: dict[str, list[str]] = defaultdict(list)
    for judge, entry in rows:
        found[judge].append(entry)
    return dict(found)
