"""Approvals: who runs or pays for the program reads all, others what they asked for or are asked; the asked decide."""

from refprogram.governance.approvals import services
from refprogram.governance.approvals.enums import ApprovalKind, Verdict
from refprogram.governance.approvals.models import Chain
from refprogram.people.enums import Role
from tests.factories.approvals import asked, role_step
from tests.matrix import Row, api_row, only

OVERVIEW = ("marketer", "executive", "finance", "admin")
NO_JUDGE = {"judge": 403}
EDIT = {"rows": 1, "position_0": 1, "who_0": "role:legal", "hours_0": 24, "further_0": "role:executive"}
UNSEEN = dict.fromkeys(("support", "manager", "sales_head", "legal", "judge"), 404)
NOT_THEIRS = {"rep": 404}
APPROVE = {"verdict": "approve"}


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
    return {"public_id": row.public_id}


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
    "governance:chains": Row(200, but=NO_JUDGE),
    "governance:chain": Row(200, but=NO_JUDGE, own=chain),
    "governance:chain-dry-run": Row(200, but=NO_JUDGE, own=chain),
    "governance:chain-edit": Row(**only(200, "admin"), own=chain),
    "governance:chain-edit POST": Row(**only(302, "admin"), own=chain, method="post", data=EDIT),
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
}
