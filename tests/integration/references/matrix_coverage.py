"""Coverage, recruiting targets and plans: who gets which answer.

The map is for who oversees the program, and managers. A target is also opened by who was asked for it or nominated for
it, a plan by who has a part in it: `own` objects belong to the cast's rep, `foreign` ones to a rep of another team.
"""

import datetime as dt

from references.accounts import clock
from references.coverage import services
from tests.factories.coverage import plan_of, step_of, target_of
from tests.factories.references import AccountFactory
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")
READERS = (*PROGRAM, "sales_head", "executive", "finance", "legal", "manager")
COLLEAGUES = (*READERS, "rep", "support")
DUE = (clock.today() + dt.timedelta(days=400)).isoformat()


def target(cast, owner=None):
    return {"public_id": target_of(cast.marketer, owner=owner or cast.rep).public_id}


def foreign_target(cast):
    return target(cast, cast.other_team_rep)


def plan(cast, owner=None):
    return {"public_id": plan_of(cast.marketer, owner=owner or cast.rep).public_id}


def foreign_plan(cast):
    return plan(cast, cast.other_team_rep)


def step(cast, owner=None):
    row = plan_of(cast.marketer, owner=owner or cast.rep)
    return {"public_id": row.public_id, "pk": step_of(row, owner or cast.rep).pk}


def foreign_step(cast):
    return step(cast, cast.other_team_rep)


def connector(cast, owner=None):
    who = owner or cast.rep
    row = plan_of(cast.marketer, owner=who)
    made = services.add_connector(plan=row, user=who, knows="From school", actor=cast.marketer)
    return {"public_id": row.public_id, "pk": made.pk}


def foreign_connector(cast):
    return connector(cast, cast.other_team_rep)


def new_account(cast):
    return {"account": AccountFactory().public_id, "owner": cast.marketer.public_id}


# Everybody with the map sees all rows; of the others the rep sees an own one.
SEEN = {"everyone": 404, "but": {**dict.fromkeys(READERS, 200), "rep": 200}, "foreign_but": {"rep": 404}}


def run(answer, **more):
    """Only who runs the program; others with the map and the rep with a part are refused, nobody else finds it."""
    return {
        "everyone": 404,
        "but": {**dict.fromkeys(READERS, 403), **dict.fromkeys(PROGRAM, answer), "rep": 403},
        "foreign_but": {"rep": 404},
        **more,
    }


def drive(answer, **more):
    """Who runs the program, and whose plan it is."""
    return {
        "everyone": 404,
        "but": {**dict.fromkeys(READERS, 403), **dict.fromkeys((*PROGRAM, "rep"), answer)},
        "foreign_but": {"rep": 404},
        **more,
    }


NEW_TARGET = {"title": "Retail", "wanted": "2", "due_on": DUE}
TARGETS = {"own": target, "foreign": foreign_target}
PLANS = {"own": plan, "foreign": foreign_plan}
STEPS = {"own": step, "foreign": foreign_step}

PAGES = {
    "references:coverage": Row(**only(200, *READERS)),
    "references:coverage-targets": Row(
        **only(302, *PROGRAM), method="post", data={"raise": "1", "least": "2"}, query="?rows=industry&cols=region"
    ),
    "references:coverage-people": Row(**only(200, *READERS), query="?at=industry:Retail"),
    "references:coverage-trend": Row(**only(200, *READERS)),
    "references:coverage-recount": Row(**only(302, *PROGRAM), method="post"),
    "references:coverage-snapshot": Row(**only(302, *PROGRAM), method="post"),
    "references:coverage-colleagues": Row(**only(200, *COLLEAGUES)),
    "references:planner": Row(**only(200, *READERS)),
    "references:planner-targets": Row(**only(200, *PROGRAM)),
    "references:recruiting": Row(**only(200, *COLLEAGUES)),
    "references:recruiting-new": Row(**only(200, *PROGRAM), query="?at=industry:Retail"),
    "references:recruiting-new POST": Row(**only(302, *PROGRAM), method="post", data=NEW_TARGET),
    "references:recruiting-target": Row(**SEEN, **TARGETS),
    "references:recruiting-edit": Row(**only(200, *PROGRAM), own=target),
    "references:recruiting-people": Row(**only(200, *PROGRAM), own=target),
    "references:recruiting-ask": Row(**only(302, *PROGRAM), own=target, method="post"),
    "references:recruiting-close": Row(**only(302, *PROGRAM), own=target, method="post"),
    "references:plans": Row(**only(200, *COLLEAGUES)),
    "references:plan-new": Row(**only(200, *PROGRAM)),
    "references:plan-new POST": Row(**only(302, *PROGRAM), method="post", data=new_account),
    "references:plan": Row(**SEEN, **PLANS),
    "references:plan-edit": Row(**drive(200), **PLANS),
    "references:plan-move": Row(**drive(302), **PLANS, method="post", data={"to": "connecting"}),
    "references:plan-connector-add": Row(**drive(302), **PLANS, method="post"),
    "references:plan-connector-remove": Row(**drive(302), own=connector, foreign=foreign_connector, method="post"),
    "references:plan-step-add": Row(**drive(302), **PLANS, method="post", data={"text": "Call them"}),
    "references:plan-step-done": Row(**drive(302), **STEPS, method="post"),
    "references:plan-step-remove": Row(**drive(302), **STEPS, method="post"),
}

API = {
    "api:get_coverage": api_row(**only(200, *READERS)),
    "api:get_coverage_trend": api_row(**only(200, *READERS)),
    "api:set_coverage_targets": api_row(
        **only(200, *PROGRAM), data={"targets": [{"cell": {"industry": "Retail"}, "wanted": 2}]}
    ),
    "api:get_demand_forecast": api_row(**only(200, *READERS)),
    "api:list_recruiting_targets": api_row(200),
    "api:get_recruiting_target": api_row(**SEEN, **TARGETS),
    "api:create_recruiting_target": api_row(
        **only(201, *PROGRAM), data={"cell": {"industry": "Retail"}, "wanted": 2, "due_on": DUE}
    ),
    "api:change_recruiting_target": api_row(**run(200), **TARGETS, data={"wanted": 3}),
    "api:end_recruiting_target": api_row(**run(200), **TARGETS),
    "api:list_target_nominators": api_row(**run(200), **TARGETS),
    "api:ask_target_nominators": api_row(**run(200), **TARGETS, data=lambda cast: {"colleagues": [cast.rep.public_id]}),
    "api:list_target_plans": api_row(200),
    "api:get_target_plan": api_row(**SEEN, **PLANS),
    "api:create_target_plan": api_row(
        **only(201, *PROGRAM), data=lambda _cast: {"account": AccountFactory().public_id}
    ),
    "api:change_target_plan": api_row(**drive(200), **PLANS, data={"offer": "A film"}),
    "api:move_target_plan": api_row(**drive(200), **PLANS, data={"state": "connecting"}),
}

MATRIX = {**PAGES, **API}
