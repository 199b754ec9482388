"""Asks of all teams, reservations, give and take: who gets which answer. Customers that are references all may see."""

import datetime as dt

from django.utils import timezone

from references.goodwill import services
from tests.factories.references import speaker
from tests.integration.references.matrix_accounts import (
    HIDDEN,
    OWNER_WRITES,
    PROGRAM,
    READ,
    account,
    contact,
    foreign_account,
    foreign_contact,
    status,
)
from tests.integration.references.matrix_requests import both, request_of
from tests.matrix import Row, api_row, only

NO_JUDGE = {"everyone": 200, "but": {"judge": 403}}
# Whoever made it moves it, and who runs the program.
MOVERS = {"everyone": 403, "but": {"rep": 302, **dict.fromkeys(PROGRAM, 302)}, "foreign_but": {"rep": 403}}
API_MOVERS = {"everyone": 403, "but": {"rep": 200, **dict.fromkeys(PROGRAM, 200)}, "foreign_but": {"rep": 403}}


def _days():
    today = timezone.localdate()
    return {"starts_on": str(today + dt.timedelta(days=3)), "ends_on": str(today + dt.timedelta(days=5))}


def _kept(owner):
    one = speaker(owner=owner)
    days = {name: dt.date.fromisoformat(day) for name, day in _days().items()}
    row = services.reserve(account=one.account, contact=one, purpose="Launch", team="pr", actor=owner, **days)
    return {"public_id": row.public_id}


def kept(cast):
    return _kept(cast.rep)


def foreign_kept(cast):
    return _kept(cast.other_team_rep)


def entry(cast):
    return {"pk": services.record_give(account=speaker(owner=cast.rep).account, kind="thanks", actor=None).pk}


def plan(cast):
    return {"purpose": "Launch", "team": "pr", "points": 30, **_days()}


def api_plan(cast):
    return {"account": speaker(owner=cast.rep).account.public_id, **plan(cast)}


def override(cast):
    return {"account": speaker(owner=cast.rep).account.public_id, "reason": "They offered it themselves."}


BOTH = {"own": account, "foreign": foreign_account, **HIDDEN}
KEPT = {"own": kept, "foreign": foreign_kept}
JUDGED = {"judge": 403}

MATRIX = {
    "references:asks": Row(**NO_JUDGE),
    "references:ask-list": Row(**NO_JUDGE),
    "references:reserve": Row(**NO_JUDGE),
    "references:ask-report": Row(**only(200, *PROGRAM, "sales_head", "executive")),
    "references:reservations": Row(**NO_JUDGE),
    "references:reservation": Row(**NO_JUDGE, **KEPT),
    "references:reservation-release POST": Row(
        403, but={**MOVERS["but"], "judge": 404}, foreign_but={"rep": 403}, **KEPT, method="post"
    ),
    "references:reservation-use POST": Row(
        403, but={**MOVERS["but"], "judge": 404}, foreign_but={"rep": 403}, **KEPT, method="post"
    ),
    "references:goodwill-correct POST": Row(**only(302, *PROGRAM), own=entry, method="post"),
    "references:account-give": Row(**OWNER_WRITES, **BOTH),
    "references:account-reserve": Row(**OWNER_WRITES, **BOTH),
    "references:account-reserve POST": Row(**status(OWNER_WRITES, 302), **BOTH, method="post", data=plan),
    "references:account-goodwill": Row(**{**READ, "but": {**READ["but"], **JUDGED}}, **BOTH),
    "references:contact-goodwill": Row(
        **{**READ, "but": {**READ["but"], **JUDGED}}, own=contact, foreign=foreign_contact, **HIDDEN
    ),
    "references:account-face-time": Row(**{**READ, "but": {**READ["but"], **JUDGED}}, **BOTH),
    "references:contact-face-time": Row(
        **{**READ, "but": {**READ["but"], **JUDGED}}, own=contact, foreign=foreign_contact, **HIDDEN
    ),
    "references:request-override": Row(**only(200, *PROGRAM), own=both(request_of)["own"]),
    # ---- API
    "api:list_asks": api_row(200, but=JUDGED),
    "api:list_reservations": api_row(200, but=JUDGED),
    "api:create_reservation": api_row(403, but={**dict.fromkeys((*PROGRAM, "rep"), 201), "judge": 422}, data=api_plan),
    "api:get_reservation": api_row(200, but=JUDGED, **KEPT),
    "api:release_reservation": api_row(**API_MOVERS, **KEPT, data={}),
    "api:use_reservation": api_row(**API_MOVERS, **KEPT, data={}),
    "api:get_goodwill": api_row(**{**READ, "but": {**READ["but"], **JUDGED}}, **BOTH),
    "api:record_give": api_row(**status(OWNER_WRITES, 201), **BOTH, data={"kind": "thanks"}),
    "api:list_collisions": api_row(**{**READ, "but": {**READ["but"], **JUDGED}}, **BOTH),
}
