"""Reading one contest across its rooms: how many entries, judges, ballots are where."""

from dataclasses import dataclass, field
from typing import Final

from django.db.models import BigIntegerField, Count

from awards.judging.selectors.running import ASKED
from awards.models import Category, Contest, Judge, Round
from awards.visibility import BEFORE_SCORES, delegated_to
from refprogram.kernel.prepared import Given, PreparedValues, Written
from refprogram.people.models import User


@dataclass(frozen=True)
class Counts:
    """How many are in which state (a state without any is left out), and how many ballots of those given are in."""

    entries: dict[str, int] = field(default_factory=dict)
    judges: dict[str, int] = field(default_factory=dict)
    ballots_given: int = 0
    ballots_done: int = 0
    by_category: list[tuple[str, int, int]] = field(default_factory=list)


def counts_of(contest: Contest) -> Counts:
    """Return the counts of a contest, calibration texts left out. Three queries, whatever there is."""
    categories = _CATEGORIES.ask({"contest": contest.pk})
    return Counts(
        entries=dict(_ENTRIES.ask({"contest": contest.pk})),
        judges=dict(_JUDGES(contest=contest.pk)),
        ballots_given=sum(given for *_category, given, _done in categories),
        ballots_done=sum(done for *_category, done in categories),
        by_category=[(name, stand, eligible) for name, stand, eligible, _given, _done in categories],
    )


@dataclass(frozen=True)
class StandIn:
    """A category whose judging the reader runs for a manager with a tie, and where."""

    category: Category
    round: Round | None
    results: bool


def standing_in(contest: Contest, user: User) -> list[StandIn]:
    """Return the categories of a contest that a colleague stands in for; one query where there are none."""
    rows = list(delegated_to(user).filter(contest=contest).order_by("precedence", "pk").values_list("pk", flat=True))
    if not rows:
        return []
    round_ = contest.rounds.filter(released_at__isnull=False).order_by("-number").first()
    shown = contest.state not in BEFORE_SCORES
    return [StandIn(one, round_, shown) for one in Category.objects.filter(pk__in=rows).order_by("precedence", "pk")]


_JUDGES: Final = PreparedValues(
    lambda: (
        Judge.objects.filter(ASKED, contest=Given("contest", BigIntegerField()))
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"))
    )
)
# Of all, which an index alone answers, calibration texts are taken off.
_ENTRIES: Final = Written(
    "awards_contestentry",
    """
SELECT s.state, sum(s.n)::bigint FROM (
  SELECT e.state, count(*) AS n FROM awards_contestentry e WHERE e.contest_id = %(contest)s GROUP BY e.state
  UNION ALL
  SELECT e.state, -count(*) FROM awards_contestentry e WHERE e.contest_id = %(contest)s AND e.anchor GROUP BY e.state
) s GROUP BY s.state HAVING sum(s.n) > 0""",
    one_plan=True,
)
# Each category with its entries, how many of them are eligible, and the ballots: as the database keeps them by place.
_CATEGORIES: Final = Written(
    "awards_placework",
    """
SELECT c.name, coalesce(w.stand, 0), coalesce(w.eligible, 0), coalesce(w.given, 0), coalesce(w.done, 0)
FROM awards_category c LEFT JOIN (
  SELECT k.category_id, count(*) FILTER (WHERE k.stands) AS stand, count(*) FILTER (WHERE k.eligible) AS eligible,
    sum(k.given) AS given, sum(k.done) AS done
  FROM awards_placework k WHERE k.contest_id = %(contest)s GROUP BY k.category_id
) w ON w.category_id = c.id WHERE c.contest_id = %(contest)s ORDER BY c.precedence, c.id""",
    one_plan=True,
)
