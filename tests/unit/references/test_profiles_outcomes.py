"""Outcomes: the arithmetic, and who may say that they are true."""

from decimal import Decimal

import pytest

from references.content.models import Asset, Claim
from references.profiles import services
from references.profiles.change import Change, per_cent
from references.profiles.models import Outcome
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from tests.factories.profiles import outcome_of
from tests.factories.references import ContactFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "after", "share", "words"),
    [
        ("12", "3", "-75.0", "−75 %"),  # 9 fewer of 12
        ("8", "10", "25.0", "+25 %"),  # 2 more of 8
        ("3", "4", "33.3", "+33.3 %"),
        ("-4", "2", "150.0", "+150 %"),  # 6 up from 4 below
        ("0", "5", None, "from nothing"),
    ],
)
def test_the_change_in_per_cent(before, after, share, words):
    assert per_cent(Decimal(before), Decimal(after)) == (None if share is None else Decimal(share))
    assert Change(Decimal(before), Decimal(after), "days", "up").words == words


def test_less_is_better_where_somebody_says_so():
    assert Change(Decimal(12), Decimal(3), "days", "down").better is True
    assert Change(Decimal(12), Decimal(3), "", "up").better is False
    assert Change(Decimal("12.50"), Decimal("3.0000"), "days", "down").readings == "12.5 → 3 days"


def test_somebody_other_than_the_author_verifies(rep, marketer):
    outcome = outcome_of(rep)
    with pytest.raises(NotAllowed, match="somebody else"):
        services.verify_outcome(outcome=outcome, by=rep)

    first = services.verify_outcome(outcome=outcome, by=marketer)
    again = services.verify_outcome(outcome=outcome, by=marketer)

    assert first.verified_by == marketer
    assert again.verified_at == first.verified_at
    assert Event.objects.filter(topic="outcome.verified").count() == 1


def test_without_evidence_there_is_nothing_to_verify(rep, marketer):
    outcome = outcome_of(rep, evidence_url="")
    with pytest.raises(DomainError, match="no evidence"):
        services.verify_outcome(outcome=outcome, by=marketer)


def test_who_changes_a_verified_outcome_becomes_its_author(rep, marketer):
    outcome = services.verify_outcome(outcome=outcome_of(rep), by=marketer)
    changed = services.edit_outcome(outcome=outcome, by=marketer, after=Decimal(4))

    assert changed.verified_at is None
    with pytest.raises(NotAllowed):  # else one could verify, change, and verify one's own figure
        services.verify_outcome(outcome=changed, by=marketer)
    assert services.verify_outcome(outcome=changed, by=rep).verified_by == rep


def test_saying_what_is_known_changes_nothing(rep, marketer):
    outcome = services.verify_outcome(outcome=outcome_of(rep), by=marketer)
    same = services.edit_outcome(outcome=outcome, by=rep, after=Decimal(3))
    assert same.verified_by == marketer


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"metric": "  "}, "metric"), ({"after": Decimal(12)}, "after")],
)
def test_what_is_no_outcome_is_refused_by_field(rep, facts, field):
    with pytest.raises(InvalidInput) as refused:
        outcome_of(rep, **facts)
    assert field in refused.value.errors


def test_somebody_of_another_customer_did_not_say_it(rep):
    with pytest.raises(InvalidInput) as refused:
        outcome_of(rep, contact=ContactFactory())
    assert "contact" in refused.value.errors


def test_an_outcome_that_a_story_rests_on_stays(rep):
    outcome = outcome_of(rep)
    asset = Asset(account=outcome.account, title="Books closed in three days", kind="case_study")
    asset.save()
    claim = Claim(asset=asset, text="Closed in three days.", outcome=outcome)
    claim.save()
    with pytest.raises(DomainError, match="story rests"):
        services.remove_outcome(outcome=outcome, by=rep)
    claim.delete()
    services.remove_outcome(outcome=outcome, by=rep)
    assert not Outcome.objects.exists()
