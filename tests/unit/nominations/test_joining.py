"""The same customer nominated twice: taken, joined, credit shared, everybody told."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from nominations import picking, policy, services
from nominations.enums import NominationState
from nominations.models import Nomination, NominationCredit
from nominations.services.sharing import Part, shares
from references.merging.services import merge_accounts, undo_merge
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.models import Event
from refprogram.notices.models import Notice
from refprogram.people.models import User
from tests.factories.nominations import CARD, NominationFactory, screened
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ContactFactory

N = NominationState
Drain = Callable[[], int]
START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


# ---------------------------------------------------------------- how it is shared


@given(
    later=st.lists(st.tuples(st.integers(1, 6), st.integers(0, 90), st.integers(1, 5)), max_size=6),
    content=st.integers(1, 5),
    keeps=st.integers(50, 100),
)
def test_shares_are_the_whole_and_the_first_keeps_most(
    later: list[tuple[int, int, int]], content: int, keeps: int
) -> None:
    figures = replace(policy.Figures(), first_keeps=keeps)
    parts = [Part(0, START, content), *(Part(u, START + dt.timedelta(days=d), c) for u, d, c in later)]
    found = shares(parts, figures)
    assert sum(found.values()) == 100
    assert min(found.values()) >= 1
    assert found[0] == max(found.values())
    assert found[0] >= min(keeps, 100 - (len(found) - 1))


def test_later_and_emptier_counts_less() -> None:
    def share(days: int, content: int) -> int:
        return shares([Part(1, START, 3), Part(2, START + dt.timedelta(days=days), content)], policy.Figures())[2]

    assert share(0, 3) == 40  # first keeps 60
    assert share(0, 3) > share(7, 3) > share(28, 3)
    assert share(7, 3) > share(7, 1)
    assert shares([Part(1, START, 3), Part(1, START, 5)], policy.Figures()) == {1: 100}


# ---------------------------------------------------------------- joining


@pytest.mark.django_db
def test_a_second_nomination_is_taken_joined_and_shares_the_credit(rep: User, marketer: User, drain: Drain) -> None:
    account = AccountFactory(name="Nordvale")
    first = NominationFactory(account=account, nominator=UserFactory(name="Tom Okafor"))
    speaker = ContactFactory(account=account)
    second = NominationFactory(nominator=rep, account=account, contact=speaker, activities=["call"])
    drain()
    assert (second.second_to, second.state, second.owner_asked) == (first, N.SUBMITTED, None)
    assert Notice.objects.filter(person=marketer.person, text__contains="join the two").count() == 1
    assert Notice.objects.filter(person=rep.person, text__contains="you share the credit").count() == 1

    services.join(nomination=second, into=first, actor=marketer)
    drain()
    second.refresh_from_db()
    first.refresh_from_db()
    assert (second.state, second.merged_into, second.second_to) == (N.MERGED, first, None)
    assert (first.contact, first.activities) == (speaker, ["call"])
    percents = dict(NominationCredit.objects.filter(nomination=first).values_list("user", "percent"))
    assert sum(percents.values()) == 100
    assert percents[first.nominator_id] > percents[rep.pk] > 0
    told = Notice.objects.filter(text__contains="are one now").values_list("person", flat=True)
    assert set(told) == {rep.person_id, first.nominator.person_id}

    services.approve(nomination=screened_again(first), actor=marketer, card=CARD)
    event = Event.objects.get(topic="nomination.approved")
    assert {row[0]: row[3] for row in event.payload["credits"]} == {
        first.nominator.person_id: percents[first.nominator_id], rep.person_id: percents[rep.pk],
    }  # fmt: skip
    drain()
    outcome = Notice.objects.filter(text__contains="The customer is invited now").values_list("person", flat=True)
    assert set(outcome) == {rep.person_id, first.nominator.person_id}


def screened_again(nomination: Nomination) -> Nomination:
    return screened(nomination)


@pytest.mark.django_db
def test_a_reference_manager_sets_the_shares_and_they_have_to_be_the_whole(rep: User, marketer: User) -> None:
    first = NominationFactory()
    second = NominationFactory(nominator=rep, account=first.account)
    wrong = {first.nominator_id: 50, rep.pk: 40}
    with pytest.raises(InvalidInput, match="100 percent"):
        services.join(nomination=second, into=first, actor=marketer, percents=wrong)
    services.join(nomination=second, into=first, actor=marketer, percents={first.nominator_id: 50, rep.pk: 50})
    assert set(NominationCredit.objects.filter(nomination=first).values_list("percent", flat=True)) == {50}


@pytest.mark.django_db
def test_who_approves_the_first_joins_what_waits(rep: User, marketer: User) -> None:
    contact = ContactFactory()
    first = NominationFactory(account=contact.account, contact=contact)
    second = NominationFactory(nominator=rep, account=contact.account)
    services.approve(nomination=first, actor=marketer, card=CARD)
    second.refresh_from_db()
    assert (second.state, second.merged_into) == (N.MERGED, first)
    assert len(Event.objects.get(topic="nomination.approved").payload["credits"]) == 2


@pytest.mark.django_db
def test_where_the_first_ends_the_oldest_that_waits_stands_by_itself(rep: User, marketer: User) -> None:
    first = NominationFactory()
    second = NominationFactory(nominator=rep, account=first.account)
    third = NominationFactory(account=first.account)
    services.withdraw(nomination=first, actor=first.nominator)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.second_to, second.state) == (None, N.SCREENING)
    assert third.second_to == second


@pytest.mark.django_db
def test_nobody_nominates_the_same_customer_twice_and_policy_may_say_no(
    rep: User, marketer: User, settings: Any
) -> None:
    first = NominationFactory(nominator=rep)
    with pytest.raises(InvalidInput, match="is taken"):
        NominationFactory(nominator=rep, account=first.account)
    other = UserFactory()
    NominationFactory(nominator=other, account=first.account)
    with pytest.raises(InvalidInput, match="is taken"):
        NominationFactory(nominator=other, account=first.account)
    assert not picking.may_be_seconded(first, rep)


@pytest.mark.django_db
def test_two_customers_that_are_one_end_with_one_open_nomination_and_shared_credit(
    rep: User, marketer: User, drain: Drain
) -> None:
    kept, gone = AccountFactory(name="Kestrel Freight"), AccountFactory(name="Kestrel Freight Ltd")
    first = NominationFactory(account=kept)
    later = NominationFactory(account=gone, nominator=rep)
    merge = merge_accounts(kept=kept, merged=gone, actor=marketer)
    drain()
    drain()
    later.refresh_from_db()
    assert (later.state, later.merged_into) == (N.MERGED, first)
    assert NominationCredit.objects.filter(nomination=first).count() == 2

    undo_merge(merge=merge, actor=marketer)
    drain()
    drain()
    later.refresh_from_db()
    assert (later.state, later.merged_into) == (N.SCREENING, None)
    assert NominationCredit.objects.get(nomination=first).percent == 100
    assert timezone.now() >= later.state_since
