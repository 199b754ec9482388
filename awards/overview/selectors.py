"""Reading one contest across its rooms: how many entries, judges, ballots are where."""

from dataclasses import dataclass, field

from django.db.models import Count

from awards.entries.enums import JUDGED
from awards.models import Assignment, Category, Contest, ContestEntry, Judge


@dataclass(frozen=True)
class Counts:
    """How many are in which state; a state without any is left out."""

    entries: dict[str, int] = field(default_factory=dict)
    judges: dict[str, int] = field(default_factory=dict)
    ballots: dict[str, int] = field(default_factory=dict)
    by_category: list[tuple[str, int, int]] = field(default_factory=list)


def counts_of(contest: Contest) -> Counts:
    """Return the counts of a contest, calibration texts left out. Four queries, whatever there is."""
    entries = ContestEntry.objects.filter(contest=contest, anchor=False)
    judges = Judge.objects.filter(contest=contest)
    ballots = Assignment.objects.filter(round__contest=contest, place__entry__anchor=False).exclude(state="proposed")
    return Counts(
        entries=dict(entries.order_by().values_list("state").annotate(n=Count("pk"))),
        judges=dict(judges.order_by().values_list("state").annotate(n=Count("pk"))),
        ballots=dict(ballots.order_by().values_list("state").annotate(n=Count("pk"))),
        by_category=_by_category(contest),
    )


def _by_category(contest: Contest) -> list[tuple[str, int, int]]:
    """Return each category with its entries, and how many of them are eligible."""
    rows = Category.objects.filter(contest=contest).order_by("precedence", "pk")
    found: dict[int, list[int]] = {row.pk: [0, 0] for row in rows}
    counted = ContestEntry.objects.filter(contest=contest, anchor=False).exclude(state="withdrawn")
    for category, state, n in counted.values_list("places__category", "state").annotate(n=Count("pk")).order_by():
        if category in found:
            found[category][0] += n
            found[category][1] += n if state in JUDGED else 0
    return [(row.name, found[row.pk][0], found[row.pk][1]) for row in rows]
