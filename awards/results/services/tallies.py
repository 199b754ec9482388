"""Computing tallies, looking them through, and the chair's vote."""

from collections.abc import Collection, Iterable
from operator import itemgetter
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests.enums import ContestState
from awards.contests.services.rows import lock as lock_contest
from awards.judging.models import Round
from awards.models import Award, Category, CategoryEntry, ChairVote, Contest
from awards.results.ballots import Ballots
from awards.results.computing import VERSION, compute, summarize
from awards.results.enums import TALLY_MOVES, AwardState, TallyState
from awards.results.gathering import gather_each
from awards.results.models import BallotSet, TallyRow, TallyRun
from awards.results.shared import Shared
from awards.results.stored import hash_of, snapshot_of
from refprogram.kernel import moves
from refprogram.kernel.copying import copy_rows
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.models import User

# What is certified is set aside only while nobody has been told.
OPEN_TO_CHANGE = (ContestState.DELIBERATION,)
# A line of an order, as it is copied into the database, and what stands where a method does not say it.
LINE = {"rank": None, "joint": False, "by": "", "score": None, "raw": None, "ballots": 0, "photo": False}
LINE |= dict.fromkeys(("median", "error", "low", "high", "lead", "above_next", "p"))


def in_force(round_: Round, category: Category) -> TallyRun | None:
    """Return the tally of a category that stands, if one was computed."""
    rows = TallyRun.objects.filter(round=round_, category=category).exclude(state=TallyState.SUPERSEDED)
    return rows.defer("snapshot", "results").first()


@transaction.atomic
def compute_tally(*, round_: Round, category: Category, by: User) -> TallyRun:
    """Compute a category's results from the ballots as they are; what stood before is superseded, and kept.

    The same inputs again return the tally that stands. Refused before the round is closed and after the decision.
    """
    signed = TallyRun.objects.filter(round=round_, state=TallyState.CERTIFIED).exclude(category=category)
    others = Category.objects.filter(pk__in=signed.values("category")).order_by("pk")
    return _compute_each(round_, [category, *others], by)[0]


def _compute_each(round_: Round, categories: Iterable[Category], by: User) -> list[TallyRun]:
    """Compute categories of a round from ballots that are read, and fitted, once for all of them.

    Awards of one category hang on those of the others: where one is computed anew, what was signed in the others is
    set aside with it, and what was proposed from it is gone.
    """
    contest = lock_contest(round_.contest)
    if contest.state not in OPEN_TO_CHANGE or round_.closed_at is None:
        raise DomainError(_("Results are computed after the round was closed, and before they are decided."))
    found: list[TallyRun] = []
    categories = list(categories)
    gathered = list(zip(categories, gather_each(round_, categories), strict=True))
    standing = {category.pk: in_force(round_, category) for category in categories}
    anew = {category.pk for category, inputs in gathered if not says_so_still(standing[category.pk], inputs)}
    if anew:
        Award.objects.filter(contest=contest, state=AwardState.PROPOSED, people_choice=False).delete()
    shared: dict[int, Shared] = {}  # by the ballots: the same for categories that hang together
    for category, inputs in gathered:
        tally, ballots = standing[category.pk], inputs["ballots"]
        if tally is not None and category.pk not in anew and not (anew and tally.state == TallyState.CERTIFIED):
            found.append(_fresh_again(tally))
            continue
        if tally is not None:
            _supersede(tally, by)
        if id(ballots) not in shared:
            shared[id(ballots)] = Shared(ballots)
        found.append(keep_tally(round_, category, inputs, by=by, shared=shared[id(ballots)]))
        _tell("tally.computed", found[-1], by)
    return found


def _fresh_again(tally: TallyRun) -> TallyRun:
    """What had changed was changed back: it says what is so."""
    if tally.stale_at is not None:
        tally.stale_at = None
        tally.save(update_fields=["stale_at"])
    return tally


def says_so_still(tally: TallyRun | None, inputs: dict[str, Any]) -> bool:
    """Whether a tally was computed from just these inputs."""
    return tally is not None and tally.inputs_hash == hash_of(inputs)


def demand_current(tallies: Collection[TallyRun]) -> None:
    """Raise DomainError where ballots, entries or ties changed since: nobody decides on what is so no longer.

    The tallies are of one round; what they are computed from is read once for all of them.
    """
    changed = changed_since(tallies)
    if changed:
        raise DomainError(
            _("Ballots, entries or ties changed since the results of %(categories)s were computed. Compute them again.")
            % {"categories": ", ".join(tally.category.name for tally in changed)}
        )


def changed_since(tallies: Collection[TallyRun]) -> list[TallyRun]:
    """Return which tallies of one round say no longer what is so."""
    found = list(tallies)
    now = gather_each(found[0].round, [tally.category for tally in found]) if found else ()
    return [tally for tally, inputs in zip(found, now, strict=True) if not says_so_still(tally, inputs)]


