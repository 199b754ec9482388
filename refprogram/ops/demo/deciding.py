"""The results of last year's contest: computed from its ballots, certified by two, its awards published."""

import datetime as dt

from awards.contests.enums import Part
from awards.entries.enums import PlaceState
from awards.models import Award, CategoryEntry, Certification, Contest, ContestMember, TallyRun
from awards.results.enums import AwardKind, AwardState, TallyState
from awards.results.gathering import gather
from awards.results.services.awarding import awards_for
from awards.results.services.tallies import keep_tally
from refprogram.ops.demo import contesting
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker

BECOMES = {AwardKind.WINNER: PlaceState.WON, AwardKind.JOINT: PlaceState.WON, AwardKind.PLACED: PlaceState.PLACED}


def build(maker: Maker, company: Company) -> None:
    """Write tallies, signatures and awards of the contest that is over."""
    contest = contesting.found().past
    round_ = contest.rounds.order_by("-number").first()
    if round_ is None:
        return
    at = contest.announce_at - dt.timedelta(days=9)
    tallies = [
        keep_tally(round_, category, gather(round_, category), by=company.marketer)
        for category in contest.categories.order_by("precedence")
    ]
    _certify(contest, tallies, at)
    given = [award for award in awards_for(contest, tallies) if award.kind != AwardKind.ALTERNATE]
    for award in given:
        award.state, award.published_at = AwardState.PUBLISHED, contest.announce_at
        if award.kind in (AwardKind.WINNER, AwardKind.JOINT):
            award.notified_at = contest.announce_at - dt.timedelta(days=8)
            award.answered_at = contest.announce_at - dt.timedelta(days=6)
    Award.objects.bulk_create(given)
    for kind, state in BECOMES.items():
        won = [award.place_id for award in given if award.kind == kind]
        CategoryEntry.objects.filter(pk__in=won).update(state=state)


def _certify(contest: Contest, tallies: list[TallyRun], at: dt.datetime) -> None:
    """Put the names of two certifiers under each tally."""
    members = ContestMember.objects.filter(contest=contest, part=Part.CERTIFIER).select_related("user").order_by("pk")
    signers = [member.user for member in members[:2]]
    Certification.objects.bulk_create(
        Certification(
            tally=tally,
            certifier=user,
            at=at + dt.timedelta(hours=number),
            factor="mail",
            inputs_hash=tally.inputs_hash,
        )
        for tally in tallies
        for number, user in enumerate(signers)
    )
    ids = [tally.pk for tally in tallies]
    TallyRun.objects.filter(pk__in=ids).update(state=TallyState.CERTIFIED, computed_at=at - dt.timedelta(days=1))
