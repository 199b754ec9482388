"""The states of research 4.1: what leads where, what must be there first, what follows."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from references.accounts import onboarding, services
from references.accounts.enums import AskState, Membership
from references.accounts.errors import AskRefused
from references.accounts.models import Ask, Contact, MembershipStep
from references.accounts.services.nightly import nightly_round
from refprogram.governance.consequences.models import Task
from refprogram.kernel.errors import IllegalMove, InvalidInput, LinkRefused
from refprogram.kernel.links import issue
from refprogram.kernel.models import Event
from tests.factories.references import AccountFactory, ContactFactory, reserved, speaker

pytestmark = pytest.mark.django_db
M = Membership


def at(contact: Contact) -> tuple[str, str]:
    contact.refresh_from_db()
    contact.account.refresh_from_db()
    return contact.state, contact.account.state


def invited(contact: Contact, **more: object) -> str:
    ask = services.invite_to_program(
        account=contact.account, contact=contact, activities=["call"], source=contact, actor=None, **more
    )  # type: ignore[arg-type]
    return issue(purpose="invitation", subject=ask, person_id=contact.person_id).split("/s/")[1].strip("/")


def owned(rep) -> Contact:
    return ContactFactory(account=AccountFactory(owner=rep))


def test_a_yes_without_anybodys_word_is_only_prepared(rep) -> None:
    contact = owned(rep)
    services.accept_invitation(token=invited(contact), activities=["call"])
    assert at(contact) == (M.ONBOARDING, M.ONBOARDING)
    checklist = onboarding.checklist(contact.account, contact)
    assert [one.ok for one in checklist] == [True, True, False]
    assert Event.objects.filter(topic="membership.accepted").count() == 1
    assert not Event.objects.filter(topic="membership.activated").exists()


def test_the_owners_word_lets_them_take_part_at_once(rep) -> None:
    contact = owned(rep)
    services.accept_invitation(token=invited(contact), activities=["call"])
    services.confirm_still_true(account=contact.account, actor=rep)
    assert at(contact) == (M.ACTIVE, M.ACTIVE)
    event = Event.objects.get(topic="membership.activated")
    assert (event.payload["source_type"], event.payload["source_id"]) == ("contact", contact.pk)


def test_with_the_owners_word_from_before_a_yes_is_enough(rep) -> None:
    contact = owned(rep)
    token = invited(contact, vouched_at=timezone.now() - dt.timedelta(days=3))
    services.accept_invitation(token=token, activities=["call"])
    assert at(contact) == (M.ACTIVE, M.ACTIVE)


def test_an_owners_word_of_more_than_thirty_days_is_asked_for_again(rep) -> None:
    contact = owned(rep)
    with pytest.raises(AskRefused, match="Have them confirm it once more"):
        invited(contact, vouched_at=timezone.now() - dt.timedelta(days=31))
    services.confirm_still_true(account=contact.account, actor=rep)
    contact.account.refresh_from_db()
    invited(contact, vouched_at=timezone.now() - dt.timedelta(days=31))
    assert at(contact) == (M.RECRUITING, M.RECRUITING)


def test_an_answered_survey_is_a_fact_too(rep) -> None:
    contact = owned(rep)
    services.accept_invitation(token=invited(contact), activities=["call"])
    contact.account.nps, contact.account.nps_at = 9, timezone.now()
    contact.account.save(update_fields=["nps", "nps_at"])
    assert services.look_again(account_id=contact.account_id) == 1
    assert at(contact) == (M.ACTIVE, M.ACTIVE)


def test_somebody_who_wants_nothing_does_not_take_part(rep) -> None:
    contact = owned(rep)
    Contact.objects.filter(pk=contact.pk).update(caps={"call": 0})
    services.accept_invitation(token=invited(contact), activities=["call"])
    services.confirm_still_true(account=contact.account, actor=rep)
    assert at(contact) == (M.ONBOARDING, M.ONBOARDING)


def test_no_holds_for_a_year(rep) -> None:
    contact = owned(rep)
    today = timezone.localdate()
    services.decline_invitation(token=invited(contact), reason="We never do")
    step = MembershipStep.objects.get(contact=contact, ended_at=None)
    assert (step.reason, step.revisit_on) == ("We never do", today + dt.timedelta(days=365))
    with time_machine.travel(timezone.now() + dt.timedelta(days=364)), pytest.raises(AskRefused, match="said no"):
        invited(contact)
    with time_machine.travel(timezone.now() + dt.timedelta(days=365)):
        invited(contact)
    assert at(contact) == (M.RECRUITING, M.RECRUITING)


def test_not_now_is_asked_again_on_its_day_unless_something_stops_it(rep) -> None:
    contact = owned(rep)
    invited(contact)
    day = timezone.localdate() + dt.timedelta(days=40)
    services.note_step(contact=contact, to="not_now", reason="Busy with a merger", revisit_on=day, actor=rep)
    assert at(contact) == (M.NOT_NOW, M.NOT_NOW)
    with time_machine.travel(timezone.now() + dt.timedelta(days=39)):
        assert nightly_round().asked_again == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=40)):
        frozen = services.freeze(account=contact.account, kind="legal", actor=None)
        assert nightly_round().asked_again == 0
        services.lift_freeze(freeze=frozen, actor=None)
        assert nightly_round().asked_again == 1
        assert nightly_round().asked_again == 0
    assert at(contact) == (M.RECRUITING, M.RECRUITING)


def test_who_took_back_the_invitation_is_not_asked_by_the_clock(rep) -> None:
    contact = owned(rep)
    invited(contact)
    services.withdraw_invitation(contact=contact, actor=rep)
    with time_machine.travel(timezone.now() + dt.timedelta(days=400)):
        assert nightly_round().asked_again == 0


def test_a_new_owner_is_asked(rep, marketer) -> None:
    contact = speaker(owner=rep)
    services.edit_account(account=contact.account, owner=marketer, actor=marketer)
    assert at(contact)[1] == M.REVIEW_DUE
    assert Event.objects.filter(topic="account.review_due").count() == 1


def test_who_changes_jobs_leaves_the_owner_to_say_whether_it_is_still_true(rep) -> None:
    contact = speaker(owner=rep)
    speaker(ContactFactory(account=contact.account))
    services.contact_left(contact=contact, actor=rep)
    assert at(contact) == (M.RETIRED, M.REVIEW_DUE)


def test_out_of_the_program_with_thanks(rep, marketer, drain) -> None:
    contact = speaker(owner=rep)
    services.retire_account(account=contact.account, reason="They moved to a competitor", actor=marketer)
    assert at(contact) == (M.RETIRED, M.RETIRED)
    drain()
    assert {task.assignee_id for task in Task.objects.all()} == {rep.pk, marketer.pk}
    assert Task.objects.get(assignee=rep).title.startswith("Thank ")


def test_do_not_contact_frees_what_is_held_and_ends_invitations(rep, marketer) -> None:
    contact = speaker(owner=rep)
    other = ContactFactory(account=contact.account)
    token = invited(other)
    services.bar_account(account=contact.account, reason="A letter of their lawyers", actor=marketer)
    contact.account.refresh_from_db()
    assert contact.account.state == M.DO_NOT_CONTACT
    assert Ask.objects.get(contact=other).state == AskState.RELEASED
    with pytest.raises(LinkRefused):
        services.accept_invitation(token=token, activities=["call"])
    with pytest.raises(AskRefused, match="must not be contacted"):
        reserved(contact)
    with pytest.raises(IllegalMove):
        services.retire_account(account=contact.account, reason="Again", actor=marketer)


def test_a_barred_contact_takes_the_account_out_of_the_program(rep) -> None:
    contact = speaker(owner=rep)
    services.note_step(contact=contact, to="do_not_contact", reason="She asked for it", actor=rep)
    assert at(contact) == (M.DO_NOT_CONTACT, M.RETIRED)


def test_a_no_that_a_colleague_heard_ends_the_invitation_and_holds_for_a_year(rep) -> None:
    contact = owned(rep)
    token = invited(contact)
    services.note_step(contact=contact, to="declined", reason="Said so on the phone", actor=rep)
    assert at(contact) == (M.DECLINED, M.DECLINED)
    assert Ask.objects.get(contact=contact).state == AskState.DECLINED
    assert Event.objects.filter(topic="membership.declined").count() == 1
    with pytest.raises(LinkRefused):
        services.accept_invitation(token=token, activities=["call"])


def test_a_step_needs_a_reason_and_a_way(rep) -> None:
    contact = speaker(owner=rep)
    with pytest.raises(InvalidInput, match="Say why"):
        services.note_step(contact=contact, to="retired", reason=" ", actor=rep)
    with pytest.raises(InvalidInput, match="Choose what"):
        services.note_step(contact=contact, to="active", reason="x", actor=rep)
    with pytest.raises(IllegalMove):
        services.note_step(contact=contact, to="declined", reason="x", actor=rep)
