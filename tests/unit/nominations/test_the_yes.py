"""A customer's yes enrols, by whatever road it comes, and in whichever order what led there is heard of."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from nominations import handlers, reminders, services
from nominations.enums import NominationState
from nominations.models import Nomination
from references.accounts.services import (
    accept_invitation,
    confirm_still_true,
    decline_invitation,
    freeze,
    invite_to_program,
    lift_freeze,
    record_consent,
    withdraw_invitation,
)
from references.models import Account, Contact
from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import Verdict
from refprogram.governance.approvals.models import Approval
from refprogram.kernel.models import Event
from refprogram.people.models import User
from tests.cast import Cast
from tests.factories.nominations import CARD, NominationFactory, invited, screened
from tests.factories.references import AccountFactory, ContactFactory, speaker
from tests.mailbox import mails_to, subjects_to, token_in

N = NominationState
pytestmark = pytest.mark.django_db
Drain = Callable[[], int]


def nominated(**account: Any) -> Nomination:
    contact = ContactFactory(account=AccountFactory(**account))
    return screened(NominationFactory(account=contact.account, contact=contact, activities=["call"]))


def contact_of(nomination: Nomination) -> Contact:
    return Contact.objects.get(pk=nomination.contact_id)


def says_yes(nomination: Nomination) -> None:
    """They told a colleague, who writes it down."""
    record_consent(contact=contact_of(nomination), activities=["call"], wording="I agree.", actor=None)


def state_of(nomination: Nomination) -> str:
    return Nomination.objects.values_list("state", flat=True).get(pk=nomination.pk)


def told(nomination: Nomination) -> list[str]:
    topics = Event.objects.filter(subject_type="nomination", subject_id=nomination.pk).order_by("pk")
    return [topic.removeprefix("nomination.") for topic in topics.values_list("topic", flat=True)]


def heard(topic: str, handler: Callable[[Event], None]) -> None:
    handler(Event.objects.get(topic=topic))


# ---------------------------------------------------------------- before anybody could write to them


def test_who_said_yes_before_screening_is_a_reference_with_the_approval(
    marketer: User, clients: Any, drain: Drain, mailoutbox: Any
) -> None:
    nomination = nominated(name="Silis")
    says_yes(nomination)
    drain()
    assert state_of(nomination) == N.SCREENING  # nobody has judged it yet

    card = {"relationship": 4, "results": 3, "fit": 5, "contact": contact_of(nomination).public_id}
    url = reverse("nominations:decide", args=[nomination.public_id, "approve"])
    page = clients["marketer"].post(url, card, follow=True)
    assert "Silis is approved, and a reference" in page.text
    drain()
    assert told(nomination)[-2:] == ["approved", "enrolled"]
    assert subjects_to(nomination.nominator, mailoutbox) == ["Silis said yes. Thank you!"]
    assert mails_to(contact_of(nomination).person, mailoutbox)[0].subject == "Thank you for taking part"
    notices = nomination.nominator.person.notices.values_list("text", flat=True)
    assert [text for text in notices if "invited as soon as" in text] == []


def test_who_says_yes_while_nobody_may_write_is_enrolled_at_once(marketer: User, drain: Drain) -> None:
    nomination = nominated()
    frozen = freeze(account=nomination.account, kind="escalation", reason="", ends_on=None, actor=marketer)
    waiting = services.approve(nomination=nomination, actor=marketer, card=CARD)
    assert (waiting.state, "is frozen" in waiting.reason) == (N.APPROVED, True)
    says_yes(nomination)
    drain()
    nomination.refresh_from_db()
    assert (nomination.state, nomination.reason) == (N.ENROLLED, "")

    lift_freeze(freeze=frozen, actor=marketer)
    reminders.remind()
    drain()
    assert told(nomination).count("enrolled") == told(nomination).count("approved") == 1


def test_the_head_of_sales_still_has_their_say(cast: Cast, drain: Drain) -> None:
    head, nomination = cast.sales_head, nominated(tier="platinum")
    services.approve(nomination=nomination, actor=cast.marketer, card=CARD)
    says_yes(nomination)
    drain()
    assert state_of(nomination) == N.APPROVED

    approvals.decide(approval=Approval.objects.get(), by=head, verdict=Verdict.APPROVE)
    drain()
    drain()
    assert told(nomination)[-2:] == ["approved", "enrolled"]


def test_whose_yes_lacks_a_fact_is_approved_and_waits_for_it(rep: User, marketer: User, drain: Drain, mailoutbox: Any):
    nomination = nominated(owner=rep)
    contact = contact_of(nomination)
    invite_to_program(account=contact.account, contact=contact, activities=["call"], source=contact, actor=marketer)
    drain()
    approved = services.approve(nomination=nomination, actor=marketer, card=CARD)
    assert (approved.state, "was invited already" in approved.reason) == (N.APPROVED, True)

    accept_invitation(token=token_in(mails_to(contact.person, mailoutbox)[0]), activities=["call"])
    drain()
    reminders.remind()
    nomination.refresh_from_db()
    assert (nomination.state, "said yes already" in nomination.reason) == (N.APPROVED, True)

    confirm_still_true(account=Account.objects.get(pk=contact.account_id), actor=rep)
    drain()
    assert state_of(nomination) == N.ENROLLED


# ---------------------------------------------------------------- heard of in either order


@pytest.mark.parametrize("late", [False, True])
def test_an_invitation_taken_back_and_then_a_yes(late: bool, marketer: User, drain: Drain) -> None:
    nomination = invited(nominated(), actor=marketer)
    withdraw_invitation(contact=contact_of(nomination), actor=marketer)
    says_yes(nomination)
    steps = [
        ("membership.withdrawn", handlers.park_withdrawn),
        ("membership.activated", handlers.enrol),
    ]
    for topic, handler in reversed(steps) if late else steps:
        heard(topic, handler)
    nomination.refresh_from_db()
    assert (nomination.state, nomination.reason, nomination.revisit_on) == (N.ENROLLED, "", None)
    drain()
    assert told(nomination).count("enrolled") == 1


@pytest.mark.parametrize("late", [False, True])
def test_a_no_and_then_a_yes(late: bool, marketer: User, drain: Drain, mailoutbox: Any) -> None:
    nomination = invited(nominated(), actor=marketer)
    drain()
    decline_invitation(token=token_in(mails_to(contact_of(nomination).person, mailoutbox)[0]))
    says_yes(nomination)
    steps = [("membership.declined", handlers.close_declined), ("membership.activated", handlers.enrol)]
    for topic, handler in reversed(steps) if late else steps:
        heard(topic, handler)
    drain()
    assert state_of(nomination) == N.ENROLLED


def test_a_yes_counts_for_the_nomination_that_is_open(marketer: User, drain: Drain, mailoutbox: Any) -> None:
    refused = invited(nominated(), actor=marketer)
    drain()
    decline_invitation(token=token_in(mails_to(contact_of(refused).person, mailoutbox)[0]))
    drain()
    again = NominationFactory(account=refused.account, contact=contact_of(refused))
    says_yes(refused)
    drain()
    assert state_of(refused) == N.CUSTOMER_DECLINED
    assert services.approve(nomination=screened(again), actor=marketer, card=CARD).state == N.ENROLLED


def test_a_yes_of_somebody_else_there_leaves_it_waiting(marketer: User, drain: Drain) -> None:
    nomination = nominated()
    freeze(account=nomination.account, kind="escalation", reason="", ends_on=None, actor=marketer)
    services.approve(nomination=nomination, actor=marketer, card=CARD)
    speaker(ContactFactory(account=nomination.account))
    drain()
    assert state_of(nomination) == N.APPROVED
