"""How strict a judge was, against the panel: read by that judge alone, and by nobody before results are certified."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, Func, JSONField, QuerySet, TextField, Value

from awards.contests.enums import AFTER_PUBLICATION, ContestState
from awards.models import Judge, TallyRun
from awards.results.enums import TallyState

OPEN: Final = (ContestState.DECIDED, *AFTER_PUBLICATION)
# With fewer colleagues on the panel, their leanings would be known by name.
FEWEST: Final = 5
SURE: Final = 2.0  # as many standard errors: below, chance alone does it


@dataclass(frozen=True)
class Leaning:
    """One judge in one group of categories that was computed together. Points of 100; above 0 is generous."""

    categories: list[str]
    points: float
    error: float | None
    ballots: int
    panel: list[float]
    adjusted: bool

    @property
    def sure(self) -> bool:
        """Whether it is more than chance."""
        return self.error is not None and abs(self.points) > SURE * self.error


class _Path(Func):
    """A part of a JSON column, cut out by Postgres: the whole may hold ten thousand entries."""

    output_field = JSONField()


def _path(function: str, path: str, *more: Any) -> _Path:
    text = Func(Value(path), template="(%(expressions)s)::jsonpath", output_field=TextField())
    return _Path(F("results"), text, *more, function=function)


def _tallies(judge: Judge) -> QuerySet[TallyRun]:
    mine = Func(
        Value("id"), Value(judge.public_id), function="jsonb_build_object", output_field=JSONField(),
        template="%(function)s((%(expressions)s)::text)", arg_joiner=")::text, (",
    )  # fmt: skip
    rows = TallyRun.objects.filter(round__contest=judge.contest_id).exclude(state=TallyState.SUPERSEDED)
    rows = rows.annotate(
        mine=_path("jsonb_path_query_first", "$.judges[*] ? (@.judge == $id)", mine),
        panel=_path("jsonb_path_query_array", "$.judges[*].severity"),
    )
    return rows.filter(mine__isnull=False).select_related("category").defer("snapshot", "results")


def leanings_of(judge: Judge) -> list[Leaning]:
    """Return how a judge leaned; categories that were computed from the same ballots are told once. One query."""
    if judge.contest.state not in OPEN:
        return []
    found: dict[tuple[float, int], Leaning] = {}
    for tally in _tallies(judge).order_by("round__number", "category__precedence", "pk"):
        mine: dict[str, Any] = tally.mine  # type: ignore[attr-defined]  # annotated above
        key = (round(mine["severity"], 6), mine["ballots"])
        if key in found:
            found[key].categories.append(tally.category.name)
            continue
        panel = [float(one) for one in tally.panel]  # type: ignore[attr-defined]
        found[key] = Leaning(
            [tally.category.name], mine["severity"], mine["error"], mine["ballots"],
            sorted(panel) if len(panel) >= FEWEST else [], tally.method == "adjusted",
        )  # fmt: skip
    return list(found.values())


def has_leaning(judge: Judge) -> bool:
    """Whether there is anything to tell this judge. One query."""
    return judge.contest.state in OPEN and _tallies(judge).exists()
