"""Pay: everybody their own; of others it is read by finance, the head of sales and administrators alone."""

import datetime as dt

from django.utils import timezone

from incentives.models import PayPeriod, Spiff
from incentives.pay import services
from incentives.pay.enums import EntryState, EscalatorState, Metric, PeriodState, SpiffState
from tests.factories.incentives_pay import (
    EscalatorFactory,
    PayPeriodFactory,
    SpiffEntryFactory,
    SpiffFactory,
)
from tests.factories.people import UserFactory
from tests.matrix import Row, api_row, only

NO_JUDGE = {"judge": 403}
PAY = ("finance", "sales_head", "admin")
EXPORT = ("finance", "admin")
RUN = ("marketer", "sales_head", "admin")
PAST = dt.date(2026, 1, 1)
TODAY = timezone.localdate()
REASON = {"reason": "Wrong"}


def _later():
    return (TODAY.replace(day=1) + dt.timedelta(days=40)).replace(day=1)


def _some_user():
    return UserFactory(role="finance", email="other-finance@house.example")


def period(cast):
    return {"public_id": PayPeriodFactory(starts_on=PAST).public_id}


def closing(cast):
    row = PayPeriodFactory(starts_on=PAST, state=PeriodState.CLOSING, proposed_by=_some_user())
    return {"public_id": row.public_id}


def closed(cast):
    row = PayPeriodFactory(starts_on=PAST, state=PeriodState.CLOSING, proposed_by=_some_user())
    return {"public_id": services.agree(period=row, actor=cast.admin).public_id}


def exported(cast):
    found = closed(cast)
    services.export(period=PayPeriod.objects.get(), actor=cast.finance)
    return {**found, "kind": "csv"}


def question(cast):
    return {"public_id": services.raise_dispute(actor=cast.rep, words="Why?").public_id}


def foreign_question(cast):
    return {"public_id": services.raise_dispute(actor=cast.other_team_rep, words="Why?").public_id}


def escalator(cast):
    return {"public_id": EscalatorFactory().public_id}


def draft_escalator(cast):
    return {"public_id": EscalatorFactory(state=EscalatorState.DRAFT, starts_on=_later()).public_id}


def spiff(cast):
    return {"public_id": SpiffFactory().public_id}


def draft_spiff(cast):
    ends = TODAY + dt.timedelta(days=10)
    return {"public_id": SpiffFactory(state=SpiffState.DRAFT, starts_on=ends, ends_on=ends).public_id}


def contest(cast):
    days = {"starts_on": TODAY - dt.timedelta(days=2), "ends_on": TODAY + dt.timedelta(days=2)}
    return {"public_id": SpiffFactory(metric=Metric.DASHBOARD, votes_until=days["ends_on"], **days).public_id}


def dashboard(cast):
    found = contest(cast)
    entry = SpiffEntryFactory(
        spiff=Spiff.objects.get(**found), person=cast.rep.person, title="Calls", address="https://x.example/"
    )
    return {**found, "entry": entry.public_id}


def asked(cast):
    row = SpiffFactory(state=SpiffState.PROOF)
    SpiffEntryFactory(spiff=row, person=cast.rep.person, state=EntryState.ASKED, place=1, figure=3)
    return {"public_id": row.public_id}


def shown(cast):
    row = SpiffFactory(state=SpiffState.PROOF)
    entry = SpiffEntryFactory(spiff=row, person=cast.rep.person, state=EntryState.SHOWN, place=1, figure=3)
    return {"public_id": row.public_id, "entry": entry.public_id}


