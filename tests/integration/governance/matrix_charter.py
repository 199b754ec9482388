"""The charter and the map: everybody reads what holds and plots; who runs the program writes and decides."""

import datetime as dt

from django.utils import timezone

from refprogram.governance.charter import services
from refprogram.governance.charter.enums import CharterState
from tests.factories.charter import CharterQuestionFactory, charter_of, consulted, holding, passed_on, plotted
from tests.matrix import Row, api_row, only

RUN = ("marketer", "admin")
SEE = (*RUN, "executive", "sales_head", "manager")
ALL = ("rep", "support", "finance", "legal", *SEE)
BUT_JUDGE = {"judge": 403}


def held(_cast):
    return {"public_id": holding().public_id}


def draft(cast):
    return {"public_id": charter_of(made_by=cast.marketer).public_id}


def being_read(cast):
    return {"public_id": consulted(by=cast.marketer, people=[cast.rep]).public_id}


def approved(_cast):
    return {"public_id": charter_of(CharterState.APPROVED).public_id}


def link(cast):
    return {"public_id": services.make_link(label="Board", days=3, by=cast.marketer).public_id}


def part(kind, make=charter_of):
    def own(_cast):
        version = make()
        rows = {"line": version.lines, "step": version.plan}[kind]
        return {"kind": kind, "public_id": rows.first().public_id}

    return own


def part_of(kind):
    """A part of a draft as the API names it: beside its version."""

    def own(cast):
        version = charter_of(made_by=cast.marketer)
        CharterQuestionFactory(version=version)
        rows = {"line": version.lines, "mark": version.marks, "step": version.plan, "question": version.questions}
        return {"public_id": version.public_id, "part_id": rows[kind].first().public_id}

    return own


def new_part(cast):
    return {**draft(cast), "kind": "line"}


def asked(cast):
    holding()
    return {"public_id": plotted(by=cast.rep).public_id}


def asked_by_other(cast):
    return {"public_id": plotted(by=cast.other_team_rep).public_id}


def elsewhere(cast):
    holding()
    return {"public_id": passed_on(by=cast.marketer, to=cast.rep).public_id}


def _soon():
    return (timezone.localdate() + dt.timedelta(days=3)).isoformat()


def _words(cast):
    return {"mission": "Ours", "starts_on": timezone.localdate().strftime("%Y-%m"), "revision": "1"}


def _consult(cast):
    return {"people": [cast.rep.public_id], "until": _soon()}


def _redirect(cast):
    return {"to": cast.manager.public_id, "due_on": _soon(), "because": "Not ours."}


def _api_words(cast):
    return {"mission": "Ours", "starts_on": timezone.localdate().isoformat(), "revision": 1}


def _month():
    return timezone.localdate().replace(day=1).isoformat()


PARTS = {
    "line": lambda _cast: {"inside": True, "name": "Film", "hours": "9"},
    "mark": lambda _cast: {"horizon": "short", "name": "Goal", "month": _month()},
    "step": lambda _cast: {"month": _month(), "name": "Connect the mail"},
    "question": lambda _cast: {"text": "Who owns it?", "right": "We do", "wrong": ["Nobody"], "sentence": "We own it."},
}
LINE = {"inside": "yes", "name": "Film", "hours": "9"}
# Drafts are hidden from whoever does not run or back the program; who may read them and not write gets 403.
HIDDEN = dict.fromkeys(("rep", "support", "finance", "legal", "judge"), 404)
NOT_WRITE = {**HIDDEN, **dict.fromkeys(("executive", "sales_head", "manager"), 403)}
READ_ASKED = {**dict.fromkeys(("support", "finance", "legal", "judge"), 404)}
NOT_MINE = {"rep": 404}
DECIDE = {**READ_ASKED, **dict.fromkeys(("rep", "executive", "sales_head", "manager"), 403)}
API_DECIDE = {**DECIDE, "judge": 403}
SETTLE = {**READ_ASKED, **dict.fromkeys(("executive", "sales_head", "manager"), 403)}
# A draft that the rep was asked about: they read it, too.
NOT_RUN = {**NOT_WRITE, "rep": 403}


def _draft(status, **more):
    return Row(status, but=NOT_WRITE, **{"own": draft, **more})


def _api_draft(status, **more):
    return api_row(status, but=NOT_WRITE, **{"own": draft, **more})


def _plotted(status, but, own=asked, **more):
    foreign = {"foreign": asked_by_other, "foreign_but": NOT_MINE} if own is asked else {}
    return Row(status, but=but, own=own, **foreign, **more)


def _api_plotted(status, but, own=asked, **more):
    foreign = {"foreign": asked_by_other, "foreign_but": NOT_MINE} if own is asked else {}
    return api_row(status, but={**but, "judge": 403}, own=own, **foreign, **more)


