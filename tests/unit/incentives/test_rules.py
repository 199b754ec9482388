"""Rules: what they pay, when, and who may switch them."""

import datetime as dt
from importlib import import_module

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.utils import timezone

from incentives.ledger.selectors import balance_of
from incentives.ledger.services import reverse
from incentives.models import Entry, Rule, RuleSpan
from incentives.rulebook import capped, services, vocabulary
from incentives.rulebook.definition import read
from incentives.rulebook.enums import RuleState
from refprogram.kernel import topics
from refprogram.kernel.errors import IllegalMove, NotAllowed
from refprogram.kernel.stream import Subject, emit
from tests.factories.incentives import RuleFactory, saying

pytestmark = pytest.mark.django_db
FIRST = "Nomination enrolled"
words_of_then = import_module("incentives.migrations.0019_words_of_then")


@pytest.fixture(autouse=True)
def _only_rules_listen(settings):
    settings.EVENT_HANDLERS = {
        topic: ["incentives.handlers.apply_rules"]
        for topic, names in settings.EVENT_HANDLERS.items()
        if "incentives.handlers.apply_rules" in names
    } | {"points.reversed": ["incentives.handlers.free_caps"]}


def enrolled(person, number=1, **options):
    return emit(
        "nomination.enrolled", subject=Subject("nomination", number), payload={"nominator": person.pk}, **options
    )


def test_the_program_begins_with_two_rules():
    assert [(rule.name, rule.definition, rule.state) for rule in Rule.objects.order_by("pk")] == [
        ("Nomination enrolled", saying("nomination.enrolled", "nominator", 150, cap_per_quarter=600), "live"),
        ("Reference delivered", saying("reference.delivered", "owner", 50), "live"),
    ]
    assert [(span.version, span.definition, span.since, span.until) for span in RuleSpan.objects.order_by("pk")] == [
        (1, rule.definition, None, None) for rule in Rule.objects.order_by("pk")
    ]


def test_every_topic_that_rules_offer_reaches_them():
    listening = {t for t, names in settings.EVENT_HANDLERS.items() if "incentives.handlers.apply_rules" in names}
    assert listening == vocabulary.TOPICS


def test_every_fact_and_everybody_is_told_by_the_topic():
    for occasion in vocabulary.OCCASIONS:
        told = set(topics.registry()[occasion.topic].fields)
        named = {name for who in occasion.who.values() for name in (who.field, who.shares) if name}
        assert named | set(occasion.facts) <= told, occasion.topic


def test_an_enrolled_nomination_pays_the_nominator(rep, drain):
    event = enrolled(rep.person)

    drain()

    entry = Entry.objects.get()
    assert (entry.key, entry.event_id, entry.rule.name) == (f"{event.pk}:{entry.rule_id}:1", event.pk, FIRST)
    assert balance_of(rep.person) == 150


def test_the_cap_of_the_quarter_counts_by_the_day_of_the_event(rep, drain):
    # 600 a quarter at 150 each: the fifth gives nothing, one of the next quarter does.
    autumn, winter = dt.datetime(2026, 11, 1, tzinfo=dt.UTC), dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
    with time_machine.travel(dt.datetime(2027, 1, 2, tzinfo=dt.UTC)):
        for number in range(5):
            enrolled(rep.person, number, occurred_at=autumn)
        enrolled(rep.person, 6, occurred_at=winter)

        drain()

    assert balance_of(rep.person) == 750


def test_the_cap_pays_the_rest_that_fits(rep, drain):
    RuleFactory(name="Ask", points=40, cap_per_quarter=100)
    for number in range(4):
        emit("request.submitted", subject=Subject("referencerequest", number), payload={"requester": rep.person.pk})

    drain()

    assert balance_of(rep.person) == 100  # 40 + 40 + 20 + nothing


def test_what_gave_nothing_is_said_and_not_booked(rep, drain):
    for number in range(4):
        enrolled(rep.person, number)
    drain()
    assert capped.unpaid(rep) == []

    fifth = enrolled(rep.person, 5)
    drain()

    (line,) = capped.unpaid(rep)
    assert (line.rule.name, line.cap.most, line.occurred_at) == (FIRST, 600, fifth.occurred_at)
    assert balance_of(rep.person) == 600
    assert Entry.objects.count() == 4


def test_what_gave_nothing_names_who_shares_and_whom_the_rule_is_for(rep, other_team_rep, support, drain):
    wish = saying("nomination.approved", "nominator", 100, caps=[{"span": "quarter", "most": 100}])
    RuleFactory(definition={**wish, "audience": {"roles": ["rep"]}})
    shares = [[rep.person_id, None, None, 60], [other_team_rep.person_id, None, None, 40]]

    def approved(number, **facts):
        emit("nomination.approved", subject=Subject("nomination", number), payload=facts)

    approved(1, nominator=rep.person_id)  # all that one can get
    approved(2, nominator=rep.person_id)
    approved(3, nominator=other_team_rep.person_id, credits=shares)
    approved(4, nominator=rep.person_id, credits=[[other_team_rep.person_id, None, None, 100]])
    drain()

    assert [line.rule.says.topic for line in capped.unpaid(rep)] == ["nomination.approved"] * 2  # 2 and 3
    assert capped.unpaid(support) == []
    assert (balance_of(rep.person), balance_of(other_team_rep.person)) == (100, 100)  # of 3 and 4: 40 and 60
    assert capped.unpaid(other_team_rep) == []


def test_what_is_taken_back_frees_the_cap(rep, finance, drain):
    for number in range(4):
        enrolled(rep.person, number)
    drain()
    reverse(entry=Entry.objects.order_by("pk").first(), reason="Not real", actor=finance)
    drain()

    enrolled(rep.person, 5)
    drain()

    assert balance_of(rep.person) == 600


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
    wish = {"name": "Other", "definition": saying("request.submitted", "requester", 5)}
    with pytest.raises(IllegalMove):
        services.change_draft(rule=rule, **wish, actor=marketer)
    services.stop_rule(rule=rule, actor=sales_head)

    changed = services.change_draft(rule=rule, **wish, actor=marketer)

    assert (changed.version, changed.says.gives.amount) == (2, 5)


def test_a_rule_that_was_stopped_and_then_changed_gave_by_the_words_of_then(marketer, sales_head):
    rule = RuleFactory(points=40)
    services.stop_rule(rule=rule, actor=sales_head)
    for points in (5, 6):
        wish = saying("nomination.enrolled", "nominator", points)
        services.change_draft(rule=rule, name=rule.name, definition=wish, actor=marketer)
    rule.refresh_from_db()
    now = {"definition": rule.definition, "topics": rule.says.topics, "version": rule.version}
    RuleSpan.objects.filter(rule=rule).update(**now)  # as 0011 left it

    with connection.cursor() as cursor:
        words_of_then.give_back(cursor, timezone.now() + dt.timedelta(days=999))

    (span,) = RuleSpan.objects.filter(rule=rule)
    assert (span.version, span.topics, read(span.definition).gives.amount) == (1, ["request.submitted"], 40)
