"""Changes: every colleague reads, who runs the program plans, an owner keeps. Feedback: everybody says, some answer."""

from tests.factories.readiness import AudienceFactory, ChangeFactory, ChangeStepFactory, said
from tests.matrix import Row, api_row, only

RUN = ("marketer", "admin")
READ = {"judge": 404}
# A change of the cast's rep: who runs the program and the rep keep it.
KEEP = {"judge": 404, **dict.fromkeys(("support", "manager", "sales_head", "executive", "finance", "legal"), 403)}


def _mine(cast):
    return {"public_id": ChangeFactory(owner=cast.rep).public_id}


def _of(factory):
    return lambda cast: {"public_id": factory(change=ChangeFactory(owner=cast.rep)).public_id}


def _keep(status, own=_mine, **more):
    return Row(status, but=KEEP, own=own, **more)


def _note(cast):
    """Said by the support about a change of the rep, to whom it goes."""
    return {"public_id": said(cast.support, change=ChangeFactory(owner=cast.rep)).public_id}


def _own_note(cast):
    return {"public_id": said(cast.rep).public_id}


def _change(cast):
    return {"name": "Two names", "kind": "rule", "starts_on": "2027-01-11", "owner": cast.rep.public_id}


def _copy(cast):
    return {"name": "Again", "starts_on": "2027-06-01", "owner": cast.rep.public_id}


AUDIENCE = {"words": "newcomers", "current": "They ask.", "desired": "They look."}
MESSAGE = {"name": "Letter", "channel": "mail", "due_on": "2027-01-04"}
SAID = {"kind": "hurts", "words": "The form is long."}
CLOSED = dict.fromkeys(("manager", "sales_head", "executive", "finance", "legal", "judge"), 404)

READINESS = {
    "governance:changes": Row(200, but={"judge": 403}),
    "governance:change-new": Row(**only(200, *RUN)),
    "governance:change-new POST": Row(**only(302, *RUN), method="post", data=_change),
    "governance:change-copy-last": Row(**only(302, *RUN)),
    "governance:change": Row(200, but=READ, own=_mine),
    "governance:change-alter": _keep(200),
    "governance:change-alter POST": _keep(302, method="post", data=_change),
    "governance:change-copy": Row(200, but={**KEEP, "rep": 403}, own=_mine),
    "governance:change-copy POST": Row(302, but={**KEEP, "rep": 403}, own=_mine, method="post", data=_copy),
    "governance:change-close": _keep(302, method="post"),
    "governance:change-drop": _keep(302, method="post"),
    "governance:change-reopen": _keep(302, method="post"),
    "governance:audience-new": _keep(200),
    "governance:audience-new POST": _keep(302, method="post", data=AUDIENCE),
    "governance:audience": _keep(200, own=_of(AudienceFactory)),
    "governance:audience POST": _keep(302, own=_of(AudienceFactory), method="post", data=AUDIENCE),
    "governance:audience-remove": _keep(302, own=_of(AudienceFactory), method="post"),
    "governance:change-message-new": _keep(200),
    "governance:change-message-new POST": _keep(302, method="post", data=MESSAGE),
    "governance:change-training-new": _keep(200),
    "governance:change-training-new POST": _keep(302, method="post", data=MESSAGE),
    "governance:change-step": _keep(200, own=_of(ChangeStepFactory)),
    "governance:change-step POST": _keep(302, own=_of(ChangeStepFactory), method="post", data=MESSAGE),
    "governance:change-step-done": _keep(302, own=_of(ChangeStepFactory), method="post"),
    "governance:change-step-remove": _keep(302, own=_of(ChangeStepFactory), method="post"),
    "api:list_changes": api_row(200, but={"judge": 403}),
    "api:get_change": api_row(200, but={"judge": 403}, own=_mine),
    "api:list_change_edits": api_row(200, but=READ, own=_mine),
    "governance:feedback": Row(200),
    "governance:feedback-new": Row(200),
    "governance:feedback-new POST": Row(302, method="post", data=SAID),
    "governance:field-note": Row(200, but=CLOSED, own=_note),
    "governance:feedback-reply": Row(200, but={**CLOSED, "support": 403}, own=_note),
    "governance:feedback-reply POST": Row(
        302, but={**CLOSED, "support": 403}, own=_note, method="post", data={"words": "By Friday."}
    ),
    "governance:feedback-settle": Row(
        404, but={"marketer": 403, "admin": 403, "rep": 302}, own=_own_note, method="post"
    ),
    "api:list_feedback": api_row(200),
    "api:get_feedback": api_row(200, but=CLOSED, own=_note),
    "api:create_feedback": api_row(201, data=SAID),
    "api:reply_to_feedback": api_row(200, but={**CLOSED, "support": 403}, own=_note, data={"words": "By Friday."}),
    "api:settle_feedback": api_row(404, but={"marketer": 403, "admin": 403, "rep": 200}, own=_own_note),
}
