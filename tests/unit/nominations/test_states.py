"""Every state of a nomination beyond the street: its turn, old words, approved and waiting, the first act."""

import datetime as dt
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nominations import handlers, reminders, services
from nominations.enums import NOMINATION_MOVES, NominationState
from nominations.models import Nomination, NominationCredit, Wave
from references.accounts.services import accept_invitation
from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import Verdict
from refprogram.governance.approvals.models import Approval
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import Event
from refprogram.kernel.stream import emit
from refprogram.notices.models import Notice
from refprogram.people.enums import Role
from refprogram.people.models import User
from tests.cast import Cast
from tests.factories.nominations import CARD, NominationFactory, invited, screened
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ContactFactory
from tests.mailbox import mails_to, subjects_to, token_in

N = NominationState
pytestmark = pytest.mark.django_db
Drain = Callable[[], int]


def state_of(nomination: Nomination) -> str:
    return Nomination.objects.values_list("state", flat=True).get(pk=nomination.pk)


# ---------------------------------------------------------------- its turn


def full_wave(owner: User) -> Wave:
    wave = Wave(name="Autumn", starts_on=timezone.localdate(), in_work=1, per_day=1, owner=owner, state="running")
    wave.save()
    return wave


def test_what_comes_in_beyond_the_room_waits_and_its_nominator_hears_until_when(
    rep: User, marketer: User, drain: Drain
) -> None:
    full_wave(marketer)
    NominationFactory()
    waiting = NominationFactory(nominator=rep, account=AccountFactory(name="Silis", owner=UserFactory()))
    drain()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.owner_asked) == (N.QUEUED, None)
    assert waiting.expected_on is not None
    assert waiting.expected_on > timezone.localdate()
    assert Notice.objects.filter(person=rep.person, text__startswith="Silis: thank you. More came in").count() == 1

    services.admit(nomination=waiting)
    services.admit(nomination=waiting)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.expected_on) == (N.SUBMITTED, None)
    assert waiting.owner_asked is not None


# ---------------------------------------------------------------- old words


def test_an_old_word_is_asked_again_before_anybody_writes(
    rep: User, marketer: User, drain: Drain, mailoutbox: Any, time_machine: Any
) -> None:
    time_machine.move_to("2026-10-01 09:00Z")
    account = AccountFactory(name="Kestrel", owner=rep)
    nomination = screened(NominationFactory(account=account, nominator=UserFactory(name="Tom Okafor")))
    drain()
    mailoutbox.clear()

    time_machine.move_to("2026-10-31 08:00Z")
    reminders.remind()
    assert state_of(nomination) == N.SCREENING
    time_machine.move_to("2026-11-02 09:00Z")
    reminders.remind()
    reminders.remind()
    drain()

    assert state_of(nomination) == N.RECHECK
    (mail,) = mails_to(rep, mailoutbox)
    assert mail.subject == "Still true about Kestrel?"
    assert "Tom Okafor nominated Kestrel on 1 October." in mail.body
    with pytest.raises(DomainError):
        services.approve(nomination=nomination, actor=marketer, card=CARD)

    services.owner_answer_by_link(token=token_in(mail), answer="still_true")
    nomination.refresh_from_db()
    assert (nomination.state, nomination.owner_answer) == (N.SCREENING, "still_true")
    reminders.remind()
    assert state_of(nomination) == N.SCREENING


def test_where_nobody_answers_it_is_parked_and_everybody_hears_why(
    rep: User, drain: Drain, mailoutbox: Any, time_machine: Any
) -> None:
    time_machine.move_to("2026-09-01 09:00Z")
    nomination = screened(NominationFactory(nominator=rep, account=AccountFactory(name="Silis")))
    time_machine.move_to("2026-10-05 09:00Z")
    reminders.remind()
    time_machine.move_to("2026-10-12 08:00Z")
    reminders.remind()
    drain()
    assert state_of(nomination) == N.RECHECK
    assert subjects_to(rep, mailoutbox).count("Still waiting: does it still hold about Silis?") == 1

    time_machine.move_to("2026-10-12 10:00Z")
    reminders.remind()
    drain()
    nomination.refresh_from_db()
    assert (nomination.state, nomination.owner_answer) == (N.PARKED, "no_answer")
    assert nomination.revisit_on == dt.date(2026, 12, 11)
    (parked,) = [mail for mail in mails_to(rep, mailoutbox) if mail.subject == "Silis: parked for now"]
    assert "was asked whether it still holds, and did not answer." in parked.body

    time_machine.move_to("2026-12-11 09:00Z")  # back, on a word that is old by now
    reminders.remind()
    assert state_of(nomination) == N.RECHECK


