"""A rule in a pilot gives to the pilot's people alone; rolled out to all from that moment; stopped to nobody."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incentives.models import Posting, Rule, RuleSpan
from incentives.rulebook import paying, proofs, services
from incentives.simulation import services as simulation
from incentives.simulation.replay import Stretch, last_event
from refprogram.governance.approvals.models import Approval
from refprogram.governance.pilots import services as pilots
from refprogram.governance.pilots.enums import PilotState
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.models import Event
from refprogram.kernel.stream import Subject, emit
from tests.factories.incentives import RuleFactory, saying
from tests.factories.pilots import blessed, judged, planned, running
from tests.factories.references import AccountFactory, ContactFactory

pytestmark = pytest.mark.django_db
NINE = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def clock():
    with time_machine.travel(NINE, tick=False) as moved:
        yield moved


@pytest.fixture(autouse=True)
def _only_rules_listen(settings):
    settings.EVENT_HANDLERS = {
        topic: [name for name in names if name.startswith("incentives.handlers.")]
        for topic, names in settings.EVENT_HANDLERS.items()
    }


@pytest.fixture
def rule(clock, marketer):
    return RuleFactory(state="draft", created_by=marketer, definition=saying("request.submitted", "requester", 10))


def asks(*users):
    for user in users:
        emit("request.submitted", subject=Subject("referencerequest", 1), payload={"requester": user.person_id})


def points(user):
    rows = Posting.objects.filter(wallet__person=user.person_id).values_list("amount", flat=True)
    return sum(rows)


def holds():
    return [row for proof in proofs.proofs() for row in proof.rows]


def test_it_gives_to_the_few_then_to_all(clock, rule, marketer, sales_head, rep, support, drain):
    pilot = planned(marketer, [rep], kind="rule", thing=rule.public_id)
    services.start_rule(rule=rule, actor=sales_head)
    asks(rep, support)  # on, and nobody has begun to try it
    clock.shift(HOUR)
    pilots.settle(pilot=pilot, by=marketer)
    pilots.begin(pilot=pilot, by=marketer)
    asks(rep, support)
    drain()
    assert (points(rep), points(support), holds()) == (10, 0, [])
    clock.shift(HOUR)
    pilots.decide(pilot=judged(pilot, marketer), to=PilotState.ROLLED_OUT, because="Good", by=marketer)
    asks(rep, support)
    drain()
    assert (points(rep), points(support), holds()) == (20, 10, [])
    assert list(RuleSpan.objects.filter(rule=rule).order_by("pk").values_list("only", flat=True)) == [
        [],
        [rep.person_id],
        None,
    ]
    stretch = Stretch(dt.date(2026, 11, 1), dt.date(2026, 11, 3), last_event())
    live = simulation.rules_of_then(stretch)
    assert simulation.given_keys(live, stretch) == simulation.posted_keys(live, stretch)  # a replay gives the same


def test_what_happened_before_is_judged_by_how_it_was_then(clock, rule, marketer, sales_head, rep, support, drain):
    pilot = running(marketer, [rep], kind="rule", thing=rule.public_id)
    services.start_rule(rule=rule, actor=sales_head)
    clock.shift(HOUR)
    asks(support)
    clock.shift(HOUR)
    pilots.decide(pilot=judged(pilot, marketer), to=PilotState.ROLLED_OUT, because="Good", by=marketer)
    drain()  # told before, heard after
    assert points(support) == 0


def test_stopped_it_is_off_and_tried_again_it_gives_to_nobody(clock, rule, marketer, sales_head, rep, drain):
    pilot = running(marketer, [rep], kind="rule", thing=rule.public_id)
    services.start_rule(rule=rule, actor=sales_head)
    clock.shift(HOUR)
    pilots.decide(pilot=judged(pilot, marketer), to=PilotState.REPEATED, because="Too little", by=marketer)
    asks(rep)
    drain()
    rule.refresh_from_db()
    assert (points(rep), rule.state, holds()) == (0, "live", [])
    pilots.cancel(pilot=pilot.repeated_by.get(), by=marketer)
    rule.refresh_from_db()
    assert (rule.state, holds()) == ("stopped", [])


def test_a_rule_that_is_on_cannot_be_tried(clock, marketer, rep):
    with pytest.raises(InvalidInput, match="gives to everybody already"):
        planned(marketer, [rep], kind="rule", thing=RuleFactory().public_id)


def test_who_approves_it_reads_that_a_few_come_first(clock, rule, marketer, sales_head, rep):
    planned(marketer, [rep], kind="rule", thing=rule.public_id)
    services.start_rule(rule=rule, actor=marketer)
    assert "First for the people of its pilot alone" in Approval.objects.get().reason


def test_of_a_rule_for_customers_the_few_are_the_customers_of_its_people(
    clock, marketer, manager, sales_head, rep, drain
):
    rule = RuleFactory(state="draft", definition=saying("reference.delivered", "contact", 5))
    theirs = ContactFactory(account=AccountFactory(owner=rep))
    other = ContactFactory()
    pilot = blessed(planned(marketer, [rep], kind="rule", thing=rule.public_id), manager, marketer)
    services.start_rule(rule=rule, actor=sales_head)
    pilots.begin(pilot=pilot, by=marketer)
    clock.shift(HOUR)
    for contact in (theirs, other):
        emit("reference.delivered", subject=Subject("candidate", contact.pk), payload={"contact": contact.pk})
    drain()
    rows = Posting.objects.filter(wallet__person__isnull=False).values_list("wallet__person", "amount")
    assert (list(rows), holds()) == ([(theirs.person_id, 5)], [])


def test_a_batch_costs_the_same_whether_it_is_tried_or_not(clock, rule, marketer, sales_head, rep, support):
    def cost():
        asks(rep, support)
        events = list(Event.objects.filter(topic="request.submitted").order_by("-pk")[:2])
        with CaptureQueriesContext(connection) as queries:
            paying.pay(events)
        return len(queries)

    services.start_rule(rule=rule, actor=sales_head)
    cost()
    clock.shift(HOUR)
    free = cost()
    services.stop_rule(rule=rule, actor=sales_head)
    pilot = running(marketer, [rep, support], kind="rule", thing=rule.public_id)
    services.start_rule(rule=Rule.objects.get(pk=rule.pk), actor=sales_head)
    clock.shift(HOUR)
    assert (cost(), pilot.state) == (free, PilotState.RUNNING)
