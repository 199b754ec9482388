"""How a share of a quota is called while it runs, in its days of grace, and when it is over."""

import pytest

from nominations.quotas import shown
from nominations.quotas.enums import QuotaState, Rung
from nominations.quotas.models import QuotaPlan, QuotaShare
from nominations.quotas.tables import standing
from refprogram.people.models import User
from tests.factories.people import UserFactory
from tests.factories.quotas import opened, planned, share_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "rung", "word"),
    [
        (QuotaState.OPEN, "", "Under way"),
        (QuotaState.OPEN, Rung.NUDGE, "Behind"),
        (QuotaState.GRACE, "", "Behind"),
        (QuotaState.CLOSED, "", "Not reached"),
        (QuotaState.APPEALED, Rung.RESTRICTED, "Not reached"),
        (QuotaState.FINAL, "", "Not reached"),
    ],
)
def test_what_was_not_reached_is_not_under_way_for_ever(rep: User, state: str, rung: str, word: str) -> None:
    share = share_of(rep)
    share.plan.state, share.rung = state, rung

    assert str(standing(share).word) == word


def test_the_page_of_a_quota_says_how_many_have_reached_it_and_leads_to_them(rep: User, sales_head: User) -> None:
    UserFactory(), UserFactory()
    plan = opened(sales_head)
    plan.shares.filter(user=rep).update(reached_at=plan.opened_at)
    seen = QuotaShare.objects.all()

    reached, lacking, waived = shown.tiles_of(plan, seen)

    assert (reached["value"], reached["target"], reached["share"]) == ("1", "of 3 people", pytest.approx(1 / 3))
    assert (lacking["name"], lacking["value"], waived["value"]) == ("Not there yet", "2", "0")
    assert lacking["url"] == f"/quotas/?plan={plan.public_id}&behind=yes"
    QuotaPlan.objects.update(state=QuotaState.FINAL)
    plan.refresh_from_db()
    assert shown.tiles_of(plan, seen)[1]["name"] == "Did not reach it"
    assert shown.tiles_of(planned(sales_head), seen) == []
