"""Trials of rules on the past: for rules that were on they give what was given, and they change nothing."""

import datetime as dt
import random
from decimal import Decimal

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from incentives.ledger import services as ledger
from incentives.ledger.services import reverse
from incentives.models import Entry
from incentives.pay.services import AccrualIn, accrue_many
from incentives.rulebook import promises
from incentives.rulebook import services as rulebook
from incentives.rulebook.definition import Gift
from incentives.rulebook.enums import RuleState
from incentives.simulation import figures, services, shown
from incentives.simulation.replay import Stretch, last_event
from refprogram.kernel import jobs
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.stream import Subject, emit
from tests.factories.incentives import RuleFactory, saying
from tests.factories.incentives_pay import EscalatorFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
OCTOBER = Stretch(dt.date(2026, 10, 1), dt.date(2026, 10, 31), 10**9)


@pytest.fixture(autouse=True)
def _only_rules_listen(settings):
    settings.EVENT_HANDLERS = {
        topic: [name for name in names if name.startswith("incentives.handlers.")]
        for topic, names in settings.EVENT_HANDLERS.items()
    }


def told(topic, number, day, **payload):
    at = dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC) + dt.timedelta(days=day)
    return emit(topic, subject=Subject("nomination", number), payload=payload, occurred_at=at)


def stretch(first, last):
    return Stretch(first, last, last_event())


@pytest.mark.parametrize(
    ("amounts", "spread"), [([5, 5, 5], 0), ([0, 0, 9], 2 / 3), ([1, 2, 3, 4], 0.25), ([], 0), ([7], 0)]
)
def test_the_spread_of_known_amounts(amounts, spread):
    # All with one of n: (n - 1) / n. 1..4: (2·(1·1 + 2·2 + 3·3 + 4·4) - 5·10) / (4·10) = 10/40.
    assert figures.gini(amounts) == pytest.approx(spread)


def a_day_of(chance, day, people):
    """Some nominations are handed in, some told five days late, some shared; some of before come to an act."""
    for number in range(chance.randrange(4)):
        who, other = chance.sample(people, 2)
        facts = {"nominator": who.person_id, "in_gap": chance.random() < 0.5}
        if chance.random() < 0.3:
            facts["credits"] = [[who.person_id, None, None, 70], [other.person_id, None, None, 30]]
        told("nomination.submitted", 10 * day + number, day - chance.choice([0, 0, 5]), **facts)
        if chance.random() < 0.5:
            told("nomination.first_act", 10 * chance.randrange(day + 1) + number, day, nominator=who.person_id)


def take_some_back(chance, finance):
    """Something earned for good, and something that came true."""
    for kind in ("earned", "vested"):
        owned = Entry.objects.filter(kind=kind, promise=None, reversed_by=None).order_by("pk")
        reverse(entry=chance.choice(list(owned)), reason="Not real", actor=finance)


