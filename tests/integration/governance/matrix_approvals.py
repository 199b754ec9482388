"""Approvals: who runs or pays for the program reads all, others what they asked for or are asked; the asked decide."""

from refprogram.governance.approvals import services
from refprogram.governance.approvals.enums import ApprovalKind, Verdict
from refprogram.governance.approvals.models import Chain, Turn
from refprogram.people.enums import Role
from tests.factories.approvals import asked, role_step, stuck
from tests.matrix import Row, api_row, only

OVERVIEW = ("marketer", "executive", "finance", "admin")
NO_JUDGE = {"judge": 403}
EDIT = {"rows": 1, "position_0": 1, "who_0": "role:legal", "hours_0": 24, "further_0": "role:executive"}
UNSEEN = dict.fromkeys(("support", "manager", "sales_head", "legal", "judge"), 404)
NOT_THEIRS = {"rep": 404}
APPROVE = {"verdict": "approve"}
DRAFT = {"steps": [{"position": 1, "approver": "role", "role": "legal", "hours": 8}]}


def own(cast):
    cast.finance  # noqa: B018 - is asked
    return {"public_id": asked(cast.rep).public_id}


def foreign(cast):
    cast.finance  # noqa: B018 - is asked
    return {"public_id": asked(cast.other_team_rep).public_id}


def questioned(cast):
    cast.finance  # noqa: B018 - is asked
    row = asked(cast.rep)
    services.decide(approval=row, by=cast.finance, verdict=Verdict.ASK, comment="Which fund?")
    return {"public_id": row.public_id}


def chain(_cast):
    return {"public_id": Chain.objects.get(kind=ApprovalKind.LEGAL).public_id}


def drafted(cast):
    row = Chain.objects.get(kind=ApprovalKind.LEGAL)
    services.save_draft(chain=row, steps=[role_step(Role.LEGAL)], passes=False, actor=cast.admin)
    cast.legal  # noqa: B018 - is there to be asked
    return {"public_id": row.public_id}


def nobody_left(cast):
    row = stuck(cast.rep)
    return {"public_id": row.public_id, "turn_id": row.turns.get().public_id}


def nobody_left_api(cast):
    return {"public_id": stuck(cast.rep).public_id}


def handed(cast):
    return {"to": cast.finance.public_id, "reason": "Gone has left."}


def handing(cast):
    turn = Turn.objects.filter(approval__requester=cast.rep).latest("pk")
    return {"turn": turn.public_id, **handed(cast)}


def of_approval(allowed, *roles, judge=404, **options):
    """The answers of something about an approval of the rep: these may, the others only see it or do not."""
    seen = {role: allowed if role in roles else 403 for role in (*OVERVIEW, "rep")}
    return {"everyone": 404, "but": {**UNSEEN, "judge": judge, **seen}, "own": own, **options}


APPROVALS = {
    "governance:approvals": Row(200, but=NO_JUDGE),
    "governance:approval": Row(**of_approval(200, *OVERVIEW, "rep"), foreign=foreign, foreign_but=NOT_THEIRS),
    "governance:approval-decide POST": Row(
        **of_approval(302, "finance"), foreign=foreign, foreign_but=NOT_THEIRS, method="post", data=APPROVE
    ),
    "governance:approval-answer POST": Row(
        **of_approval(302, "rep") | {"own": questioned}, method="post", data={"text": "Events."}
    ),
    "governance:approval-withdraw POST": Row(
        **of_approval(302, "rep", "admin"), foreign=foreign, foreign_but=NOT_THEIRS, method="post"
    ),
    "governance:approval-hand-over": Row(**only(200, "admin"), own=nobody_left),
    "governance:approval-hand-over POST": Row(**only(302, "admin"), own=nobody_left, method="post", data=handed),
    "governance:colleague-options": Row(200, but=NO_JUDGE),
    "governance:approver-options": Row(200, but=NO_JUDGE),
    "governance:chains": Row(200, but=NO_JUDGE),
    "governance:chain": Row(200, but=NO_JUDGE, own=chain),
    "governance:chain-dry-run": Row(200, but=NO_JUDGE, own=chain),
    "governance:chain-edit": Row(**only(200, "admin"), own=chain),
    "governance:chain-edit POST": Row(**only(302, "admin"), own=chain, method="post", data=EDIT),
    "governance:chain-publish": Row(**only(200, "admin"), own=drafted),
    "governance:chain-publish POST": Row(**only(302, "admin"), own=drafted, method="post"),
    "governance:chain-drop POST": Row(**only(302, "admin"), own=drafted, method="post"),
    "api:list_approvals": api_row(200, but=NO_JUDGE),
    "api:dry_run_approval": api_row(200, but=NO_JUDGE, query="?kind=legal"),
    "api:get_approval": api_row(
        **of_approval(200, *OVERVIEW, "rep", judge=403), foreign=foreign, foreign_but=NOT_THEIRS
    ),
    "api:approve_approval": api_row(**of_approval(200, "finance", judge=403), data={"comment": ""}),
    "api:reject_approval": api_row(**of_approval(200, "finance", judge=403), data={"comment": "No."}),
    "api:ask_approval": api_row(**of_approval(200, "finance", judge=403), data={"comment": "Why?"}),
    "api:answer_approval": api_row(
        **of_approval(200, "rep", judge=403) | {"own": questioned}, data={"text": "Events."}
    ),
    "api:withdraw_approval": api_row(
        **of_approval(200, "rep", "admin", judge=403), foreign=foreign, foreign_but=NOT_THEIRS, data={"reason": "Late."}
    ),
    "api:hand_over_approval": api_row(**of_approval(200, "admin", judge=403) | {"own": nobody_left_api}, data=handing),
    "api:list_approval_chains": api_row(200, but=NO_JUDGE),
    "api:get_approval_chain": api_row(200, but=NO_JUDGE, own=chain),
    "api:draft_approval_chain": api_row(**only(200, "admin"), own=chain, data=DRAFT),
    "api:drop_approval_chain_draft": api_row(**only(200, "admin"), own=drafted),
    "api:rehearse_approval_chain": api_row(**only(200, "admin"), own=drafted),
    "api:publish_approval_chain": api_row(**only(200, "admin"), own=drafted),
}
