""" "Why not my pick?" in one sentence each; musts that people meet; requests that may use reserves."""

import datetime as dt

import pytest

from references.accounts import clock
from references.accounts import services as accounts
from references.accounts.enums import Membership
from references.accounts.errors import AskRefused
from references.accounts.models import Account, Contact
from references.goodwill.services import reserve
from references.requests import selectors, services
from references.requests.models import ReferenceRequest
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, OpportunityFactory, speaker
from tests.factories.requests import request_of

pytestmark = pytest.mark.django_db


def why(contact, request=None):
    account = Account.objects.get(pk=contact.account_id)
    return selectors.why_not(request or request_of(), account)


def kept_for_pr(contact):
    today = clock.today()
    reserve(
        account=contact.account, purpose="Launch", team="pr", starts_on=today, ends_on=today + dt.timedelta(days=9),
        actor=UserFactory(),
    )  # fmt: skip
    return contact


def test_nothing_stands_against_it():
    assert why(speaker()) is None


def test_not_a_reference_yet():
    account = AccountFactory(name="Oriel", state=Membership.ONBOARDING)
    assert selectors.why_not(request_of(), account) == "Oriel cannot be asked: being prepared."


def test_kept_for_a_plan_says_by_whom_for_what_until_when():
    sentence = why(kept_for_pr(speaker()))
    assert "“Launch”" in sentence
    assert "Free again on" in sentence


def test_days_away_and_a_cap_by_kind_are_named():
    away, capped = speaker(), speaker()
    day = clock.today().isoformat()
    Contact.objects.filter(pk=away.pk).update(blackouts=[{"from": day, "to": day}])
    Contact.objects.filter(pk=capped.pk).update(caps={"call": 0})
    assert {selectors.standing_of(request_of(), one.account) for one in (away, capped)} == {"busy"}
    assert why(away) != why(capped)
    assert away.person.name in why(away)


def test_caps_of_quarter_and_linked_programs_say_until_when():
    contact = speaker()
    Contact.objects.filter(pk=contact.pk).update(rests_until=clock.today() + dt.timedelta(days=20))
    assert why(contact) is not None


def test_the_prospect_itself():
    contact = speaker(name="Oriel")
    request = request_of(opportunity=OpportunityFactory(account=contact.account))
    assert why(contact, request) == "Oriel: Is the prospect itself."


def test_a_request_that_may_use_reserves_passes_a_reservation():
    contact = kept_for_pr(speaker())
    request = request_of()
    with pytest.raises(AskRefused):
        services.propose(request=request, account=contact.account, actor=UserFactory(role="marketer"))
    ReferenceRequest.objects.update(reserved=True)
    request.refresh_from_db()
    assert [match.contact for match in selectors.best(request)] == [contact]
    assert services.propose(request=request, account=contact.account, actor=UserFactory(role="marketer")).ask


def test_use_case_and_role_are_musts_that_can_be_eased():
    """Of four, one has both; easing the use case brings one more, easing the role another."""
    facts = [(["Billing"], "CFO"), (["Billing"], "CIO"), ([], "cfo"), ([], "CIO")]
    for use_cases, persona in facts:
        Contact.objects.filter(pk=speaker(use_cases=use_cases).pk).update(persona=persona)
    found = selectors.matches(request_of(must_use_case="Billing", must_persona="CFO"))
    assert (found.possible, [(one.field, one.more) for one in found.relaxed]) == (
        1, [("must_use_case", 1), ("must_persona", 1)],
    )  # fmt: skip


def test_the_role_that_is_wished_for_is_asked():
    first = speaker()
    second = speaker(contact=accounts.add_contact(account=first.account, name="B", email="b@c.example", actor=None))
    Contact.objects.filter(pk=second.pk).update(persona="CFO")
    assert [match.contact for match in selectors.best(request_of())] == [first]
    assert [match.contact for match in selectors.best(request_of(nice={"persona": "cfo"}))] == [second]
