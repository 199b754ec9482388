"""The street: from a nomination to an enrolled reference, event by event, and what people are told on the way."""

from collections.abc import Callable
from typing import Any

import pytest

from nominations import handlers, services
from nominations.enums import NominationState
from nominations.models import Nomination
from nominations.standings.proofs import differences
from nominations.standings.ranking import ENROLLED, SUBMITTED
from references.accounts.services import accept_invitation, decline_invitation
from refprogram.kernel.models import Event, Rollup
from refprogram.notices.models import Notice
from refprogram.people.models import User
from tests.factories.nominations import CARD, NominationFactory, invited, screened
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ContactFactory
from tests.mailbox import mails_to, subjects_to, token_in

N = NominationState
pytestmark = pytest.mark.django_db
Drain = Callable[[], int]


def test_the_owner_is_asked_by_one_mail_that_needs_no_sign_in(rep: User, drain: Drain, mailoutbox: Any) -> None:
    account = AccountFactory(name="Kestrel Freight", owner=rep)
    nomination = NominationFactory(account=account, nominator=UserFactory(name="Tom Okafor"), why="Trucks are full")
    drain()

    (mail,) = mails_to(rep, mailoutbox)
    assert mail.subject == "Is Kestrel Freight still a happy customer?"
    assert "Tom Okafor nominated Kestrel Freight as a reference." in mail.body
    assert "“Trucks are full”" in mail.body

    services.owner_answer_by_link(token=token_in(mail), answer="still_true")
    nomination.refresh_from_db()
    assert (nomination.state, nomination.owner_answer) == (N.SCREENING, "still_true")


def test_who_stands_in_reads_for_whom(manager: User, drain: Drain, mailoutbox: Any) -> None:
    gone = UserFactory(name="Ann Agent", is_active=False, team=manager.team)
    NominationFactory(account=AccountFactory(owner=gone))
    drain()
    (mail,) = mails_to(manager, mailoutbox)
    assert "You get this in place of Ann Agent." in mail.body


def test_screeners_have_a_line_and_no_mail_of_its_own(rep: User, marketer: User, drain: Drain, mailoutbox: Any) -> None:
    NominationFactory(nominator=rep, account=AccountFactory(name="Oriel Bank", owner=rep))
    drain()
    notice = Notice.objects.get(person=marketer.person)
    assert notice.text == f"Oriel Bank is ready to be screened, nominated by {rep.name}"
    assert mails_to(marketer, mailoutbox) == []


def test_the_whole_street(rep: User, marketer: User, drain: Drain, mailoutbox: Any) -> None:
    contact = ContactFactory(account=AccountFactory(name="Kestrel Freight", owner=rep))
    nomination = NominationFactory(nominator=rep, account=contact.account, contact=contact, activities=["call"])
    drain()
    services.approve(nomination=nomination, actor=marketer, card=CARD)
    drain()
    (invitation,) = mails_to(contact.person, mailoutbox)
    accept_invitation(token=token_in(invitation), activities=["call"])
    drain()

    nomination.refresh_from_db()
    assert nomination.state == N.ENROLLED
    assert subjects_to(rep, mailoutbox) == ["Kestrel Freight said yes. Thank you!"]
    kept = Rollup.objects.filter(metric=ENROLLED, period="quarter")
    assert {(row.dimension, row.key, int(row.value)) for row in kept} == {
        ("rep", rep.person_id, 1),
        ("team", rep.team_id, 1),
        ("region", rep.team.region_id, 1),
    }
    assert list(differences()) == []


def test_a_customers_no_is_told_kindly(rep: User, marketer: User, drain: Drain, mailoutbox: Any) -> None:
    contact = ContactFactory(account=AccountFactory(name="Tamsin Foods"))
    nomination = invited(
        screened(NominationFactory(nominator=rep, account=contact.account, contact=contact)), actor=marketer
    )
    drain()
    decline_invitation(token=token_in(mails_to(contact.person, mailoutbox)[0]), reason="Too busy")
    drain()

    nomination.refresh_from_db()
    assert nomination.state == N.CUSTOMER_DECLINED
    (mail,) = mails_to(rep, mailoutbox)
    assert mail.subject == "Tamsin Foods would rather not, for now"
    assert "it does not count against you" in mail.body
    assert "Too busy" not in mail.body


def test_a_refusal_is_told_with_its_reason(rep: User, marketer: User, drain: Drain, mailoutbox: Any) -> None:
    nomination = screened(NominationFactory(nominator=rep, account=AccountFactory(name="Oriel Bank")))
    services.refuse(nomination=nomination, actor=marketer, reason="We have eleven banks of this size.")
    drain()
    (mail,) = mails_to(rep, mailoutbox)
    assert mail.subject == "Your nomination of Oriel Bank"
    assert "“We have eleven banks of this size.”" in mail.body


def test_an_invitation_from_elsewhere_enrols_no_nomination(marketer: User, drain: Drain) -> None:
    nomination = invited(screened(NominationFactory()), actor=marketer)
    event = Event.objects.get(topic="membership.invited")
    event.payload["source_type"], event.payload["source_id"] = "contact", 1
    handlers.enrol(event)
    nomination.refresh_from_db()
    assert nomination.state == N.OUTREACH


def test_telling_twice_is_once(rep: User, drain: Drain, mailoutbox: Any) -> None:
    NominationFactory(account=AccountFactory(owner=rep))
    drain()
    handlers.ask_owner(Event.objects.get(topic="nomination.submitted"))
    drain()
    assert len(mails_to(rep, mailoutbox)) == 1


def test_figures_count_in_the_events_own_time(rep: User, drain: Drain, time_machine: Any) -> None:
    time_machine.move_to("2026-09-30 23:00Z")
    NominationFactory(nominator=rep)
    time_machine.move_to("2026-10-05 08:00Z")
    drain()
    starts = Rollup.objects.filter(metric=SUBMITTED, period="quarter", dimension="rep").values_list(
        "starts_on", flat=True
    )
    assert [day.isoformat() for day in starts] == ["2026-07-01"]
    assert Nomination.objects.count() == 1
