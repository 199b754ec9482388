"""Deciding over the API: looked through, proposed, signed with a second factor, published. As on the pages."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from pydantic import Field

from awards import visibility
from awards.contests.api import demand
from awards.contests.enums import ContestState
from awards.models import Award, Contest, TallyRun
from awards.results import selectors, services
from awards.results.api import contest_of
from awards.results.enums import AwardKind, AwardState, TallyState
from awards.results.ties import may_review, tie_in, tie_of
from refprogram.kernel import api
from refprogram.people import second_factor
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["awards"])
RUN, CERTIFY = "awards.run_contest", "awards.certify_results"


class AwardOut(api.Schema):
    """What one entry gets in one category by its judges; in confidence until `state` is `published`."""

    id: str
    category: api.Ref
    entry: str
    code: str
    title: str
    kind: AwardKind
    rank: int
    state: AwardState
    reason: str


class ProposeIn(api.Input):
    """`reason`: why somebody wins all the same who has fewer ballots than promised; the certifiers read it."""

    reason: str = Field("", max_length=500)


class AskedOut(api.Schema):
    """How many categories wait for their certifiers."""

    categories: int


class CodeOut(api.Schema):
    """How you prove who you are: `totp` by your authenticator (nothing is mailed), or `mail`: a code is on its way.

    `shown` is the code itself in a demo, and empty otherwise.
    """

    way: str
    shown: str


class SignIn(api.Input):
    """The results as you read them (`inputs_hash` of the result), and the code of your second factor."""

    inputs_hash: str = Field(min_length=1, max_length=64)
    code: str = Field(min_length=1, max_length=20)


class SignedOut(api.Schema):
    """How far the result is with this signature; with the last one of all categories the contest is decided."""

    signatures: int
    state: TallyState
    contest_state: ContestState


def _told(award: Award) -> dict[str, Any]:
    entry = award.place.entry
    return {
        "id": award.public_id, "category": award.place.category, "entry": entry.public_id, "code": entry.code,
        "title": entry.title, "kind": award.kind, "rank": award.rank, "state": award.state,
        "reason": award.reason,
    }  # fmt: skip


def _awards(request: MemberRequest, contest: Contest) -> list[dict[str, Any]]:
    """Return the awards of the categories that this colleague has no part in, or stands in for."""
    known = visibility.results_for(request.user, contest, selectors.categories_of(contest, request.user))
    open_to = [one.pk for one in known if not tie_in(one)]
    rows = selectors.awards_in(contest).filter(place__category__in=open_to, people_choice=False)
    return [_told(award) for award in rows.order_by("place__category__precedence", "rank", "pk")]


def _tally(contest: Contest, result_id: str) -> TallyRun:
    found = next((one for one in selectors.tallies_of(contest).values() if one.public_id == result_id), None)
    if found is None:
        raise Http404
    return found


@router.get("/contests/{public_id}/awards", response=list[AwardOut])
def list_contest_awards(request: MemberRequest, public_id: str) -> list[dict[str, Any]]:
    """Who gets what, as it is proposed, certified or published; of the categories that you have no part in."""
    return _awards(request, contest_of(request, public_id))


@router.post("/contests/{public_id}/results/propose", response=list[AwardOut])
def propose_contest_awards(request: MemberRequest, public_id: str, data: ProposeIn) -> list[dict[str, Any]]:
    """Propose the winners of all categories from the results that stand; what was proposed before is replaced."""
    contest = contest_of(request, public_id)
    demand(request, RUN, contest)
    services.propose_awards(contest=contest, by=request.user, all_the_same=data.reason)
    return _awards(request, contest)


@router.post("/contests/{public_id}/results/ask-signatures", response=AskedOut)
def ask_contest_signatures(request: MemberRequest, public_id: str) -> dict[str, int]:
    """Write to the certifiers that the results wait for them."""
    contest = contest_of(request, public_id)
    demand(request, RUN, contest)
    return {"categories": services.ask_for_signatures(contest=contest, by=request.user)}


@router.post("/contests/{public_id}/results/publish", response=list[AwardOut])
def publish_contest_results(request: MemberRequest, public_id: str) -> list[dict[str, Any]]:
    """Announce the winners, from the announced moment on; by itself that happens too. Twice is once."""
    contest = contest_of(request, public_id)
    demand(request, RUN, contest)
    services.publish(contest=contest, by=request.user)
    return _awards(request, contest)


@router.post("/contests/{public_id}/results/{result_id}/review", response=SignedOut)
def review_contest_result(request: MemberRequest, public_id: str, result_id: str) -> dict[str, Any]:
    """Say that a category's results were looked through: from then on they can be signed."""
    contest = contest_of(request, public_id)
    tally = _tally(contest, result_id)
    if not may_review(request.user, contest, tally.category) or tie_of(request.user, tally.category):
        raise PermissionDenied
    return _standing(services.review(tally=tally, by=request.user))


@router.post("/contests/{public_id}/results/{result_id}/send-code", response=CodeOut)
def send_result_code(request: MemberRequest, public_id: str, result_id: str) -> dict[str, str]:
    """Have a code mailed to sign one category's results with, unless you have an authenticator."""
    tally = _to_sign(request, public_id, result_id)
    shown = services.mail_code(tally=tally, by=request.user)
    return {"way": second_factor.way_of(request.user), "shown": shown}


@router.post("/contests/{public_id}/results/{result_id}/certify", response=SignedOut)
def certify_contest_result(request: MemberRequest, public_id: str, result_id: str, data: SignIn) -> dict[str, Any]:
    """Sign one category's results as you read them. A wrong code is refused beside `code`; signing twice is once."""
    tally = _to_sign(request, public_id, result_id)
    services.certify(tally=tally, by=request.user, inputs_hash=data.inputs_hash, code=data.code)
    return _standing(tally)


def _to_sign(request: MemberRequest, public_id: str, result_id: str) -> TallyRun:
    """Return what a certifier signs; 403 for whoever is none, or has a part in an entry of the category."""
    contest = contest_of(request, public_id)
    demand(request, CERTIFY, contest)
    tally = _tally(contest, result_id)
    if tie_of(request.user, tally.category):
        raise PermissionDenied
    return tally


def _standing(tally: TallyRun) -> dict[str, Any]:
    row = TallyRun.objects.select_related("round__contest").defer("snapshot", "results").get(pk=tally.pk)
    return {
        "signatures": row.certifications.filter(inputs_hash=row.inputs_hash).count(),
        "state": row.state,
        "contest_state": row.round.contest.state,
    }