def keep_tally(
    round_: Round, category: Category, inputs: dict[str, Any], *, by: User, shared: Shared | None = None
) -> TallyRun:
    """Compute and write a tally with its lines; its ballots unless another tally of the round has kept them."""
    results = compute(inputs, shared)
    summary, lines = summarize(inputs, results), results.pop("entries")
    tally = TallyRun(
        round=round_, category=category, method=results["method"], snapshot=snapshot_of(inputs), results=results,
        summary=summary, inputs_hash=hash_of(inputs), ballots=_keep_ballots(round_, inputs["ballots"]),
        code_version=VERSION, by=by,
    )  # fmt: skip
    tally.save(force_insert=True)
    _write_lines(tally, lines)
    return tally


def _keep_ballots(round_: Round, ballots: Ballots) -> BallotSet:
    kept = BallotSet.objects.defer("content")
    row, _made = kept.get_or_create(round=round_, digest=ballots.digest, defaults={"content": ballots.text})
    return row


@transaction.atomic
def compute_all(*, contest: Contest, by: User) -> list[TallyRun]:
    """Compute the results of every category in its last closed round."""
    round_ = contest.rounds.filter(closed_at__isnull=False).order_by("-number").first()
    if round_ is None:
        raise DomainError(_("No round of judging is closed yet."))
    categories = contest.categories.filter(places__round_number__gte=round_.number).distinct()
    return _compute_each(round_, categories.order_by("precedence"), by)


def lock_tally(tally: TallyRun) -> TallyRun:
    """Return the tally fresh and locked, without its long texts."""
    rows = TallyRun.objects.select_for_update(of=("self",)).select_related("round__contest", "category")
    return rows.defer("snapshot", "results").get(pk=tally.pk)


def _write_lines(tally: TallyRun, lines: list[dict[str, Any]]) -> None:
    """Keep the order as rows: lists sort and cut them."""
    ids = dict(CategoryEntry.objects.filter(category=tally.category_id).values_list("public_id", "pk"))
    told = itemgetter(*LINE)
    rows = ((tally.pk, ids[line["entry"]], *told(LINE | line)) for line in lines)
    copy_rows(TallyRow._meta.db_table, ("tally_id", "place_id", *LINE), rows)


def _supersede(tally: TallyRun, by: User) -> None:
    moves.move(tally, TallyState.SUPERSEDED, moves=TALLY_MOVES, noun=_("tally"))
    _tell("tally.superseded", tally, by)


@transaction.atomic
def review(*, tally: TallyRun, by: User) -> TallyRun:
    """Say that somebody looked through it: flags, pivotal judges, photo finishes. From then on it can be signed."""
    lock_contest(tally.round.contest)
    row = lock_tally(tally)
    if row.method == "none":
        raise DomainError(_("Nothing was judged in this category."))
    row.reviewed_by = by
    moves.move(row, TallyState.REVIEWED, moves=TALLY_MOVES, noun=_("tally"), also=["reviewed_by"])
    _tell("tally.reviewed", row, by)
    return row


@transaction.atomic
def vote_as_chair(*, tally: TallyRun, first: CategoryEntry, second: CategoryEntry, reason: str, by: User) -> TallyRun:
    """Put one of two equal entries first, with the reason, and compute again."""
    contest = lock_contest(tally.round.contest)
    said = " ".join(reason.split())[:500]
    if not said:
        sentence = _("Say why: the vote is kept with its reason.")
        raise InvalidInput(sentence, errors={"reason": sentence})
    rows = {row.place_id: row for row in tally.rows.filter(place__in=[first, second])}
    if len(rows) != 2 or rows[first.pk].rank != rows[second.pk].rank:
        raise DomainError(_("The chair parts only entries that nothing else could part."))
    ChairVote.objects.filter(round=tally.round, first=second, second=first).delete()
    ChairVote.objects.get_or_create(
        round=tally.round, first=first, second=second,
        defaults={"category": tally.category, "reason": said, "by": by, "at": timezone.now()},
    )  # fmt: skip
    payload = {"contest": contest.pk, "category": tally.category_id}
    emit("chair.voted", subject=tally, actor_id=by.person_id, payload=payload)
    return compute_tally(round_=tally.round, category=tally.category, by=by)


@transaction.atomic
def take_along(*, tally: TallyRun, form: str, by: User) -> TallyRun:
    """Write down that somebody took the results of a category out of the program, and as what."""
    _tell("tally.taken", tally, by, form=form)
    return tally


def _tell(topic: str, tally: TallyRun, by: User, **facts: str) -> None:
    payload = {"contest": tally.round.contest_id, "category": tally.category_id, **facts}
    emit(topic, subject=tally, actor_id=by.person_id, payload=payload)
