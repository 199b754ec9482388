"""Screening as work of the program: said when a nomination comes, is decided, or ends; proved."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from nominations import demand, proofs, services
from refprogram.governance.capacity.models import Demand
from tests.factories.nominations import NominationFactory

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)


def kept():
    return list(Demand.objects.values_list("kind", "hours", "month"))


def broken():
    return [row for proof in proofs.proofs() for row in proof.rows]


@time_machine.travel(MONDAY, tick=False)
def test_what_waits_is_work_of_the_month_in_which_it_is_screened(drain, rep):
    row = NominationFactory(nominator=rep)
    assert (kept(), broken()) == ([], [])  # the word is still on its way
    drain()
    assert (kept(), broken()) == ([("screening", Decimal("0.50"), dt.date(2026, 12, 1))], [])  # within seven days
    row.decided_at = MONDAY
    assert demand.day_of(row) == dt.date(2026, 11, 30)
    Demand.objects.all().delete()
    assert broken() == [row.public_id]


def test_what_is_withdrawn_is_no_work_any_more(drain, rep):
    row = NominationFactory(nominator=rep)
    drain()
    services.withdraw(nomination=row, actor=rep)
    assert (len(kept()), broken()) == (1, [])
    drain()
    assert (kept(), broken()) == ([], [])
