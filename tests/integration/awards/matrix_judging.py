"""Judging: who gets which answer. The room is for who judges this very thing; the rest for who runs the contest."""

from awards.contests.enums import ContestState
from awards.entries import services as entries
from awards.judging import services
from awards.judging.enums import Mode
from tests.factories.contests import ContestFactory, moved, opened
from tests.factories.judging import JudgeFactory, judging, scored
from tests.factories.results import JudgedPlaceFactory, JudgedRoundFactory, PanelJudgeFactory
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")


def room(cast, **about):
    """Return a round in which the cast's judge judges, run by the cast's marketer."""
    return judging(people=[cast.judge.person], owner=cast.marketer, **about)


def mine(cast):
    return {"public_id": room(cast).judge.public_id}


def work(cast):
    return {"public_id": room(cast).work[0].public_id}


def ranked(cast):
    made = room(cast, mode=Mode.RANKING)
    return {"public_id": made.judge.public_id, "slug": made.places[0].category.slug}


def paired(cast):
    made = room(cast, entries=2, mode=Mode.PAIRWISE)
    return {"public_id": made.judge.public_id, "slug": made.places[0].category.slug}


def planned(cast):
    contest = opened(ContestFactory(owner=cast.marketer))
    return services.first_round(contest=contest, by=cast.marketer)


def contest(cast):
    return {"slug": planned(cast).contest.slug}


def anchor(cast):
    row = planned(cast).contest
    made = entries.add_anchor(contest=row, title="A text", summary="Good.", answers={}, by=cast.marketer)
    return {"slug": row.slug, "public_id": made.public_id}


def with_category(cast):
    row = planned(cast).contest
    return {"slug": row.slug, "category": row.categories.first().slug}


def round_(cast):
    return {"public_id": planned(cast).public_id}


def criterion(cast):
    row = planned(cast)
    return {"public_id": row.public_id, "criterion_id": row.criteria.first().public_id}


def asked(cast):
    return JudgeFactory(contest=opened(ContestFactory(owner=cast.marketer)))


def judge(cast):
    return {"public_id": asked(cast).public_id}


def tie(cast):
    made = room(cast)
    services.set_conflict(judge=made.judge, entry=made.places[0].entry, reason="Cousin.", by=cast.marketer)
    return {"public_id": made.judge.conflicts.get().public_id}


def sent(cast):
    made = room(cast)
    return {"public_id": scored(made, made.work[0]).public_id}


def sent_work(cast):
    made = room(cast)
    return {"public_id": scored(made, made.work[0]).assignment.public_id}


def asked_to_void(cast):
    made = room(cast)
    ballot = scored(made, made.work[0])
    return {"public_id": services.ask_void(ballot=ballot, reason="Cousins.", by=cast.marketer).public_id}


def verbed(make, verb):
    return lambda cast: {**make(cast), "verb": verb}


def for_judge(own, answer=200, **more):
    """For the judge whose it is; colleagues learn nothing, and who is nobody is asked for a link."""
    return Row(**only(answer, "judge", others=404), anonymous=302, own=own, **more)


def run(own, answer=200, **more):
    """For who runs the contest; others do not learn that there is a row."""
    return Row(404, but={**dict.fromkeys(PROGRAM, answer), "judge": 403}, own=own, **more)


def page(own=contest, answer=200, **more):
    """For who runs the contest, below its address, which every colleague knows."""
    return Row(**only(answer, *PROGRAM), own=own, **more)