@pytest.mark.parametrize("seed", range(4))
def test_rules_that_were_on_give_what_they_gave(seed, rep, other_team_rep, finance, sales_head, drain):
    chance = random.Random(seed)
    people = [rep, other_team_rep, *UserFactory.create_batch(2)]
    promised = {"milestones": [{"percent": 60, "topic": "nomination.first_act", "days": 20}]}
    RuleFactory(definition=saying("nomination.submitted", "nominator", 30, cap_per_quarter=200, **promised))
    RuleFactory(
        definition=saying(
            "nomination.submitted", "nominator", 17, fading={"span": "week", "percents": [100, 50, 10]},
            conditions=[{"fact": "in_gap", "op": "is", "values": [True]}],
            caps=[{"span": "month", "most": 90, "each": False}],
        )
    )  # fmt: skip
    pot = ledger.pot("Autumn")
    RuleFactory(definition=saying("nomination.submitted", "nominator", 40, pot=pot.pk, **promised))
    switched = RuleFactory(state=RuleState.DRAFT, definition=saying("nomination.first_act", "nominator", 9))
    for day in range(60):
        with time_machine.travel(dt.datetime(2026, 9, 1, 18, tzinfo=dt.UTC) + dt.timedelta(days=day)):
            if day == 20:
                rulebook.start_rule(rule=switched, actor=sales_head)
            if day == 45:
                rulebook.stop_rule(rule=switched, actor=sales_head)
            if day in {5, 40}:  # empty until then, and again soon after
                ledger.fund(wallet=pot, points=300, key=f"fund:{day}", memo="Autumn", actor=finance)
            a_day_of(chance, day, people)
            drain()
            promises.give_up(now=timezone.now())  # what did not come true is in the pot again
            if day in {15, 30}:
                take_some_back(chance, finance)
                drain()

    for first, last in ((dt.date(2026, 9, 1), dt.date(2026, 10, 31)), (dt.date(2026, 9, 20), dt.date(2026, 10, 10))):
        span = stretch(first, last)
        rules = services.rules_of_then(span)
        given = services.given_keys(rules, span)
        assert given
        assert given == services.posted_keys(rules, span)


def test_a_trial_stands_beside_what_was_given_and_changes_nothing(rep, other_team_rep, marketer, drain):
    # Was: 150 each for enrolled. Tried: 50 when handed in. One of three nominations was enrolled.
    for number in range(3):
        told("nomination.submitted", number, 32 + number, nominator=rep.person_id)
    told("nomination.submitted", 3, 40, nominator=other_team_rep.person_id)
    told("nomination.enrolled", 0, 50, nominator=rep.person_id)
    drain()
    cheap = RuleFactory(
        name="Handed in", state=RuleState.DRAFT, definition=saying("nomination.submitted", "nominator", 50)
    )
    before = counted()

    row = services.simulate(rules=[cheap], first=OCTOBER.first, last=OCTOBER.last, actor=marketer, rule=cheap)
    jobs.run(job_id=row.job_id)

    row.refresh_from_db()
    row.job.refresh_from_db()
    assert row.job.state == "done", row.job.message
    would, was = (row.result[side]["gifts"]["points"] for side in ("would", "was"))
    assert (would["total"], would["people"], would["rules"]) == (200, 2, [["Handed in", 200]])
    assert would["gini"] == 0.25  # 50 and 150: (2·(50 + 2·150) - 3·200) / (2·200)
    assert (was["total"], was["months"]) == (150, [["2026-10-01", 150]])
    assert row.result["posted"] == 150
    people = row.result["people"]["points"]
    assert (people["more"], people["less"], people["same"]) == (1, 0, 1)
    assert people["winners"] == [[other_team_rep.person_id, 0, 50]]
    assert {name: n for name, n in counted().items() if n != before[name]} == {
        "incentives.simulation": 1,
        "kernel.job": 1,
    }


def counted():
    watched = ("incentives", "governance", "notices", "kernel")
    return {
        model._meta.label_lower: model._base_manager.count()
        for app in watched
        for model in apps.get_app_config(app).get_models()
    }


def test_what_invites_gaming_is_said(rep, marketer):
    rule = RuleFactory(state=RuleState.DRAFT, definition=saying("nomination.submitted", "nominator", 10))
    for number in range(6):  # six on one day, of which four by the nominator's own hand
        actor = rep.person_id if number < 4 else marketer.person_id
        emit("nomination.submitted", subject=Subject("nomination", number), actor_id=actor,
             payload={"nominator": rep.person_id}, occurred_at=dt.datetime(2026, 10, 5, 9, tzinfo=dt.UTC))  # fmt: skip

    row = services.simulate(rules=[rule], first=OCTOBER.first, last=OCTOBER.last, actor=marketer)
    jobs.run(job_id=row.job_id)

    row.refresh_from_db()
    assert row.result["would"]["gifts"]["points"]["exposure"] == {"own": 0.6667, "pair": 0.3333, "bursts": 1.0}


