"""The end of a contest: for who runs it; how strict they were for the judge; an account's contests for who knows it."""

from awards.closing import services
from awards.closing.models import Feedback
from awards.models import ContestEntry
from tests.factories.closing import announced, announced_with
from tests.factories.references import AccountFactory, ContactFactory
from tests.factories.results import PanelJudgeFactory
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")
TABLE = {"a": {"x": 80, "y": 75, "z": 77}, "b": {"x": 70, "y": 64, "z": 69}}
LETTERS = {"entrants": "Thank you.", "judges": "", "helpers": "", "nominators": ""}


def _over(cast):
    return announced(TABLE, owner=cast.marketer)


def contest(cast):
    return {"slug": _over(cast).slug}


def contest_id(cast):
    return {"public_id": _over(cast).public_id}


def verb_for(verb):
    return lambda cast: {"slug": _over(cast).slug, "verb": verb}


def _comment(cast):
    services.prepare(_over(cast))
    return Feedback.objects.order_by("pk").first()


def comment(cast):
    return {"public_id": _comment(cast).public_id, "verb": "pass"}


def comment_id(cast):
    return {"public_id": _comment(cast).public_id}


def follow(cast):
    _contest, (entry,) = announced_with({"consents": {"case_study": True}}, owner=cast.marketer)
    return {"public_id": entry.public_id, "verb": "story"}


def account(owner):
    made = AccountFactory(owner=owner)
    announced_with({"contact": ContactFactory(account=made)})
    return {"public_id": ContestEntry.objects.get(account=made).account.public_id}


def own_seat(cast):
    return {"public_id": PanelJudgeFactory(contest=_over(cast), person=cast.judge.person).public_id}


PAGES = {
    "awards:closing": Row(**only(200, *PROGRAM), own=contest),
    "awards:closing-thanks": Row(**only(200, *PROGRAM), own=contest),
    "awards:closing-thanks POST": Row(**only(302, *PROGRAM), own=contest, method="post", data=LETTERS),
    "awards:closing-thanks-send": Row(**only(302, *PROGRAM), own=contest, method="post"),
    "awards:closing-feedback": Row(**only(200, *PROGRAM), own=contest),
    "awards:closing-feedback-verb": Row(**only(302, *PROGRAM), own=verb_for("refrain"), method="post"),
    "awards:comment-verb": Row(404, but={**dict.fromkeys(PROGRAM, 302), "judge": 403}, own=comment, method="post"),
    "awards:follow-verb": Row(404, but={**dict.fromkeys(PROGRAM, 302), "judge": 403}, own=follow, method="post"),
    "awards:account-contests": Row(
        200,
        but={"support": 404, "judge": 403},
        own=lambda cast: account(cast.rep),
        foreign=lambda cast: account(cast.other_team_rep),
        foreign_but=dict.fromkeys(("rep", "support", "manager"), 404),
    ),
    "awards:judging-leaning": Row(**only(200, "judge", others=404), anonymous=302, own=own_seat),
}
API = {
    "api:get_contest_yield": api_row(403, but={**dict.fromkeys(PROGRAM, 200), "judge": 404}, own=contest_id),
    "api:get_contest_closing": api_row(403, but={**dict.fromkeys(PROGRAM, 200), "judge": 404}, own=contest_id),
    "api:thank_for_contest": api_row(403, but={**dict.fromkeys(PROGRAM, 200), "judge": 404}, own=contest_id),
    "api:open_contest_feedback": api_row(403, but={**dict.fromkeys(PROGRAM, 200), "judge": 404}, own=contest_id),
    "api:list_comments": api_row(200, but={"judge": 403}),
    "api:pass_comment": api_row(404, but=dict.fromkeys(PROGRAM, 200), own=comment_id, data={"text": "Well done."}),
    "api:hold_comment": api_row(404, but=dict.fromkeys(PROGRAM, 200), own=comment_id),
}
MATRIX = {**PAGES, **API}
