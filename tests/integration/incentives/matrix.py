"""My points: all but judges. Rules and ledger: who runs or pays for them; switching is the head of sales'."""

from incentives import selectors
from incentives.enums import RuleState
from tests.factories.incentives import RuleFactory, booked
from tests.matrix import Row, api_row, only

READERS = ("marketer", "sales_head", "finance", "admin")
WRITERS = ("marketer", "sales_head", "admin")
SWITCHERS = ("sales_head", "admin")
REVERSERS = ("marketer", "finance", "admin")
NO_JUDGE = {"judge": 403}
DRAFT = {"name": "Fresh", "topic": "request.submitted", "beneficiary": "requester", "points": 5}
FORM = {"name": "Fresh", "pays_for": "request.submitted:requester", "points": 5}


def rule(cast):
    return {"public_id": RuleFactory().public_id}


def draft(cast):
    return {"public_id": RuleFactory(state=RuleState.DRAFT).public_id}


def entry(cast):
    return {"public_id": booked(person=cast.rep.person).public_id}


def balance(cast):
    return {"public_id": _balance(cast.rep)}


def foreign_balance(cast):
    return {"public_id": _balance(cast.other_team_rep)}


def _balance(user):
    booked(person=user.person)
    return selectors.balances_visible_to(user).get().public_id


MATRIX = {
    "incentives:rewards": Row(200, but=NO_JUDGE),
    "incentives:leaderboard": Row(200, but=NO_JUDGE),
    "incentives:rules": Row(**only(200, *READERS)),
    "incentives:rule": Row(**only(200, *READERS), own=rule),
    "incentives:new-rule": Row(**only(200, *WRITERS)),
    "incentives:new-rule POST": Row(**only(302, *WRITERS), method="post", data=FORM),
    "incentives:change-rule": Row(**only(200, *WRITERS), own=draft),
    "incentives:change-rule POST": Row(**only(302, *WRITERS), own=draft, method="post", data=FORM),
    "incentives:start-rule": Row(**only(302, *WRITERS), own=draft, method="post"),
    "incentives:stop-rule": Row(**only(302, *SWITCHERS), own=rule, method="post"),
    "incentives:ledger": Row(**only(200, *READERS)),
    "incentives:entry": Row(**only(200, *READERS), own=entry),
    "incentives:reverse-entry": Row(**only(302, *REVERSERS), own=entry, method="post", data={"reason": "Wrong"}),
    "api:list_rules": api_row(**only(200, *READERS)),
    "api:get_rule": api_row(**only(200, *READERS), own=rule),
    "api:create_rule": api_row(**only(201, *WRITERS), data=DRAFT),
    "api:change_rule": api_row(**only(200, *WRITERS), own=draft, data={"points": 7}),
    "api:start_rule": api_row(**only(200, *WRITERS), own=draft),
    "api:stop_rule": api_row(**only(200, *SWITCHERS), own=rule),
    "api:list_ledger": api_row(**only(200, *READERS)),
    "api:get_ledger_entry": api_row(**only(200, *READERS), own=entry),
    "api:reverse_ledger_entry": api_row(**only(201, *REVERSERS), own=entry, data={"reason": "Wrong"}),
    "api:list_balances": api_row(200, but=NO_JUDGE),
    "api:get_balance": api_row(
        404,
        but={**dict.fromkeys((*READERS, "rep"), 200), **NO_JUDGE},
        own=balance,
        foreign=foreign_balance,
        foreign_but={"rep": 404},
    ),
}
