"""Where references are lacking: cells with a target, recruiting targets, values that nobody stated."""

import datetime as dt

import pytest
from django.utils import timezone

from nominations.gaps import gaps_of, lies_in_a_gap
from references.coverage.services import set_targets
from references.models import RecruitingTarget
from refprogram.people.models import User
from tests.factories.references import AccountFactory

pytestmark = pytest.mark.django_db


def test_a_cell_that_lacks_references_is_a_gap_for_who_stands_in_it(marketer: User) -> None:
    set_targets(wanted=[({"industry": "Logistics"}, 2), ({"industry": "Retail", "size": "1-49"}, 1)], actor=marketer)
    inside = AccountFactory(industry="Logistics", employees=20)
    assert [gap.words for gap in gaps_of(inside)] == ["We need 2 like this: Logistics"]
    assert lies_in_a_gap(inside)
    assert not lies_in_a_gap(AccountFactory(industry="Retail", employees=5_000))
    assert lies_in_a_gap(AccountFactory(industry="Retail", employees=20))


def test_an_open_recruiting_target_is_a_gap_until_it_is_met() -> None:
    target = RecruitingTarget(
        title="Health", cell={"industry": "Health"}, wanted=2, due_on=timezone.localdate() + dt.timedelta(days=30)
    )
    target.save()
    account = AccountFactory(industry="Health")
    assert [gap.missing for gap in gaps_of(account)] == [2]
    target.gained = 2
    target.save()
    assert gaps_of(account) == []
    assert not lies_in_a_gap(account)
