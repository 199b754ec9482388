"""The jury's dashboard: how far judging is, contest by contest, category by category, judge by judge. Never a score."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from awards.contests.enums import ContestState, Part
from awards.judging.enums import AssignmentState
from awards.models import Assignment, Contest
from refprogram.dashboards.metrics.program import SCORED, TO_DO
from refprogram.people.models import User

RUNNING: Final = (
    ContestState.SCREENING,
    ContestState.JUDGING,
    ContestState.DELIBERATION,
    ContestState.DECIDED,
)
MOST: Final = 6
SLOWEST: Final = 12


@dataclass(frozen=True)
class Progress:
    """Work that was given, and how much of it is scored."""

    name: str
    given: int
    scored: int

    @property
    def share(self) -> float:
        """How far it is, 0 to 1."""
        return self.scored / self.given if self.given else 0.0

    @property
    def left(self) -> int:
        """What is still to score."""
        return self.given - self.scored


@dataclass(frozen=True)
class Judging:
    """One contest."""

    contest: Contest
    whole: Progress
    categories: list[Progress] = field(default_factory=list)
    judges: list[Progress] = field(default_factory=list)
    recused: int = 0


def contests_for(user: User) -> QuerySet[Contest]:
    """Return the running contests whose jury somebody chairs; all of them for who runs the program."""
    rows = Contest.objects.filter(state__in=RUNNING)
    if not user.has_perm("awards.start_contests"):
        rows = rows.filter(members__user=user.pk, members__part=Part.CHAIR).distinct()
    return rows.order_by("announce_at", "pk")


def judging_for(user: User) -> list[Judging]:
    """Return how far judging is: three queries, whatever there is."""
    contests = list(contests_for(user)[:MOST])
    work = Assignment.objects.filter(round__contest__in=contests, place__entry__anchor=False).order_by()
    counts: dict[str, Any] = {
        "given": Count("pk", filter=Q(state__in=TO_DO)),
        "scored": Count("pk", filter=Q(state__in=SCORED)),
        "recused": Count("pk", filter=Q(state=AssignmentState.RECUSED)),
    }
    categories = defaultdict(list)
    recused: dict[int, int] = defaultdict(int)
    for contest, name, given, scored, out in (
        work.values_list("round__contest", "place__category__name").annotate(**counts).order_by("place__category__name")
    ):
        categories[contest].append(Progress(name, given, scored))
        recused[contest] += out
    judges = defaultdict(list)
    by_judge = work.values_list("round__contest", "judge__person__name", "judge").annotate(**counts)
    for contest, name, _key, given, scored, _out in by_judge.order_by("judge__person__name", "judge"):
        judges[contest].append(Progress(name, given, scored))
    return [
        Judging(
            contest=one,
            whole=Progress(one.name, *_sums(categories[one.pk])),
            categories=categories[one.pk],
            judges=sorted((judge for judge in judges[one.pk] if judge.left), key=lambda judge: -judge.left)[:SLOWEST],
            recused=recused[one.pk],
        )
        for one in contests
    ]


def _sums(lines: list[Progress]) -> tuple[int, int]:
    return sum(line.given for line in lines), sum(line.scored for line in lines)
