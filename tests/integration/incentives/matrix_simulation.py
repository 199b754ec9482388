"""Trials of rules: who writes rules tries them; who reads rules reads what came out."""

import datetime as dt

from incentives.simulation.services import simulate
from tests.factories.incentives import RuleFactory
from tests.factories.incentives_pay import EscalatorFactory
from tests.matrix import Row, api_row, only

READERS = ("marketer", "sales_head", "finance", "admin")
WRITERS = ("marketer", "sales_head", "admin")
DAYS = {"first": "2026-10-01", "last": "2026-10-31"}


def rule(cast):
    return {"public_id": RuleFactory().public_id}


def trial(cast):
    days = {name: dt.date.fromisoformat(day) for name, day in DAYS.items()}
    return {"public_id": simulate(rules=[RuleFactory()], **days, actor=cast.marketer).public_id}


def escalator(cast):
    return {"public_id": EscalatorFactory().public_id}


MATRIX = {
    "incentives:simulations": Row(**only(200, *READERS)),
    "incentives:simulation": Row(**only(200, *READERS), own=trial),
    "incentives:simulate-rule": Row(**only(200, *WRITERS), own=rule),
    "incentives:simulate-rule POST": Row(
        **only(422, *WRITERS), own=rule, method="post", data={**DAYS, "rules": ["nothing"]}
    ),
    "incentives:simulate-escalator": Row(**only(200, *WRITERS), own=escalator),
    "incentives:simulate-escalator POST": Row(**only(302, *WRITERS), own=escalator, method="post", data=DAYS),
    "api:simulate_escalator": api_row(**only(202, *WRITERS), own=escalator),
    "api:list_simulations": api_row(**only(200, *READERS)),
    "api:get_simulation": api_row(**only(200, *READERS), own=trial),
    "api:simulate_rule": api_row(**only(202, *WRITERS), own=rule),
}
