"""Data quality: own queue and months; others' for who oversees the program, the team's for its manager."""

from tests.factories.incentives_quality import FaultFactory, QualityMonthFactory
from tests.factories.references import AccountFactory
from tests.matrix import Row, api_row, only

OVERSEERS = ("marketer", "sales_head", "admin")
NO_JUDGE = {"judge": 403}
HIDDEN = 404
SEES = {**dict.fromkeys((*OVERSEERS, "manager", "rep"), 200), **NO_JUDGE}
# Whoever may open the account.
READS_ACCOUNT = dict.fromkeys((*OVERSEERS, "manager", "rep", "executive", "finance", "legal"), 200)
EXCUSE = {"reason": "They do not say."}


def account(cast):
    return {"public_id": AccountFactory(owner=cast.rep, industry="").public_id}


def fault(cast):
    return {"public_id": FaultFactory(user=cast.rep).public_id}


def foreign_fault(cast):
    return {"public_id": FaultFactory(user=cast.other_team_rep).public_id}


def month(cast):
    return {"public_id": QualityMonthFactory(user=cast.rep).public_id}


def foreign_month(cast):
    return {"public_id": QualityMonthFactory(user=cast.other_team_rep).public_id}


FAULT = {"own": fault, "foreign": foreign_fault, "foreign_but": {"rep": 404, "manager": 404}}

MATRIX = {
    "incentives:account-record": Row(404, but=READS_ACCOUNT, own=account),
    "incentives:quality": Row(200, but=NO_JUDGE),
    "incentives:quality-look": Row(302, but=NO_JUDGE, method="post"),
    "incentives:quality-exceptions": Row(**only(200, *OVERSEERS, "manager")),
    "incentives:quality-months": Row(200, but=NO_JUDGE),
    "incentives:quality-month": Row(
        HIDDEN, but=SEES, own=month, foreign=foreign_month, foreign_but={"rep": 404, "manager": 404}
    ),
    "incentives:fault": Row(HIDDEN, but=SEES, **FAULT),
    "incentives:fault-excuse": Row(HIDDEN, but={**dict.fromkeys((*OVERSEERS, "manager"), 200), "rep": 403}, **FAULT),
    "incentives:fault-excuse POST": Row(
        HIDDEN, but={**dict.fromkeys((*OVERSEERS, "manager"), 302), "rep": 403}, method="post", data=EXCUSE, **FAULT
    ),
    "api:list_faults": api_row(200),
    "api:get_fault": api_row(HIDDEN, but=dict.fromkeys((*OVERSEERS, "manager", "rep"), 200), **FAULT),
    "api:excuse_fault": api_row(
        HIDDEN, but={**dict.fromkeys((*OVERSEERS, "manager"), 200), "rep": 403}, data=EXCUSE, **FAULT
    ),
    "api:list_quality_months": api_row(200),
    "api:get_quality_score": api_row(200, but=NO_JUDGE),
}
