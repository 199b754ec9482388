"""Two at the same moment: a pilot is decided once, sales answers once, the clock begins it once."""

import datetime as dt

import pytest
from django.utils import timezone

from refprogram.governance.pilots import services
from refprogram.governance.pilots.enums import PilotState
from refprogram.governance.pilots.models import Pilot, PilotConsult
from refprogram.kernel.models import Event
from tests.factories.incentives import RuleFactory, saying
from tests.factories.pilots import asked, judged, planned, running
from tests.racing import at_once, results

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_decide_and_one_decision_stands(marketer, sales_head, rep):
    row = judged(running(marketer, [rep]), marketer)

    def decide(to, by):
        return lambda: services.decide(pilot=row, to=to, because="As it was", by=by)

    found = results(decide(PilotState.ROLLED_OUT, marketer), decide(PilotState.REPEATED, sales_head))
    row.refresh_from_db()
    assert found == ["done", "illegal-move"]
    assert Pilot.objects.count() == (2 if row.state == PilotState.REPEATED else 1)


def test_two_plan_a_pilot_of_one_thing(marketer, sales_head, rep):
    assert results(lambda: planned(marketer, [rep]), lambda: planned(sales_head, [rep])) == ["done", "invalid"]


def test_sales_answers_twice_at_once_and_the_first_stands(marketer, manager, rep):
    rule = RuleFactory(state="draft", definition=saying("reference.delivered", "contact", 5))
    row = planned(marketer, [rep], kind="rule", thing=rule.public_id)
    consult = asked(row, manager, marketer)

    def say(answer):
        return lambda: services.answer(consult=consult, answer=answer, words="So be it", by=manager)

    assert results(say("yes"), say("no")) == ["done", "refused"]
    row.refresh_from_db()
    said = PilotConsult.objects.get().answer
    assert row.state == {"yes": PilotState.READY, "no": PilotState.DRAFT}[said]


def test_two_clocks_begin_it_once(marketer, rep):
    row = planned(marketer, [rep], starts_on=timezone.localdate(), ends_on=timezone.localdate() + dt.timedelta(days=20))
    services.settle(pilot=row, by=marketer)
    assert sum(at_once(services.go_by_the_clock, services.go_by_the_clock)) == 1
    assert Event.objects.filter(topic="pilot.begun").count() == 1
