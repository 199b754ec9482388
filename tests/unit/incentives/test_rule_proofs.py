"""What rules have counted is what the ledger booked, whatever was promised, kept, given up and taken back."""

import datetime as dt

import pytest
from django.db import connection

from incentives.ledger import proofs as ledger_proofs
from incentives.ledger import services as ledger
from incentives.ledger.models import Wallet
from incentives.models import Entry, RuleTally
from incentives.rulebook import promises, proofs
from refprogram.kernel.stream import Subject, drain, emit
from tests.factories.incentives import RuleFactory, saying

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
LATER = {"milestones": [{"percent": 60, "topic": "nomination.first_act", "days": 30}]}


def broken():
    return [proof.name for each in (proofs, ledger_proofs) for proof in each.proofs() if not proof.holds]


def happens(topic, number, person):
    emit(topic, subject=Subject("nomination", number), payload={"nominator": person.pk}, occurred_at=NOON)
    drain(handler="incentives.handlers.apply_rules")


def total(rule, person):
    return RuleTally.objects.get(rule=rule, holder=f"p{person.pk}").sums["total"]


@pytest.fixture
def patient(admin):
    pot = ledger.pot("Autumn")
    ledger.fund(wallet=pot, points=1000, key="fund", memo="Autumn", actor=admin)
    return RuleFactory(definition=saying("nomination.submitted", "nominator", 100, pot=pot.pk, **LATER))


def test_it_holds_at_each_step_of_what_becomes_of_a_promise(patient, rep, finance):
    for number in range(3):
        happens("nomination.submitted", number, rep.person)
    happens("nomination.first_act", 0, rep.person)
    assert (total(patient, rep.person), broken()) == ([300, 3], [])

    vested = Entry.objects.get(kind="vested")
    ledger.reverse(entry=vested, reason="Not real", actor=finance)
    assert broken() == []  # what was taken back counts once it has been heard
    drain(handler="incentives.handlers.free_caps")
    assert (total(patient, rep.person), broken()) == ([240, 3], [])

    waiting = Entry.objects.get(promise__subject_id=1)
    ledger.reverse(entry=waiting, reason="Not real", actor=finance)
    drain(handler="incentives.handlers.free_caps")
    promises.give_up(now=NOON + dt.timedelta(days=60))

    wallet, pot = Wallet.objects.get(person=rep.person), Wallet.objects.get(name="Autumn")
    assert (wallet.pending, wallet.available, pot.budget) == (0, 120, 880)
    assert (total(patient, rep.person), broken()) == ([180, 3], [])  # what did not come true used up its cap


def test_a_count_that_went_wrong_is_found(patient, rep):
    happens("nomination.submitted", 1, rep.person)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE incentives_ruletally SET sums = '{\"total\": [90, 1]}' WHERE holder <> ''")
        cursor.execute("UPDATE incentives_rulespan SET until = now() WHERE rule_id = %s", [patient.pk])

    assert broken() == [
        "what rules counted for a person = what the ledger booked by them",
        "what a rule counted for all = for each together",
        "a rule is on exactly while it has an open span",
    ]
