"""Policies, their owners' approval and switches; the weekly digest, tasks, privacy."""

import datetime as dt
from decimal import Decimal

import pytest

from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import ApprovalState, Verdict
from refprogram.governance.consequences import digest, services
from refprogram.governance.consequences.enums import TaskState
from refprogram.governance.consequences.models import ConsequenceCase, Task
from refprogram.governance.consequences.privacy import erase_person, export_person
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from refprogram.notices.models import Notice
from refprogram.people.enums import Privilege, Role
from refprogram.people.selectors import restriction_of
from tests.factories import consequences as made
from tests.factories.people import LeaveFactory, UserFactory
from tests.mailbox import mails_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
EVALUATION = 19  # statements of one closed period, whoever many are compared


def binds(user):
    return restriction_of(user, Privilege.REQUEST_REFERENCES) is not None


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
