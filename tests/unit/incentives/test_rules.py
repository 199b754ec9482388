"""Rules: what they pay, when, and who may switch them."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from incentives import capped, selectors, services, triggers
from incentives.enums import RuleState
from incentives.models import Entry, Rule
from refprogram.kernel.errors import IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.stream import Subject, emit
from tests.factories.incentives import RuleFactory

pytestmark = pytest.mark.django_db
FIRST = {"name": "Nomination enrolled", "topic": "nomination.enrolled", "beneficiary": "nominator", "points": 150}


@pytest.fixture(autouse=True)
def _only_rules_listen(settings):
    settings.EVENT_HANDLERS = {
        topic: ["incentives.handlers.apply_rules"]
        for topic, names in settings.EVENT_HANDLERS.items()
        if "incentives.handlers.apply_rules" in names
    }


def enrolled(person, number=1, **options):
    return emit(
        "nomination.enrolled", subject=Subject("nomination", number), payload={"nominator": person.pk}, **options
    )


def test_the_program_begins_with_two_rules():
    assert list(Rule.objects.order_by("pk").values_list("name", "points", "cap_per_quarter", "state")) == [
        ("Nomination enrolled", 150, 600, "live"),
        ("Reference delivered", 50, None, "live"),
    ]


def test_every_topic_that_rules_offer_reaches_them():
    listening = {t for t, names in settings.EVENT_HANDLERS.items() if "incentives.handlers.apply_rules" in names}
    assert {trigger.topic for trigger in triggers.TRIGGERS} == listening


def test_an_enrolled_nomination_pays_the_nominator(rep, drain):
    event = enrolled(rep.person)

    drain()

    entry = Entry.objects.get()
    assert (entry.key, entry.event_id, entry.rule.name) == (f"{event.pk}:{entry.rule_id}:1", event.pk, FIRST["name"])
    assert selectors.balance_of(rep.person) == 150


def test_the_cap_of_the_quarter_counts_by_the_day_of_the_event(rep, drain):
    # 600 a quarter at 150 each: the fifth gives nothing, one of the next quarter does.
    autumn, winter = dt.datetime(2026, 11, 1, tzinfo=dt.UTC), dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
    with time_machine.travel(dt.datetime(2027, 1, 2, tzinfo=dt.UTC)):
        for number in range(5):
            enrolled(rep.person, number, occurred_at=autumn)
        enrolled(rep.person, 6, occurred_at=winter)

        drain()

    assert selectors.balance_of(rep.person) == 750


def test_the_cap_pays_the_rest_that_fits(rep, drain):
    RuleFactory(name="Ask", points=40, cap_per_quarter=100)
    for number in range(4):
        emit("request.submitted", subject=Subject("referencerequest", number), payload={"requester": rep.person.pk})

    drain()

    assert selectors.balance_of(rep.person) == 100  # 40 + 40 + 20 + nothing


def test_what_gave_nothing_is_said_and_not_booked(rep, drain):
    for number in range(4):
        enrolled(rep.person, number)
    drain()
    assert capped.unpaid(rep) == []

    fifth = enrolled(rep.person, 5)
    drain()

    (line,) = capped.unpaid(rep)
    assert (line.rule.name, line.rule.cap_per_quarter, line.occurred_at) == (FIRST["name"], 600, fifth.occurred_at)
    assert selectors.balance_of(rep.person) == 600
    assert Entry.objects.count() == 4


def test_what_is_taken_back_frees_the_cap(rep, finance, drain):
    for number in range(4):
        enrolled(rep.person, number)
    drain()
    services.reverse(entry=Entry.objects.order_by("pk").first(), reason="Not real", actor=finance)

    enrolled(rep.person, 5)
    drain()

    assert selectors.balance_of(rep.person) == 600


def test_a_rule_pays_what_happened_while_it_was_on(rep, sales_head, drain):
    rule = RuleFactory(state=RuleState.DRAFT)

    def ask(number):
        emit("request.submitted", subject=Subject("referencerequest", number), payload={"requester": rep.person.pk})

    with time_machine.travel("2026-11-02 09:00Z", tick=False) as clock:
        ask(1)
        clock.shift(60)
        services.start_rule(rule=rule, actor=sales_head)
        clock.shift(60)
        ask(2)
        clock.shift(60)
        services.stop_rule(rule=rule, actor=sales_head)
        clock.shift(60)
        ask(3)

        drain()

    assert list(Entry.objects.values_list("event__subject_id", flat=True)) == [2]


def test_an_event_that_names_nobody_pays_nobody(drain):
    emit("nomination.enrolled", subject=Subject("nomination", 1), payload={"nominator": 10**9})

    drain()

    assert not Entry.objects.exists()


def test_who_switches_a_rule_on_has_approved_it(sales_head):
    rule = services.start_rule(rule=RuleFactory(state=RuleState.DRAFT), actor=sales_head)

    assert (rule.state, rule.approved_by) == (RuleState.LIVE, sales_head)
    assert timezone.now() - rule.live_since < dt.timedelta(minutes=1)


@pytest.mark.parametrize("part", ["finance", "rep", "manager"])
def test_others_cannot_switch(cast, part):
    with pytest.raises(NotAllowed):
        services.start_rule(rule=RuleFactory(state=RuleState.DRAFT), actor=cast[part])


def test_switching_on_twice_is_refused(admin):
    with pytest.raises(IllegalMove, match="already “on”"):
        services.start_rule(rule=RuleFactory(), actor=admin)


def test_a_live_rule_cannot_be_changed_and_a_stopped_one_gets_a_new_version(marketer, sales_head):
    rule = RuleFactory()
    wish = {"name": "Other", "topic": rule.topic, "beneficiary": rule.beneficiary, "points": 5, "cap_per_quarter": None}
    with pytest.raises(IllegalMove):
        services.change_draft(rule=rule, **wish, actor=marketer)
    services.stop_rule(rule=rule, actor=sales_head)

    changed = services.change_draft(rule=rule, **wish, actor=marketer)

    assert (changed.version, changed.points) == (2, 5)


@pytest.mark.parametrize(
    ("field", "wish"),
    [
        ("points", {"points": 0}),
        ("points", {"points": 10_001}),
        ("cap_per_quarter", {"cap_per_quarter": 149}),
        ("topic", {"topic": "account.frozen"}),
        ("name", {"name": " "}),
        ("name", {"name": "Nomination enrolled"}),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(marketer, field, wish):
    with pytest.raises(InvalidInput) as refusal:
        services.draft_rule(**{**FIRST, "name": "Fresh", "cap_per_quarter": None, **wish}, actor=marketer)

    assert list(refusal.value.errors) == [field]


def test_a_rule_reads_as_a_sentence():
    sentence = selectors.sentence_of(Rule(**FIRST, cap_per_quarter=600))

    assert sentence == "When a nomination is enrolled, the nominator gets 150 points, at most 600 a quarter."