PAGES = {
    "awards:judging": Row(200, anonymous=200),
    "awards:judging-link": Row(302, anonymous=302, method="post", data={"email": "a@b.example"}),
    "awards:judging-leave": Row(302, anonymous=302, method="post"),
    "awards:judging-score": for_judge(work),
    "awards:judging-score POST": for_judge(work, method="post", data={"act": "save", "tab": "t"}),
    "awards:judging-opened": for_judge(work, 204, method="post"),
    "awards:judging-recused": for_judge(work, 302, method="post"),
    "awards:judging-declined": for_judge(work, 302, method="post"),
    "awards:judging-attachment": Row(404, anonymous=302, own=lambda cast: {**work(cast), "number": 9}),
    "awards:judging-room": for_judge(mine),
    "awards:judging-papers": for_judge(mine),
    "awards:judging-me": for_judge(mine),
    "awards:judging-guide": for_judge(mine),
    "awards:judging-receipt": for_judge(mine),
    "awards:judging-compare": for_judge(mine),
    "awards:judging-rank": for_judge(ranked),
    "awards:judging-pairs": for_judge(paired),
    "awards:judging-pairs-undo": for_judge(paired, 302, method="post"),
    "awards:judging-pairs-finish": for_judge(paired, 302, method="post"),
    "awards:round": run(round_),
    "awards:round-edit": run(round_),
    "awards:round-coverage": run(round_),
    "awards:round-give": run(round_),
    "awards:criterion-new": run(round_),
    "awards:criterion-edit": run(criterion),
    "awards:criterion-remove": run(criterion, 302, method="post"),
    "awards:round-verb": run(verbed(round_, "close"), 302, method="post"),
    "awards:judge": run(judge),
    "awards:judge-verb": run(verbed(judge, "lock"), 302, method="post"),
    "awards:work": run(work),
    "awards:work-verb": run(verbed(work, "take"), 302, method="post"),
    "awards:tie-verb": run(verbed(tie, "clear"), 302, method="post", data={"reason": "Not so."}),
    "awards:contest-judging": page(),
    "awards:round-first": page(answer=302, method="post"),
    "awards:round-new": page(),
    "awards:anchor-new": page(),
    "awards:anchor": page(anchor),
    "awards:anchor-remove": page(anchor, 302, method="post"),
    "awards:judging-categories": page(),
    "awards:judging-delegate": page(with_category),
    "awards:judging-category-verb": page(verbed(with_category, "nobody"), 302, method="post"),
    "awards:judges": page(),
    "awards:judge-invite": page(),
    "awards:ties": page(),
    "awards:ties-again": page(answer=302, method="post"),
}


def hidden(answer, own=None, **more):
    return api_row(404, but={**dict.fromkeys(PROGRAM, answer), "judge": 403}, own=own, **more)


def one_more(cast):
    """An entry and a judge of an open round that have not met."""
    round_ = JudgedRoundFactory(
        contest=moved(ContestFactory(owner=cast.marketer), ContestState.JUDGING), closed_at=None, released_at=None
    )
    place = JudgedPlaceFactory(category=round_.contest.categories.get())
    judge = PanelJudgeFactory(contest=round_.contest, state="active")
    return {
        "round": round_.public_id,
        "entry": place.entry.code,
        "category": place.category.public_id,
        "judge": judge.public_id,
    }


API = {
    "api:list_criteria": api_row(200, but={"judge": 403}),
    "api:create_criterion": hidden(
        201, data=lambda cast: {"round": planned(cast).public_id, "name": "Courage", "weight": 5}
    ),
    "api:change_criterion": hidden(
        200,
        lambda cast: {"public_id": criterion(cast)["criterion_id"]},
        data={"weight": 7},
    ),
    "api:list_judges": api_row(200, but={"judge": 403}),
    "api:invite_judge": api_row(
        403,
        but=dict.fromkeys(PROGRAM, 201),
        data=lambda cast: {
            "contest": planned(cast).contest.public_id,
            "email": "ana@analysts.example",
            "name": "Ana Sousa",
            "kind": "analyst",
        },
    ),
    "api:get_judge": hidden(200, judge),
    "api:list_judge_ties": hidden(200, judge),
    "api:remove_judge": hidden(200, judge, data={"reason": "Left."}),
    "api:list_assignments": api_row(200, but={"judge": 403}),
    "api:create_assignment": api_row(404, but={**dict.fromkeys(PROGRAM, 201), "judge": 403}, data=one_more),
    "api:list_ballots": api_row(200, but={"judge": 403}),
    "api:get_ballot": hidden(200, sent),
    "api:reopen_assignment": hidden(200, sent_work, data={"reason": "A slip."}),
    "api:ask_to_void_ballot": hidden(200, sent, data={"reason": "Cousins."}),
    # Of the two who ask, one decides.
    "api:void_ballot": api_row(404, but={"marketer": 403, "admin": 200, "judge": 403}, own=asked_to_void),
    "api:keep_ballot": hidden(200, asked_to_void),
    "api:list_round_edits": api_row(404, but=dict.fromkeys(PROGRAM, 200), own=round_),
    "api:list_judge_edits": api_row(404, but=dict.fromkeys(PROGRAM, 200), own=judge),
}
MATRIX = {**PAGES, **API}
