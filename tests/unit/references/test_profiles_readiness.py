"""Readiness: each part worked out by hand, and kept as its causes change."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from references.accounts import services as accounts
from references.profiles import counting, policy, services
from references.profiles.policy import Part
from references.profiles.readiness import Facts, components, total, weight_at
from tests.factories.profiles import outcome_of
from tests.factories.references import AccountFactory, ContactFactory, ReferenceFactory, reserved

TODAY = dt.date(2026, 11, 1)
FIGURES = policy.Figures()


def points(facts):
    return {part.key: round(part.points, 2) for part in components(facts, FIGURES, TODAY)}


def test_nothing_known_counts_half_of_the_past_alone():
    # Past weighs 20 of 100; never asked counts half: 10.
    assert total(components(Facts(), FIGURES, TODAY)) == 10


def test_all_that_can_be_is_a_hundred():
    facts = Facts(
        nps=Decimal(10), nps_on=TODAY, verified_on=TODAY, sponsor=True, held=3, consent_until=TODAY, known=11, of=11
    )
    assert total(components(facts, FIGURES, TODAY)) == 100


def test_each_part_by_hand():
    facts = Facts(
        nps=Decimal(8), nps_on=TODAY - dt.timedelta(days=360), verified_on=TODAY - dt.timedelta(days=180),
        held=3, declined=1, consent_until=TODAY - dt.timedelta(days=1), known=4, of=10,
    )  # fmt: skip
    # score: 25 × 0.8 × (540 − 360) / (540 − 180) = 25 × 0.8 × 0.5 = 10; outcome: still fresh, 20; past: 20 × 3/4 = 15;
    # consent ended yesterday: 0; profile: 10 × 0.4 = 4. Together 49.
    assert points(facts) == {
        Part.SCORE: 10.0, Part.OUTCOME: 20.0, Part.SPONSOR: 0.0, Part.PAST: 15.0, Part.CONSENT: 0.0, Part.PROFILE: 4.0
    }  # fmt: skip
    assert total(components(facts, FIGURES, TODAY)) == 49


def test_satisfaction_speaks_where_nobody_was_asked_whether_they_recommend_us():
    facts = Facts(csat=Decimal(4), csat_on=TODAY)
    assert points(facts)[Part.SCORE] == 20.0  # 25 × 4/5


@given(days=st.integers(0, 5000))
def test_age_never_adds_weight(days):
    older, newer = TODAY - dt.timedelta(days=days + 1), TODAY - dt.timedelta(days=days)
    assert 0 <= weight_at(older, FIGURES, TODAY) <= weight_at(newer, FIGURES, TODAY) <= 1


@given(
    nps=st.none() | st.integers(0, 10), age=st.integers(0, 3000), held=st.integers(0, 50), declined=st.integers(0, 50),
    known=st.integers(0, 11), sponsor=st.booleans(),
)  # fmt: skip
def test_a_score_lies_between_0_and_100_and_its_parts_add_up(nps, age, held, declined, known, sponsor):
    on = TODAY - dt.timedelta(days=age)
    facts = Facts(
        nps=None if nps is None else Decimal(nps), nps_on=on, verified_on=on, held=held, declined=declined,
        known=known, of=11, sponsor=sponsor, consent_until=on,
    )  # fmt: skip
    parts = components(facts, FIGURES, TODAY)
    assert total(parts) == round(sum(part.points for part in parts))
    assert 0 <= total(parts) <= 100


@pytest.mark.django_db
def test_what_is_kept_is_what_the_rows_say(cast):
    reference = ReferenceFactory(owner=cast.rep, sponsor=cast.executive, industry="Freight", country="", employees=90)
    outcome = outcome_of(cast.rep, account=reference)
    bare = AccountFactory()

    services.verify_outcome(outcome=outcome, by=cast.marketer)
    reference.refresh_from_db()
    # outcome 20, sponsor 10, past (never asked) 10, consent 15; profile: industry, owner, employees of 11: 10 × 3/11.
    assert reference.readiness == round(55 + 30 / 11)

    assert counting.count_all() == 1
    bare.refresh_from_db()
    assert bare.readiness == round(10 + 10 / 11)  # past 10; the industry is known
    assert counting.count_all() == 0


@pytest.mark.django_db
def test_what_changes_a_cause_counts_anew(cast, drain):
    account = ReferenceFactory(owner=cast.rep)
    drain()
    account.refresh_from_db()
    before = account.readiness
    accounts.edit_account(account=account, actor=None, sponsor=cast.executive)
    drain()
    account.refresh_from_db()
    assert account.readiness == before + 10


@pytest.mark.django_db
def test_declined_asks_lower_it(cast, drain):
    account = ReferenceFactory(owner=cast.rep)
    drain()
    account.refresh_from_db()
    before = account.readiness
    accounts.decline_ask(ask=reserved(account.contacts.get()), actor=None)
    drain()
    account.refresh_from_db()
    assert account.readiness == before - 10  # past: from half of 20 to nothing


@pytest.mark.django_db
def test_only_who_may_read_scores_reads_what_they_said(clients, cast):
    account = ReferenceFactory(owner=cast.rep)
    type(account).objects.filter(pk=account.pk).update(nps=9, nps_at=timezone.now())
    url = f"/accounts/{account.public_id}/readiness/"
    assert "9 of 10 · " in clients["rep"].get(url).text
    outside = clients["other_team_rep"].get(url).text
    assert "9 of 10 · " not in outside
    assert "Kept for who looks after them" in outside


@pytest.mark.django_db
def test_hard_stops_stand_outside(clients, cast, api):
    account = ReferenceFactory(owner=cast.rep)
    accounts.freeze(account=account, kind="legal", actor=None)
    ContactFactory(account=account)
    answer = api["rep"].get(f"/api/v1/accounts/{account.public_id}/readiness").json()
    assert answer["stops"] == ["Frozen: nobody may ask"]
    assert answer["score"] == round(sum(part["points"] for part in answer["parts"]))
