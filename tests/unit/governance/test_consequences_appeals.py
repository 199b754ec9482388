"""Appeals with their clock, and waivers with a reason."""

import datetime as dt

import pytest

from refprogram.governance.consequences import digest, proofs, selectors, services
from refprogram.governance.consequences.desk import desk_items
from refprogram.governance.consequences.enums import CaseState, TaskState
from refprogram.governance.consequences.models import Task
from refprogram.kernel.errors import DomainError, IllegalMove, NotAllowed
from refprogram.people import services as people
from refprogram.people.enums import Privilege
from refprogram.people.selectors import restriction_of
from tests.factories import consequences as made
from tests.mailbox import mails_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
S = CaseState


def binds(user):
    return restriction_of(user, Privilege.REQUEST_REFERENCES) is not None


def sound():
    return [proof.name for proof in proofs.proofs() if not proof.holds] == []


def test_an_appeal_in_time_stops_the_effect_until_it_is_turned_down(clock, drain, mailoutbox, cast):
    policy = made.policy_of(cast.sales_head, min_cohort=2)
    case = made.notified(cast.rep, by=cast.marketer, policy=policy)
    clock.move_to(case.appeal_until - dt.timedelta(seconds=1))
    services.appeal(case=case, by=cast.rep, text="I was on a project.")
    drain()
    assert "Rhea Rep appeals" in mails_to(cast.sales_head, mailoutbox)[-1].subject
    clock.move_to(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC))
    services.follow_up()
    assert not binds(cast.rep)
    assert desk_items(cast.sales_head)[0].title == "Appeal of Rhea Rep"
    services.answer_appeal(case=case, by=cast.sales_head, grant=False, text="The project was over in September.")
    drain()
    case.refresh_from_db()
    assert binds(cast.rep)
    assert case.ends_at == dt.datetime(2026, 12, 20, 12, tzinfo=dt.UTC)
    assert "turned down" in mails_to(cast.rep, mailoutbox)[-1].subject
    with pytest.raises(DomainError, match="answered already"):
        services.appeal(case=case, by=cast.rep, text="Again.")
    assert sound()


def test_an_appeal_turned_down_early_takes_effect_on_its_day(clock, cast):
    policy = made.policy_of(cast.sales_head, min_cohort=2)
    case = made.notified(cast.rep, by=cast.marketer, policy=policy)
    services.appeal(case=case, by=cast.rep, text="Please.")
    case = services.answer_appeal(case=case, by=cast.sales_head, grant=False, text="No.")
    assert not binds(cast.rep)
    with pytest.raises(DomainError, match="answered already"):
        services.appeal(case=case, by=cast.rep, text="Again.")
    clock.move_to(case.takes_effect_at)
    assert binds(cast.rep)


def test_a_granted_appeal_is_a_waiver(drain, mailoutbox, cast):
    policy = made.policy_of(cast.sales_head, min_cohort=2)
    case = made.notified(cast.rep, by=cast.marketer, policy=policy)
    services.appeal(case=case, by=cast.rep, text="I was ill.")
    services.answer_appeal(case=case, by=cast.sales_head, grant=True, text="We did not know.")
    drain()
    case.refresh_from_db()
    assert (case.state, case.reason) == (S.WAIVED, "We did not know.")
    assert "We did not know." in mails_to(cast.rep, mailoutbox)[-1].body


def test_who_sent_the_notice_does_not_answer_the_appeal(drain, mailoutbox, cast):
    policy = made.policy_of(cast.sales_head, min_cohort=2)
    case = made.notified(cast.rep, by=cast.sales_head, policy=policy)
    services.appeal(case=case, by=cast.rep, text="I was ill.")
    for somebody in (cast.sales_head, cast.marketer, cast.rep):
        with pytest.raises(NotAllowed):
            services.answer_appeal(case=case, by=somebody, grant=True, text="Fine.")
    assert [item.title for item in desk_items(cast.admin)] == ["Appeal of Rhea Rep"]
    drain()
    assert "appeals" in mails_to(cast.admin, mailoutbox)[-1].subject
    services.answer_appeal(case=case, by=cast.admin, grant=True, text="Fine.")


def test_an_appeal_left_lying_goes_to_the_administrators_too(clock, drain, mailoutbox, cast):
    policy = made.policy_of(cast.sales_head, min_cohort=2)
    case = made.notified(cast.rep, by=cast.marketer, policy=policy)
    services.appeal(case=case, by=cast.rep, text="I was ill.")
    # Monday at nine; three working days of eight hours are over on Thursday at nine.
    assert selectors.answer_due_at(case) in {dt.datetime(2026, 11, 4, 17, tzinfo=dt.UTC),
                                             dt.datetime(2026, 11, 5, 9, tzinfo=dt.UTC)}  # fmt: skip
    clock.move_to(dt.datetime(2026, 11, 4, 16, 59, tzinfo=dt.UTC))
    assert digest.remind_of_appeals() == 0
    assert desk_items(cast.admin) == []
    clock.move_to(dt.datetime(2026, 11, 5, 9, tzinfo=dt.UTC))
    digest.remind_of_appeals()
    digest.remind_of_appeals()
    drain()
    assert [item.title for item in desk_items(cast.admin)] == ["Appeal of Rhea Rep"]
    for reader in (cast.admin, cast.sales_head):
        late = [mail for mail in mails_to(reader, mailoutbox) if "Still without an answer" in mail.subject]
        assert len(late) == 1


def test_too_late_is_too_late(clock, cast):
    case = made.notified(cast.rep)
    clock.move_to(case.appeal_until)
    with pytest.raises(DomainError, match="time to appeal is over"):
        services.appeal(case=case, by=cast.rep, text="I forgot.")


def test_a_waiver_gives_back_at_once_and_tells_why(clock, drain, mailoutbox, cast):
    case = made.notified(cast.rep)
    clock.move_to(case.takes_effect_at + dt.timedelta(days=1))
    assert binds(cast.rep)
    services.waive(case=case, by=cast.admin, reason="The figures were wrong.")
    assert not binds(cast.rep)
    drain()
    assert "The figures were wrong." in mails_to(cast.rep, mailoutbox)[-1].body
    with pytest.raises(NotAllowed):
        services.waive(case=case, by=cast.rep, reason="Mine.")
    assert sound()


def test_a_waiver_calls_the_task_off(clock, cast):
    case = made.notified(cast.rep, policy=made.task_policy(min_cohort=2))
    clock.move_to(case.takes_effect_at)
    services.follow_up()
    services.waive(case=case, by=cast.marketer, reason="They left the project.")
    assert Task.objects.get().state == TaskState.CANCELLED
    assert sound()


def test_a_proposal_waived_is_never_heard_of(drain, mailoutbox, cast):
    services.waive(case=made.proposed(cast.rep), by=cast.admin, reason="Wrong list.")
    drain()
    assert not mails_to(cast.rep, mailoutbox)


def test_what_is_over_cannot_be_waived(clock, cast):
    case = made.notified(cast.rep)
    clock.move_to(case.ends_at)
    with pytest.raises(IllegalMove, match="over"):
        services.waive(case=case, by=cast.admin, reason="Late.")


def test_given_back_on_the_persons_page_is_a_waiver(clock, drain, cast):
    case = made.notified(cast.rep)
    clock.move_to(case.takes_effect_at)
    people.lift(restriction=case.restriction, actor=cast.marketer)
    drain()
    case.refresh_from_db()
    assert (case.state, case.decided_by) == (S.WAIVED, cast.marketer)
    assert sound()
