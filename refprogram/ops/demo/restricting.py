"""Consequences of the demo company: one policy that is on, one that waits, a case in each state, and some tasks.

The demo's own rep is restricted by nothing: they have a notice of a task, which they can appeal against.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.consequences import terms
from refprogram.governance.consequences.cohort import A_DAY, Span, closed_before
from refprogram.governance.consequences.enums import CaseState, Effect, GoalDirection, Period, TaskState
from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy, Evaluation, Task
from refprogram.governance.consequences.policy import APPEAL_ANSWER_DAYS, APPEAL_CLOCK
from refprogram.governance.consequences.services.rows import facts_of
from refprogram.governance.consequences.wording import reason_of
from refprogram.ops.demo.approving import Ask, ask
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.calendars.clocks import start_clock
from refprogram.people.calendars.selectors import calendar_of
from refprogram.people.demo import address
from refprogram.people.enums import Privilege, Role
from refprogram.people.models import Restriction, User

S = CaseState
APPEAL = "I was at the trade fair for two of these weeks. I have written all of it down since."
WAIVED = "The calls were held in the last week, and the reminders went to an old address."
DISMISSED = "Changed teams in the middle of the month."
# How many months back, whom (place among the reps), how far, notified how many days ago, how many were overdue.
CASES = (
    (1, 3, S.PROPOSED, 0, 2), (1, 5, S.PROPOSED, 0, 3), (1, 8, S.PROPOSED, 0, 2), (1, 12, S.PROPOSED, 0, 4),
    (1, 6, S.NOTIFIED, 1, 3), (1, 2, S.APPEALED, 2, 2), (2, 9, S.IN_FORCE, 20, 4), (2, 10, S.WAIVED, 21, 2),
    (2, 14, S.DISMISSED, 0, 2), (4, 11, S.SERVED, 80, 3),
)  # fmt: skip
# How many were compared, and who was left out, by months back; three months ago it was off in two regions.
LOOKED = {1: (21, {"new": 2, "leave": 1}), 2: (22, {"new": 2}), 3: (6, {"off": 16, "new": 2}), 4: (23, {"leave": 1})}
TASKS = (
    ("rep", "manager", "Send the project team of your last reference call a note", 3, TaskState.OPEN),
    ("rep", "marketer", "Name a second contact for your largest account", 9, TaskState.OPEN),
    ("support", "marketer", "Ask two customers for a date to film", 5, TaskState.OPEN),
    ("marketer", "sales-head", "Bring the reference figures to the sales meeting", 2, TaskState.OPEN),
    ("manager", "sales-head", "Talk through the review board’s list with your team", -2, TaskState.OPEN),
    ("rep", "manager", "Write down what the customer said about the rollout", -8, TaskState.DONE),
)


@dataclass(frozen=True)
class Found:
    """What is proposed about somebody: for which period, the figure, among how many."""

    user: User
    span: Span
    value: int
    cohort: int


@dataclass
class Board:
    """Who takes part."""

    maker: Maker
    company: Company
    people: dict[str, User]
    now: dt.datetime


def build(maker: Maker, company: Company) -> None:
    """Make the policies, what they found, the cases, and tasks."""
    users = User.objects.filter(
        email__in=[address(name) for name in ("marketer", "sales-head", "manager", "rep", "support")]
    )
    people = {user.email.split("@")[0]: user for user in users.select_related("person", "team__region__calendar")}
    board = Board(maker, company, people, timezone.now())
    feedback, quiet = _policies(board)
    _look(board, feedback)
    _ask_for_quarters(board, quiet)
    for wanted in TASKS:
        _task(board, *wanted)


def _policies(board: Board) -> tuple[ConsequencePolicy, ConsequencePolicy]:
    begun = board.maker.today - dt.timedelta(days=300)
    feedback = ConsequencePolicy(
        name="Feedback after a reference call", metric="overdue_feedback", period=Period.MONTH,
        direction=GoalDirection.ABOVE, threshold=Decimal(1), roles=[Role.REP.value], effect=Effect.RESTRICTION,
        privilege=Privilege.REQUEST_REFERENCES, deal_threshold=Decimal(250_000), owner=board.people["sales-head"],
        live=True, live_since=begun,
    )  # fmt: skip
    quiet = ConsequencePolicy(
        name="A nomination each quarter", metric="nominations_submitted", period=Period.QUARTER,
        direction=GoalDirection.BELOW, threshold=Decimal(1), roles=[Role.REP.value, Role.SUPPORT.value],
        effect=Effect.TASK, task_title="Look through your accounts with your manager", lasts_days=21,
        owner=board.people["marketer"], live=False, live_since=begun,
    )  # fmt: skip
    bulk(board.maker, [feedback, quiet])
    for policy in (feedback, quiet):
        at = board.maker.moment(begun)
        board.maker.tell("policy.switched_on", policy, at, account_id=None, actor_id=policy.owner.person_id)
    return feedback, quiet


def _look(board: Board, policy: ConsequencePolicy) -> None:
    """Look at the last four months."""
    spans = {1: closed_before(policy, board.maker.today)}
    for back in (2, 3, 4):
        spans[back] = closed_before(policy, spans[back - 1].starts_on)
    for back, looked in sorted(LOOKED.items(), reverse=True):
        _evaluated(board, policy, spans[back], looked, sum(case[0] == back for case in CASES))
    reps = board.company.reps
    for back, place, state, days, value in CASES:
        _case(board, policy, Found(reps[place], spans[back], value, LOOKED[back][0]), state, days)


def _evaluated(
    board: Board, policy: ConsequencePolicy, span: Span, looked: tuple[int, dict[str, int]], named: int
) -> None:
    cohort, left_out = looked
    row = Evaluation(
        policy=policy, starts_on=span.starts_on, ends_on=span.ends_on, threshold=policy.threshold,
        min_cohort=policy.min_cohort, cohort=cohort, left_out=left_out, named=named,
    )  # fmt: skip
    bulk(board.maker, [row])
    board.maker.tell(
        "policy.evaluated", policy, _after(board, span), account_id=None, actor_id=None,
        starts_on=span.starts_on.isoformat(), ends_on=span.ends_on.isoformat(), cohort=cohort, named=named,
        left_out=left_out, too_small=row.too_small,
    )  # fmt: skip


def _after(board: Board, span: Span) -> dt.datetime:
    """The morning after a period, never in the future."""
    morning = dt.datetime.combine(span.ends_on + A_DAY, dt.time(5, 30), tzinfo=dt.UTC)
    return min(morning, board.now)


def _case(board: Board, policy: ConsequencePolicy, found: Found, state: CaseState, days: int) -> ConsequenceCase:
    span = found.span
    proposed_at = _after(board, span)
    case = ConsequenceCase(
        policy=policy, user=found.user, period_starts_on=span.starts_on, period_ends_on=span.ends_on,
        value=Decimal(found.value),
        threshold=policy.threshold, cohort=found.cohort, terms=terms.kept(policy), state=state, created_at=proposed_at,
    )  # fmt: skip
    bulk(board.maker, [case])
    ConsequenceCase.objects.filter(pk=case.pk).update(created_at=proposed_at)
    _tell(board, "case.proposed", case, proposed_at, None)
    marketer = board.people["marketer"]
    if state == S.DISMISSED:
        case.reason, case.decided_by = DISMISSED, marketer
        _tell(board, "case.dismissed", case, proposed_at + dt.timedelta(hours=3), marketer)
    elif state != S.PROPOSED:
        _notify(board, case, max(proposed_at, board.now - dt.timedelta(days=days)), marketer)
        _go_on(board, case, marketer)
    case.save()
    return case


def _notify(board: Board, case: ConsequenceCase, at: dt.datetime, by: User) -> None:
    found = terms.days_of(terms.of(case), calendar_of(case.user), at)
    case.notified_at, case.notified_by = at, by
    case.appeal_until, case.takes_effect_at, case.ends_at = found.appeal_until, found.takes_effect_at, found.ends_at
    if terms.of(case).effect == Effect.RESTRICTION:
        case.restriction = Restriction(
            user=case.user, privilege=terms.of(case).privilege, reason=reason_of(case),
            starts_at=found.takes_effect_at, ends_at=found.ends_at, imposed_by=by,
        )  # fmt: skip
        bulk(board.maker, [case.restriction])
    _tell(board, "case.notified", case, at, by)


def _go_on(board: Board, case: ConsequenceCase, by: User) -> None:
    """What became of it after the notice."""
    if case.notified_at is None or case.takes_effect_at is None or case.ends_at is None:
        return
    later = min(board.now, case.notified_at + dt.timedelta(hours=20))
    if case.state == S.APPEALED:
        case.appeal, case.appealed_at = APPEAL, later
        start_clock(
            kind=APPEAL_CLOCK, subject=case, calendar=calendar_of(case.policy.owner), days=APPEAL_ANSWER_DAYS, at=later
        )
        _tell(board, "case.appealed", case, later, case.user)
    if case.state == S.WAIVED:
        case.reason, case.decided_by = WAIVED, by
        _tell(board, "case.waived", case, later, by)
    if case.restriction is not None and case.state in {S.APPEALED, S.WAIVED}:
        case.restriction.lifted_at = later
        case.restriction.save()
    if case.state in {S.IN_FORCE, S.SERVED}:
        _tell(board, "case.in_force", case, case.takes_effect_at, None)
    if case.state == S.SERVED:
        _tell(board, "case.served", case, case.ends_at, None)


def _tell(board: Board, topic: str, case: ConsequenceCase, at: dt.datetime, by: User | None) -> None:
    actor = by.person_id if by else None
    board.maker.tell(topic, case, min(at, board.now), account_id=None, actor_id=actor, **facts_of(case))


def _ask_for_quarters(board: Board, policy: ConsequencePolicy) -> None:
    """The policy of quarters named the rep, was switched off, and waits for its owner to be switched on again."""
    span = closed_before(policy, board.maker.today)
    _evaluated(board, policy, span, (26, {"new": 2}), 1)
    _case(board, policy, Found(board.people["rep"], span, 0, 26), S.NOTIFIED, 1)
    label = f"Switch on the policy “{policy.name}”"
    reason = "It was off while the new quarter was planned."
    ask(
        board.maker, Ask(ApprovalKind.PROCESS, label, "sales-head", 28, reason=reason, owner="marketer", subject=policy)
    )


def _task(board: Board, *wanted: Any) -> None:
    to, by, title, days, state = wanted
    assignee, giver = board.people[to], board.people[by]
    at = board.now - dt.timedelta(days=max(1, 4 - days))
    is_done = state == TaskState.DONE
    task = Task(
        assignee=assignee, given_by=giver, title=title, due_on=board.maker.today + dt.timedelta(days=days),
        state=state, note="Done; they were pleased." if is_done else "", finished_at=board.now if is_done else None,
    )  # fmt: skip
    bulk(board.maker, [task])
    team = assignee.team
    facts = {"person": assignee.person_id, "giver": giver.person_id, "manager": team.manager_id if team else None}
    board.maker.tell("task.given", task, at, account_id=None, actor_id=giver.person_id, **facts)
    if is_done:
        board.maker.tell("task.done", task, board.now, account_id=None, actor_id=assignee.person_id, **facts)
