"""Caps of a new version count what the rule gave before, whatever span they are for, and for all four gifts."""

import datetime as dt

import pytest
import time_machine

from incentives.ledger import services as ledger
from incentives.models import Entry, RuleTally
from incentives.rulebook import proofs, services
from incentives.simulation.replay import Stretch, last_event
from incentives.simulation.services import given_keys, posted_keys, rules_of_then
from tests.factories.incentives import saying
from tests.factories.incentives_badges import BadgeFactory
from tests.unit.incentives.test_paying import NOON, _only_rules_listen, books, open_draw_until, rule, told

pytestmark = pytest.mark.django_db
__all__ = ["_only_rules_listen"]


def cap(span, most, *, each=True):
    return {"span": span, "most": most, "each": each}


def stopped(first, admin):
    with time_machine.travel(NOON + dt.timedelta(hours=3)):
        services.stop_rule(rule=first, actor=admin)


def test_a_cap_for_another_span_counts_what_that_span_gave_already(rep, admin, sales_head, finance, drain):
    first = rule(caps=[cap("quarter", 1000)])
    for number in range(3):
        told("nomination.submitted", number, nominator=rep.person_id)
    told("nomination.submitted", 9, nominator=rep.person_id, at=NOON - dt.timedelta(days=2))  # in October
    drain()
    ledger.reverse(entry=Entry.objects.order_by("pk").first(), reason="Twice", actor=finance)
    drain()
    stopped(first, admin)
    wish = saying("nomination.submitted", "nominator", 100, caps=[cap("month", 250), cap("month", 260, each=False)])
    services.change_draft(rule=first, name="Anew", definition=wish, actor=admin)
    with time_machine.travel(NOON + dt.timedelta(hours=4)):
        services.start_rule(rule=first, actor=sales_head)
        for number in (4, 5):
            told("nomination.submitted", number, nominator=rep.person_id, at=NOON + dt.timedelta(hours=5))
    told("nomination.submitted", 6, nominator=rep.person_id)  # late: for the version of before, and counted now, too

    drain()

    assert books(rep.person) == (0, 100 * 4 - 100 + 50 + 100)
    november = {row.holder: row.sums["month:2026-11-01"] for row in RuleTally.objects.all()}
    assert november == {f"p{rep.person_id}": [350, 4], "": [350, 4]}
    span = Stretch(dt.date(2026, 1, 1), dt.date(2026, 12, 31), last_event())
    assert given_keys(rules_of_then(span), span) == posted_keys(rules_of_then(span), span)
    assert [proof.rows for proof in proofs.proofs() if not proof.holds] == []


@pytest.mark.parametrize("gift", ["badge", "ticket", "money"])
def test_the_same_for_what_is_no_points(rep, admin, sales_head, marketer, drain, gift):
    of = {
        "badge": lambda: {"of": BadgeFactory(often="always").pk},
        "ticket": lambda: {"of": open_draw_until(NOON + dt.timedelta(days=9), owner=marketer).pk},
        "money": dict,
    }[gift]()
    says = saying("nomination.submitted", "nominator", 1, gives={"gift": gift, "amount": 1, **of})
    first = rule(gives={"gift": gift, "amount": 1, **of}, caps=[cap("quarter", 9)])
    told("nomination.submitted", nominator=rep.person_id)
    drain()
    stopped(first, admin)
    services.change_draft(rule=first, name="Anew", definition={**says, "caps": [cap("week", 1)]}, actor=admin)
    with time_machine.travel(NOON + dt.timedelta(hours=4)):
        services.start_rule(rule=first, actor=sales_head)
        told("nomination.submitted", 2, nominator=rep.person_id, at=NOON + dt.timedelta(hours=5))

    drain()

    assert RuleTally.objects.get(holder="").sums["week:2026-11-02"] == [1, 1]
