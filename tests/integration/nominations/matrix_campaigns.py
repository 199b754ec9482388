"""Campaigns and waves: who gets which answer.

They are for who oversees the program, and managers; who has a part in a campaign opens that one: `own` objects have a
line of the checklist for the cast's rep, `foreign` ones for a rep of another team.
"""

import datetime as dt

from nominations.campaigns import services as campaigns
from nominations.campaigns.enums import MessageChannel
from nominations.waves import services as waves
from references.accounts import clock
from tests.factories.budgets import fund_of
from tests.factories.campaigns import CampaignFactory, MessageFactory, WaveFactory, started, under_way
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")
READERS = (*PROGRAM, "sales_head", "executive", "finance", "legal", "manager")
FIRST = clock.today() + dt.timedelta(days=7)
LAST = FIRST + dt.timedelta(days=27)


def campaign(cast, owner=None):
    made = CampaignFactory(actor=cast.marketer, starts_on=FIRST, ends_on=LAST)
    item = made.kickoff.first()
    campaigns.assign_item(item=item, actor=cast.marketer, who=owner or cast.rep, due_on=None)
    return made


def one(cast):
    return {"public_id": campaign(cast).public_id}


def foreign_one(cast):
    return {"public_id": campaign(cast, cast.other_team_rep).public_id}


def begun(cast):
    return {"public_id": started(campaign(cast)).public_id}


def asks(cast, teams):
    made = CampaignFactory(actor=cast.marketer, starts_on=clock.today(), ends_on=LAST, roles=["rep"], teams=teams)
    return {"public_id": started(made).public_id}


def asks_own_team(cast):
    return asks(cast, [cast.rep.team])


def asks_another_team(cast):
    return asks(cast, [cast.other_team_rep.team])


def item(cast, owner=None):
    made = campaign(cast, owner)
    return {"public_id": made.public_id, "pk": made.kickoff.filter(who__isnull=False).get().pk}


def foreign_item(cast):
    return item(cast, cast.other_team_rep)


def message(cast, channel=MessageChannel.MAIL):
    made = campaign(cast)
    row = MessageFactory(campaign=made, channel=channel)
    return {"public_id": made.public_id, "message_id": row.public_id}


def asset(cast):
    made = campaign(cast)
    row = campaigns.add_asset(campaign=made, actor=cast.marketer, title="Deck", url="https://deck.example/")
    return {"public_id": made.public_id, "pk": row.pk}


def verbed(make, verb):
    return lambda cast: {**make(cast), "verb": verb}


def wave(cast):
    return {"public_id": WaveFactory(actor=cast.marketer).public_id}


def running(cast):
    return {"public_id": under_way(WaveFactory(actor=cast.marketer)).public_id}


def paused(cast):

    made = under_way(WaveFactory(actor=cast.marketer))
    waves.pause_wave(wave=made, actor=cast.marketer, reason="Ill")
    return {"public_id": made.public_id}


def money(cast):
    return {"fund": fund_of(1000).public_id, "amount": "20", "label": "Posters"}


def cohorts(cast):
    days = {"opens_on": FIRST.isoformat(), "closes_on": LAST.isoformat()}
    return {"cohorts": [{**days, "rule_to": "M"}, {**days, "rule_from": "N"}]}


SEEN = {"everyone": 404, "but": {**dict.fromkeys(READERS, 200), "rep": 200, "judge": 403}, "foreign_but": {"rep": 404}}
ONE = {"own": one, "foreign": foreign_one}
CAMPAIGN = {"name": "Spring", "goal": 5, "starts_on": FIRST.isoformat(), "ends_on": LAST.isoformat()}
WAVE = {"name": "Letters", "parts": 2, "starts_on": FIRST.isoformat()}
MESSAGE = {"channel": "mail", "send_on": FIRST.isoformat(), "subject": "Who?", "body": "Forty seconds."}
WAVE_FORM = {**WAVE, "cut": "last_name", "days_each": 30, "in_work": 20, "per_day": 4, "pause_after_days": 10}


def run(answer, own, **more):
    return Row(**only(answer, *PROGRAM), own=own, **more)


def settle(answer):
    """Who runs the program, and who was asked to settle it; others who see it may not."""
    but = {**dict.fromkeys(READERS, 403), **dict.fromkeys((*PROGRAM, "rep"), answer), "judge": 403}
    return {"everyone": 404, "but": but, "foreign_but": {"rep": 404}, "own": item, "foreign": foreign_item}


def settled(cast):
    return {**item(cast), "verb": "done"}


def foreign_settled(cast):
    return {**foreign_item(cast), "verb": "done"}


