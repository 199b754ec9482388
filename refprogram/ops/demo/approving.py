"""Approvals of the demo company: each chain has an example, and everybody who approves has something to decide."""

import datetime as dt
import itertools
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import models
from django.utils import timezone

from incentives.models import Rule
from incentives.rulebook.enums import RuleState
from refprogram.governance.approvals.answer_time import due_at
from refprogram.governance.approvals.enums import ApprovalKind, ApprovalState, TurnState, Verdict, Via
from refprogram.governance.approvals.models import Approval, ChainStep, Decision, Turn
from refprogram.governance.approvals.seats import Chair, Hall, Matter, barred_from
from refprogram.governance.approvals.services import live_version
from refprogram.governance.approvals.traits import TraitNames, left_out
from refprogram.kernel.stream import subject_of
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.ops.demo.portfolio import Portfolio
from refprogram.people.demo import address
from refprogram.people.models import Team, User

A, K = ApprovalState, ApprovalKind


@dataclass(frozen=True)
class Ask:
    """One thing that was asked: by whom (a demo sign-in), how long ago, and how it went.

    `steps` are the steps that were answered before the one that is asked now.
    """

    kind: ApprovalKind
    label: str
    by: str
    hours: int
    state: ApprovalState = A.PENDING
    amount: int | None = None
    reason: str = ""
    owner: str = ""
    steps: int = 0
    words: str = ""
    subject: models.Model | None = field(default=None, compare=False)
    team: Team | None = None
    traits: frozenset[str] = frozenset()


def build(maker: Maker, company: Company, portfolio: Portfolio) -> None:
    """Make what was asked, who was asked for it, and what they said."""
    people = {u.email: u for u in User.objects.select_related("person", "team__manager__person").order_by("pk")}
    accounts = itertools.cycle([a for a in portfolio.accounts if a.owner_id] or portfolio.accounts)
    waiting: set[tuple[str, int]] = set()  # of one kind, one thing waits for each account; a tiny company has less
    for wanted in sorted((*_waiting(maker, company), *_decided(company)), key=lambda ask: -ask.hours):
        subject = wanted.subject or next(accounts)
        key = (wanted.kind.value, subject.pk)
        if wanted.state not in {A.PENDING, A.MORE_INFO} or key not in waiting:
            _make(maker, wanted, subject, people)
            waiting.add(key)


def ask(maker: Maker, wanted: Ask) -> None:
    """Make one thing that was asked about `wanted.subject`: for the rooms that ask for blessings."""
    people = {u.email: u for u in User.objects.select_related("person", "team__manager__person").order_by("pk")}
    if wanted.subject is not None:
        _make(maker, wanted, wanted.subject, people)


def _waiting(maker: Maker, company: Company) -> list[Ask]:
    rule = Rule(
        name="Reference call held in the last quarter of the year",
        definition={
            "shape": 1,
            "topic": "reference.delivered",
            "who": "requester",
            "gives": {"amount": 60},
            "caps": [{"span": "quarter", "most": 300}],
        },
        state=RuleState.DRAFT,
        created_by=company.marketer,
    )
    bulk(maker, [rule])
    return [
        Ask(
            K.FIELD_INCENTIVE,
            f"Switch on the rule “{rule.name}”",
            "marketer",
            20,
            reason="60 points each time, at most 300 a quarter.",
            subject=rule,
        ),
        Ask(K.CUSTOMER_BENEFIT, "Dinner with a reference customer", "support", 6, amount=180, reason="Two calls held."),
        Ask(K.CUSTOMER_BENEFIT, "Conference tickets for a speaker", "rep", 30, amount=1200, reason="They speak there."),
        Ask(K.EXECUTIVE_TIME, "Half an hour with a bank’s board", "manager", 4, reason="They decide next week."),
        Ask(K.SPENDING, "Second camera for the autumn film", "marketer", 9, amount=2400, owner="executive"),
        Ask(K.SPENDING, "Train tickets to a site visit", "rep", 5, amount=340, owner="manager"),
        Ask(K.MONEY, "Advance for the film crew", "marketer", 12, amount=5000, reason="Half before, half after."),
        Ask(K.LEGAL, "Quote with revenue figures", "support", 26, reason="Their counsel asks for our wording."),
        Ask(K.PROCESS, "Screening by two people above tier A", "sales-head", 40, owner="marketer", steps=1),
        Ask(K.IT_CHANGE, "Nightly export to the data warehouse", "finance", 8, owner="admin"),
        Ask(K.EXCEPTION, "A reference for a rep who is suspended", "manager", 3, reason="A renewal depends on it."),
        Ask(
            K.SPENDING,
            "Booth at the spring fair",
            "rep",
            50,
            A.MORE_INFO,
            amount=7800,
            owner="manager",
            words="Which customers would stand there with us?",
        ),
    ]