@pytest.mark.parametrize(
    ("first", "last", "part"),
    [("2026-10-31", "2026-10-01", "last"), ("2030-01-01", "2030-02-01", "first"), ("2020-01-01", "2026-01-01", "last")],
)
def test_days_that_make_no_sense_are_refused(marketer, first, last, part):
    days = {"first": dt.date.fromisoformat(first), "last": dt.date.fromisoformat(last)}
    with pytest.raises(InvalidInput) as refusal:
        services.simulate(rules=[RuleFactory()], **days, actor=marketer)
    assert list(refusal.value.errors) == [part]


def test_who_cannot_write_rules_does_not_try_them(rep):
    with pytest.raises(NotAllowed):
        services.simulate(rules=[RuleFactory()], first=OCTOBER.first, last=OCTOBER.last, actor=rep)


def test_an_escalator_is_tried_on_past_months_and_whose_pay_it_is_stays_with_who_answers_for_pay(
    rep, other_team_rep, marketer, finance, clients
):
    # Both have a score of 100. On then: × 1.25, at most 500. Tried: × 1.50, at most 300.
    in_october = dt.datetime(2026, 10, 15, tzinfo=dt.UTC)
    accrue_many(
        [
            AccrualIn(key=f"k{n}", person_id=who.person_id, amount=amount, occurred_at=in_october)
            for n, (who, amount) in enumerate([(rep, Decimal(400)), (other_team_rep, Decimal(3000))])
        ]
    )
    EscalatorFactory()
    tried = EscalatorFactory(state="draft", tiers=[["80", "1.50"]], most_a_month=Decimal(300))

    with time_machine.travel("2026-11-22 12:00Z"):
        row = services.simulate_escalator(
            escalator=tried, first=dt.date(2026, 9, 15), last=dt.date(2026, 10, 31), actor=marketer
        )
        jobs.run(job_id=row.job_id)

    row.refresh_from_db()
    would, was = (row.result[side]["gifts"]["money"] for side in ("would", "was"))
    assert (would["total"], would["months"]) == (50_000, [["2026-10-01", 50_000]])  # 200 and, capped, 300
    assert was["total"] == 60_000  # 100 and, capped, 500
    assert row.result["people"]["money"]["losers"] == [[other_team_rep.person_id, 50_000, 30_000]]
    assert "Rhea Rep" in clients["finance"].get(row.get_absolute_url()).text
    seen = clients["marketer"].get(row.get_absolute_url()).text
    assert "Rhea Rep" not in seen
    assert "so few people" in seen  # of two people the sum says what each is paid
    assert "As tried" not in seen


def test_sums_of_money_of_few_people_are_for_who_answers_for_pay():
    def tab(people, months):
        result = figures.Tab()
        for month in range(1, months + 1):
            for person in range(people if month > 1 else 2):
                result.pay(person, dt.date(2026, month, 1), month, 100)
        return figures.Outcome({Gift.MONEY: result})

    def result(people):
        would = tab(people, 2).told({1: "First", 2: "Second"})
        return {"would": would, "was": would, "people": {"money": {"winners": [1], "losers": [1]}}, "pots": []}

    told = shown.for_reader(result(5), sees_pay=False)["would"]["gifts"]["money"]
    assert (told["total"], told["months"], told["rules"]) == (700, [["2026-02-01", 500]], [["Second", 500]])
    assert shown.for_reader(result(4), sees_pay=False)["would"]["gifts"] == {}
    assert shown.for_reader(result(4), sees_pay=True) == result(4)


def test_an_escalator_goes_by_whole_months(marketer):
    days = {"first": dt.date(2026, 10, 2), "last": dt.date(2026, 10, 31)}
    with pytest.raises(InvalidInput, match="No whole month"):
        services.simulate_escalator(escalator=EscalatorFactory(), **days, actor=marketer)
