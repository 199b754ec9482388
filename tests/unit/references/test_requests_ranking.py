"""Hard stops in SQL: who is ranked, who is left out and why, and that the number of queries does not grow."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from references.accounts import services as accounts
from references.accounts.enums import Membership
from references.accounts.errors import AskRefused
from references.accounts.models import Account, Contact, Opportunity
from references.accounts.services import reserve_ask
from references.requests import selectors
from references.requests.enums import LeftOut
from references.requests.models import ReferenceRequest
from references.requests.selectors import standing
from refprogram.kernel.stream import Subject
from tests.factories.people import RegionFactory, UserFactory
from tests.factories.references import (
    AccountFactory,
    OpportunityFactory,
    ProductFactory,
    ReferenceFactory,
    activity,
    reserved,
    speaker,
)
from tests.factories.requests import closed, in_review, request_of

pytestmark = pytest.mark.django_db


def excluded(request):
    return {one.reason: one.count for one in selectors.matches(request).excluded}


def names(request):
    return [match.account.name for match in selectors.matches(request).ranked]


def test_only_those_who_may_be_asked_are_ranked():
    free = speaker(name="Free").account
    prospect = speaker(name="Prospect").account
    frozen = speaker(name="Frozen").account
    accounts.freeze(account=frozen, kind="legal", actor=UserFactory())
    paused = speaker(name="Paused")
    until = timezone.localdate() + dt.timedelta(days=9)
    accounts.pause(account=paused.account, contact=paused, until=until, actor=None)
    speaker(name="Quotes only", activities=("quote",))
    reserved(speaker(name="Asked"))
    AccountFactory(name="No reference")
    request = request_of(opportunity=OpportunityFactory(account=prospect))
    tried = in_review(request, speaker(name="Tried"))
    found = selectors.matches(request)
    assert [match.account for match in found.ranked] == [free]
    assert {one.reason: one.count for one in found.excluded} == {
        LeftOut.PROSPECT: 1,
        LeftOut.TRIED: 1,
        LeftOut.FROZEN: 1,
        LeftOut.PAUSED: 1,
        LeftOut.NO_CONSENT: 1,
        LeftOut.BUSY: 1,
    }
    assert (found.possible, found.segment, tried.account.name) == (1, 7, "Tried")


def test_who_owner_has_not_confirmed_for_too_long_is_left_out():
    account = speaker(name="Stale").account
    Account.objects.filter(pk=account.pk).update(
        state=Membership.REVIEW_DUE, verified_at=timezone.now() - dt.timedelta(days=300)
    )
    assert excluded(request_of()) == {LeftOut.CHECK_DUE: 1}


def test_left_out_are_counted_within_the_must_haves():
    frozen = speaker(industry="Energy").account
    accounts.freeze(account=frozen, kind="legal", actor=UserFactory())
    assert excluded(request_of(must_industry="Energy")) == {LeftOut.FROZEN: 1}
    assert excluded(request_of(must_industry="Retail")) == {}


def test_must_haves_narrow_and_easing_one_says_how_many_more():
    region, product = RegionFactory(), ProductFactory()
    both = speaker(name="Both", industry="Energy", region=region, employees=900).account
    both.products.add(product)
    speaker(name="Elsewhere", industry="Energy", employees=900).account.products.add(product)
    speaker(name="Small", industry="Energy", region=region, employees=500).account.products.add(product)
    request = request_of(must_industry="Energy", must_region=region, must_product=product, must_employees=800)
    found = selectors.matches(request)
    assert [match.account for match in found.ranked] == [both]
    assert [(one.field, one.value, one.more) for one in found.relaxed] == [
        ("must_region_id", None, 1),
        ("must_employees", 400, 1),
    ]


def test_who_is_left_out_is_counted_as_far_as_a_figure_tells_something(monkeypatch, clients):
    """More than that is "and more", on the page and over the API; the ranking itself looks at everybody."""
    monkeypatch.setattr(standing, "COUNTED_TO", 4)
    monkeypatch.setattr(standing, "EASED_TO", 2)
    standing._counting.cache_clear()
    for number in range(5):
        speaker(name=f"Energy {number}", industry="Energy")
        speaker(name=f"Retail {number}", industry="Retail")
    request = request_of(must_industry="Energy")

    found = selectors.matches(request)
    address = f"{request.get_absolute_url()}left-out/"
    shown = clients["marketer"].get(address, headers={"HX-Request": "true"}).text
    standing._counting.cache_clear()

    assert (found.possible, found.segment, found.whole, len(found.ranked)) == (4, 4, False, 5)
    assert [(one.more, one.figure) for one in found.relaxed] == [(2, "2+")]
    assert "Of the first 4 reference customers" in shown
    assert "4+ are possible" in shown
    assert "get 2+ more" in shown


def test_the_prospect_decides_what_fits_where_nothing_is_a_must():
    region = RegionFactory()
    speaker(name="Far", industry="Retail")
    speaker(name="Near", industry="Energy", region=region)
    prospect = AccountFactory(industry="Energy", region=region)
    request = request_of(opportunity=OpportunityFactory(account=prospect, amount=None))
    assert names(request) == ["Near", "Far"]


def test_history_counts():
    good, new = closed(rating=5).account, speaker(name="New").account
    Account.objects.filter(pk=good.pk).update(rests_until=None, fatigue_key=None, last_asked_at=None)
    ranked = {match.account: match.score for match in selectors.matches(request_of()).ranked}
    factors = {one: {factor.key: factor.points for factor in found.factors} for one, found in ranked.items()}
    # One rating of 5: mean (5 + 7) / 3 = 4 -> 14 × 0.75 = 10.5, and (1 + 1) / (1 + 1) = 1 -> 6: 16.5 rounds to even 16.
    assert (factors[good]["track_record"], factors[new]["track_record"]) == (16, 15)


def test_the_less_used_contact_is_asked():
    used = speaker(name="Two people")
    ask = reserved(used, "quote", planned_on=timezone.localdate() - dt.timedelta(days=40))
    accounts.spend_ask(ask=ask, actor=None, at=timezone.now() - dt.timedelta(days=40))
    fresh = speaker(contact=_colleague_of(used))
    assert [match.contact for match in selectors.matches(request_of()).ranked] == [fresh]


def _colleague_of(contact: Contact) -> Contact:
    return accounts.add_contact(account=contact.account, name="Second Person", email="second@c.example", actor=None)


def test_the_number_of_queries_does_not_grow():
    prospect = AccountFactory(industry="Energy")
    deal = OpportunityFactory(account=prospect, product=ProductFactory(), amount=1000)
    request = request_of(opportunity=deal, must_industry="Logistics")
    speaker()
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            selectors.matches(
                ReferenceRequest.objects.select_related("activity", "opportunity__account").get(pk=request.pk)
            )
        counts.append(len(queries))
        for _n in range(8):
            speaker()
    assert counts == [5, 5]


def test_a_pool_of_references_is_not_others(cast):
    """Every account of the catalogue that is no reference stays out, whatever else is true of it."""
    ReferenceFactory(name="Reference")
    OpportunityFactory(account=AccountFactory(name="Customer"), owner=cast.rep)
    assert names(request_of(cast.rep)) == ["Reference"]
    assert Opportunity.objects.count() == 1


HURDLES = ("freeze", "revoke", "pause", "retire", "left", "ask", "unwilling")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=st.lists(st.sampled_from([(), *((one,) for one in HURDLES), ("freeze", "revoke")]), min_size=1, max_size=5))
def test_whoever_may_not_be_asked_never_appears(plan, django_db_blocker):
    """Any mixture of freezes, pauses, missing consents: everybody ranked can be reserved, nobody hindered is ranked."""
    Account.objects.all().update(state=Membership.RETIRED)  # what earlier examples left
    hindered, free = set(), set()
    for hurdles in plan:
        contact = speaker()
        for hurdle in hurdles:
            _hinder(contact, hurdle)
        (hindered if hurdles else free).add(contact.account_id)
    ranked = {match.account.pk: match.contact for match in selectors.matches(request_of()).ranked}
    assert set(ranked) == free
    for contact in ranked.values():
        reserve_ask(
            account=contact.account,
            contact=contact,
            activity=activity("call"),
            source=Subject("test", 1),
            planned_on=timezone.localdate(),
            actor=None,
        )


def _hinder(contact: Contact, hurdle: str) -> None:
    deeds = {
        "freeze": lambda: accounts.freeze(account=contact.account, kind="legal", actor=UserFactory()),
        "revoke": lambda: [
            accounts.revoke_consent(consent=consent, actor=None) for consent in contact.consents.filter(revoked_at=None)
        ],
        "pause": lambda: accounts.pause(
            account=contact.account, contact=contact, until=timezone.localdate() + dt.timedelta(days=5), actor=None
        ),
        "retire": lambda: Account.objects.filter(pk=contact.account_id).update(state=Membership.RETIRED),
        "left": lambda: accounts.contact_left(contact=contact, actor=None),
        "ask": lambda: reserved(contact, "quote"),
        "unwilling": lambda: Contact.objects.filter(pk=contact.pk).update(willing=["quote"]),
    }
    deeds[hurdle]()


def test_why_not_my_pick_is_said_in_one_sentence():
    account = speaker(name="Oriel").account
    accounts.freeze(account=account, kind="legal", actor=UserFactory())
    with pytest.raises(AskRefused, match=r"Oriel: frozen\."):
        selectors.match_for(request_of(), account)
