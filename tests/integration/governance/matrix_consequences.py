"""Consequences: the board proposes, the person and their manager read it from the notice on, owner or admin answers."""

from refprogram.governance.consequences import services
from tests.factories import consequences as made
from tests.matrix import Row, api_row, only

BOARD = ("marketer", "sales_head")
READERS = (*BOARD, "admin")
NO_JUDGE = {"judge": 403}
# Who does not see a case or a policy: it is not there.
STRANGERS = dict.fromkeys(("support", "executive", "finance", "legal", "judge"), 404)
NOT_THEIR_TEAM = {"rep": 404, "manager": 404}
WHY = {"reason": "They were ill."}
TEXT = {"text": "I was on a project."}


def policy(cast):
    return {"public_id": made.policy_of(cast.admin).public_id}


def resting(cast):
    return {"public_id": made.policy_of(cast.admin, live=False).public_id}


def _notified(cast, who):
    return made.notified(who, policy=made.policy_of(cast.admin, min_cohort=2))


def proposal(cast):
    cast.manager  # noqa: B018 - leads the team
    return {"public_id": made.proposed(cast.rep, made.policy_of(cast.admin, min_cohort=2)).public_id}


def case(cast):
    cast.manager  # noqa: B018 - leads the team
    return {"public_id": _notified(cast, cast.rep).public_id}


def others_case(cast):
    return {"public_id": _notified(cast, cast.other_team_rep).public_id}


def appealed(cast):
    cast.manager  # noqa: B018 - leads the team
    row = _notified(cast, cast.rep)
    services.appeal(case=row, by=cast.rep, text="I was on a project.")
    return {"public_id": row.public_id}


def task(cast):
    cast.manager  # noqa: B018 - leads the team
    return {"public_id": made.task_of(cast.rep).public_id}


def others_task(cast):
    return {"public_id": made.task_of(cast.other_team_rep).public_id}


def policy_form(cast):
    return {**made.facts(deal_threshold="100000"), "owner": cast.admin.public_id}


def policy_body(cast):
    facts = {**made.facts(), "threshold": "1", "deal_threshold": "100000", "owner": cast.admin.public_id}
    return {key: value for key, value in facts.items() if key != "task_title"}


def of_case(allowed, *roles, own=case, judge=404, **more):
    """Something about the rep's case: these may; who sees it and may not gets 403; it is not there for the others."""
    seen = {role: allowed if role in roles else 403 for role in (*READERS, "rep", "manager")}
    return {"everyone": 404, "but": {**STRANGERS, "judge": judge, **seen}, "own": own, **more}


def of_proposal(allowed, *roles, judge=404, **more):
    seen = {role: allowed if role in roles else 403 for role in READERS}
    return {"everyone": 404, "but": {"judge": judge, **seen}, "own": proposal, **more}


def of_task(allowed, *roles, judge=404, **more):
    seen = {role: allowed if role in roles else 403 for role in ("rep", "manager", "admin")}
    return {"everyone": 404, "but": {"judge": judge, **seen}, "own": task, **more}


def of_policy(allowed, **more):
    return {**only(allowed, *READERS, others=404), **more}


OTHERS = {"foreign": others_case, "foreign_but": NOT_THEIR_TEAM}

CONSEQUENCES = {
    "governance:cases": Row(200, but=NO_JUDGE),
    "governance:review": Row(**only(200, *BOARD)),
    "governance:review-dismiss": Row(**only(200, *BOARD)),
    "governance:policies": Row(**only(200, *READERS)),
    "governance:policy-new": Row(**only(200, *READERS)),
    "governance:policy-new POST": Row(**only(302, *READERS), method="post", data=policy_form),
    "governance:policy": Row(**of_policy(200), own=policy),
    "governance:policy-edit": Row(**only(200, *READERS), own=resting),
    "governance:policy-switches": Row(**only(200, *READERS), own=policy),
    "governance:policy-ask POST": Row(**of_policy(302), own=resting, method="post"),
    "governance:policy-off POST": Row(**of_policy(302), own=policy, method="post"),
    "governance:case": Row(**of_case(200, *READERS, "rep", "manager"), **OTHERS),
    "governance:case-notify POST": Row(**of_proposal(302, *BOARD), method="post"),
    "governance:case-dismiss POST": Row(**of_proposal(302, *BOARD), method="post", data=WHY),
    "governance:case-appeal": Row(**of_case(200, "rep"), **OTHERS),
    "governance:case-appeal POST": Row(**of_case(302, "rep"), method="post", data=TEXT),
    "governance:case-answer": Row(**of_case(200, "admin", own=appealed)),
    "governance:case-answer POST": Row(
        **of_case(302, "admin", own=appealed), method="post", data={"grant": "no", "text": "It stays."}
    ),
    "governance:case-waive POST": Row(**of_case(302, *READERS), **OTHERS, method="post", data=WHY),
    "governance:tasks": Row(200, but=NO_JUDGE),
    "governance:task-new": Row(**only(200, *READERS, "manager")),
    "governance:task-new POST": Row(
        **only(302, *READERS, "manager"), method="post",
        data=lambda cast: {"assignee": cast.rep.public_id, "title": "Call Nordvik"},
    ),
    "governance:task": Row(**of_task(200, "rep", "manager", "admin"), foreign=others_task, foreign_but=NOT_THEIR_TEAM),
    "governance:task-finish POST": Row(**of_task(302, "rep"), method="post"),
    "governance:task-cancel POST": Row(**of_task(302, "admin"), method="post"),
    "api:list_policies": api_row(**only(200, *READERS)),
    "api:list_consequences": api_row(200, but=NO_JUDGE),
    "api:create_policy": api_row(**only(201, *READERS), data=policy_body),
    "api:get_policy": api_row(**of_policy(200), own=policy),
    "api:change_policy": api_row(**of_policy(200), own=resting, data={"threshold": "3"}),
    "api:ask_for_policy": api_row(**of_policy(200), own=resting, data={"reason": "It is time."}),
    "api:switch_policy_off": api_row(**of_policy(200), own=policy),
    "api:set_policy_switches": api_row(**of_policy(200), own=policy, data={"off_in": [], "off_for": []}),
    "api:get_consequence": api_row(**of_case(200, *READERS, "rep", "manager", judge=403), **OTHERS),
    "api:notify_consequence": api_row(**of_proposal(200, *BOARD, judge=403)),
    "api:dismiss_consequence": api_row(**of_proposal(200, *BOARD, judge=403), data=WHY),
    "api:appeal_consequence": api_row(**of_case(200, "rep", judge=403), data=TEXT),
    "api:answer_consequence": api_row(
        **of_case(200, "admin", own=appealed, judge=403), data={"grant": True, "text": "Fine."}
    ),
    "api:waive_consequence": api_row(**of_case(200, *READERS, judge=403), data=WHY),
    "api:list_tasks": api_row(200, but=NO_JUDGE),
    "api:create_task": api_row(
        **only(201, *READERS, "manager"), data=lambda cast: {"assignee": cast.rep.public_id, "title": "Call Nordvik"}
    ),
    "api:get_task": api_row(
        **of_task(200, "rep", "manager", "admin", judge=403), foreign=others_task, foreign_but=NOT_THEIR_TEAM
    ),
    "api:finish_task": api_row(**of_task(200, "rep", judge=403), data={"note": "Done."}),
    "api:cancel_task": api_row(**of_task(200, "admin", judge=403)),
}  # fmt: skip
