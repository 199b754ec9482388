"""Metrics of stories, fatigue, payout and stages: small worlds counted by hand, and what is said without data."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from nominations.models import Nomination
from references.accounts import fatigue
from references.accounts.enums import Membership, Stage
from references.accounts.models import Contact
from references.consents.models import ConsentTerm
from references.content.enums import AssetState
from references.content.models import Asset
from references.content.services import count_look
from refprogram.dashboards.metrics import counting
from refprogram.dashboards.metrics.registry import METRICS
from refprogram.dashboards.metrics.world import World
from refprogram.governance.budgets import services as budgets
from refprogram.governance.budgets.enums import CostKind
from refprogram.kernel import rollups
from tests.factories.budgets import BudgetLineFactory, fund_of, promised
from tests.factories.content import approved, board
from tests.factories.dashboards import closed_deals, referenced
from tests.factories.nominations import NominationFactory
from tests.factories.references import AccountFactory, ContactFactory, OpportunityFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 8, 19, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
MORE = (
    *("content_yield", "cost_per_used", "consent_health", "fatigue", "payout_per_enrolled", "payout_per_act"),
    *("stage_velocity_with", "stage_velocity_without"),
)


@pytest.fixture(autouse=True)
def _summer():
    with time_machine.travel(NOW, tick=False):
        yield


def measured(*keys):
    world = World(TODAY, today=True)
    return {key: METRICS[key].measured(world)[1] for key in keys}


def said(*keys):
    return {key: (one.value, one.n) for key, one in measured(*keys).items()}


def test_an_empty_company_has_none_of_them():
    assert {key: (one.value, one.why) for key, one in measured(*MORE).items()} == dict.fromkeys(MORE, (None, "no_data"))


def test_stories_by_hand(rep, finance):
    contacts = ContactFactory.create_batch(3)
    first, second, third = (approved(contact=contact) for contact in contacts)
    Asset.objects.filter(pk__in=[first.pk, second.pk]).update(state=AssetState.PUBLISHED)
    # 60 days ahead to the day is not more than 60: the second one's ends too soon.
    ConsentTerm.objects.filter(contact=contacts[1]).update(expires_on=TODAY + dt.timedelta(days=60))
    for stage, looked in ((Stage.WON, True), (Stage.LOST, True), (Stage.WON, False)):
        page = board(rep, first, opportunity=OpportunityFactory(stage=stage))
        if looked:
            count_look(board=page, tab="t")
    budgets.commit(
        key="test:story", fund=fund_of(), amount=Decimal(300), subject=third, label="A writer", url="/", by=finance
    )
    assert said("content_yield", "consent_health", "cost_per_used") == {
        "content_yield": (Decimal("33.3333"), 3),
        "consent_health": (50, 2),
        "cost_per_used": (300, 1),  # only the first was shared
    }


def test_fatigue_by_hand():
    account = AccountFactory(state=Membership.ACTIVE, member_since=NOW)
    people = ContactFactory.create_batch(10, account=account, state=Membership.ACTIVE)
    ContactFactory(account=account)  # takes no part
    midnight = rollups.moment_of(TODAY)
    for contact, index in zip(people, (40, 80), strict=False):
        Contact.objects.filter(pk=contact.pk).update(fatigue_key=fatigue.key_at(index, midnight))
    facts, out = METRICS["fatigue"].measured(World(TODAY, today=True))
    assert (out.value, out.n) == (40, 10)
    assert {name: facts[name] for name in ("from_25", "from_50", "from_75", "from_100")} == {
        "from_25": 2,
        "from_50": 1,
        "from_75": 1,
        "from_100": 0,
    }


def test_the_spread_of_fatigue_is_a_picture_on_its_page(clients):
    account = AccountFactory(state=Membership.ACTIVE, member_since=NOW)
    ContactFactory.create_batch(4, account=account, state=Membership.ACTIVE)
    Contact.objects.filter(account=account).update(fatigue_key=fatigue.key_at(60, rollups.moment_of(TODAY)))
    clients["executive"].post("/dashboards/kept/new/", {"note": "Board"})
    assert clients["executive"].get("/dashboards/metrics/fatigue/").context["spread"] is None  # nothing live yet
    counting.count_live()
    spread = clients["executive"].get("/dashboards/metrics/fatigue/").context["spread"]
    assert spread["rows"] == [
        ["below 25", 0],
        ["25 to 49", 0],
        ["50 to 74", 4],
        ["75 to 99", 0],
        ["100: all that they can bear", 0],
    ]


def test_payout_by_hand(cast, finance):
    fund = fund_of()
    row = promised(300, fund=fund, line=BudgetLineFactory(fund=fund, kind=CostKind.INCENTIVE))
    budgets.spend(commitment=row, amount=Decimal(240), by=finance, key="test:spend")
    budgets.spend(commitment=promised(100, fund=fund), amount=Decimal(90), by=finance, key="test:other")
    rows = [NominationFactory(account=AccountFactory(), nominator=cast.rep) for _ in range(5)]
    enrolled, first = {"state": "enrolled", "enrolled_at": NOW}, {"state": "first_act", "first_act_at": NOW}
    Nomination.objects.filter(pk__in=[one.pk for one in rows[:2]]).update(**enrolled)
    Nomination.objects.filter(pk=rows[2].pk).update(**enrolled | first)
    before = NOW - dt.timedelta(days=366)
    Nomination.objects.filter(pk=rows[3].pk).update(state="enrolled", enrolled_at=before, first_act_at=None)
    assert said("payout_per_enrolled", "payout_per_act") == {
        "payout_per_enrolled": (80, 3),  # 240 for three; what was paid for a camera team is none of it
        "payout_per_act": (240, 1),
    }


def test_days_from_the_stage_of_the_request_by_hand():
    closes = TODAY - dt.timedelta(days=1)

    def closed(days, *, reference=False):
        opened = closes - dt.timedelta(days=days)
        (deal,) = OpportunityFactory.create_batch(1, stage=Stage.PROPOSAL, opened_on=opened, closes_on=closes)
        deal.stage = Stage.WON
        deal.save()  # its copy says that it stood at "proposal" from the day it was opened on
        if reference:
            referenced([deal])

    closed(59, reference=True)
    closed(99)
    closed(49)
    closed_deals(2, on=closes, stage=Stage.WON, opened_on=closes)  # nobody knows where these stood: like none of them
    assert said("stage_velocity_with", "stage_velocity_without") == {
        "stage_velocity_with": (59, 1),
        "stage_velocity_without": (74, 2),
    }
