"""Computing tallies, looking them through, and the chair's vote."""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests.enums import ContestState
from awards.contests.services.rows import lock as lock_contest
from awards.judging.models import Round
from awards.models import Category, CategoryEntry, ChairVote, Contest
from awards.results.computing import VERSION, compute, summarize
from awards.results.enums import TALLY_MOVES, TallyState
from awards.results.gathering import gather
from awards.results.models import TallyRow, TallyRun
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.models import User

# What is certified is set aside only while nobody has been told.
OPEN_TO_CHANGE = (ContestState.DELIBERATION,)


def in_force(round_: Round, category: Category) -> TallyRun | None:
    """Return the tally of a category that stands, if one was computed."""
    rows = TallyRun.objects.filter(round=round_, category=category).exclude(state=TallyState.SUPERSEDED)
    return rows.defer("snapshot", "results").first()


@transaction.atomic
def compute_tally(*, round_: Round, category: Category, by: User) -> TallyRun:
    """Compute a category's results from the ballots as they are; what stood before is superseded, and kept.

    The same inputs again return the tally that stands. Refused before the round is closed and after the decision.
    """
    contest = lock_contest(round_.contest)
    if contest.state not in OPEN_TO_CHANGE or round_.closed_at is None:
        raise DomainError(_("Results are computed after the round was closed, and before they are decided."))
    inputs = gather(round_, category)
    digest = hash_of(inputs)
    standing = in_force(round_, category)
    if standing is not None:
        if standing.inputs_hash == digest:
            return standing
        _supersede(standing, by)
    tally = keep_tally(round_, category, inputs, by=by)
    _tell("tally.computed", tally, by)
    return tally


def keep_tally(round_: Round, category: Category, inputs: dict[str, Any], *, by: User) -> TallyRun:
    """Compute and write a tally with its lines."""
    results = compute(inputs)
    tally = TallyRun(
        round=round_, category=category, method=results["method"], snapshot=inputs, results=results,
        summary=summarize(inputs, results), inputs_hash=hash_of(inputs), code_version=VERSION, by=by,
    )  # fmt: skip
    tally.save(force_insert=True)
    _write_lines(tally)
    return tally


def compute_all(*, contest: Contest, by: User) -> list[TallyRun]:
    """Compute the results of every category in its last closed round."""
    round_ = contest.rounds.filter(closed_at__isnull=False).order_by("-number").first()
    if round_ is None:
        raise DomainError(_("No round of judging is closed yet."))
    categories = contest.categories.filter(places__round_number__gte=round_.number).distinct()
    return [compute_tally(round_=round_, category=category, by=by) for category in categories.order_by("precedence")]


def hash_of(inputs: dict[str, Any]) -> str:
    """Return sha256 over the canonical JSON of the inputs."""
    text = json.dumps(inputs, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def lock_tally(tally: TallyRun) -> TallyRun:
    """Return the tally fresh and locked, without its long texts."""
    rows = TallyRun.objects.select_for_update(of=("self",)).select_related("round__contest", "category")
    return rows.defer("snapshot", "results").get(pk=tally.pk)


def _write_lines(tally: TallyRun) -> None:
    """Keep the order as rows, for lists that sort and cut."""
    ids = dict(CategoryEntry.objects.filter(category=tally.category_id).values_list("public_id", "pk"))
    TallyRow.objects.bulk_create(
        (
            TallyRow(
                tally=tally, place_id=ids[line["entry"]], rank=line["rank"], joint=line["joint"],
                score=line["score"], raw=line["raw"], low=line.get("low"), high=line.get("high"),
                ballots=line["ballots"], photo=line.get("photo", False),
            )
            for line in tally.results["entries"]
        ),
        batch_size=1000,
    )  # fmt: skip


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


def _tell(topic: str, tally: TallyRun, by: User) -> None:
    payload = {"contest": tally.round.contest_id, "category": tally.category_id}
    emit(topic, subject=tally, actor_id=by.person_id, payload=payload)
