"""Freezes: from other systems, for renewals, ending by themselves, what follows; the reason stays hidden."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from references.accounts import services
from references.accounts.enums import FreezeKind, Membership
from references.accounts.models import Account, Freeze
from references.accounts.services.nightly import nightly_round
from references.requests.enums import CandidateState
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.models import Event
from refprogram.notices.models import Notice
from tests.factories.references import AccountFactory, speaker
from tests.factories.requests import accepted, invited

pytestmark = pytest.mark.django_db
SECRET = "Kestrel sued over the March outage"


def ticket(account: Account, ref: str, **more: object) -> Freeze:
    return services.freeze(account=account, kind="escalation", source="desk", source_ref=ref, actor=None, **more)  # type: ignore[arg-type]


def test_a_ticket_reported_twice_is_one_freeze_also_after_it_was_solved() -> None:
    account = speaker().account
    first = ticket(account, "T-1")
    assert ticket(account, "T-1").pk == first.pk
    services.lift_freeze(freeze=first, actor=None)
    assert ticket(account, "T-1").lifted_at is not None
    account.refresh_from_db()
    assert not account.frozen
    assert Event.objects.filter(topic="account.frozen").count() == 1


def test_two_tickets_are_over_when_both_are() -> None:
    account = speaker().account
    first, second = ticket(account, "T-1"), ticket(account, "T-2")
    services.lift_freeze(freeze=first, actor=None)
    account.refresh_from_db()
    assert account.frozen
    services.lift_freeze(freeze=second, actor=None)
    account.refresh_from_db()
    assert not account.frozen


def test_a_ticket_belongs_to_one_account() -> None:
    ticket(speaker().account, "T-1")
    with pytest.raises(InvalidInput, match="another account"):
        ticket(speaker().account, "T-1")


def test_a_renewal_freezes_sixty_days_before_and_thaws_the_day_after() -> None:
    contact = speaker()
    today = timezone.localdate()
    Account.objects.filter(pk=contact.account_id).update(renews_on=today + dt.timedelta(days=61))
    assert nightly_round().renewals == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        assert nightly_round().renewals == 1
        assert nightly_round().renewals == 0
        held = Freeze.objects.get(account=contact.account_id)
        assert (held.kind, held.ends_on) == (FreezeKind.RENEWAL, today + dt.timedelta(days=61))
    with time_machine.travel(timezone.now() + dt.timedelta(days=61)):
        assert nightly_round().thawed == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=62)):
        assert nightly_round().thawed == 1
    contact.account.refresh_from_db()
    assert (contact.account.frozen, contact.account.state) == (False, Membership.REVIEW_DUE)


def test_a_renewal_freeze_that_somebody_lifted_does_not_come_back() -> None:
    contact = speaker()
    Account.objects.filter(pk=contact.account_id).update(renews_on=timezone.localdate() + dt.timedelta(days=10))
    nightly_round()
    services.lift_freeze(freeze=Freeze.objects.get(account=contact.account_id), actor=None)
    assert nightly_round().renewals == 0


def test_support_is_invited_to_nominate_thirty_days_after_a_solved_escalation(support, drain, mailoutbox) -> None:
    account = AccountFactory(csm=support)
    services.lift_freeze(freeze=ticket(account, "T-9"), actor=support)
    with time_machine.travel(timezone.now() + dt.timedelta(days=29)):
        assert nightly_round().recovered == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=30)):
        assert nightly_round().recovered == 1
        assert nightly_round().recovered == 0
        drain()
    mail = mailoutbox[-1]
    assert mail.to == [f"{support.name} <{support.email}>"]
    assert f"{reverse('nominations:new')}?account={account.public_id}" in mail.body


def test_nobody_nominates_who_is_frozen_again() -> None:
    account = AccountFactory()
    services.lift_freeze(freeze=ticket(account, "T-1"), actor=None)
    ticket(account, "T-2")
    with time_machine.travel(timezone.now() + dt.timedelta(days=30)):
        assert nightly_round().recovered == 0


def test_who_has_not_agreed_is_let_go_and_dates_are_asked_about(drain) -> None:
    waiting = invited()
    agreed = accepted()
    for candidate in (waiting, agreed):
        services.freeze(account=candidate.account, kind="legal", actor=None)
    drain()
    waiting.refresh_from_db()
    agreed.refresh_from_db()
    assert (waiting.state, agreed.state) == (CandidateState.RELEASED, CandidateState.ACCEPTED)
    said = Notice.objects.filter(person=agreed.request.requester.person, text__contains="call it off")
    assert said.count() == 1


def test_by_hand_one_of_a_kind() -> None:
    account = speaker().account
    services.freeze(account=account, kind="legal", actor=None)
    with pytest.raises(DomainError, match="frozen for this already"):
        services.freeze(account=account, kind="legal", actor=None)


@pytest.mark.parametrize("path", [
    "/accounts/{id}/", "/accounts/{id}/timeline/", "/accounts/{id}/membership/panel/", "/accounts/{id}/asks/",
    "/accounts/", "/accounts/?availability=frozen", "/accounts/?format=csv", "/accounts/?format=json",
    "/accounts/?q=sued",
])  # fmt: skip
def test_the_reason_is_hidden_from_who_may_not_know_it(path, clients, marketer, other_team_rep) -> None:
    account = speaker(owner=other_team_rep).account
    services.freeze(account=account, kind="legal", reason=SECRET, source="desk", source_ref="T-1", actor=marketer)
    shown = clients["rep"].get(path.format(id=account.public_id))
    text = b"".join(shown.streaming_content).decode() if shown.streaming else shown.content.decode()
    assert shown.status_code == 200
    assert SECRET not in text
    assert "Frozen: Legal" not in text


@pytest.mark.parametrize("path", [
    "/api/v1/accounts/{id}", "/api/v1/accounts/{id}/availability", "/api/v1/accounts/{id}/timeline",
    "/api/v1/accounts/{id}/membership", "/api/v1/accounts", "/api/v1/freezes", "/api/v1/events",
])  # fmt: skip
def test_the_api_hides_the_reason_too(path, api, marketer, other_team_rep) -> None:
    account = speaker(owner=other_team_rep).account
    services.freeze(account=account, kind="legal", reason=SECRET, source="desk", source_ref="T-1", actor=marketer)
    text = api["rep"].get(path.format(id=account.public_id)).content.decode()
    assert SECRET not in text
    assert "legal" not in text.lower()


def test_a_ticket_system_reports_and_solves_over_the_api(api, rep) -> None:
    account = speaker(owner=rep).account
    body = {"kind": "escalation", "source": "desk", "source_id": "T-1", "reason": SECRET}
    url = f"/api/v1/accounts/{account.public_id}/freeze"
    answers = [api["support"].post(url, body, content_type="application/json") for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 201]
    assert Freeze.objects.count() == 1
    over = {"source": "desk", "source_id": "T-1"}
    for _ in range(2):
        done = api["support"].post("/api/v1/freezes/solved", over, content_type="application/json")
        assert done.status_code == 200
        assert done.json()["lifted_at"]
        assert SECRET not in done.content.decode()