PAGES = {
    "nominations:campaigns": Row(200, but={"judge": 403}),
    "nominations:campaign": Row(**SEEN, **ONE),
    "nominations:campaign-about": Row(**SEEN, own=asks_own_team, foreign=asks_another_team),
    "nominations:campaign-new": Row(**only(200, *PROGRAM)),
    "nominations:campaign-new POST": Row(**only(302, *PROGRAM), method="post", data=CAMPAIGN),
    "nominations:campaign-edit": run(200, one),
    "nominations:campaign-message-new": run(200, one),
    "nominations:campaign-message-new POST": run(302, one, method="post", data=MESSAGE),
    "nominations:campaign-message": run(200, message),
    "nominations:campaign-refused": Row(404, but={**dict.fromkeys(READERS, 200), "judge": 403}, own=message),
    "nominations:campaign-message-verb": run(302, verbed(message, "remove"), method="post"),
    "nominations:campaign-asset-new": run(200, one),
    "nominations:campaign-asset-remove": run(302, asset, method="post"),
    "nominations:campaign-item-new": run(200, one),
    "nominations:campaign-item": run(200, item),
    "nominations:campaign-item-verb": Row(**{**settle(302), "own": settled, "foreign": foreign_settled}, method="post"),
    "nominations:campaign-money": run(200, one),
    "nominations:campaign-money POST": run(302, one, method="post", data=money),
    "nominations:campaign-verb": run(302, verbed(one, "start"), method="post", data={"reason": "Now or never"}),
    "nominations:waves": Row(**only(200, *READERS)),
    "nominations:wave": Row(**only(200, *READERS), own=wave),
    "nominations:wave-new": Row(**only(200, *PROGRAM)),
    "nominations:wave-new POST": Row(**only(302, *PROGRAM), method="post", data=WAVE_FORM),
    "nominations:wave-edit": run(200, wave),
    "nominations:wave-cohorts": run(200, wave),
    "nominations:wave-preview": run(200, wave),
    "nominations:wave-simulation": Row(**only(200, *READERS), own=wave),
    "nominations:wave-simulate": run(302, wave, method="post"),
    "nominations:wave-verb": run(302, verbed(wave, "start"), method="post"),
}
API = {
    "api:list_campaigns": api_row(200, but={"judge": 403}),
    "api:create_campaign": api_row(**only(201, *PROGRAM), data=CAMPAIGN),
    "api:get_campaign": api_row(**SEEN, **ONE),
    "api:change_campaign": api_row(**only(200, *PROGRAM), own=one, data={"goal": 7}),
    "api:start_campaign": api_row(**only(200, *PROGRAM), own=one, data={"anyway": "Now or never"}),
    "api:end_campaign": api_row(**only(200, *PROGRAM), own=begun),
    "api:cancel_campaign": api_row(**only(200, *PROGRAM), own=one),
    "api:get_campaign_funnel": api_row(**SEEN, **ONE),
    "api:list_campaign_warnings": api_row(**SEEN, **ONE),
    "api:list_campaign_messages": api_row(**SEEN, **ONE),
    "api:create_campaign_message": api_row(**only(201, *PROGRAM), own=one, data=MESSAGE),
    "api:delete_campaign_message": api_row(**only(204, *PROGRAM), own=message),
    "api:list_kickoff": api_row(**SEEN, **ONE),
    "api:create_kickoff_item": api_row(**only(201, *PROGRAM), own=one, data={"uses": "pr", "text": "Ask the press"}),
    "api:change_kickoff_item": api_row(**only(200, *PROGRAM), own=item, data={"text": "Ask the press twice"}),
    "api:settle_kickoff_item": api_row(**settle(200)),
    "api:list_waves": api_row(**only(200, *READERS)),
    "api:create_wave": api_row(**only(201, *PROGRAM), data=WAVE),
    "api:get_wave": api_row(**only(200, *READERS), own=wave),
    "api:change_wave": api_row(**only(200, *PROGRAM), own=wave, data={"in_work": 7}),
    "api:list_cohorts": api_row(**only(200, *READERS), own=wave),
    "api:set_cohorts": api_row(**only(200, *PROGRAM), own=wave, data=cohorts),
    "api:simulate_wave": api_row(**only(200, *READERS), own=wave),
    "api:start_wave": api_row(**only(200, *PROGRAM), own=wave),
    "api:pause_wave": api_row(**only(200, *PROGRAM), own=running, data={"reason": "Ill"}),
    "api:resume_wave": api_row(**only(200, *PROGRAM), own=paused),
    "api:end_wave": api_row(**only(200, *PROGRAM), own=running),
}
