"""Which customers can be nominated, and how they are found."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nominations import moments, picking
from refprogram.people.enums import Role
from refprogram.people.models import User
from tests.factories.nominations import NominationFactory, invited
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, OpportunityFactory

pytestmark = pytest.mark.django_db


def test_a_hit_says_what_it_is_and_whether_it_is_free(rep: User) -> None:
    account = AccountFactory(name="Nordvik Shipping AS", industry="Logistics", country="Norway", owner=rep)
    assert picking.hits(rep, "nordv") == [
        picking.Hit(
            "Nordvik Shipping AS",
            "Logistics, Norway. Your account",
            "Free to nominate",
            "ok",
            f"/nominations/new/?account={account.public_id}",
        )
    ]


def test_a_duplicate_is_seen_while_typing(rep: User, time_machine: object) -> None:
    time_machine.move_to("2026-11-03 10:00Z")  # type: ignore[attr-defined]
    account = AccountFactory(name="Nordvale Dairies")
    first = NominationFactory(account=account, nominator=UserFactory(name="Tom Okafor"))
    (hit,) = picking.hits(rep, "Nordvale")
    assert (hit.sub, hit.word) == ("Nominated by Tom Okafor on 3 November", "In screening")
    assert hit.url == f"/nominations/new/?account={account.public_id}"  # a second one is joined to it
    invited(first, actor=UserFactory(role=Role.MARKETER))
    (hit,) = picking.hits(rep, "Nordvale")
    assert (hit.word, hit.url) == ("Customer invited", "")


def test_ones_own_nomination_says_you_and_opens(rep: User, time_machine: object) -> None:
    time_machine.move_to("2026-11-03 10:00Z")  # type: ignore[attr-defined]
    nomination = NominationFactory(account=AccountFactory(name="Nordvale Dairies"), nominator=rep)
    (hit,) = picking.hits(rep, "Nordvale")
    assert (hit.sub, hit.url) == ("Nominated by you on 3 November", nomination.get_absolute_url())


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("active", "Already a reference"),
        ("review_due", "Already a reference"),
        ("recruiting", "Being invited"),
        ("do_not_contact", "Do not contact"),
    ],
)
def test_what_is_not_free_cannot_be_chosen(rep: User, state: str, word: str) -> None:
    AccountFactory(name="Kestrel", state=state)
    (hit,) = picking.hits(rep, "kestrel")
    assert (hit.word, hit.url) == (word, "")


@pytest.mark.parametrize("typed", ["Kancode", "kan code", "Kna-code", "KAN-COD"])
def test_slips_of_the_finger_are_forgiven(rep: User, typed: str) -> None:
    AccountFactory(name="Kan-code")
    AccountFactory(name="Zathunicon")
    assert [hit.name for hit in picking.hits(rep, typed)] == ["Kan-code"]


def test_typing_costs_at_most_three_queries(rep: User) -> None:
    for number in range(20):
        NominationFactory(account=AccountFactory(name=f"Nordvik {number}"))
    for typed in ("nord", "nrodvik", "nothing like it"):
        with CaptureQueriesContext(connection) as sent:
            picking.hits(rep, typed)
        # A slip of the finger is looked for in a transaction of its own, which says how near is near: no table is read.
        assert len([one for one in sent if " FROM " in one["sql"]]) <= 3


@pytest.mark.parametrize(("typed", "offered"), [("N", ""), ("Nord", "?name=Nord"), (" Nordvik ", "")])
def test_somebody_new_is_offered_unless_it_is_that_one(rep: User, typed: str, offered: str) -> None:
    AccountFactory(name="Nordvik")
    url = picking.new_customer(typed, picking.hits(rep, typed))
    assert url.removeprefix("/nominations/new/") == offered


def test_somebody_new_is_not_offered_where_the_list_left_that_one_out(rep: User) -> None:
    for number in range(picking.HITS):
        AccountFactory(name=f"Birchshore {number}")
    found = picking.hits(rep, "Birchshore")
    assert "?name=Birchshore" in picking.new_customer("Birchshore", found)
    AccountFactory(name="BIRCHSHORE")
    assert picking.new_customer("Birchshore", found) == ""


def test_good_moments_are_own_deals_won_lately(rep: User) -> None:
    today = timezone.localdate()
    won = {"owner": rep, "stage": "won"}
    OpportunityFactory(account=AccountFactory(name="Tamsin"), closes_on=today - dt.timedelta(days=34), **won)
    OpportunityFactory(account=AccountFactory(name="Fresh"), closes_on=today - dt.timedelta(days=2), **won)
    OpportunityFactory(account=AccountFactory(name="Too old"), closes_on=today - dt.timedelta(days=61), **won)
    OpportunityFactory(account=AccountFactory(name="Frozen", frozen=True), closes_on=today, **won)
    OpportunityFactory(account=AccountFactory(name="Reference", state="active"), closes_on=today, **won)
    OpportunityFactory(account=AccountFactory(name="Theirs"), closes_on=today, owner=UserFactory(), stage="won")
    OpportunityFactory(account=NominationFactory().account, closes_on=today, **won)

    assert [(moment.name, moment.why) for moment in moments.good_moments(rep)] == [
        ("Fresh", "closed 2 days ago"),
        ("Tamsin", "closed 5 weeks ago"),
    ]
