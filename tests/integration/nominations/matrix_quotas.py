"""Quotas: pages and API."""

import datetime as dt

from nominations.quotas import services
from tests.factories.quotas import opened, planned, share_of
from tests.matrix import Row, api_row, only

LEADS = ("sales_head", "admin")
OVERVIEW = ("marketer", "admin", "sales_head", "executive", "finance", "legal")
# The rep's share is read by who oversees the program, by the rep and by the rep's manager; another team's not by those.
NOT_THEIRS = {"rep": 404, "manager": 404}
WORDS = {"text": "Two of mine were joined to others."}


def seen(*, leads=200, overview=200, rep=200, manager=200):
    """Return the answers about the rep's share; support and judges never see it."""
    but = {**dict.fromkeys(OVERVIEW, overview), **dict.fromkeys(LEADS, leads), "rep": rep, "manager": manager}
    return {"everyone": 404, "but": but}


def plan(cast, team=None):
    assert cast.rep
    assert cast.other_team_rep
    return {"public_id": opened(cast.sales_head, teams=[team or cast.north]).public_id}


def foreign_plan(cast):
    assert cast.other_team_rep
    return plan(cast, cast.south)


def waiting(cast):
    return {"public_id": planned(cast.sales_head).public_id}


def share(cast, user=None):
    assert cast.rep
    assert cast.other_team_rep
    return {"public_id": share_of(user or cast.rep, opened(cast.sales_head)).public_id}


def foreign_share(cast):
    return share(cast, cast.other_team_rep)


def objected(cast, user=None):
    who = user or cast.rep
    row = share_of(who, opened(cast.sales_head))
    return {"public_id": services.object_to(share=row, by=who, text="Not mine").public_id}


def foreign_objected(cast):
    return objected(cast, cast.other_team_rep)


def body(cast):
    return {
        "name": "Spring",
        "owner": cast.sales_head.public_id,
        "starts_on": dt.date(2027, 1, 4).isoformat(),
        "ends_on": dt.date(2027, 3, 28).isoformat(),
        "target": "3",
    }


SHARE = {"own": share, "foreign": foreign_share, "foreign_but": NOT_THEIRS}
OBJECTED = {"own": objected, "foreign": foreign_objected, "foreign_but": NOT_THEIRS}
PLAN = {"own": plan, "foreign": foreign_plan, "foreign_but": NOT_THEIRS}
PLANNING = seen(overview=403, rep=403, manager=403)
PAGES = {
    "nominations:quotas": Row(200, but={"judge": 403}),
    "nominations:quota-plans": Row(200, but={"judge": 403}),
    "nominations:quota-new": Row(**only(200, *LEADS)),
    "nominations:quota": Row(404, but={**seen()["but"], "judge": 403}, **PLAN),
    "nominations:quota-edit": Row(**only(200, *LEADS), own=waiting),
    "nominations:quota-share": Row(**seen(), **SHARE),
    "nominations:quota-object": Row(**seen(leads=403, overview=403, manager=403), **SHARE),
    "nominations:quota-answer": Row(**PLANNING, **OBJECTED),
    "nominations:quota-waive": Row(**PLANNING, **SHARE),
}
API = {
    "api:list_quotas": api_row(200),
    "api:get_quota": api_row(**seen(), **PLAN),
    "api:create_quota": api_row(**only(201, *LEADS), data=body),
    "api:change_quota": api_row(**PLANNING, **PLAN, data={"grace_days": 14}),
    "api:list_quota_shares": api_row(200),
    "api:get_quota_share": api_row(**seen(), **SHARE),
    "api:object_to_quota_share": api_row(**seen(leads=403, overview=403, manager=403), **SHARE, data=WORDS),
    "api:answer_quota_objection": api_row(**PLANNING, **OBJECTED, data={**WORDS, "grant": False}),
    "api:waive_quota_share": api_row(**PLANNING, **SHARE, data=WORDS),
}
MATRIX = {**PAGES, **API}