CHARTER = {
    "governance:charter": Row(200),
    "governance:charter-acknowledge": Row(200, but=BUT_JUDGE, own=lambda cast: held(cast) and {}),
    "governance:charter-acknowledge POST": Row(
        422, but=BUT_JUDGE, own=lambda cast: held(cast) and {}, method="post", data={}
    ),
    "governance:charter-links": Row(**only(200, *RUN)),
    "governance:charter-link-new": Row(**only(200, *RUN)),
    "governance:charter-link-new POST": Row(**only(302, *RUN), method="post", data={"label": "Board", "days": "3"}),
    "governance:charter-link-withdraw": Row(302, but=dict.fromkeys((*SEE[2:], *HIDDEN), 404), own=link, method="post"),
    "governance:charter-versions": Row(**only(200, *SEE)),
    "governance:charter-begin": Row(**only(302, *RUN), method="post"),
    "governance:charter-version": Row(200, but=HIDDEN, own=draft, foreign=held, foreign_but=dict.fromkeys(HIDDEN, 200)),
    "governance:charter-words": _draft(200),
    "governance:charter-words POST": _draft(302, method="post", data=_words),
    "governance:charter-consult": _draft(200),
    "governance:charter-consult POST": _draft(302, method="post", data=_consult),
    "governance:charter-comment": Row(
        200, but={**NOT_WRITE, "marketer": 403, "admin": 403, "rep": 200}, own=being_read
    ),
    "governance:charter-comment POST": Row(
        302, but={**NOT_WRITE, "marketer": 403, "admin": 403, "rep": 302}, own=being_read, method="post",
        data={"text": "Fine"},
    ),
    "governance:charter-ask": Row(302, but=NOT_RUN, own=being_read, method="post"),
    "governance:charter-return": Row(302, but=NOT_RUN, own=being_read, method="post"),
    "governance:charter-publish": _draft(302, own=approved, method="post"),
    "governance:charter-part-new": _draft(200, own=new_part),
    "governance:charter-part-new POST": _draft(302, own=new_part, method="post", data=LINE),
    "governance:charter-part": _draft(200, own=part("line")),
    "governance:charter-part POST": _draft(302, own=part("line"), method="post", data=LINE),
    "governance:charter-part-remove": _draft(302, own=part("line"), method="post"),
    "governance:charter-part-done": Row(
        302, but=dict.fromkeys((*SEE[2:], *HIDDEN), 403), own=part("step", holding), method="post"
    ),
    "governance:plot": Row(200, but=BUT_JUDGE, query="?q=2+calls"),
    "governance:plot POST": Row(302, but=BUT_JUDGE, method="post", data={"q": "2 calls"}),
    "governance:plotted-list": Row(200, but=BUT_JUDGE),
    "governance:no-because": Row(**only(200, *SEE)),
    "governance:plotted": _plotted(200, READ_ASKED),
    "governance:plotted-take": _plotted(302, DECIDE, method="post"),
    "governance:plotted-redirect": _plotted(200, DECIDE),
    "governance:plotted-redirect POST": _plotted(302, DECIDE, method="post", data=_redirect),
    "governance:plotted-decline": _plotted(200, DECIDE),
    "governance:plotted-decline POST": _plotted(302, DECIDE, method="post", data={"because": "No."}),
    "governance:plotted-settle": _plotted(200, SETTLE, own=elsewhere),
    "governance:plotted-settle POST": _plotted(302, SETTLE, own=elsewhere, method="post", data={"outcome": "Found"}),
    "api:get_current_charter": api_row(200, own=lambda cast: held(cast) and {}),
    "api:list_charter_questions": api_row(200),
    "api:list_charters": api_row(200),
    "api:get_charter": api_row(200, but=HIDDEN, own=draft),
    "api:create_charter": api_row(**only(201, *RUN)),
    "api:change_charter": _api_draft(200, data=_api_words),
    "api:consult_charter": _api_draft(200, data=_consult),
    "api:comment_charter": api_row(
        200, but={**NOT_WRITE, "marketer": 403, "admin": 403, "rep": 200}, own=being_read, data={"text": "Fine"}
    ),
    "api:ask_approval_of_charter": api_row(200, but=NOT_RUN, own=being_read),
    "api:return_charter": api_row(200, but=NOT_RUN, own=being_read),
    "api:publish_charter": _api_draft(200, own=approved),
    "api:acknowledge_charter": api_row(200, but=BUT_JUDGE, own=held, data={"answers": [0, 0, 0]}),
    **{f"api:create_charter_{kind}": _api_draft(201, data=made) for kind, made in PARTS.items()},
    **{f"api:change_charter_{kind}": _api_draft(200, own=part_of(kind), data=made) for kind, made in PARTS.items()},
    **{f"api:delete_charter_{kind}": _api_draft(204, own=part_of(kind)) for kind in PARTS},
    "api:list_plotted_requests": api_row(200, but=BUT_JUDGE),
    "api:get_plotted_request": _api_plotted(200, READ_ASKED),
    "api:weigh_request": api_row(200, but=BUT_JUDGE, data={"text": "2 calls"}),
    "api:create_plotted_request": api_row(201, but=BUT_JUDGE, data={"text": "2 calls"}),
    "api:take_plotted_request": _api_plotted(200, API_DECIDE),
    "api:redirect_plotted_request": _api_plotted(200, API_DECIDE, data=_redirect),
    "api:decline_plotted_request": _api_plotted(200, API_DECIDE, data={"because": "No."}),
    "api:settle_plotted_request": _api_plotted(200, SETTLE, own=elsewhere, data={"outcome": "Found"}),
    "api:get_no_because": api_row(**only(200, *SEE)),
}  # fmt: skip
