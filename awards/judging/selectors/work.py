"""What a judge's own pages read. Nothing here counts, names or orders what is not theirs."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import (
    Avg,
    BigIntegerField,
    BooleanField,
    Count,
    DecimalField,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
)

from awards import visibility
from awards.judging import policy
from awards.judging.enums import COUNTED, MAY_JUDGE, SCORED, TO_DO, AssignmentState, BallotState, Mode, Peers
from awards.models import Assignment, Ballot, Category, Comparison, Criterion, Judge, Round, Score
from refprogram.kernel.prepared import Among, Given, Prepared, PreparedValues

# What says who entered, so that it can be masked or shown.
_NAMED = (
    "place__category", "place__entry__account", "place__entry__team", "place__entry__owner",
    "place__entry__contact__person",
)  # fmt: skip
_ENTRY = ("round__contest", "judge__person", "place__entry__answer__version", *_NAMED)
# What a list shows of each, and masks.
_LISTED = (
    "public_id", "state", "order", "place__category__name", "place__entry__code", "place__entry__title",
    "place__entry__anchor", "place__entry__hidden_words", "place__entry__account__name", "place__entry__team__name",
    "place__entry__owner__name", "place__entry__owner__email", "place__entry__contact__person__name",
    "place__entry__contact__person__email",
)  # fmt: skip


class Step(NamedTuple):  # a judge may hold hundreds, and each page of theirs goes through all
    """One entry in the judge's own order."""

    pk: int
    public_id: str
    done: bool
    anchor: bool
    lapsed: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is still to be scored."""
        return not self.done and not self.lapsed


@dataclass(frozen=True)
class Standing:
    """How far a judge is in a round; what lapsed is neither scored nor left."""

    done: int
    total: int
    minutes: int
    lapsed: int = 0

    @property
    def left(self) -> int:
        """Return how many wait."""
        return self.total - self.done - self.lapsed


def round_of(judge: Judge) -> Round | None:
    """Return the round that this judge works in: the newest that is released; None before."""
    return next(iter(_NEWEST_ROUND(contest=judge.contest_id)), None)


_NEWEST_ROUND: Final = Prepared(
    lambda: (
        Round.objects.filter(contest=Given("contest", BigIntegerField()), released_at__isnull=False)
        .select_related("contest")
        .order_by("-number")[:1]
    )
)


def queue_of(judge: Judge, round_: Round) -> Any:
    """Return a judge's entries of a round in their own order, with what they themselves said of each."""
    return _with_own_words(visibility.work_for(judge).filter(round=round_))


def in_queue(judge: Judge, work: list[int]) -> list[Any]:
    """Return some of a judge's entries in the same way, by the keys of their work; one query."""
    return _IN_QUEUE(judge=judge.pk, work=work) if work and judge.state in MAY_JUDGE else []


def _with_own_words(rows: QuerySet[Assignment]) -> Any:
    sent = Ballot.objects.filter(assignment=OuterRef("pk"), current=True, state__in=COUNTED)
    draft = Ballot.objects.filter(assignment=OuterRef("pk"), state=BallotState.DRAFT)
    return (
        rows.select_related(*_NAMED)
        .annotate(
            own_total=Subquery(sent.values("total")[:1], output_field=DecimalField()),
            own_rank=Subquery(sent.values("rank")[:1]),
            has_draft=Exists(draft),
        )
        .order_by("order", "pk")
    )


_IN_QUEUE: Final = Prepared(
    lambda: _with_own_words(visibility.work_of(Given("judge", BigIntegerField())).filter(Among("pk", "work"))).only(
        *_LISTED
    )
)


def steps_of(judge: Judge, round_id: int) -> list[Step]:
    """Return the same order as bare steps, for "n of m", back and next; one query."""
    rows = _STEPS(judge=judge.pk, round=round_id) if judge.state in MAY_JUDGE else []
    return [
        Step(pk, public_id, state in SCORED, anchor, state == AssignmentState.LAPSED)
        for pk, public_id, state, anchor in rows
    ]


