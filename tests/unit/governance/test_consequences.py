"""Consequences: guards, the board, notice, effect, end; who sees them."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from refprogram.governance.consequences import proofs, selectors, services
from refprogram.governance.consequences.desk import desk_items
from refprogram.governance.consequences.enums import CaseState, LeftOut
from refprogram.governance.consequences.models import ConsequenceCase, Task
from refprogram.governance.consequences.states import standing
from refprogram.kernel import timeline
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from refprogram.notices.models import Notice
from refprogram.people.enums import Privilege, Role
from refprogram.people.selectors import restriction_of
from tests.factories import consequences as made
from tests.factories.people import LeaveFactory, RegionFactory, TeamFactory, UserFactory
from tests.mailbox import mails_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
S = CaseState
MONDAY = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)  # the last closed month is October


def binds(user):
    return restriction_of(user, Privilege.REQUEST_REFERENCES) is not None


def sound():
    return [proof.name for proof in proofs.proofs() if not proof.holds] == []


# ---------------------------------------------------------------- guards


def test_who_missed_the_goal_is_proposed_and_nobody_hears(drain, mailoutbox):
    team = UserFactory.create_batch(8)
    evaluation = made.looked_at(made.policy_of())
    drain()
    assert (evaluation.cohort, evaluation.named, evaluation.too_small) == (8, 8, False)
    assert set(ConsequenceCase.objects.values_list("user", flat=True)) == {user.pk for user in team}
    assert not mailoutbox
    assert not Notice.objects.exists()
    assert sound()


def test_a_small_cohort_names_nobody_and_says_so():
    UserFactory.create_batch(7)
    policy = made.policy_of()
    evaluation = made.looked_at(policy)
    assert (evaluation.cohort, evaluation.named, evaluation.too_small) == (7, 0, True)
    assert not ConsequenceCase.objects.exists()
    event = Event.objects.get(topic="policy.evaluated")
    assert (event.payload["too_small"], event.payload["named"]) == (True, 0)


def test_guards_leave_people_out_and_count_them():
    region = RegionFactory()
    off = TeamFactory(region=region)
    policy = made.policy_of(min_cohort=2)
    services.set_switches(policy=policy, by=policy.owner, off_in=[region], off_for=[])
    stays = UserFactory.create_batch(3)
    UserFactory(is_active=False)
    UserFactory(team=off)
    UserFactory(hired_on=dt.date(2026, 8, 15))  # 78 days before the last of October
    old_hand = UserFactory(hired_on=dt.date(2026, 8, 2))  # 90 days
    away, half = UserFactory(), UserFactory()
    # October 2026 has 22 working days: 12 are more than half, 11 are not.
    LeaveFactory(user=away, starts_on=dt.date(2026, 10, 1), ends_on=dt.date(2026, 10, 16))
    LeaveFactory(user=half, starts_on=dt.date(2026, 10, 1), ends_on=dt.date(2026, 10, 15))
    evaluation = made.looked_at(policy)
    assert evaluation.left_out == {reason.value: 1 for reason in LeftOut}
    named = set(policy.cases.values_list("user", flat=True))
    assert named == {user.pk for user in (*stays, old_hand, half)}


def test_a_closed_period_is_looked_at_once_and_only_if_the_policy_was_on_before():
    UserFactory.create_batch(2)
    policy = made.policy_of(min_cohort=2)
    late = made.policy_of(min_cohort=2)
    late.live_since = dt.date(2026, 10, 2)
    late.save()
    assert services.evaluate_due() == 1
    assert services.evaluate_due() == 0
    assert not late.cases.exists()
    assert made.looked_at(policy) == policy.evaluations.get()


def test_figures_on_the_goal_are_good_enough(settings, monkeypatch):
    settings.CONSEQUENCE_METRICS = {"test": made.METRIC}
    low, even = UserFactory(), UserFactory()
    made.FIGURES.update({low.pk: Decimal("2.99"), even.pk: Decimal(3)})
    policy = made.policy_of(min_cohort=2, metric="test", threshold=Decimal(3))
    above = made.policy_of(min_cohort=2, metric="test", threshold=Decimal("2.99"), direction="above")
    made.looked_at(policy)
    made.looked_at(above)
    assert policy.cases.get().user == low
    assert above.cases.get().user == even


def test_a_period_that_runs_is_not_looked_at():
    with pytest.raises(DomainError, match="not over yet"):
        services.evaluate(policy=made.policy_of(), starts_on=dt.date(2026, 11, 1), ends_on=dt.date(2026, 11, 30))


# ---------------------------------------------------------------- notice, effect, end


def test_the_notice_says_all_and_binds_when_it_says(clock, drain, mailoutbox, cast):
    cast.manager  # noqa: B018 - leads the team
    case = made.notified(cast.rep)
    drain()
    # Monday; five working days later is Monday the 9th, all of it.
    assert case.appeal_until == case.takes_effect_at == dt.datetime(2026, 11, 10, tzinfo=dt.UTC)
    assert case.ends_at == dt.datetime(2026, 12, 10, tzinfo=dt.UTC)
    mail = mails_to(cast.rep, mailoutbox)[0]
    for words in ("A notice for you", "ask for references", "Nominations submitted", "appeal", "10 November 2026"):
        assert words in f"{mail.subject} {mail.body}"
    assert Notice.objects.filter(person=cast.manager.person, kind="consequence.team").exists()
    clock.move_to(case.takes_effect_at - dt.timedelta(seconds=1))
    assert not binds(cast.rep)
    clock.move_to(case.takes_effect_at)
    assert binds(cast.rep)  # nothing has run
    assert standing(case) == S.IN_FORCE
    services.follow_up()
    case.refresh_from_db()
    assert case.state == S.IN_FORCE
    clock.move_to(case.ends_at)
    assert not binds(cast.rep)
    services.follow_up()
    case.refresh_from_db()
    assert case.state == S.SERVED
    assert sound()


def test_a_clock_that_slept_through_it_all_notes_both():
    with time_machine.travel(MONDAY, tick=False) as clock:
        case = made.notified()
        clock.move_to(case.ends_at + dt.timedelta(days=9))
        assert services.follow_up() == 2
    case.refresh_from_db()
    assert case.state == S.SERVED


def test_a_task_lands_on_the_desk_on_its_day(clock, cast):
    case = made.notified(cast.rep, policy=made.task_policy(min_cohort=2))
    assert not Task.objects.exists()
    clock.move_to(case.takes_effect_at)
    services.follow_up()
    services.follow_up()
    task = Task.objects.get()
    assert (task.title, task.assignee, task.due_on) == ("Talk to your manager", cast.rep, dt.date(2026, 12, 10))
    assert [item.title for item in desk_items(cast.rep)] == ["Talk to your manager"]


def test_the_board_decides_and_nobody_about_themselves(cast):
    case = made.proposed(cast.rep)
    with pytest.raises(NotAllowed, match="review board"):
        services.notify(case=case, by=cast.admin)
    cast.rep.role = Role.MARKETER
    cast.rep.save()
    with pytest.raises(NotAllowed, match="nobody about themselves"):
        services.notify(case=case, by=cast.rep)
    with pytest.raises(InvalidInput, match="for the record"):
        services.dismiss(case=case, by=cast.marketer, reason=" ")
    done = services.dismiss(case=case, by=cast.marketer, reason="They changed teams in October.")
    assert (done.state, done.decided_by) == (S.DISMISSED, cast.marketer)
    with pytest.raises(IllegalMove):
        services.notify(case=case, by=cast.sales_head)


# ---------------------------------------------------------------- who sees it


def test_a_penalty_is_between_few(drain, cast):
    case = made.proposed(cast.rep)
    parts = (
        "rep support manager executive finance legal judge other_team_rep other_team_manager marketer sales_head admin"
    )
    everybody = [cast[part] for part in parts.split()]

    def sees():
        return {user.name for user in everybody if selectors.visible_to(user).filter(pk=case.pk).exists()}

    def reads():
        events = list(Event.objects.filter(subject_type="consequencecase"))
        return {user.name for user in everybody if timeline.entries(events, user)}

    board = {cast.marketer.name, cast.sales_head.name, cast.admin.name}
    assert (sees(), reads()) == (board, board)
    services.notify(case=case, by=cast.marketer)
    drain()
    assert sees() == reads() == board | {cast.rep.name, cast.manager.name}
    assert selectors.case_labels([case.pk], cast.executive)[case.pk].text == "someone"
