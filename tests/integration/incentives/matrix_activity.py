"""Activity: own weeks, proofs and use; the team's for its manager; presentations are the executives' to ask for."""

import datetime as dt

from django.utils import timezone

from incentives.activity.enums import PotState
from incentives.activity.services import Plan, ask, sign_off
from tests.factories.incentives_activity import (
    ActivityProofFactory,
    CharityPotFactory,
    PledgeFactory,
    WeekRewardFactory,
    given_proof,
    presentation_of,
)
from tests.matrix import Row, api_row, only

OVERSEERS = ("marketer", "sales_head", "admin")
TEAM = (*OVERSEERS, "manager")
NO_JUDGE = {"judge": 403}
HIDDEN = {"rep": 404, "manager": 404}


def _row(make):
    return {
        "own": lambda cast: {"public_id": make(cast.rep).public_id},
        "foreign": lambda cast: {"public_id": make(cast.other_team_rep).public_id},
        "foreign_but": HIDDEN,
    }


def sees(status=200, **more):
    return {**dict.fromkeys((*TEAM, "rep"), status), **NO_JUDGE, **more}


WEEK = _row(lambda user: WeekRewardFactory(user=user))
ASKED = _row(lambda user: ActivityProofFactory(user=user))
GIVEN = _row(given_proof)
PROOF = {"words": "Ada Long, on Tuesday."}
VERDICT = {"accepted": "yes", "verdict": ""}


def later(days=14):
    return timezone.localdate() + dt.timedelta(days=days)


def drafted(cast):
    return {"public_id": presentation_of(cast.rep).public_id}


def asked(cast):
    row = presentation_of(cast.rep)
    ask(
        presentation=row,
        by=cast.executive,
        plan=Plan("The forecast page", later(), [cast.manager], ["Shows it"], "Hi."),
    )
    return {"public_id": row.public_id}


def asking(cast):
    return {
        "topic": "The forecast page", "held_on": later().isoformat(), "panel": [cast.manager.public_id],
        "rubric": "Shows it", "letter": "Dear Rhea,",
    }  # fmt: skip


def asking_by_api(cast):
    return {**asking(cast), "rubric": ["Shows it"]}


READS = {**dict.fromkeys((*TEAM, "executive", "rep"), 200), **NO_JUDGE}
# Before it is asked for, the person does not hear of it here.
READS_DRAFT = {**dict.fromkeys((*TEAM, "executive"), 200), **NO_JUDGE}
ASKS = {"executive": 200, "sales_head": 200, **dict.fromkeys(("marketer", "admin", "manager"), 403)}
ASKS_DONE = {**ASKS, "executive": 302, "sales_head": 302}
DECISION = {"passed": "yes", "verdict": "Well done."}
MARK = {"line0": 4, "words": "Clear."}


def pot(cast):
    return {"public_id": CharityPotFactory().public_id}


def open_pot(cast):
    row = CharityPotFactory()
    sign_off(pot=row, by=cast.legal, words="Voluntary.")
    return {"public_id": row.public_id}


def pledge(cast):
    row = CharityPotFactory(state=PotState.OPEN, signed_off_at=timezone.now(), sign_off="Voluntary.")
    return {"public_id": PledgeFactory(pot=row, user=cast.rep).public_id}


RUNS = ("marketer", "admin")

MATRIX = {
    "incentives:activity": Row(200, but=NO_JUDGE),
    "incentives:week-rewards": Row(200, but=NO_JUDGE),
    "incentives:adoption": Row(200, but=NO_JUDGE),
    "incentives:activity-proofs": Row(200, but=NO_JUDGE),
    "incentives:presentations": Row(200, but=NO_JUDGE),
    "incentives:week-reward": Row(404, but=sees(), **WEEK),
    "incentives:activity-proof": Row(404, but=sees(), **ASKED),
    "incentives:activity-proof-give": Row(404, but={**dict.fromkeys(TEAM, 403), "rep": 200}, **ASKED),
    "incentives:activity-proof-give POST": Row(
        404, but={**dict.fromkeys(TEAM, 403), "rep": 302}, method="post", data=PROOF, **ASKED
    ),
    "incentives:activity-proof-judge": Row(404, but={**dict.fromkeys(TEAM, 200), "rep": 403}, **GIVEN),
    "incentives:activity-proof-judge POST": Row(
        404, but={**dict.fromkeys(TEAM, 302), "rep": 403}, method="post", data=VERDICT, **GIVEN
    ),
    "incentives:presentation": Row(404, but=READS_DRAFT, own=drafted),
    "incentives:presentation asked": Row(404, but=READS, own=asked),
    "incentives:presentation-ask": Row(404, but=ASKS, own=drafted),
    "incentives:presentation-ask POST": Row(404, but=ASKS_DONE, own=drafted, method="post", data=asking),
    "incentives:presentation-mark": Row(
        404, but={**dict.fromkeys((*OVERSEERS, "executive", "rep"), 403), "manager": 200}, own=asked
    ),
    "incentives:presentation-mark POST": Row(
        404, but={**dict.fromkeys((*OVERSEERS, "executive", "rep"), 403), "manager": 302}, own=asked, method="post",
        data=MARK,
    ),
    "incentives:presentation-decide": Row(404, but={**ASKS, "rep": 403}, own=asked),
    "incentives:presentation-decide POST": Row(
        404, but={**ASKS_DONE, "rep": 403}, own=asked, method="post", data=DECISION
    ),
    "incentives:charity": Row(200, but=NO_JUDGE),
    "incentives:charity-new": Row(**only(200, *RUNS)),
    "incentives:charity-new POST": Row(**only(302, *RUNS), method="post", data={"name": "Pot", "cause": "Dogs"}),
    "incentives:charity-sign-off": Row(**only(200, "legal"), own=pot),
    "incentives:charity-sign-off POST": Row(**only(302, "legal"), own=pot, method="post", data={"words": "Voluntary."}),
    "incentives:charity-give": Row(200, but=NO_JUDGE, own=open_pot),
    "incentives:charity-give POST": Row(302, but=NO_JUDGE, own=open_pot, method="post", data={"amount": "20"}),
    "incentives:charity-close": Row(
        403, but={"marketer": 302, "admin": 302, "legal": 302}, own=open_pot, method="post"
    ),
    "incentives:pledge-withdraw": Row(404, but={"rep": 302, **NO_JUDGE}, own=pledge, method="post"),
    "api:list_week_rewards": api_row(200),
    "api:list_activity_proofs": api_row(200),
    "api:get_activity_proof": api_row(404, but=dict.fromkeys((*TEAM, "rep"), 200), **ASKED),
    "api:give_activity_proof": api_row(404, but={**dict.fromkeys(TEAM, 403), "rep": 200}, data=PROOF, **ASKED),
    "api:judge_activity_proof": api_row(
        404, but={**dict.fromkeys(TEAM, 200), "rep": 403}, data={"accepted": True}, **GIVEN
    ),
    "api:list_adoption": api_row(200),
    "api:list_presentations": api_row(200),
    "api:get_presentation": api_row(404, but=dict.fromkeys((*TEAM, "executive", "rep"), 200), own=asked),
    "api:ask_for_presentation": api_row(404, but=ASKS, own=drafted, data=asking_by_api),
    "api:mark_presentation": api_row(
        404, but={**dict.fromkeys((*OVERSEERS, "executive", "rep"), 403), "manager": 200}, own=asked,
        data={"marks": [4]},
    ),
    "api:decide_presentation": api_row(
        404, but={**ASKS, "rep": 403}, own=asked, data={"passed": True, "verdict": "Well done."}
    ),
}  # fmt: skip
