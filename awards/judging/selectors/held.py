"""How much work judges hold and entries have: what long lists of judging show, counted inside the database.

Written by hand: each counts the work of a contest in one pass by an index, where a count per row would ask for it a
thousand times.
"""
# ruff: noqa: S608 - the text is ours alone; whatever comes from outside is a parameter

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import BigIntegerField

from awards.judging.enums import HELD, INDEPENDENT, SCORED, TO_DO, JudgeKind
from awards.judging.selectors import running
from awards.models import Assignment, CategoryEntry, Contest, Judge, Round
from refprogram.kernel.prepared import Among, Given, Prepared, Written
from refprogram.people.models import User

CUSTOMERS: Final = (JudgeKind.CUSTOMER, JudgeKind.PAST_WINNER)
MANY: Final = 32_767  # more than an entry has judges, or a judge entries


def _any_of(states: Collection[str]) -> str:
    return ", ".join(f"'{state!s}'" for state in states)


# ---------------------------------------------------------------- by judge

_BY_JUDGE: Final = Written(
    "awards_judge",
    f"""
SELECT j.id, coalesce(sum(w.n) FILTER (WHERE w.state IN ({_any_of(HELD)})), 0),
  coalesce(sum(w.n) FILTER (WHERE w.state IN ({_any_of(SCORED)})), 0)
FROM awards_judge j LEFT JOIN (
  SELECT k.id AS judge_id, s.state, s.n FROM awards_judge k CROSS JOIN LATERAL (
    SELECT a.state, count(*) AS n FROM awards_assignment a WHERE a.judge_id = k.id GROUP BY a.state) s
  WHERE k.contest_id = %(contest)s
  UNION ALL
  SELECT a.judge_id, a.state, -count(*) FROM awards_contestentry e JOIN awards_categoryentry p ON p.entry_id = e.id
  JOIN awards_assignment a ON a.place_id = p.id WHERE e.contest_id = %(contest)s AND e.anchor
  GROUP BY a.judge_id, a.state
) w ON w.judge_id = j.id WHERE j.contest_id = %(contest)s GROUP BY j.id""",
    one_plan=True,
)
_JUDGES: Final = Prepared(
    lambda: (
        Judge.objects.select_related("person")
        .filter(contest=Given("contest", BigIntegerField()))
        .order_by("number", "pk")
    )
)


class Load(NamedTuple):
    """A judge with what they hold and have scored, without calibration entries."""

    judge: Judge
    held: int
    scored: int


def judges_of(contest: Contest) -> list[Load]:
    """Return the panel with what each holds and has done; two queries."""
    counted = {key: (int(held), int(scored)) for key, held, scored in _BY_JUDGE.ask({"contest": contest.pk})}
    return [Load(judge, *counted.get(judge.pk, (0, 0))) for judge in _JUDGES(contest=contest.pk)]


class Work(NamedTuple):
    """A piece of work as the page of its judge shows it."""

    pk: int
    public_id: str
    state: str
    reason: str
    round: str
    category: str
    code: str
    anchor: bool


# In their own order: those that the page shows are chosen first, and only then looked up.
_WORK: Final = Written(
    "awards_assignment",
    """
WITH mine AS (
  SELECT a.id, r.number, a."order", count(*) OVER () AS many
  FROM awards_assignment a JOIN awards_round r ON r.id = a.round_id
  CROSS JOIN LATERAL (SELECT p.category_id FROM awards_categoryentry p WHERE p.id = a.place_id OFFSET 0) p
  WHERE a.judge_id = %(judge)s AND p.category_id = ANY(%(categories)s::bigint[])
  ORDER BY r.number, a."order", a.id LIMIT %(most)s OFFSET %(start)s)
SELECT m.many, a.id, a.public_id, a.state, a.reason, r.name, c.name, e.code, e.anchor
FROM mine m JOIN awards_assignment a ON a.id = m.id JOIN awards_round r ON r.id = a.round_id
JOIN awards_categoryentry p ON p.id = a.place_id JOIN awards_category c ON c.id = p.category_id
JOIN awards_contestentry e ON e.id = p.entry_id ORDER BY m.number, m."order", m.id""",
    one_plan=True,
)


def work_of(judge: Judge, viewer: User, *, start: int = 0, most: int = MANY) -> tuple[list[Work], int]:
    """Return what a judge was given, with states, and how much it is in all: of categories that the viewer runs.

    Two queries; from behind the end there is nothing.
    """
    categories = [one.pk for one in running.categories_run_by(viewer, judge.contest)]
    rows = _WORK.ask({"judge": judge.pk, "categories": categories, "start": start, "most": most})
    return [Work(*row) for _many, *row in rows], rows[0][0] if rows else 0