def _decided(company: Company) -> list[Ask]:
    return [
        Ask(K.FIELD_INCENTIVE, "Summer bonus for nominations", "marketer", 900, A.APPROVED, steps=1, words="Go."),
        Ask(K.FIELD_INCENTIVE, "Double points in March", "sales-head", 1500, A.REJECTED, words="Not twice a year."),
        Ask(K.CUSTOMER_BENEFIT, "Signed book for a customer", "rep", 700, A.APPROVED, amount=45, steps=1),
        Ask(K.EXECUTIVE_TIME, "Plant tour with a minister", "marketer", 1100, A.REJECTED, words="The date is taken."),
        Ask(K.SPENDING, "Translation of six stories", "marketer", 600, A.APPROVED, amount=3900, steps=1),
        Ask(
            K.MONEY,
            "Team prize of the quarter",
            "marketer",
            400,
            A.APPROVED,
            amount=900,
            steps=1,
            team=company.teams[0],
        ),
        Ask(K.LEGAL, "Logo on the winners’ page", "marketer", 1300, A.APPROVED, steps=1, words="With their new logo."),
        Ask(K.PROCESS, "Owners answer within four days", "marketer", 1000, A.APPROVED, owner="sales-head", steps=2),
        Ask(K.IT_CHANGE, "Single sign-on for judges", "legal", 820, A.WITHDRAWN, owner="marketer", words="Not needed."),
        Ask(K.EXCEPTION, "A third call this month", "rep", 500, A.REJECTED, words="They were asked twice already."),
    ]


def _make(maker: Maker, wanted: Ask, subject: models.Model, people: dict[str, User]) -> None:
    at = timezone.now() - dt.timedelta(hours=wanted.hours)
    asker = people[address(wanted.by)]
    owner = people[address(wanted.owner)] if wanted.owner else None
    amount = None if wanted.amount is None else Decimal(wanted.amount)
    matter = Matter(asker, amount, owner, team=wanted.team, traits=wanted.traits)
    about, closed = subject_of(subject), wanted.state not in {A.PENDING, A.MORE_INFO}
    row = Approval(
        kind=wanted.kind,
        version=live_version(wanted.kind),
        subject_type=about.type,
        subject_id=about.id,
        label=wanted.label,
        url=str(subject.get_absolute_url()),  # type: ignore[attr-defined]
        amount=matter.amount,
        reason=wanted.reason,
        requester=asker,
        owner=owner,
        team=wanted.team,
        barred=barred_from(matter),
        traits=sorted(wanted.traits),
        state=wanted.state,
        question=wanted.words if wanted.state == A.MORE_INFO else "",
        withdrawn_because=wanted.words if wanted.state == A.WITHDRAWN else "",
        created_at=at,
        decided_at=at + dt.timedelta(hours=6 * max(1, wanted.steps)) if closed else None,
    )
    bulk(maker, [row])
    _Road(maker, row, wanted, Hall(matter)).lay(at)


