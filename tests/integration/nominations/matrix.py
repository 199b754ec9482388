"""Nominations, screening, standings: pages and API."""

import datetime as dt

from nominations import services
from tests.factories.nominations import NominationFactory, screened
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory
from tests.integration.nominations import matrix_campaigns as campaigns
from tests.integration.nominations import matrix_nominating as nominating
from tests.integration.nominations import matrix_quotas as quotas
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")
OVERVIEW = ("sales_head", "executive", "finance", "legal")
# The rep's nomination is seen by program and overview, the rep, the rep's manager; another team's not by the last two.
NOT_THEIRS = {"rep": 404, "manager": 404}
CARD = {"relationship": 4, "results": 3, "fit": 5}
SPEAKER = {"contact_name": "Ana Sousa", "contact_email": "ana@customer.example"}


def seen(*, program=200, rep=200, manager=403, overview=403):
    """Return the answers about the rep's nomination; support and judges never see it."""
    but = {**dict.fromkeys(PROGRAM, program), **dict.fromkeys(OVERVIEW, overview), "rep": rep, "manager": manager}
    return {"everyone": 404, "but": but}


def submitted(cast):
    return {"public_id": NominationFactory(nominator=cast.rep).public_id}


def foreign_submitted(cast):
    return {"public_id": NominationFactory(nominator=cast.other_team_rep).public_id}


def waiting(cast):
    return {"public_id": screened(NominationFactory(nominator=cast.rep)).public_id}


def foreign_waiting(cast):
    return {"public_id": screened(NominationFactory(nominator=cast.other_team_rep)).public_id}


def parked(cast, nominator=None):
    nomination = screened(NominationFactory(nominator=nominator or cast.rep))
    done = services.park(nomination=nomination, actor=cast.marketer, reason="Renewal", revisit_on=DAY)
    return {"public_id": done.public_id}


def foreign_parked(cast):
    return parked(cast, cast.other_team_rep)


def asked(cast, owner=None):
    nomination = NominationFactory(nominator=UserFactory(), account=AccountFactory(owner=owner or cast.rep))
    return {"public_id": nomination.public_id}


def foreign_asked(cast):
    return asked(cast, cast.other_team_rep)


def verb(name):
    return lambda cast: {**waiting(cast), "verb": name}


def foreign_verb(name):
    return lambda cast: {**foreign_waiting(cast), "verb": name}


def account(cast):
    return {"public_id": AccountFactory(owner=cast.rep).public_id}


def foreign_account(cast):
    return {"public_id": AccountFactory(owner=cast.other_team_rep).public_id}


def any_account(cast):
    return {"account": AccountFactory().public_id, "why": "They love us"}


DAY = dt.date(2199, 1, 1)
DECIDE = {"foreign_but": NOT_THEIRS, "method": "post"}

PAGES = {
    "nominations:list": Row(200, but={"judge": 403}),
    "nominations:new": Row(200, but={"judge": 403}),
    "nominations:new POST": Row(
        302,
        but={"judge": 403},
        method="post",
        query="?name=Tamsin",
        data={"account_name": "Tamsin", "why": "They love us"},
    ),
    "nominations:account-hits": Row(200, but={"judge": 403}, query="?q=nord"),
    "nominations:screening": Row(**only(200, *PROGRAM)),
    "nominations:detail": Row(
        **seen(manager=200, overview=200), own=submitted, foreign=foreign_submitted, foreign_but=NOT_THEIRS
    ),
    "nominations:edit": Row(**seen(), own=submitted, foreign=foreign_submitted, foreign_but=NOT_THEIRS),
    "nominations:edit POST": Row(
        **seen(program=302, rep=302),
        own=submitted,
        foreign=foreign_submitted,
        data={"why": "Better words"},
        **DECIDE,
    ),
    "nominations:withdraw": Row(**seen(program=302, rep=302), own=submitted, foreign=foreign_submitted, **DECIDE),
    "nominations:answer": Row(
        **seen(program=302, rep=302, manager=404),
        own=asked,
        foreign=foreign_asked,
        data={"answer": "still_true"},
        **DECIDE,
    ),
    "nominations:decide": Row(
        **seen(program=302, rep=403),
        own=verb("approve"),
        foreign=foreign_verb("approve"),
        data={**CARD, **SPEAKER},
        **DECIDE,
    ),
    "nominations:decide refuse": Row(
        **seen(program=302, rep=403),
        own=verb("refuse"),
        foreign=foreign_verb("refuse"),
        data={"reason": "No need"},
        **DECIDE,
    ),
    "nominations:account-panel": Row(
        everyone=404,
        but={**dict.fromkeys((*PROGRAM, *OVERVIEW, "rep", "manager"), 200), "judge": 403},
        own=account,
        foreign=foreign_account,
        foreign_but=NOT_THEIRS,
    ),
    "nominations:standings": Row(200, but={"judge": 403}),
}
API = {
    "api:list_nominations": api_row(200),
    "api:get_nomination": api_row(
        **seen(manager=200, overview=200), own=submitted, foreign=foreign_submitted, foreign_but=NOT_THEIRS
    ),
    "api:create_nomination": api_row(201, but={"judge": 403}, data=any_account),
    "api:change_nomination": api_row(
        **seen(), own=submitted, foreign=foreign_submitted, foreign_but=NOT_THEIRS, data={"why": "Better words"}
    ),
    "api:approve_nomination": api_row(
        **seen(rep=403),
        own=waiting,
        foreign=foreign_waiting,
        foreign_but=NOT_THEIRS,
        data={**CARD, "contact": {"name": "Ana Sousa", "email": "ana@customer.example"}},
    ),
    "api:refuse_nomination": api_row(
        **seen(rep=403), own=waiting, foreign=foreign_waiting, foreign_but=NOT_THEIRS, data={"reason": "No need"}
    ),
    "api:park_nomination": api_row(
        **seen(rep=403),
        own=waiting,
        foreign=foreign_waiting,
        foreign_but=NOT_THEIRS,
        data={"reason": "Renewal", "revisit_on": DAY.isoformat()},
    ),
    "api:resume_nomination": api_row(**seen(rep=403), own=parked, foreign=foreign_parked, foreign_but=NOT_THEIRS),
    "api:withdraw_nomination": api_row(**seen(), own=submitted, foreign=foreign_submitted, foreign_but=NOT_THEIRS),
    "api:answer_for_nomination": api_row(
        **seen(manager=404),
        own=asked,
        foreign=foreign_asked,
        foreign_but=NOT_THEIRS,
        data={"answer": "objects", "note": "Renewal"},
    ),
    "api:get_standings": api_row(200, but={"judge": 403}, query="?period=2026-Q4&by=team"),
}
MATRIX = {**PAGES, **API, **nominating.PAGES, **nominating.API, **campaigns.PAGES, **campaigns.API, **quotas.MATRIX}
