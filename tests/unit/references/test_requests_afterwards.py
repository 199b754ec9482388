"""Written down afterwards: it counts like any other, nobody is asked twice, nobody is to blame."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from references.accounts.enums import AskState
from references.accounts.services import freeze
from references.requests import services
from references.requests.enums import CandidateState, RequestState
from references.requests.models import ReferenceRequest
from references.requests.proofs import proofs
from references.requests.selectors import request_counts
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.people.enums import Role
from tests.factories.people import UserFactory
from tests.factories.references import OpportunityFactory, activity, speaker
from tests.factories.requests import closed

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def log(contact=None, ago=DAY, **facts):
    who = {"actor": UserFactory(), "contact": contact or speaker(), "activity": activity(), **facts}
    return services.log_held(**who, held_at=timezone.now() - ago)


def test_it_consumes_the_customers_effort():
    contact = speaker()
    before = contact.account.fatigue_key
    candidate = log(contact)
    contact.account.refresh_from_db()
    assert (candidate.state, candidate.ask.state, candidate.ask.effort) == (
        CandidateState.COMPLETED,
        AskState.SPENT,
        40,
    )
    assert (before, contact.account.fatigue_key is None) == (None, False)
    assert (candidate.request.state, candidate.request.after_the_fact) == (RequestState.CLOSED, True)
    assert [row for proof in proofs() for row in proof.rows] == []


def test_one_of_three_references_was_written_down_afterwards():
    closed(contact=speaker())
    closed(contact=speaker())
    log()
    assert request_counts(UserFactory(role=Role.MARKETER)).shadow_rate == pytest.approx(1 / 3)


def test_a_frozen_account_is_no_reason_to_keep_silent():
    contact = speaker()
    freeze(account=contact.account, kind="legal", actor=UserFactory(role=Role.MARKETER))
    assert log(contact).ask.state == AskState.SPENT


def test_the_same_is_written_down_once():
    contact = speaker()
    log(contact)
    with pytest.raises(DomainError, match="stands there already"):
        log(contact)
    assert log(contact, activity=activity("quote"))  # something else, the same day
    assert log(contact, ago=3 * DAY)


@pytest.mark.parametrize("ago", [-DAY, 400 * DAY])
def test_neither_tomorrow_nor_years_ago(ago):
    with pytest.raises(InvalidInput):
        log(ago=ago)


def test_a_deal_is_influenced_all_the_same():
    deal = OpportunityFactory()
    assert log(opportunity=deal).request.opportunity == deal


@pytest.mark.usefixtures("cast")
def test_nobody_is_written_to(drain, mailoutbox):
    contact = speaker()
    drain()
    mailoutbox.clear()
    log(contact)
    drain()
    assert mailoutbox == []


def test_three_fields_and_no_word_of_blame(clients, cast):
    contact = speaker()
    page = clients["rep"].get(reverse("references:request-log")).text
    assert not any(word in page.lower() for word in ("late", "bypass", "forgot", "should have", "shadow"))
    found = clients["rep"].get(reverse("references:request-log-people"), {"q": contact.person.name}).json()
    assert [one["id"] for one in found["results"]] == [contact.public_id]
    sent = {"contact": contact.public_id, "activity": "call", "held_on": timezone.localdate().isoformat()}
    response = clients["rep"].post(reverse("references:request-log"), {**sent, "submit_key": "one"})
    row = ReferenceRequest.objects.get(after_the_fact=True)
    assert (response.status_code, row.requester, response["Location"]) == (302, cast.rep, row.get_absolute_url())
    page = clients["rep"].get(row.get_absolute_url()).text
    assert ("Reference call for somebody who was not named" in page, "written down" in page, "0 points" in page) == (
        True, True, False,
    )  # fmt: skip
