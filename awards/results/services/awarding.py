"""Awards as they are proposed to those who sign, and taken back."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from awards.contests.enums import AFTER_PUBLICATION, ContestState
from awards.contests.services.rows import lock as lock_contest
from awards.entries.enums import PLACE_MOVES, PlaceState
from awards.models import Award, Category, CategoryEntry, Contest, ContestEntry
from awards.results import policy
from awards.results.enums import AWARD_MOVES, AwardKind, AwardState, TallyState
from awards.results.models import TallyRow, TallyRun
from awards.results.reconciling import Field, Ranked, propose
from awards.results.services.signing import waiting_tallies
from awards.results.services.tallies import demand_current
from awards.results.services.winners import WINNERS, lock_award, move_up
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.models import User


@transaction.atomic
def propose_awards(*, contest: Contest, by: User, all_the_same: str = "") -> list[Award]:
    """Make awards of the orders: precedence of categories, several winners, one award each, cool-off, least score.

    What was proposed before and not signed is replaced. Whoever would win with fewer ballots than each entry was
    promised wins only for a reason that is recorded with the award (`all_the_same`): certifiers read it.
    """
    contest = lock_contest(contest)
    tallies = waiting_tallies(contest)
    if contest.state != ContestState.DELIBERATION or not tallies:
        raise DomainError(_("Winners are proposed from computed results, before anything is decided."))
    if any(tally.state == TallyState.CERTIFIED for tally in tallies):
        raise DomainError(_("One category is certified already: what it was signed for stands."))
    demand_current(tallies)
    Award.objects.filter(contest=contest, state=AwardState.PROPOSED, people_choice=False).delete()
    awards = awards_for(contest, tallies)
    if thin := _winners_short_of_ballots(awards):
        reason = " ".join(all_the_same.split())[:500]
        if not reason:
            raise _too_few_ballots(thin)
        for award in thin:
            award.reason = reason
    return Award.objects.bulk_create(awards)


def _winners_short_of_ballots(awards: Sequence[Award]) -> list[Award]:
    """Return the winners whose entry got fewer ballots than its round promised each."""
    wins = [award for award in awards if award.kind in {AwardKind.WINNER, AwardKind.JOINT}]
    rows = TallyRow.objects.filter(place__in=[award.place_id for award in wins], tally__in=[a.tally_id for a in wins])
    short = set(rows.filter(ballots__lt=F("tally__round__min_ballots")).values_list("tally", "place"))
    return [award for award in wins if (award.tally_id, award.place_id) in short]


def _too_few_ballots(awards: Sequence[Award]) -> InvalidInput:
    """Return the refusal, with the entries by their codes."""
    codes = ContestEntry.objects.filter(places__in=[award.place_id for award in awards]).order_by("code")
    message = _(
        "%(codes)s would win with fewer ballots than each entry was promised. Have more judges score it in a round that"
        " is opened again, or say why it wins all the same."
    ) % {"codes": ", ".join(codes.values_list("code", flat=True).distinct())}
    return InvalidInput(message, errors={"reason": message})


def awards_for(contest: Contest, tallies: Sequence[TallyRun]) -> list[Award]:
    """Return the awards that follow from the orders of these tallies by the rules of the contest; not yet kept."""
    figures = policy.now()
    fields = [_field(contest, tally.category, tally.pk) for tally in tallies]
    proposals = propose(fields, one_each=contest.one_award_each, placed=figures.placed, alternates=figures.alternates)
    places = CategoryEntry.objects.in_bulk([proposal.entry for proposal in proposals])
    tally_of = {tally.category_id: tally for tally in tallies}
    return [
        Award(
            contest=contest, place=places[one.entry], tally=tally_of[one.field], kind=one.kind, rank=one.rank,
            reason=one.why.value,
        )
        for one in proposals
    ]  # fmt: skip


def _field(contest: Contest, category: Category, tally_id: int) -> Field:
    rows = TallyRow.objects.filter(tally=tally_id).order_by("rank", "pk").values_list(
        "place", "rank", "score", "place__entry__account", "place__entry__team"
    )  # fmt: skip
    order = [Ranked(place, ("account", account) if account else ("team", team), rank, score)
             for place, rank, score, account, team in rows]  # fmt: skip
    return Field(
        name=category.pk, order=order, precedence=category.precedence, winners=category.max_winners,
        least_entries=category.min_entries, least_score=float(category.min_score),
        barred=_barred(contest, category),
    )  # fmt: skip


def _barred(contest: Contest, category: Category) -> frozenset[tuple[str, int]]:
    """Return who won this category in the years of the cool-off: the same award, the category of the same address."""
    rows = Award.objects.filter(
        Q(kind=AwardKind.WINNER) | Q(kind=AwardKind.JOINT),
        contest__series=contest.series,
        contest__year__lt=contest.year,
        contest__year__gte=contest.year - contest.cool_off_years,
        state=AwardState.PUBLISHED,
        people_choice=False,
        place__category__slug=category.slug,
    ).values_list("place__entry__account", "place__entry__team")
    return frozenset(("account", account) if account else ("team", team) for account, team in rows)


@transaction.atomic
def revoke(*, award: Award, reason: str, by: User) -> Award:
    """Take an award back, with the reason; the winners' page drops it at once. Certifiers alone may.

    Before the announcement the next of the category moves up, as where a winner declines; afterwards nobody does.
    """
    contest = lock_contest(award.contest)
    row = lock_award(award)
    said = " ".join(reason.split())[:500]
    if not said:
        sentence = _("Say why: it stays in the record.")
        raise InvalidInput(sentence, errors={"reason": sentence})
    row.reason = said
    moves.move(row, AwardState.REVOKED, moves=AWARD_MOVES, noun=_("award"), also=["reason"])
    if contest.state == ContestState.DECIDED and row.kind in WINNERS:
        move_up(row)
    place = CategoryEntry.objects.select_for_update().get(pk=row.place_id)
    by_judges = contest.state in AFTER_PUBLICATION and not row.people_choice
    if by_judges and PlaceState.IN_ROUND in PLACE_MOVES.get(place.state, ()):
        moves.move(place, PlaceState.IN_ROUND, moves=PLACE_MOVES, noun=_("entry"))
    emit("award.revoked", subject=row, actor_id=by.person_id, payload={"contest": contest.pk})
    return row
