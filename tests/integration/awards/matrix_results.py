"""Results and the division of judges' work: for who runs the contest; results also for who certifies it."""

from awards.assignment import services as panels
from awards.assignment.enums import RunKind
from awards.contests import services as contests
from awards.contests.enums import ContestState
from awards.models import Award
from awards.results import services
from refprogram.kernel import jobs
from tests.factories.contests import CategoryFactory, ContestFactory, moved
from tests.factories.results import JudgedPlaceFactory, JudgedRoundFactory, PanelJudgeFactory, certifier, judged
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")
# Whoever certifies by default has a part, and reads results.
CERTIFIERS = ("sales_head", "executive")
TABLE = {"a": {"x": 80, "y": 75, "z": 77}, "b": {"x": 70, "y": 64, "z": 69}, "c": {"x": 50, "y": 49, "z": 55}}


def _round(cast):
    return judged(TABLE, category=CategoryFactory(contest=ContestFactory(owner=cast.marketer), name="Supply"))


def _tally(cast):
    round_ = _round(cast)
    (tally,) = services.compute_all(contest=round_.contest, by=cast.marketer)
    return tally


def contest(cast):
    return {"slug": _round(cast).contest.slug}


def category(cast):
    tally = _tally(cast)
    return {"slug": tally.round.contest.slug, "category": tally.category.slug}


def taken(cast):
    return {**category(cast), "form": "json"}


def result_id(cast):
    tally = _tally(cast)
    return {"public_id": tally.round.contest.public_id, "result_id": tally.public_id}


def computed_id(cast):
    return {"public_id": _tally(cast).round.contest.public_id}


def proposed_id(cast):
    tally = _tally(cast)
    services.review(tally=tally, by=cast.marketer)
    services.propose_awards(contest=tally.round.contest, by=cast.marketer)
    for user in (cast.sales_head, cast.executive):
        certifier(tally.round.contest, user)
    return {"public_id": tally.round.contest.public_id}


def chaired(cast):
    tally = _tally(cast)
    contests.add_member(tally.round.contest, user=cast.marketer, part="chair", by=cast.marketer)
    return {"slug": tally.round.contest.slug, "category": tally.category.slug}


def award(cast):
    tally = _tally(cast)
    services.review(tally=tally, by=cast.marketer)
    services.propose_awards(contest=tally.round.contest, by=cast.marketer)
    first = Award.objects.get(rank=1)
    return {"slug": tally.round.contest.slug, "public_id": first.public_id, "verb": "notify"}


def taken_back(cast):
    return {**award(cast), "verb": "revoke"}


def computing(cast):
    return {"slug": _round(cast).contest.slug, "verb": "compute"}


def _open_round(cast):
    running = moved(ContestFactory(owner=cast.marketer), ContestState.JUDGING)
    JudgedPlaceFactory.create_batch(2, category=running.categories.get())
    PanelJudgeFactory.create_batch(3, contest=running, state="active")
    return JudgedRoundFactory(contest=running, per_entry=2, closed_at=None)


def open_contest(cast):
    return {"slug": _open_round(cast).contest.slug}


def _run(cast):
    run = panels.start(round_=_open_round(cast), kind=RunKind.FRESH, by=cast.marketer)
    jobs.run(job_id=run.job_id)
    return run


def run(cast):
    return {"public_id": _run(cast).public_id}


def released(cast):
    return {"public_id": _run(cast).public_id, "verb": "release"}


def contest_id(cast):
    return {"public_id": _round(cast).contest.public_id}


def open_id(cast):
    return {"public_id": _open_round(cast).contest.public_id}


def press(own, **options):
    """A button of who runs the contest."""
    return Row(**only(302, *PROGRAM), own=own, method="post", **options)


PAGES = {
    "awards:results": Row(**only(302, *PROGRAM, *CERTIFIERS), own=contest),
    "awards:results-category": Row(**only(200, *PROGRAM, *CERTIFIERS), own=category),
    "awards:results-method": Row(**only(200, *PROGRAM, *CERTIFIERS), own=category),
    "awards:results-ways": Row(**only(200, *PROGRAM, *CERTIFIERS), own=category),
    "awards:results-take": Row(**only(200, *PROGRAM, *CERTIFIERS), own=taken, method="post"),
    "awards:results-review": press(category),
    "awards:results-chair": Row(**only(302, "marketer"), own=chaired, method="post", data={"reason": "Better proof."}),
    "awards:results-verb": press(computing),
    "awards:certify": Row(**only(200, *CERTIFIERS), own=category),
    "awards:certify POST": Row(**only(422, *CERTIFIERS), own=category, method="post", data={"code": "1"}),
    "awards:award-verb": press(award),
    "awards:award-verb POST": Row(**only(302, *CERTIFIERS), own=taken_back, method="post", data={"reason": "Fraud."}),
    "awards:panels": Row(**only(200, *PROGRAM), own=open_contest),
    "awards:panels-divide": Row(**only(404, *PROGRAM), own=open_contest, method="post"),
    "awards:panel-run": Row(404, but={**dict.fromkeys(PROGRAM, 200), "judge": 403}, own=run),
    "awards:panel-verb": Row(404, but={**dict.fromkeys(PROGRAM, 302), "judge": 403}, own=released, method="post"),
}
API = {
    # Whoever is no colleague does not learn that there is such a contest.
    "api:list_contest_results": api_row(
        403, but={**dict.fromkeys((*PROGRAM, *CERTIFIERS), 200), "judge": 404}, own=contest_id
    ),
    "api:get_result_record": api_row(
        403, but={**dict.fromkeys((*PROGRAM, *CERTIFIERS), 200), "judge": 404}, own=result_id
    ),
    "api:list_contest_awards": api_row(
        403, but={**dict.fromkeys((*PROGRAM, *CERTIFIERS), 200), "judge": 404}, own=contest_id
    ),
    "api:propose_contest_awards": api_row(
        403, but={**dict.fromkeys(PROGRAM, 200), "judge": 404}, own=computed_id, data={}
    ),
    "api:ask_contest_signatures": api_row(403, but={**dict.fromkeys(PROGRAM, 200), "judge": 404}, own=proposed_id),
    "api:publish_contest_results": api_row(403, but={**dict.fromkeys(PROGRAM, 409), "judge": 404}, own=contest_id),
    "api:review_contest_result": api_row(403, but={**dict.fromkeys(PROGRAM, 200), "judge": 404}, own=result_id),
    "api:send_result_code": api_row(403, but={**dict.fromkeys(CERTIFIERS, 200), "judge": 404}, own=result_id),
    "api:certify_contest_result": api_row(
        403,
        but={**dict.fromkeys(CERTIFIERS, 409), "judge": 404},  # not looked through yet
        own=result_id,
        data={"inputs_hash": "x", "code": "1"},
    ),
    "api:compute_contest_results": api_row(403, but={**dict.fromkeys(PROGRAM, 200), "judge": 404}, own=contest_id),
    "api:assign_contest": api_row(403, but={**dict.fromkeys(PROGRAM, 202), "judge": 404}, own=open_id, data={}),
    "api:get_panel_run": api_row(404, but=dict.fromkeys(PROGRAM, 200), own=run),
    "api:release_panel_run": api_row(404, but=dict.fromkeys(PROGRAM, 200), own=run),
    "api:discard_panel_run": api_row(404, but=dict.fromkeys(PROGRAM, 200), own=run),
}
MATRIX = {**PAGES, **API}
