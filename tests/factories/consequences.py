"""Policies, cases and tasks: made by their services; a figure for tests is what each test says it is."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from django.utils import timezone

from refprogram.governance.consequences import services, terms
from refprogram.governance.consequences.enums import Effect, GoalDirection, Period
from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy, Evaluation, Task
from refprogram.people.enums import Privilege, Role
from refprogram.people.models import User
from tests.factories.people import UserFactory

_numbers = itertools.count(1)
FIGURES: dict[int, Decimal] = {}
METRIC = {"label": "Figures of the test", "count": "tests.factories.consequences.figures"}


def figures(_starts_on: dt.date, _ends_on: dt.date, users: Any) -> dict[int, Decimal]:
    """What `FIGURES` says of each; 0 for who is not in it."""
    return {user.pk: FIGURES[user.pk] for user in users if user.pk in FIGURES}


def facts(**more: Any) -> dict[str, Any]:
    """The facts of a policy: fewer than one nomination a month, and no references for 30 days."""
    return {
        "name": f"Policy {next(_numbers)}",
        "metric": "nominations_submitted",
        "period": Period.MONTH,
        "direction": GoalDirection.BELOW,
        "threshold": Decimal(1),
        "roles": [Role.REP.value],
        "effect": Effect.RESTRICTION,
        "privilege": Privilege.REQUEST_REFERENCES,
        "task_title": "",
        "min_cohort": 8,
        "new_hire_days": 90,
        "notice_days": 5,
        "appeal_days": 5,
        "lasts_days": 30,
        "deal_threshold": Decimal(100_000),
        **more,
    }


def policy_of(owner: User | None = None, *, live: bool = True, **more: Any) -> ConsequencePolicy:
    """A policy, switched on long ago."""
    by = owner or UserFactory(role=Role.SALES_HEAD, name="Olive Owner")
    policy = services.write(by=by, owner=by, **facts(**more))
    if live:
        policy.live, policy.live_since = True, timezone.localdate() - dt.timedelta(days=400)
        policy.save()
    return policy


def task_policy(owner: User | None = None, **more: Any) -> ConsequencePolicy:
    """A policy that gives a task."""
    return policy_of(
        owner, effect=Effect.TASK, privilege="", task_title="Talk to your manager", deal_threshold=None, **more
    )


def last_month() -> tuple[dt.date, dt.date]:
    """The month before this one."""
    ends = timezone.localdate().replace(day=1) - dt.timedelta(days=1)
    return ends.replace(day=1), ends


def looked_at(policy: ConsequencePolicy) -> Evaluation:
    """Look at last month."""
    starts, ends = last_month()
    return services.evaluate(policy=policy, starts_on=starts, ends_on=ends)


def proposed(user: User | None = None, policy: ConsequencePolicy | None = None) -> ConsequenceCase:
    """A proposal about somebody who nominated nobody, among two."""
    who = user or UserFactory()
    rule = policy or policy_of(min_cohort=2)
    while User.objects.filter(role__in=rule.roles, is_active=True).count() < rule.min_cohort:
        UserFactory(role=rule.roles[0])
    looked_at(rule)
    return rule.cases.get(user=who)


def notified(
    user: User | None = None, *, by: User | None = None, policy: ConsequencePolicy | None = None
) -> ConsequenceCase:
    """A notice that was sent just now."""
    board = by or UserFactory(role=Role.MARKETER, name="Bo Board")
    return services.notify(case=proposed(user, policy), by=board)


def proposed_many(count: int, policy: ConsequencePolicy) -> list[ConsequenceCase]:
    """As many proposals more, each about somebody else."""
    people = UserFactory.create_batch(count, role=Role.REP)
    starts, ends = last_month()
    return ConsequenceCase.objects.bulk_create(
        ConsequenceCase(
            policy=policy,
            user=user,
            period_starts_on=starts,
            period_ends_on=ends,
            value=Decimal(0),
            threshold=policy.threshold,
            cohort=9,
            terms=terms.kept(policy),
        )
        for user in people
    )


def task_of(assignee: User | None = None, **more: Any) -> Task:
    """A task."""
    return services.give_task(
        assignee=assignee or UserFactory(), **{"title": f"Task {next(_numbers)}", "detail": "Soon.", **more}
    )