def test_not_now_puts_it_aside_and_an_objection_goes_to_the_screener(rep: User, time_machine: Any) -> None:
    ends = {}
    for answer in ("not_now", "objects"):
        time_machine.move_to("2026-09-01 09:00Z")
        nomination = screened(NominationFactory(account=AccountFactory(owner=rep)))
        time_machine.move_to("2026-10-05 09:00Z")
        services.recheck(nomination=nomination)
        services.owner_answer(nomination=nomination, answer=answer, actor=rep)
        ends[answer] = state_of(nomination)
    assert ends == {"not_now": N.PARKED, "objects": N.SCREENING}


def test_a_screener_sends_it_back_to_the_owner(rep: User, marketer: User, drain: Drain, mailoutbox: Any) -> None:
    nomination = screened(NominationFactory(account=AccountFactory(name="Silis", owner=rep)))
    drain()
    services.ask_again(nomination=nomination, actor=marketer)
    drain()
    assert state_of(nomination) == N.SUBMITTED
    assert (
        subjects_to(rep, mailoutbox).count("Is Silis still a happy customer?") == 1
    )  # of the first time: nobody asked

    own = screened(NominationFactory(nominator=rep, account=AccountFactory(owner=rep)))
    with pytest.raises(DomainError, match="nobody to ask"):
        services.ask_again(nomination=own, actor=marketer)


# ---------------------------------------------------------------- approved and waiting


def strategic(head: User, **fields: Any) -> Nomination:
    assert head.role == Role.SALES_HEAD
    account = AccountFactory(name="Oriel Bank", tier="platinum")
    contact = ContactFactory(account=account)
    return NominationFactory(account=account, contact=contact, **fields)


def test_a_strategic_customer_waits_for_the_head_of_sales(rep: User, cast: Cast, drain: Drain) -> None:
    nomination = strategic(cast.sales_head, nominator=rep)
    services.approve(nomination=nomination, actor=cast.marketer, card=CARD)
    drain()
    assert state_of(nomination) == N.APPROVED
    assert not Event.objects.filter(topic="nomination.approved").exists()
    services.try_again(nomination=nomination)
    assert state_of(nomination) == N.APPROVED

    approvals.decide(approval=Approval.objects.get(), by=cast.sales_head, verdict=Verdict.APPROVE)
    drain()
    drain()
    assert state_of(nomination) == N.OUTREACH
    event = Event.objects.get(topic="nomination.approved")
    assert (event.payload["invited"], event.payload["credits"][0][3]) == (True, 100)


def test_where_the_head_of_sales_says_no_the_nominator_reads_why(
    rep: User, cast: Cast, drain: Drain, mailoutbox: Any
) -> None:
    nomination = strategic(cast.sales_head, nominator=rep)
    services.approve(nomination=nomination, actor=cast.marketer, card=CARD)
    approvals.decide(
        approval=Approval.objects.get(), by=cast.sales_head, verdict=Verdict.REJECT, comment="Not before May"
    )
    drain()
    drain()
    nomination.refresh_from_db()
    assert (nomination.state, nomination.reason) == (N.NOT_APPROVED, "Not before May")
    assert "Not before May" in mails_to(rep, mailoutbox)[-1].body


# ---------------------------------------------------------------- the first act


def test_the_first_thing_they_do_is_the_last_step(rep: User, marketer: User, drain: Drain, mailoutbox: Any) -> None:
    nomination = invited(NominationFactory(nominator=rep), actor=marketer)
    drain()
    person = Nomination.objects.get(pk=nomination.pk).contact.person  # type: ignore[union-attr]  # invited just now
    accept_invitation(token=token_in(mails_to(person, mailoutbox)[-1]), activities=["call"])
    drain()
    services.enrol(nomination=nomination, at=timezone.now())
    with transaction.atomic():
        event = emit("reference.delivered", subject=nomination.account, account_id=nomination.account_id)
    handlers.note_first_act(event)
    handlers.note_first_act(event)
    from_then = Nomination.objects.get(pk=nomination.pk)
    assert (from_then.state, from_then.first_act_at) == (N.FIRST_ACT, event.occurred_at)
    again = services.first_act(nomination=nomination, at=timezone.now())
    assert again.first_act_at == from_then.first_act_at
    assert Event.objects.filter(topic="nomination.first_act").count() == 1


# ---------------------------------------------------------------- on behalf, shared outcomes


