"""Nominating beyond the street: colleagues, twins, drafts, signals, open links."""

from nominations import services
from nominations.models import Nomination
from nominations.signals import drafting, links
from nominations.signals.enums import Signal
from tests.factories.nominations import NominationFactory, screened
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory
from tests.integration.references.matrix_coverage import PLANS, SEEN
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")
OVERVIEW = ("sales_head", "executive", "finance", "legal")
NOT_THEIRS = {"rep": 404, "manager": 404}


def seen(*, program=200, rep=200, manager=403, overview=403):
    """Return the answers about the rep's nomination; support and judges never see it."""
    but = {**dict.fromkeys(PROGRAM, program), **dict.fromkeys(OVERVIEW, overview), "rep": rep, "manager": manager}
    return {"everyone": 404, "but": but}


def second(cast, nominator=None):
    first = NominationFactory(nominator=UserFactory())
    return {"public_id": NominationFactory(nominator=nominator or cast.rep, account=first.account).public_id}


def foreign_second(cast):
    return second(cast, cast.other_team_rep)


def shares(cast):
    """Return what a page sends to join the newest second: policy's own shares."""
    row = Nomination.objects.filter(second_to__isnull=False).latest("pk")
    percents = services.proposed(row.second_to, row)
    people = {row.nominator_id: row.nominator, row.second_to.nominator_id: row.second_to.nominator}
    return {f"percent_{people[pk].public_id}": percent for pk, percent in percents.items()}


def owned(cast, nominator=None):
    account = AccountFactory(owner=UserFactory())
    return {"public_id": screened(NominationFactory(nominator=nominator or cast.rep, account=account)).public_id}


def foreign_owned(cast):
    return owned(cast, cast.other_team_rep)


def draft(cast, owner=None):
    account = AccountFactory(owner=owner or cast.rep)
    made = drafting.draft(signal=Signal.NPS, account=account, source=("survey", account.pk), why="A 10")
    return {"public_id": made.public_id}


def foreign_draft(cast):
    return draft(cast, cast.other_team_rep)


def link(cast, holder=None):
    return {"public_id": links.make_link(label="User day", holder=holder or cast.rep).public_id}


def foreign_link(cast):
    return link(cast, cast.other_team_rep)


def nps(cast):
    return {"signal": "nps"}


def news(cast):
    account = AccountFactory(owner=cast.rep)
    return {
        "account": account.public_id,
        "signal": "go_live",
        "source": "ops",
        "source_id": "1",
        "why": "Live",
    }


DRAFTS = {"own": draft, "foreign": foreign_draft, "foreign_but": {"rep": 404, "manager": 404}}
LINKS = {"own": link, "foreign": foreign_link, "foreign_but": {"rep": 404}}
OWNED = {"own": owned, "foreign": foreign_owned, "foreign_but": NOT_THEIRS}
RULE = {"least": 9, "quiet_days": 60, "live": "on"}
WHY = {"why": "They love us"}


def held(allowed):
    """Return the answers about the rep's open link: theirs and the program's; nobody else knows of it."""
    return {"everyone": 404, "but": {**dict.fromkeys((*PROGRAM, "rep"), allowed), "judge": 403}}


PAGES = {
    "nominations:colleagues": Row(200, but={"judge": 403}, query="?q=ann"),
    "nominations:join": Row(**only(200, *PROGRAM), own=second, foreign=foreign_second),
    "nominations:join POST": Row(**only(302, *PROGRAM), own=second, foreign=foreign_second, method="post", data=shares),
    "nominations:ask-again": Row(**seen(program=302, rep=403), **OWNED, method="post"),
    "nominations:take-up": Row(**seen(program=403), **DRAFTS),
    "nominations:take-up POST": Row(**seen(program=403, rep=302), **DRAFTS, method="post", data=WHY),
    "nominations:plan-panel": Row(**{**SEEN, "but": {**SEEN["but"], "judge": 403}}, **PLANS),
    "nominations:signals": Row(**only(200, *PROGRAM)),
    "nominations:signal": Row(**only(200, *PROGRAM), own=nps),
    "nominations:signal POST": Row(**only(302, *PROGRAM), own=nps, method="post", data=RULE),
    "nominations:links": Row(200, but={"judge": 403}),
    "nominations:link-new": Row(200, but={"judge": 403}),
    "nominations:link-new POST": Row(
        302, but={"judge": 403}, method="post", data={"label": "Badge", "made_for": "customer"}
    ),
    "nominations:link": Row(**held(200), **LINKS),
    "nominations:link-qr": Row(**held(200), **LINKS),
    "nominations:link-end": Row(everyone=404, but=dict.fromkeys((*PROGRAM, "rep"), 302), **LINKS, method="post"),
}
API = {
    "api:ask_owner_again": api_row(**seen(rep=403), **OWNED),
    "api:join_nomination": api_row(
        **seen(rep=403, manager=403), own=second, foreign=foreign_second, foreign_but=NOT_THEIRS, data={}
    ),
    "api:take_up_nomination": api_row(**seen(program=403), **DRAFTS, data=WHY),
    "api:list_signals": api_row(**only(200, *PROGRAM)),
    "api:change_signal": api_row(**only(200, *PROGRAM), own=nps, data={"least": 8}),
    "api:tell_news": api_row(**only(200, *PROGRAM), data=news),
    "api:list_links": api_row(200),
    "api:make_link": api_row(201, but={"judge": 403}, data={"label": "Badge"}),
    "api:get_link": api_row(everyone=404, but=dict.fromkeys((*PROGRAM, "rep"), 200), **LINKS),
    "api:end_link": api_row(everyone=404, but=dict.fromkeys((*PROGRAM, "rep"), 200), **LINKS),
}
