"""My points: all but judges. Rules and ledger: who runs or pays for them; switching is the head of sales'."""

from incentives.ledger import selectors
from tests.factories.incentives import booked
from tests.integration.incentives.matrix_activity import MATRIX as ACTIVITY
from tests.integration.incentives.matrix_badges import MATRIX as BADGES
from tests.integration.incentives.matrix_catalogue import MATRIX as CATALOGUE
from tests.integration.incentives.matrix_newsletters import MATRIX as NEWSLETTERS
from tests.integration.incentives.matrix_pay import MATRIX as PAY
from tests.integration.incentives.matrix_quality import MATRIX as QUALITY
from tests.integration.incentives.matrix_recognition import MATRIX as RECOGNITION
from tests.integration.incentives.matrix_rules import MATRIX as RULES
from tests.integration.incentives.matrix_simulation import MATRIX as SIMULATION
from tests.integration.incentives.matrix_watch import MATRIX as WATCH
from tests.matrix import Row, api_row, only

READERS = ("marketer", "sales_head", "finance", "admin")
REVERSERS = ("marketer", "finance", "admin")
NO_JUDGE = {"judge": 403}


def entry(cast):
    return {"public_id": booked(person=cast.rep.person).public_id}


def balance(cast):
    return {"public_id": _balance(cast.rep)}


def foreign_balance(cast):
    return {"public_id": _balance(cast.other_team_rep)}


def _balance(user):
    booked(person=user.person)
    return selectors.wallets_visible_to(user).get().public_id


MATRIX = {
    **ACTIVITY,
    **BADGES,
    **SIMULATION,
    **WATCH,
    **PAY,
    **QUALITY,
    **CATALOGUE,
    **RECOGNITION,
    **RULES,
    **NEWSLETTERS,
    "incentives:rewards": Row(200, but=NO_JUDGE),
    "incentives:leaderboard": Row(200, but=NO_JUDGE),
    "incentives:ledger": Row(**only(200, *READERS)),
    "incentives:entry": Row(**only(200, *READERS), own=entry),
    "incentives:reverse-entry": Row(**only(302, *REVERSERS), own=entry, method="post", data={"reason": "Wrong"}),
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