class _Road:
    """The turns of one approval, as far as they went."""

    def __init__(self, maker: Maker, row: Approval, wanted: Ask, hall: Hall) -> None:
        self.maker, self.row, self.wanted, self.hall = maker, row, wanted, hall
        self.asked: set[int] = set()
        self.left = wanted.steps
        self.hours = 0  # since it was asked: each answer takes six

    def lay(self, at: dt.datetime) -> None:
        """Make the turns and what was said at them, and tell the stream."""
        steps = list(self.row.version.steps.all())
        out = left_out(steps, self.hall, TraitNames(self.row.kind), passes=self.row.version.passes)
        reached = True
        for step in steps:
            if step.pk in out:
                self._turn(step, at, TurnState.SKIPPED, Chair(why=out[step.pk]))
            else:
                reached = self._needed(step, at, reached=reached)
        self._tell("approval.requested", at, self.row.requester.person_id)
        if self.row.decided_at is not None and self.row.state != A.WITHDRAWN:
            last = Decision.objects.filter(approval=self.row).latest("pk")
            self._tell(
                "approval.decided",
                self.row.decided_at,
                last.by.person_id,
                verdict="approve" if self.row.state == A.APPROVED else "reject",
                subject_type=self.row.subject_type,
                subject_id=self.row.subject_id,
            )

    def _needed(self, step: ChainStep, at: dt.datetime, *, reached: bool) -> bool:
        """Make one turn that was needed; return whether the road goes on behind it."""
        chair = self.hall.chair(step)
        if not reached:
            skipped = self.row.decided_at is not None
            self._turn(step, at, TurnState.SKIPPED if skipped else TurnState.WAITING, Chair())
            return False
        if self.left > 0:
            self.left -= 1
            turn = self._turn(step, at, TurnState.APPROVED, chair)
            self.hours += 6
            self._say(turn, chair, Verdict.APPROVE, at + dt.timedelta(hours=self.hours))
            return True
        if self.row.state == A.REJECTED:
            self._say(
                self._turn(step, at, TurnState.REJECTED, chair), chair, Verdict.REJECT, at + dt.timedelta(hours=6)
            )
        elif self.row.state == A.WITHDRAWN:
            self._turn(step, at, TurnState.SKIPPED, Chair(chair.approver, chair.role, (), "Withdrawn"))
        else:
            turn = self._turn(step, at, TurnState.OPEN, chair)
            if self.row.state == A.MORE_INFO:
                self._say(turn, chair, Verdict.ASK, at + dt.timedelta(hours=2))
        return False

    def _turn(self, step: ChainStep, at: dt.datetime, state: TurnState, chair: Chair) -> Turn:
        opened = at + dt.timedelta(hours=self.hours) if state not in {TurnState.SKIPPED, TurnState.WAITING} else None
        turn = Turn(
            approval=self.row,
            step=step,
            position=step.position,
            state=state,
            approver=chair.approver if opened else None,
            role=chair.role if opened else "",
            why=chair.why,
            opened_at=opened,
            due_at=max(due_at(chair.seats, step.hours, opened), timezone.now() + dt.timedelta(hours=9))
            if state == TurnState.OPEN and opened
            else None,
            escalated_at=opened if chair.escalated else None,
        )
        bulk(self.maker, [turn])
        self.asked |= {seat.user.person_id for seat in chair.seats} if opened else set()
        return turn

    def _say(self, turn: Turn, chair: Chair, verdict: Verdict, at: dt.datetime) -> None:
        seat = chair.seats[0]
        comment = self.wanted.words if verdict != Verdict.APPROVE or self.left == 0 else ""
        Decision.objects.create(
            approval=self.row,
            turn=turn,
            verdict=verdict,
            by=seat.user,
            in_name_of=seat.in_name_of,
            comment=comment,
            via=self.maker.chance.choice([Via.PAGE, Via.LINK]),
            at=at,
        )
        topics = {Verdict.APPROVE: "approval.turn_approved", Verdict.ASK: "approval.questioned"}
        if verdict in topics:
            self._tell(topics[verdict], at, seat.user.person_id, turn=turn.pk)

    def _tell(self, topic: str, at: dt.datetime, actor_id: int, **facts: object) -> None:
        self.maker.tell(
            topic,
            self.row,
            at,
            account_id=None,
            actor_id=actor_id,
            kind=str(self.row.kind),
            requester=self.row.requester.person_id,
            asked=sorted(self.asked),
            **facts,
        )