def standing(judge: Judge, steps: Iterable[Step], pace: float | None = None) -> Standing:
    """Return how far they are and how long the rest takes, at their own pace once that is known."""
    steps = list(steps)
    done, lapsed = sum(step.done for step in steps), sum(step.lapsed for step in steps)
    left = len(steps) - done - lapsed
    each = pace / 60 if pace else policy.now().minutes_each
    return Standing(done, len(steps), max(1, round(each * left)) if left else 0, lapsed)


def pace_of(judge: Judge) -> float | None:
    """Return the seconds that this judge took for an entry so far; None before three are done."""
    return next((float(mean) for count, mean in _PACE(judge=judge.pk) if count >= 3), None)


_PACE: Final = PreparedValues(
    lambda: (
        Ballot.objects.filter(
            assignment__judge=Given("judge", BigIntegerField()), current=True, state__in=COUNTED, active_seconds__gt=20
        )
        .order_by()
        .values("assignment__judge")
        .annotate(count=Count("pk"), mean=Avg("active_seconds"))
        .values_list("count", "mean")
    )
)


_WORK = Prepared(
    lambda: visibility.work_of_each("judges").select_related(*_ENTRY).filter(public_id=Given("key", TextField()))
)
_WORK_ALONE = Prepared(
    lambda: (
        visibility.work_of_each("judges").select_related("round", "place").filter(public_id=Given("key", TextField()))
    )
)
_STEPS = PreparedValues(
    lambda: (
        visibility.work_of(Given("judge", BigIntegerField()))
        .filter(round=Given("round", BigIntegerField()))
        .order_by("order", "pk")
        .values_list("pk", "public_id", "state", "place__entry__anchor")
    )
)
_DRAFT_OR_CURRENT = Q(state=BallotState.DRAFT) | Q(current=True)
_BALLOTS = Prepared(lambda: Ballot.objects.filter(_DRAFT_OR_CURRENT, assignment=Given("work", BigIntegerField())))
_SCORES = Prepared(
    lambda: Score.objects.filter(
        Q(ballot__state=BallotState.DRAFT) | Q(ballot__current=True),
        ballot__assignment=Given("work", BigIntegerField()),
    )
)


def work(judges: Iterable[Judge], public_id: str, *, whole: bool = True) -> Assignment | None:
    """Return one piece of work of whoever asks; None for what is not theirs, or not any more.

    `whole`: with the entry and all that says who entered, for who reads it; else the work alone.
    """
    known = {judge.pk: judge for judge in judges if judge.state in MAY_JUDGE}
    ask = _WORK if whole else _WORK_ALONE
    for row in ask(judges=list(known), key=public_id) if known else ():
        row.judge = known[row.judge_id]
        return row
    return None


def next_of(row: Assignment) -> str:
    """Return the entry that waits next after this one in the judge's own order, going round; empty when none does."""
    given = {"judge": row.judge_id, "round": row.round_id, "order": row.order, "work": row.pk}
    return next((public_id for (public_id, _before) in _NEXT(**given)), "")


def _waiting() -> Any:
    order, work = Given("order", IntegerField()), Given("work", BigIntegerField())
    rows: Any = visibility.work_of(Given("judge", BigIntegerField())).filter(
        round=Given("round", BigIntegerField()), state__in=TO_DO
    )
    before = ExpressionWrapper(Q(order__lt=order) | Q(order=order, pk__lt=work), output_field=BooleanField())
    return rows.exclude(pk=work).annotate(before=before).order_by("before", "order", "pk")[:1]


_NEXT = PreparedValues(lambda: _waiting().values_list("public_id", "before"))


def gone(judges: Iterable[Judge], public_id: str) -> Assignment | None:
    """Return a piece of work that was theirs once: they are told why it is gone, and nothing of the entry."""
    states = (AssignmentState.RECUSED, AssignmentState.DECLINED, AssignmentState.REASSIGNED)
    rows = Assignment.objects.filter(judge__in=[judge.pk for judge in judges], public_id=public_id)
    return rows.filter(Q(state__in=states) | Q(released_at__isnull=False)).select_related("judge").first()


def ballots_of_work(row: Assignment) -> tuple[Ballot | None, Ballot | None]:
    """Return the draft and the ballot that counts."""
    found = _BALLOTS(work=row.pk)
    draft = next((one for one in found if one.state == BallotState.DRAFT), None)
    return draft, next((one for one in found if one.state in COUNTED and one.current), None)


