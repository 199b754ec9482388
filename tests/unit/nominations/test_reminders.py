"""What time alone brings about, over simulated days. 2 November 2026 is a Monday."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from nominations import reminders, services
from nominations.enums import NominationState
from refprogram.people.models import User
from tests.factories.nominations import NominationFactory, invited, screened
from tests.factories.references import AccountFactory
from tests.mailbox import mails_to, subjects_to

N = NominationState
pytestmark = pytest.mark.django_db
Drain = Callable[[], int]


@pytest.mark.parametrize(
    ("asked", "reminded", "given_up"),
    [
        ("2026-11-02 09:00Z", "2026-11-04", "2026-11-06"),  # Monday: Wednesday, Friday
        ("2026-11-05 09:00Z", "2026-11-09", "2026-11-11"),  # Thursday: the weekend does not count
    ],
)
def test_a_silent_owner_is_reminded_once_then_passed_over(
    rep: User, drain: Drain, mailoutbox: Any, time_machine: Any, asked: str, reminded: str, given_up: str
) -> None:
    time_machine.move_to(asked)
    nomination = NominationFactory(account=AccountFactory(name="Kestrel", owner=rep))
    drain()
    history = {}
    day = dt.datetime.fromisoformat(asked).replace(hour=10)
    for offset in range(1, 8):
        today = day + dt.timedelta(days=offset)
        time_machine.move_to(today)
        reminders.remind()
        reminders.remind()
        drain()
        nomination.refresh_from_db()
        history[today.date().isoformat()] = (len(subjects_to(rep, mailoutbox)), nomination.state)

    before_reminder = [mails for date, (mails, _state) in history.items() if date < reminded]
    assert before_reminder == [1] * len(before_reminder)
    assert history[reminded] == (2, N.SUBMITTED)
    assert history[given_up] == (2, N.SCREENING)
    assert nomination.owner_answer == "no_answer"
    assert subjects_to(rep, mailoutbox)[1] == "Still waiting: is Kestrel still a happy customer?"


def test_a_parked_one_comes_back_on_its_day(marketer: User, drain: Drain, time_machine: Any) -> None:
    time_machine.move_to("2026-11-02 09:00Z")
    nomination = screened(NominationFactory())
    services.park(nomination=nomination, actor=marketer, reason="Renewal", revisit_on=dt.date(2026, 12, 1))

    time_machine.move_to("2026-11-30 09:00Z")
    reminders.remind()
    nomination.refresh_from_db()
    assert nomination.state == N.PARKED

    time_machine.move_to("2026-12-01 09:00Z")
    reminders.remind()
    nomination.refresh_from_db()
    assert nomination.state == N.SCREENING


def test_a_nominator_is_asked_for_an_address_once(rep: User, drain: Drain, mailoutbox: Any, time_machine: Any) -> None:
    time_machine.move_to("2026-11-02 09:00Z")
    screened(NominationFactory(nominator=rep, account=AccountFactory(name="Silis")))
    for day in ("2026-11-03", "2026-11-04", "2026-11-05"):
        time_machine.move_to(f"{day} 10:00Z")
        reminders.remind()
        drain()
    assert subjects_to(rep, mailoutbox) == ["Silis needs a hand from you"]
    assert "Add a contact with an address." in mailoutbox[-1].body


def test_a_nominator_hears_of_a_silent_customer(
    rep: User, marketer: User, drain: Drain, mailoutbox: Any, time_machine: Any
) -> None:
    time_machine.move_to("2026-11-02 09:00Z")
    invited(screened(NominationFactory(nominator=rep, account=AccountFactory(name="Silis"))), actor=marketer)
    time_machine.move_to("2026-11-11 10:00Z")  # seven working days on
    reminders.remind()
    drain()
    (mail,) = mails_to(rep, mailoutbox)
    assert mail.subject == "Silis needs a hand from you"
    assert "Silis has not answered the invitation since 2 November." in mail.body