def test_for_a_colleague_it_counts_for_them_and_they_hear_of_it(rep: User, drain: Drain) -> None:
    typist = UserFactory(name="Ann Agent")
    nomination = NominationFactory(nominator=rep, submitted_by=typist, account=AccountFactory(name="Silis"))
    drain()
    assert (nomination.nominator, nomination.submitted_by, nomination.channel) == (rep, typist, "on_behalf")
    assert NominationCredit.objects.get().user == rep
    assert Notice.objects.filter(
        person=rep.person, text="Ann Agent nominated Silis for you. It counts for you."
    ).exists()
    with pytest.raises(DomainError):
        NominationFactory(nominator=UserFactory(role=Role.JUDGE), submitted_by=typist)


# ---------------------------------------------------------------- no path escapes


def _decided(nomination: Nomination, cast: Cast, verdict: Verdict) -> None:
    found = Approval.objects.filter(subject_id=nomination.pk, subject_type="nomination", state="pending").first()
    if found is not None:
        approval = approvals.decide(approval=found, by=cast.sales_head, verdict=verdict, comment="So be it")
        services.decide_strategic(approval=approval, by=cast.sales_head)


STEPS: dict[str, Callable[[Nomination, Cast], Any]] = {
    "answer": lambda row, cast: services.owner_answer(nomination=row, answer="objects", actor=cast.marketer),
    "still true": lambda row, cast: services.owner_answer(nomination=row, answer="still_true", actor=cast.marketer),
    "not now": lambda row, cast: services.owner_answer(nomination=row, answer="not_now", actor=cast.marketer),
    "go on": lambda row, cast: services.go_on_without_owner(nomination=row),
    "ask again": lambda row, cast: services.ask_again(nomination=row, actor=cast.marketer),
    "admit": lambda row, cast: services.admit(nomination=row),
    "recheck": lambda row, cast: services.recheck(nomination=row),
    "silence": lambda row, cast: services.rest_unanswered(nomination=row),
    "approve": lambda row, cast: services.approve(
        nomination=row, actor=cast.marketer, card=CARD, contact=services.Speaker("Ana", "ana@customer.example")
    ),
    "agreed": lambda row, cast: _decided(row, cast, Verdict.APPROVE),
    "disagreed": lambda row, cast: _decided(row, cast, Verdict.REJECT),
    "try again": lambda row, cast: services.try_again(nomination=row),
    "refuse": lambda row, cast: services.refuse(nomination=row, actor=cast.marketer, reason="No"),
    "park": lambda row, cast: services.park(
        nomination=row, actor=cast.marketer, reason="Later", revisit_on=timezone.localdate() + dt.timedelta(days=9)
    ),
    "resume": lambda row, cast: services.resume(nomination=row, actor=cast.marketer),
    "come back": lambda row, cast: services.come_back(nomination=row),
    "withdraw": lambda row, cast: services.withdraw(nomination=row, actor=cast.rep),
    "take up": lambda row, cast: services.take_up(nomination=row, why="They are happy"),
    "second": lambda row, cast: NominationFactory(account=row.account),
    "join": lambda row, cast: services.join(nomination=row.seconds.latest("pk"), into=row, actor=cast.marketer),
    "enrol": lambda row, cast: services.enrol(nomination=row, at=timezone.now()),
    "decline": lambda row, cast: services.customer_declined(nomination=row),
    "first act": lambda row, cast: services.first_act(nomination=row, at=timezone.now()),
}
LEADING = ("go on", "approve", "recheck", "enrol", "second")


def _walked(pk: int) -> list[str]:
    """Return the states that the database itself saw, one after the other."""
    edits = apps.get_model("nominations", "NominationEdit").objects.filter(pgh_obj_id=pk).order_by("pgh_id")
    seen = [*edits.values_list("state", flat=True), Nomination.objects.get(pk=pk).state]
    return [state for at, state in enumerate(seen) if at == 0 or seen[at - 1] != state]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    tier=st.sampled_from(["", "platinum"]),
    path=st.lists(st.one_of(st.sampled_from(LEADING), st.sampled_from(sorted(STEPS))), max_size=10),
)
def test_no_path_of_services_escapes_the_moves(cast: Cast, tier: str, path: list[str]) -> None:
    assert {cast.rep.role, cast.marketer.role, cast.sales_head.role}  # made before what is rolled back
    with transaction.atomic():
        row = NominationFactory(account=AccountFactory(owner=cast.rep, tier=tier))
        for step in path:
            row = Nomination.objects.get(pk=row.pk)
            try:
                with transaction.atomic():
                    STEPS[step](row, cast)
            except (DomainError, Nomination.DoesNotExist):
                continue
        for pk in Nomination.objects.values_list("pk", flat=True):
            walked = _walked(pk)
            for before, after in pairwise(walked):
                assert after in NOMINATION_MOVES[before], walked
            assert sum(row.percent for row in NominationCredit.objects.filter(nomination=pk)) == 100
        transaction.set_rollback(True)
