"""Consequences: guards, the board, notice, appeal, effect, end, waiver; policies and their switches; tasks."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import ApprovalState, Verdict
from refprogram.governance.consequences import digest, proofs, selectors, services
from refprogram.governance.consequences.desk import desk_items
from refprogram.governance.consequences.enums import CaseState, LeftOut, TaskState
from refprogram.governance.consequences.models import ConsequenceCase, Task
from refprogram.governance.consequences.privacy import erase_person, export_person
from refprogram.governance.consequences.states import standing
from refprogram.kernel import timeline
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from refprogram.notices.models import Notice
from refprogram.people import services as people
from refprogram.people.enums import Privilege, Role
from refprogram.people.selectors import restriction_of
from tests.factories import consequences as made
from tests.factories.people import LeaveFactory, RegionFactory, TeamFactory, UserFactory
from tests.mailbox import mails_to

pytestmark = pytest.mark.django_db
S = CaseState
EVALUATION = 19  # statements of one closed period, whoever many are compared
MONDAY = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)  # the last closed month is October


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def clock(_november):
    return _november


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


# ---------------------------------------------------------------- appeal and waiver


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


# ---------------------------------------------------------------- policies


def test_only_the_owners_approval_switches_it_on(drain, cast):
    policy = services.write(by=cast.marketer, owner=cast.sales_head, **made.facts(min_cohort=2))
    UserFactory.create_batch(2)
    with pytest.raises(DomainError, match="switched off"):
        made.looked_at(policy)
    cast.admin  # noqa: B018 - the chain goes on to them
    approval = services.ask_to_switch_on(policy=policy, by=cast.marketer, reason="Agreed with all managers.")
    approvals.decide(approval=approval, by=cast.sales_head, verdict=Verdict.APPROVE)
    drain()
    approval.refresh_from_db()
    if approval.state == ApprovalState.PENDING:
        approvals.decide(approval=approval, by=cast.admin, verdict=Verdict.APPROVE)
        drain()
    policy.refresh_from_db()
    assert (policy.live, policy.live_since) == (True, dt.date(2026, 11, 2))
    with pytest.raises(DomainError, match="Switch it off first"):
        services.change(policy=policy, by=cast.marketer, threshold=Decimal(5))


def test_a_changed_policy_is_asked_for_anew(cast):
    policy = services.write(by=cast.marketer, owner=cast.sales_head, **made.facts())
    approval = services.ask_to_switch_on(policy=policy, by=cast.marketer)
    assert services.ask_to_switch_on(policy=policy, by=cast.admin) == approval
    assert Event.objects.filter(topic="policy.asked").count() == 1
    services.change(policy=policy, by=cast.marketer, threshold=Decimal(5))
    approval.refresh_from_db()
    assert approval.state == ApprovalState.WITHDRAWN


def test_switching_a_region_off_stops_new_cases_only(clock, cast):
    policy = made.policy_of(min_cohort=2)
    UserFactory.create_batch(2)
    case = made.notified(cast.rep, policy=policy)
    services.set_switches(policy=policy, by=policy.owner, off_in=[cast.north.region], off_for=[])
    clock.move_to(dt.datetime(2026, 12, 2, tzinfo=dt.UTC))
    assert binds(cast.rep)
    assert services.evaluate_due() == 1
    case.refresh_from_db()
    assert [one.pk for one in ConsequenceCase.objects.filter(user=cast.rep)] == [case.pk]
    assert policy.evaluations.order_by("starts_on").last().left_out == {"off": 1}


def test_what_a_policy_changes_to_does_not_touch_its_cases(clock, cast):
    policy = made.policy_of(min_cohort=2)
    case = made.proposed(cast.rep, policy)
    services.switch_off(policy=policy, by=policy.owner)
    services.change(policy=policy, by=policy.owner, lasts_days=300, notice_days=60)
    case = services.notify(case=case, by=cast.marketer)
    assert case.ends_at == dt.datetime(2026, 12, 10, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"), ({"roles": []}, "roles"), ({"privilege": ""}, "privilege"),
        ({"min_cohort": 1}, "min_cohort"),
        ({"notice_days": 4}, "notice_days"), ({"lasts_days": 0}, "lasts_days"), ({"effect": "task"}, "task_title"),
    ],
)  # fmt: skip
def test_an_unfair_policy_is_refused_by_field(cast, wrong, field):
    with pytest.raises(InvalidInput) as refusal:
        services.write(by=cast.marketer, owner=cast.marketer, **made.facts(**wrong))
    assert list(refusal.value.errors) == [field]


# ---------------------------------------------------------------- digest, tasks, privacy


def test_the_board_hears_once_a_week(drain, mailoutbox, cast):
    cast.sales_head  # noqa: B018 - sits on the board
    assert digest.send() == 0
    made.proposed(cast.rep, made.policy_of(cast.marketer, min_cohort=2))
    digest.send()
    digest.send()
    drain()
    assert [mail.subject for mail in mails_to(cast.sales_head, mailoutbox)] == ["2 cases wait for the review board"]


def test_a_task_is_given_done_and_told(drain, mailoutbox, cast):
    task = made.task_of(cast.rep, given_by=cast.manager, title="Call Nordvik", due_on=dt.date(2026, 11, 5))
    with pytest.raises(NotAllowed):
        services.finish_task(task=task, by=cast.manager)
    services.finish_task(task=task, by=cast.rep, note="They are happy.")
    drain()
    assert "Call Nordvik" in mails_to(cast.rep, mailoutbox)[0].subject
    assert Notice.objects.get(person=cast.manager.person, kind="task.done").text == "Rhea Rep finished: Call Nordvik"
    with pytest.raises(IllegalMove):
        services.cancel_task(task=task, by=cast.manager)


def test_managers_give_tasks_to_their_own_team(cast):
    with pytest.raises(NotAllowed):
        made.task_of(cast.other_team_rep, given_by=cast.manager)
    with pytest.raises(NotAllowed):
        made.task_of(cast.support, given_by=cast.rep)
    assert made.task_of(cast.other_team_rep, given_by=cast.sales_head).state == TaskState.OPEN


def test_words_are_erased_and_facts_stay(cast):
    case = made.notified(cast.rep)
    services.appeal(case=case, by=cast.rep, text="My knee.")
    made.task_of(cast.rep, title="Rest")
    assert export_person(cast.rep.person_id)["consequences"][0]["appeal"] == "My knee."
    erase_person(cast.rep.person_id)
    case.refresh_from_db()
    assert (case.appeal, case.value) == ("", 0)
    assert Task.objects.get().title == "-"


@pytest.mark.parametrize("people", [12, 240])
def test_looking_at_a_period_costs_the_same_however_many_are_compared(people, django_assert_num_queries):
    policy = made.policy_of(min_cohort=8)
    users = UserFactory.create_batch(people, role=Role.REP)
    for user in users[::6]:
        LeaveFactory(user=user, starts_on=made.last_month()[0], ends_on=made.last_month()[0])
    with django_assert_num_queries(EVALUATION):
        found = made.looked_at(policy)
    assert (found.cohort, found.named) == (people, people)
