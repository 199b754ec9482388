"""Rules and pots: read by who runs or pays for them; switching is the head of sales', filling not the marketer's."""

from incentives.rulebook import pots
from incentives.rulebook.enums import RuleState
from tests.factories.incentives import RuleFactory, saying
from tests.matrix import Row, api_row, only

READERS = ("marketer", "sales_head", "finance", "admin")
WRITERS = ("marketer", "sales_head", "admin")
SWITCHERS = ("sales_head", "admin")
FILLERS = ("sales_head", "finance", "admin")
DRAFT = {"name": "Fresh", "definition": saying("request.submitted", "requester", 5)}
FORM = {"name": "Fresh", "topic": "request.submitted", "who": "requester", "gift": "points", "amount": 5}
POT = {"name": "Autumn", "points": 500, "reason": "For the campaign"}
FILL = {"points": 500, "reason": "More"}


def rule(cast):
    return {"public_id": RuleFactory().public_id}


def draft(cast):
    return {"public_id": RuleFactory(state=RuleState.DRAFT).public_id}


def pot(cast):
    filled = {"name": "Spring", "points": 100, "reason": "Begin", "key": "1"}
    return {"public_id": pots.open_pot(**filled, actor=cast.finance).public_id}


MATRIX = {
    "incentives:rules": Row(**only(200, *READERS)),
    "incentives:stop-rules": Row(**only(302, *SWITCHERS), method="post"),
    "incentives:rule": Row(**only(200, *READERS), own=rule),
    "incentives:new-rule": Row(**only(200, *WRITERS)),
    "incentives:new-rule POST": Row(**only(302, *WRITERS), method="post", data=FORM),
    "incentives:change-rule": Row(**only(200, *WRITERS), own=draft),
    "incentives:change-rule POST": Row(**only(302, *WRITERS), own=draft, method="post", data=FORM),
    "incentives:start-rule": Row(**only(302, *WRITERS), own=draft, method="post"),
    "incentives:stop-rule": Row(**only(302, *SWITCHERS), own=rule, method="post"),
    "incentives:pots": Row(**only(200, *READERS)),
    "incentives:new-pot": Row(**only(200, *FILLERS)),
    "incentives:new-pot POST": Row(**only(302, *FILLERS), method="post", data=POT),
    "incentives:fill-pot": Row(**only(200, *FILLERS), own=pot),
    "incentives:fill-pot POST": Row(**only(302, *FILLERS), own=pot, method="post", data=FILL),
    "api:list_rules": api_row(**only(200, *READERS)),
    "api:get_rule": api_row(**only(200, *READERS), own=rule),
    "api:create_rule": api_row(**only(201, *WRITERS), data=DRAFT),
    "api:change_rule": api_row(**only(200, *WRITERS), own=draft, data={"name": "Other"}),
    "api:start_rule": api_row(**only(200, *WRITERS), own=draft),
    "api:stop_rule": api_row(**only(200, *SWITCHERS), own=rule),
    "api:stop_all_rules": api_row(**only(200, *SWITCHERS)),
    "api:list_pots": api_row(**only(200, *READERS)),
    "api:create_pot": api_row(**only(201, *FILLERS), data=POT),
    "api:fill_pot": api_row(**only(200, *FILLERS), own=pot, data=FILL),
}
