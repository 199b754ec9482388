"""Points that were given and not spent: when they lapse, and what they are worth to who owes them."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from incentives.catalogue import expiring, liability, proofs
from incentives.catalogue.models import LiabilityMonth
from incentives.ledger import services as ledger
from refprogram.kernel.models import Event
from refprogram.kernel.program_settings import services as figures
from refprogram.kernel.program_settings.figures import rooms
from refprogram.notices.models import Notice
from tests.factories.incentives import booked
from tests.factories.incentives_catalogue import handed_over

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _led(cast):
    cast.manager  # noqa: B018 - the team of the rep is led by somebody


def at(day):
    return time_machine.travel(dt.datetime.fromisoformat(f"{day}T08:00:00+00:00"), tick=False)


def test_points_lapse_oldest_first_after_two_warnings(cast, drain, admin):
    with at("2025-01-10"):
        booked(100, person=cast.rep.person)
    with at("2025-03-10"):
        booked(50, person=cast.rep.person)
    wallet = ledger.wallet_of(cast.rep.person)
    with at("2025-04-01"):
        spent = ledger.reserve(wallet=wallet, points=30, key="r", memo="A dinner")
        back = ledger.reserve(wallet=wallet, points=20, key="s", memo="A book")
        ledger.release(entry=back, memo="A book")
        ledger.redeem(entry=spent, memo="A dinner")
    with at("2026-01-20"):
        assert expiring.expire_due(timezone.now()) == 0  # never, as the program comes
        assert [one.points for one in expiring.lapsing(dt.date(2026, 2, 1), 12)] == [70]  # 100 - 30 spent
    figures.change(room=rooms()["incentives.catalogue"], values={"expire_after": 12}, user=admin)
    with at("2026-01-20"):
        assert expiring.expire_due(timezone.now()) == 0
        assert expiring.expire_due(timezone.now()) == 0
        told = Notice.objects.filter(person=cast.rep.person, kind="incentives.points_lapse")
        assert sorted(told.values_list("text", flat=True)) == ["70 points lapse on 1 February"]
    with at("2026-02-01"):
        assert expiring.expire_due(timezone.now()) == 1
        assert expiring.expire_due(timezone.now()) == 0
    wallet.refresh_from_db()
    assert (wallet.available, wallet.expired) == (50, 70)
    with at("2026-02-10"):
        late = ledger.reserve(wallet=wallet, points=40, key="t", memo="A lamp")
    with at("2026-03-25"):
        ledger.release(entry=late, memo="A lamp")  # what comes back does not lapse before its owner was warned
    with at("2026-04-01"):
        assert expiring.expire_due(timezone.now()) == 1
    wallet.refresh_from_db()
    assert (wallet.available, wallet.expired) == (40, 80)
    with at("2026-05-10"):
        assert expiring.expire_due(timezone.now()) == 0
        assert told.filter(text="40 points lapse on 1 June").exists()
    with at("2026-06-01"):
        assert expiring.expire_due(timezone.now()) == 1
    wallet.refresh_from_db()
    assert (wallet.available, wallet.expired) == (0, 120)
    drain()
    assert Event.objects.filter(topic="points.expired").count() == 3


def test_what_is_owed_by_hand(cast, marketer):
    with at("2026-03-10"):
        booked(1000, person=cast.rep.person)
    with at("2026-04-10"):
        handed_over(cast.rep, by=marketer)  # 300 points, earned a month before, spent on a voucher of 50
    with at("2026-05-10"):
        assert liability.close_months(timezone.now()) == 2
        assert liability.close_months(timezone.now()) == 0
        now, april, march = liability.report()

    assert (march.held, march.given) == (1300, 1300)
    assert march.owed == Decimal("58.50")  # 1300 × 0.05 × 0.9
    assert (april.given, april.redeemed, april.held) == (0, 300, 1000)
    assert april.unit_cost == Decimal("0.166667")  # 50 for 300 points
    assert (now.held, now.closed, now.owed) == (1000, False, Decimal("150.00"))  # 1000 × 0.166667 × 0.9
    assert LiabilityMonth.objects.count() == 2
    assert [proof.name for proof in proofs.proofs() if not proof.holds] == []