def scores_on(row: Assignment, ballot: Ballot | None) -> list[Score]:
    """Return the scores of the draft, or of the ballot that counts."""
    return [one for one in _SCORES(work=row.pk) if ballot is not None and one.ballot_id == ballot.pk]


def others_on(row: Assignment) -> list[Ballot]:
    """Return what others said of the same entry, where the round shows it after the own ballot; else nothing."""
    if row.round.peers != Peers.AFTER_OWN or row.state not in SCORED:
        return []
    rows = Ballot.objects.filter(
        assignment__round=row.round_id, assignment__place=row.place_id, current=True, state__in=COUNTED,
        assignment__state__in=SCORED,
    ).exclude(assignment=row)  # fmt: skip
    return list(rows.order_by("assignment__order"))


def guide_of(round_: Round) -> list[Criterion]:
    """Return what is scored, with the words of each level."""
    return list(round_.criteria.select_related("category").order_by("position", "pk"))


def categories_of(judge: Judge, round_: Round) -> list[Category]:
    """Return the categories in which this judge holds work."""
    rows = visibility.work_for(judge).filter(round=round_, place__entry__anchor=False)
    return list(Category.objects.filter(pk__in=rows.values("place__category")).order_by("precedence", "pk"))


def of_category(judge: Judge, round_: Round, category: Category) -> list[Any]:
    """Return a judge's entries of one category: by their own rank where they gave one, else in their own order."""
    rows = queue_of(judge, round_).filter(place__category=category)
    rows = rows.select_related(*_ENTRY)
    return sorted(rows, key=lambda row: (row.own_rank or 10_000, row.order))


def comparisons_of(judge: Judge, round_: Round, category: Category) -> list[Comparison]:
    """Return what a judge said of pairs of a category and did not take back, newest first."""
    rows = Comparison.objects.filter(judge=judge, round=round_, left__category=category, undone_at__isnull=True)
    return list(rows.select_related("left__entry", "right__entry").order_by("-at", "-pk"))


def next_pair(rows: list[Assignment], said: list[Comparison]) -> tuple[Assignment, Assignment] | None:
    """Return the two entries of this judge that were compared least, never the same two again; None when all were.

    Who stands beside whom follows the judge's own order, so nothing outside their own list shows in it.
    """
    seen: dict[int, int] = {row.place_id: 0 for row in rows}
    known = set()
    for one in said:
        known.add(frozenset((one.left_id, one.right_id)))
        for place in (one.left_id, one.right_id):
            seen[place] = seen.get(place, 0) + 1
    pairs = [
        (seen[a.place_id] + seen[b.place_id], max(seen[a.place_id], seen[b.place_id]), i, k)
        for i, a in enumerate(rows)
        for k, b in enumerate(rows[i + 1 :], i + 1)
        if frozenset((a.place_id, b.place_id)) not in known
    ]
    if not pairs:
        return None
    _, _, i, k = min(pairs)
    return (rows[i], rows[k]) if (i + k) % 2 else (rows[k], rows[i])


def receipt_of(judge: Judge) -> list[Ballot]:
    """Return what was recorded of a judge, newest round first, in their own order."""
    rows = Ballot.objects.filter(assignment__judge=judge, current=True, state__in=COUNTED)
    rows = rows.filter(assignment__in=visibility.work_for(judge))
    rows = rows.select_related("assignment__place__entry", "assignment__place__category", "assignment__round")
    return list(rows.order_by("-assignment__round__number", "assignment__order"))


def scores_of(ballots: Iterable[Ballot]) -> dict[int, list[Score]]:
    """Return the scores of ballots by ballot, criteria in their order; one query."""
    found: dict[int, list[Score]] = {}
    rows = Score.objects.filter(ballot__in=[ballot.pk for ballot in ballots]).select_related("criterion")
    for score in rows.order_by("criterion__position", "criterion_id"):
        found.setdefault(score.ballot_id, []).append(score)
    return found


def late_at(round_: Round, now: dt.datetime) -> bool:
    """Whether the round's end has passed: only what was begun may still be sent."""
    return now > round_.closes_at


def scores_entries(round_: Round) -> bool:
    """Whether entries are judged one by one (scores, yes or no), and not against each other."""
    return round_.mode in (Mode.RUBRIC, Mode.QUALIFY)
