"""Pilots: who runs the program makes them, executives read them, their people see their own and write its log."""

import datetime as dt

from refprogram.governance.pilots import services
from tests.factories.incentives import RuleFactory, saying
from tests.factories.pilots import asked, judged, planned, running
from tests.matrix import Row, api_row, only

DIRECTORS = ("marketer", "admin", "sales_head")
OUTSIDE = ("support", "manager", "finance", "legal", "judge")
HIDDEN = dict.fromkeys(("rep", *OUTSIDE), 404)  # of a draft; its people see it as soon as it is ready
SEEN = dict.fromkeys(OUTSIDE, 404)  # once it is ready
DRAFT = {**HIDDEN, "executive": 403, "sales_head": 403}  # what its owner does, and who runs the program


def _draft(cast):
    return {"public_id": planned(cast.marketer, [cast.rep]).public_id}


def _ready(cast):
    row = planned(cast.marketer, [cast.rep])
    return {"public_id": services.settle(pilot=row, by=cast.marketer).public_id}


def _running(cast):
    return {"public_id": running(cast.marketer, [cast.rep]).public_id}


def _judged(cast):
    return {"public_id": judged(running(cast.marketer, [cast.rep]), cast.marketer).public_id}


def _criterion(of):
    def made(cast):
        row = of(cast.marketer, [cast.rep])
        return {"public_id": row.criteria.get().public_id}

    return made


def _touching(cast):
    rule = RuleFactory(state="draft", definition=saying("reference.delivered", "contact", 5))
    return planned(cast.marketer, [cast.rep], kind="rule", thing=rule.public_id)


def _asked(cast):
    row = _touching(cast)
    asked(row, cast.manager, cast.marketer)
    return {"public_id": row.public_id}


def _condition(cast):
    row = _touching(cast)
    consult = asked(row, cast.manager, cast.marketer)
    answer = {"answer": "yes_if", "words": "", "condition": "The list is out"}
    services.answer(consult=consult, by=cast.manager, **answer)
    return {"public_id": consult.public_id}


def _new(cast):
    today = dt.date(2027, 1, 4)
    return {
        "thing": "feature:directory", "name": "Early birds", "hypothesis": "They find whom to ask",
        "people": cast.rep.public_id, "starts_on": today.isoformat(), "ends_on": "2027-02-01",
        "owner": cast.marketer.public_id,
    }  # fmt: skip


def _api_new(cast):
    said = _new(cast)
    return {**said, "kind": "feature", "thing": "directory", "people": [cast.rep.public_id]}


CRITERION = {"text": "Twice a week", "how": "Asked", "target": "2"}
NOTE, DECISION = {"text": "It works"}, {"to": "stopped", "because": "Nobody needs it"}
ANSWER = {"answer": "yes", "words": "Go"}


def _ask(cast):
    return {"asked": cast.manager.public_id, "question": "May we?"}


RUNS = {**SEEN, "executive": 403, "rep": 403, "sales_head": 403}
WRITES = {**SEEN, "executive": 403, "sales_head": 403, "admin": 403}
ASKED = {**HIDDEN, **dict.fromkeys(("marketer", "admin", "sales_head", "executive"), 403)}
ASKED.pop("manager")

PILOTS = {
    "governance:pilots": Row(200, but={"judge": 403}),
    "governance:pilot-new": Row(**only(200, *DIRECTORS)),
    "governance:pilot-new POST": Row(**only(302, *DIRECTORS), method="post", data=_new),
    "governance:pilot": Row(200, but=HIDDEN, own=_draft),
    "governance:pilot ready": Row(200, but=SEEN, own=_ready),
    "governance:pilot-change": Row(200, but=DRAFT, own=_draft),
    "governance:pilot-change POST": Row(302, but=DRAFT, own=_draft, method="post", data=_new),
    "governance:pilot-criterion-new": Row(200, but=DRAFT, own=_draft),
    "governance:pilot-criterion-new POST": Row(302, but=DRAFT, own=_draft, method="post", data=CRITERION),
    "governance:pilot-criterion-drop": Row(302, but=DRAFT, own=_criterion(planned), method="post"),
    "governance:pilot-criterion": Row(200, but=RUNS, own=_criterion(running)),
    "governance:pilot-criterion POST": Row(
        302, but=RUNS, own=_criterion(running), method="post", data={"seen": "Three times", "met": "yes"}
    ),
    "governance:pilot-ask": Row(200, but=DRAFT, own=_draft),
    "governance:pilot-ask POST": Row(302, but=DRAFT, own=_draft, method="post", data=_ask),
    "governance:pilot-answer": Row(200, but=ASKED, own=_asked),
    "governance:pilot-answer POST": Row(302, but=ASKED, own=_asked, method="post", data=ANSWER),
    "governance:pilot-condition-met": Row(
        302, but={**DRAFT, "manager": 403}, own=_condition, method="post"
    ),
    "governance:pilot-ready": Row(302, but=DRAFT, own=_draft, method="post"),
    "governance:pilot-begin": Row(302, but=RUNS, own=_ready, method="post"),
    "governance:pilot-cancel": Row(302, but=DRAFT, own=_draft, method="post"),
    "governance:pilot-log": Row(200, but=WRITES, own=_running),
    "governance:pilot-log POST": Row(302, but=WRITES, own=_running, method="post", data=NOTE),
    "governance:pilot-decide": Row(200, but={**SEEN, "executive": 403, "rep": 403}, own=_judged),
    "governance:pilot-decide POST": Row(
        302, but={**SEEN, "executive": 403, "rep": 403}, own=_judged, method="post", data=DECISION
    ),
    "api:list_pilots": api_row(200, but={"judge": 403}),
    "api:get_pilot": api_row(200, but={**HIDDEN, "judge": 403}, own=_draft),
    "api:list_pilot_edits": api_row(200, but=HIDDEN, own=_draft),
    "api:create_pilot": api_row(**only(201, *DIRECTORS), data=_api_new),
    "api:create_pilot_criterion": api_row(201, but={**DRAFT, "judge": 403}, own=_draft, data=CRITERION),
    "api:ask_sales_about_pilot": api_row(200, but={**DRAFT, "judge": 403}, own=_draft, data=_ask),
    "api:answer_about_pilot": api_row(200, but={**ASKED, "judge": 403}, own=_asked, data=ANSWER),
    "api:settle_pilot": api_row(200, but={**DRAFT, "judge": 403}, own=_draft),
    "api:begin_pilot": api_row(200, but={**RUNS, "judge": 403}, own=_ready),
    "api:decide_pilot": api_row(200, but={**SEEN, "executive": 403, "rep": 403, "judge": 403}, own=_judged,
                                data=DECISION),
    "api:list_pilot_log": api_row(200, but={**SEEN, "executive": 403, "admin": 403, "judge": 403}, own=_running),
    "api:write_pilot_log": api_row(201, but={**WRITES, "judge": 403}, own=_running, data=NOTE),
}  # fmt: skip