TIERS = {"score_1": "80", "times_1": "1.10", "most_a_month": "500", "starts_on": f"{_later():%Y-%m}"}
SPIFF = {
    "name": "Most contacts", "metric": "contacts", "audience": "field", "starts_on": "2026-11-01",
    "ends_on": "2026-11-30", "least": "1", "proof": "A list", "prize_1": "100",
}  # fmt: skip
SPIFF_IN = {
    "name": "Most contacts", "metric": "contacts", "starts_on": "2026-11-01", "ends_on": "2026-11-30",
    "prizes": ["100.00"], "proof": "A list",
}  # fmt: skip
ESCALATOR_IN = {
    "tiers": [{"score": 80, "times": "1.10"}],
    "most_a_month": "500.00",
    "starts_on": f"{_later():%Y-%m-%d}",
}
ANSWER = {"verdict": "upheld", "words": "It is right"}
MATRIX = {
    "incentives:earnings": Row(200, but=NO_JUDGE),
    "incentives:ask-about-pay": Row(200, but=NO_JUDGE),
    "incentives:ask-about-pay POST": Row(302, but=NO_JUDGE, method="post", data={"words": "Where is October?"}),
    "incentives:pay": Row(**only(200, *PAY)),
    "incentives:pay-period": Row(**only(200, *PAY), own=period),
    "incentives:close-pay": Row(404, but=dict.fromkeys(PAY, 302), own=period, method="post"),
    "incentives:agree-pay": Row(404, but=dict.fromkeys(PAY, 302), own=closing, method="post"),
    "incentives:reopen-pay": Row(404, but=dict.fromkeys(PAY, 302), own=closing, method="post", data=REASON),
    "incentives:export-pay": Row(
        404, but={**dict.fromkeys(EXPORT, 302), "sales_head": 403}, own=closed, method="post"
    ),
    "incentives:pay-file": Row(**only(200, *EXPORT), own=exported),
    "incentives:pay-disputes": Row(200, but=NO_JUDGE),
    "incentives:pay-dispute": Row(
        404, but={**dict.fromkeys((*PAY, "rep"), 200), **NO_JUDGE}, own=question, foreign=foreign_question,
        foreign_but={"rep": 404},
    ),
    "incentives:answer-dispute": Row(**only(200, *PAY), own=question),
    "incentives:answer-dispute POST": Row(**only(302, *PAY), own=question, method="post", data=ANSWER),
    "incentives:withdraw-dispute": Row(404, but={**dict.fromkeys(PAY, 403), "rep": 302}, own=question, method="post"),
    "incentives:escalators": Row(200, but=NO_JUDGE),
    "incentives:escalator": Row(200, but=NO_JUDGE, own=escalator),
    "incentives:new-escalator": Row(**only(200, *RUN)),
    "incentives:new-escalator POST": Row(**only(302, *RUN), method="post", data=TIERS),
    "incentives:change-escalator": Row(**only(200, *RUN), own=draft_escalator),
    "incentives:change-escalator POST": Row(**only(302, *RUN), own=draft_escalator, method="post", data=TIERS),
    "incentives:start-escalator": Row(
        404, but={**dict.fromkeys(RUN, 302), "finance": 403}, own=draft_escalator, method="post"
    ),
    "incentives:stop-escalator": Row(
        403, but={"sales_head": 302, "admin": 302, "judge": 404}, own=escalator, method="post"
    ),
    "incentives:spiffs": Row(200, but=NO_JUDGE),
    "incentives:spiff": Row(200, but=NO_JUDGE, own=spiff),
    "incentives:new-spiff": Row(**only(200, *RUN)),
    "incentives:new-spiff POST": Row(**only(302, *RUN), method="post", data=SPIFF),
    "incentives:change-spiff": Row(**only(200, *RUN), own=draft_spiff),
    "incentives:change-spiff POST": Row(**only(302, *RUN), own=draft_spiff, method="post", data=SPIFF),
    "incentives:start-spiff": Row(
        404, but={**dict.fromkeys(RUN, 302), "finance": 403}, own=draft_spiff, method="post"
    ),
    "incentives:cancel-spiff": Row(
        403, but={**dict.fromkeys(RUN, 302), "judge": 404}, own=spiff, method="post", data=REASON
    ),
    "incentives:hand-in-dashboard": Row(200, but=NO_JUDGE, own=contest),
    "incentives:hand-in-dashboard POST": Row(
        403, but={"rep": 302, "support": 302}, own=contest, method="post",
        data={"title": "Calls", "address": "https://x.example/"},
    ),
    "incentives:prove-place": Row(200, but=NO_JUDGE, own=asked),
    "incentives:prove-place POST": Row(403, but={"rep": 302}, own=asked, method="post", data={"words": "Here"}),
    "incentives:vote-dashboard": Row(302, but={**NO_JUDGE, "rep": 403}, own=dashboard, method="post"),
    "incentives:judge-proof": Row(**only(302, *RUN), own=shown, method="post", data={"accept": "yes"}),
    "api:list_accruals": api_row(200, but=NO_JUDGE),
    "api:get_earnings": api_row(200, but=NO_JUDGE),
    "api:list_pay_periods": api_row(**only(200, *PAY)),
    "api:get_pay_period": api_row(**only(200, *PAY), own=period),
    "api:list_pay_lines": api_row(**only(200, *PAY), own=period),
    "api:close_pay_period": api_row(**only(200, *PAY), own=period),
    "api:agree_pay_period": api_row(**only(200, *PAY), own=closing),
    "api:reopen_pay_period": api_row(**only(200, *PAY), own=closing, data=REASON),
    "api:export_pay_period": api_row(**only(200, *EXPORT), own=closed),
    "api:list_pay_questions": api_row(200, but=NO_JUDGE),
    "api:get_pay_question": api_row(
        404, but={**dict.fromkeys((*PAY, "rep"), 200), **NO_JUDGE}, own=question, foreign=foreign_question,
        foreign_but={"rep": 404},
    ),
    "api:ask_about_pay": api_row(201, but=NO_JUDGE, data={"words": "Where is October?"}),
    "api:answer_pay_question": api_row(
        404, but={**dict.fromkeys(PAY, 200), "rep": 403, **NO_JUDGE}, own=question, data=ANSWER
    ),
    "api:withdraw_pay_question": api_row(
        404, but={**dict.fromkeys(PAY, 403), "rep": 200, **NO_JUDGE}, own=question
    ),
    "api:list_escalators": api_row(200, but=NO_JUDGE),
    "api:get_escalator": api_row(200, but=NO_JUDGE, own=escalator),
    "api:create_escalator": api_row(**only(201, *RUN), data=ESCALATOR_IN),
    "api:change_escalator": api_row(
        404, but={**dict.fromkeys(RUN, 200), "finance": 403, **NO_JUDGE}, own=draft_escalator,
        data={"most_a_month": "400.00"},
    ),
    "api:start_escalator_version": api_row(
        404, but={**dict.fromkeys(RUN, 200), "finance": 403, **NO_JUDGE}, own=draft_escalator
    ),
    "api:stop_escalator_version": api_row(**only(200, "sales_head", "admin"), own=escalator),
    "api:list_escalator_edits": api_row(200, but={"judge": 404}, own=escalator),
    "api:list_spiffs": api_row(200, but=NO_JUDGE),
    "api:get_spiff": api_row(200, but=NO_JUDGE, own=spiff),
    "api:list_spiff_places": api_row(200, but=NO_JUDGE, own=spiff),
    "api:create_spiff": api_row(**only(201, *RUN), data=SPIFF_IN),
    "api:change_spiff": api_row(
        404, but={**dict.fromkeys(RUN, 200), "finance": 403, **NO_JUDGE}, own=draft_spiff, data={"least": 2}
    ),
    "api:start_spiff_now": api_row(
        404, but={**dict.fromkeys(RUN, 200), "finance": 403, **NO_JUDGE}, own=draft_spiff
    ),
    "api:cancel_spiff_now": api_row(**only(200, *RUN), own=spiff, data=REASON),
    "api:list_spiff_edits": api_row(200, but={"judge": 404}, own=spiff),
}  # fmt: skip
