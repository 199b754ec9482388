"""Results over the API: for who runs or certifies a contest, once judging is over."""

import datetime as dt
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from awards import visibility
from awards.contests.api import demand
from awards.contests.selectors import visible_to
from awards.models import CategoryEntry, Contest, TallyRun
from awards.results import files, selectors, services
from awards.results.enums import TallyState
from awards.results.stored import results_of
from awards.results.ties import tie_in
from refprogram.kernel import api
from refprogram.kernel.errors import NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["awards"])


class TallyLineOut(api.Schema):
    """One entry in the order of its category. `low` and `high` are the 95 % interval, where there is one."""

    entry: str
    code: str
    title: str
    rank: int
    joint: bool
    parted_by: str
    score: float
    raw: float
    error: float | None = None
    low: float | None = None
    high: float | None = None
    ballots: int
    above_next: float | None = None
    photo_finish: bool = False


class EffectOut(api.Schema):
    """How one judge leans, in points; above 0 is generous."""

    judge: str
    ballots: int
    effect: float
    severity: float
    error: float | None
    fit: float | None
    correlation: float | None
    flags: list[str]


class ResultOut(api.Schema):
    """The results of one category: the order, how sure it is, and how the judges lean.

    `stale_at`: since when it is known that ballots, entries or ties changed after it was computed.
    """

    id: str
    category: api.Ref
    state: TallyState
    method: str
    refusal: str | None
    computed_at: dt.datetime
    inputs_hash: str
    stale_at: dt.datetime | None
    entries: list[TallyLineOut]
    judges: list[EffectOut]
    alpha: float | None
    alpha_adjusted: float | None
    icc_single: float | None
    icc_mean: float | None
    winner_holds_without: list[int]
    signatures: int


def contest_of(request: MemberRequest, public_id: str) -> Contest:
    """Return a contest whose results may be read; 404 where it is hidden, 403 where they are closed."""
    contest: Contest = api.found(visible_to(request.user), public_id)
    if not visibility.stands_in(request.user, contest):
        demand(request, "awards.read_results", contest)
    if not visibility.scores_open(request.user, contest):
        raise NotAllowed(_("Scores stay closed while judging goes on."))
    return contest


def _result(tally: TallyRun, entries: dict[str, CategoryEntry]) -> dict[str, Any]:
    told = results_of(tally)
    reliability = told.get("reliability") or {}
    icc, stability = reliability.get("icc") or {}, told.get("stability") or {"same": 0, "of": 0}
    return {
        "id": tally.public_id,
        "category": tally.category,
        "state": tally.state,
        "method": tally.method,
        "refusal": told.get("refusal"),
        "computed_at": tally.computed_at,
        "inputs_hash": tally.inputs_hash,
        "stale_at": tally.stale_at,
        "entries": [
            {
                **line,
                "code": entries[line["entry"]].entry.code,
                "title": entries[line["entry"]].entry.title,
                "entry": entries[line["entry"]].entry.public_id,
                "parted_by": line["by"],
                "photo_finish": line.get("photo", False),
            }
            for line in told["entries"]
        ],
        "judges": told["judges"],
        "alpha": reliability.get("alpha"),
        "alpha_adjusted": reliability.get("alpha_adjusted"),
        "icc_single": icc.get("single"),
        "icc_mean": icc.get("mean"),
        "winner_holds_without": [stability["same"], stability["of"]],
        "signatures": tally.certifications.count(),
    }


def _all(request: MemberRequest, contest: Contest) -> list[dict[str, Any]]:
    """Return the results of every category that this colleague has no part in, or stands in for."""
    known = visibility.results_for(request.user, contest, selectors.categories_of(contest, request.user))
    open_to = {one.pk for one in known if not tie_in(one)}
    tallies = [tally for key, tally in selectors.tallies_of(contest).items() if key in open_to]
    places = selectors.places_in(contest).filter(category__in=[tally.category_id for tally in tallies])
    entries = {place.public_id: place for place in places}
    return [_result(tally, entries) for tally in tallies]


class RecordOut(api.Schema):
    """The frozen record of a tally. `inputs_hash` is the sha256 of `snapshot` as canonical JSON (keys sorted, no

    spaces), in which `ballots` is the sha256 of the text given here as `ballots`. Computed again from these, `results`
    agree to 6 decimals.
    """

    contest: str
    round: str
    category: str
    method: str
    state: TallyState
    computed_at: dt.datetime
    code_version: str
    inputs_hash: str
    snapshot: dict[str, Any]
    ballots: str
    results: dict[str, Any]
    signatures: list[dict[str, Any]]
    entries: dict[str, str]
    judges: dict[str, str]


@router.get("/contests/{public_id}/results", response=list[ResultOut])
def list_contest_results(request: MemberRequest, public_id: str) -> list[dict[str, Any]]:
    """Raw and adjusted scores, intervals, ranks, reliability and judges’ effects, by category."""
    return _all(request, contest_of(request, public_id))


@router.post("/contests/{public_id}/results/compute", response=list[ResultOut])
def compute_contest_results(request: MemberRequest, public_id: str) -> list[dict[str, Any]]:
    """Compute them from the ballots as they stand; the same ballots give the same tally."""
    contest = contest_of(request, public_id)
    demand(request, "awards.run_contest", contest)
    services.compute_all(contest=contest, by=request.user)
    return _all(request, contest)


@router.get("/contests/{public_id}/results/{result_id}/record", response=RecordOut)
def get_result_record(request: MemberRequest, public_id: str, result_id: str) -> dict[str, Any]:
    """What one category's result was computed from, to compute it again; for who has a tie in no category."""
    contest = contest_of(request, public_id)
    if not selectors.may_take_record(request.user, contest, selectors.categories_of(contest, request.user)):
        raise NotAllowed(_("You have a part in an entry of this contest, or see one category of it only."))
    tally = next((one for one in selectors.tallies_of(contest).values() if one.public_id == result_id), None)
    if tally is None:
        raise Http404
    return files.record(tally)