# ---------------------------------------------------------------- by entry

# What a round judges, as the database keeps it (`awards/judging/kept.py`): `running.judged_in` with its counts.
_JUDGED: Final = "k.contest_id = %(contest)s AND k.round_number = %(number)s AND k.judged"
# The first of each category by the index, then the first of those.
_COVERED: Final = Written(
    "awards_placework",
    f"""
SELECT f.place_id, f.held, f.scored FROM unnest(%(categories)s::bigint[]) c (id) CROSS JOIN LATERAL (
  SELECT k.place_id, k.held, k.scored FROM awards_placework k
  WHERE {_JUDGED} AND k.category_id = c.id AND k.held < %(below)s
  ORDER BY k.held, k.scored, k.place_id LIMIT %(most)s::bigint + %(start)s::bigint) f
ORDER BY f.held, f.scored, f.place_id LIMIT %(most)s::bigint OFFSET %(start)s::bigint""",
    one_plan=True,
)
_FIGURES: Final = Written(
    "awards_placework",
    f"""
SELECT count(*), coalesce(sum(k.held), 0), coalesce(sum(k.scored), 0), count(*) FILTER (WHERE k.held >= %(needed)s), (
  SELECT count(*) FROM awards_contestentry x JOIN awards_categoryentry y ON y.entry_id = x.id
  JOIN awards_assignment a ON a.place_id = y.id
  WHERE x.contest_id = %(contest)s AND x.anchor AND a.round_id = %(round)s AND a.state IN ({_any_of(TO_DO)}))
FROM awards_placework k WHERE {_JUDGED}""",
    one_plan=True,
)
_ENTRIES: Final = Prepared(
    lambda: (
        CategoryEntry.objects.select_related("entry", "category")
        .only("public_id", "entry__code", "entry__title", "category__name")
        .filter(Among("pk", "ids"))
    )
)
_NAMES: Final = Prepared(
    lambda: (
        Assignment.objects.select_related("judge__person")
        .only("public_id", "state", "place", "judge__public_id", "judge__kind", "judge__person__name")
        .filter(Among("place", "ids"), round=Given("round", BigIntegerField()), state__in=HELD)
        .order_by("judge__number", "pk")
    ),
    one_plan=True,
)


@dataclass(frozen=True)
class Covered:
    """An entry of a round with its work: how many judges it has, how many scored, and of which kinds."""

    place: CategoryEntry
    held: int
    scored: int
    short: int
    work: list[Assignment]

    @property
    def customers(self) -> int:
        """How many of its judges are customers."""
        return sum(one.judge.kind in CUSTOMERS for one in self.work)

    @property
    def independent(self) -> int:
        """How many of its judges are neither of our house nor earn by us."""
        return sum(one.judge.kind in INDEPENDENT for one in self.work)


def covered_in(round_: Round, categories: Sequence[int], *, short: bool, start: int, most: int) -> list[Covered]:
    """Return entries of these categories, the shortest of judges first; `short`: none but those. Three queries."""
    given: dict[str, Any] = {"round": round_.pk, "number": round_.number, "contest": round_.contest_id}
    given |= {"categories": list(categories)}
    given |= {"below": round_.per_entry if short else MANY, "most": most, "start": start}
    counted = _COVERED.ask(given)
    ids = [row[0] for row in counted]
    places = {place.pk: place for place in _ENTRIES(ids=ids)} if ids else {}
    work: dict[int, list[Assignment]] = {key: [] for key in ids}
    for one in _NAMES(ids=ids, round=round_.pk) if ids else ():
        work[one.place_id].append(one)
    return [
        Covered(places[key], held, scored, round_.per_entry - held, work[key])
        for key, held, scored in counted
        if key in places
    ]


@dataclass(frozen=True)
class Coverage:
    """How far a round is."""

    entries: int
    needed: int
    held: int
    scored: int
    short: int
    calibration: int


def coverage_of(round_: Round) -> Coverage:
    """Return how many entries are short of judges, and how many ballots are in; one query."""
    given = {
        "round": round_.pk, "number": round_.number, "needed": round_.per_entry, "contest": round_.contest_id,
    }  # fmt: skip
    ((entries, held, scored, full, anchors),) = _FIGURES.ask(given)
    return Coverage(
        entries=entries,
        needed=entries * round_.per_entry,
        held=int(held),
        scored=int(scored),
        short=entries - full,
        calibration=anchors,
    )
