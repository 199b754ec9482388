"""Money of the demo company: two owners' funds over four quarters, with plans, promises and their books."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.budgets.enums import CommitmentState, CostKind, EntryKind, FundState
from refprogram.governance.budgets.models import BudgetLine, Commitment, Fund, FundEntry
from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.budgets.services.book import EFFECT, SUMS
from refprogram.ops.demo.approving import Ask, ask
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.demo import address
from refprogram.people.models import User

K, E, C = CostKind, EntryKind, CommitmentState
QUARTERS = 4


@dataclass(frozen=True)
class Plan:
    """A fund that comes again every quarter: how much, for what, and what its money usually goes to."""

    name: str
    owner: str
    purpose: str
    amount: int
    lines: tuple[tuple[CostKind, str, int], ...]
    bills: tuple[tuple[CostKind, str, int], ...]


PLANS = (
    Plan(
        "Customer stories",
        "marketer",
        "Stories, films and thanks for the customers who speak for us.",
        18_000,
        (
            (K.VIDEO, "Films", 9_000), (K.WRITER, "Writers", 5_000), (K.TRAVEL, "Travel", 2_500),
            (K.INCENTIVE, "Thanks", 1_500),
        ),
        (
            (K.VIDEO, "Film with a hospital group", 4_800),
            (K.WRITER, "Story: from four tools to one", 1_900),
            (K.TRAVEL, "Train tickets of the film team", 640),
            (K.VIDEO, "Short film from the user day", 3_900),
            (K.WRITER, "Story: audit in a week", 2_100),
            (K.TRAVEL, "Site visit in Antwerp", 1_150),
            (K.WRITER, "Three quotes, edited and released", 780),
            (K.INCENTIVE, "Books for the speakers", 460),
        ),
    ),
    Plan(
        "Field events",
        "manager",
        "Breakfasts and fairs at which customers meet customers.",
        10_500,
        ((K.EVENT, "Events", 7_500), (K.TRAVEL, "Speakers’ travel", 1_500), (K.INCENTIVE, "Thanks to speakers", 1_500)),
        (
            (K.EVENT, "Breakfast with six customers", 2_400),
            (K.EVENT, "Stand at the autumn fair", 3_800),
            (K.TRAVEL, "Flight of a speaker", 720),
            (K.EVENT, "Room for the user day", 1_950),
            (K.INCENTIVE, "Dinner with the speakers", 540),
        ),
    ),
)  # fmt: skip


def build(maker: Maker, company: Company) -> None:
    """Make the funds of the last four quarters, and what is asked for the next one."""
    now = Quarter.of(maker.today)
    quarters = [now]
    while len(quarters) < QUARTERS:
        quarters.insert(0, quarters[0].before)
    for plan in PLANS:
        for quarter in quarters:
            Ledger(maker, plan, quarter).fill(is_now=quarter == now)
    _ask_for_next(maker, now.after)


def owner_of(plan: Plan) -> User:
    """Return the demo sign-in who answers for a fund."""
    return User.objects.select_related("person").get(email=address(plan.owner))


@dataclass
class Ledger:
    """One fund, its lines and its book, with dates of their own."""

    maker: Maker
    plan: Plan
    quarter: Quarter
    entries: list[FundEntry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.owner = owner_of(self.plan)
        start = self._moment(0)
        facts = {"name": self.plan.name, "owner": self.owner, "starts_on": self.quarter.starts_on, "created_at": start}
        amount = Decimal(self.plan.amount)
        self.fund = Fund(**facts, purpose=self.plan.purpose, state=FundState.OPEN, requested=amount)
        bulk(self.maker, [self.fund])
        rows = [BudgetLine(fund=self.fund, kind=k, name=n, planned=p, created_at=start) for k, n, p in self.plan.lines]
        self.lines = {line.kind: line for line in bulk(self.maker, rows)}
        self.finance = User.objects.get(email=address("finance"))
        self._book(E.ALLOCATE, amount, start, f"demo:grant:{self.fund.pk}", by=self.finance, memo="As asked for")

    def fill(self, *, is_now: bool) -> None:
        """Promise and spend what the plan's bills say; in this quarter only as far as it has come."""
        passed = 1 - float(self.quarter.still_to_come(self.maker.today))
        count = len(self.plan.bills) if not is_now else max(2, round(len(self.plan.bills) * min(1.0, passed + 0.3)))
        for number, bill in enumerate(self.plan.bills[:count]):
            self._bill(number, bill, share=(number + 0.5) / len(self.plan.bills), is_now=is_now)
        if is_now:
            self._wait()
        else:
            self.fund.state = FundState.CLOSED
        self._save()
        told: dict[str, Any] = {"owner": self.owner.pk, "amount": str(self.fund.allocated)}
        people: dict[str, Any] = {"account_id": None, "actor_id": self.finance.person_id}
        self.maker.tell("fund.opened", self.fund, self.fund.created_at, **people, **told)
        if not is_now:
            end = self.maker.moment(self.quarter.after.starts_on)
            self.maker.tell("fund.closed", self.fund, end, **people, **told)

    def _bill(self, number: int, bill: tuple[CostKind, str, int], *, share: float, is_now: bool) -> None:
        kind, label, planned = bill
        amount = Decimal(planned + self.maker.chance.randrange(-60, 60))
        at = self._moment(share * (1 - float(self.quarter.still_to_come(self.maker.today)) if is_now else 0.9))
        row = self.promise(kind, label, amount, at)
        if is_now and number % 3 == 2:
            return
        cost = amount - self.maker.chance.randrange(0, 80)
        self.spend(row, cost, min(at + dt.timedelta(days=3), timezone.now()))

    def promise(self, kind: CostKind, label: str, amount: Decimal, at: dt.datetime) -> Commitment:
        """Set money aside for something that no other room looks after."""
        row = Commitment(
            key=f"demo:{self.fund.pk}:{len(self.entries)}", fund=self.fund, line=self.lines.get(kind), amount=amount,
            state=C.COMMITTED, subject_type="fund", subject_id=self.fund.pk, label=label,
            url=self.fund.get_absolute_url(), asked_by=self.owner, queued_at=at, created_at=at,
        )  # fmt: skip
        bulk(self.maker, [row])
        self.commit(row, at)
        return row

    def commit(self, row: Commitment, at: dt.datetime) -> None:
        """Book a promise."""
        self._book(E.COMMIT, row.amount, at, f"commit:{row.pk}", row=row)

    def spend(self, row: Commitment, cost: Decimal, at: dt.datetime) -> None:
        """Book a bill, and set the rest of its promise free."""
        self._book(E.SPEND, cost, at, f"spend:{row.pk}", row=row)
        if cost < row.amount:
            self._book(E.RELEASE, row.amount - cost, at, f"spend:{row.pk}:rest", row=row)
        row.state, row.spent = C.SPENT, cost
        row.save(update_fields=["state", "spent"])

    def _wait(self) -> None:
        """In this quarter somebody wants more than is left, and waits for it."""
        wanted = self.fund.available + 350
        at = timezone.now() - dt.timedelta(days=1, hours=3)
        row = Commitment(
            key=f"demo:{self.fund.pk}:waits", fund=self.fund, line=self.lines.get(self.plan.lines[0][0]), amount=wanted,
            state=C.WAITING, subject_type="fund", subject_id=self.fund.pk, label="Second day of the stand at the fair",
            url=self.fund.get_absolute_url(), asked_by=self.owner, queued_at=at, created_at=at,
        )  # fmt: skip
        if self.plan.owner == "manager":
            bulk(self.maker, [row])

    def _book(
        self, kind: EntryKind, amount: Decimal, at: dt.datetime, key: str, *, by: User | None = None,
        memo: str = "", row: Commitment | None = None,
    ) -> None:  # fmt: skip
        line = row.line if row else None
        memo = memo or (row.label if row else "")
        entry = FundEntry(
            key=key, fund=self.fund, line=line, commitment=row, kind=kind, amount=amount, memo=memo,
            actor=by or self.owner, at=at,
        )  # fmt: skip
        entry.save(force_insert=True)
        self.entries.append(entry)
        for target in filter(None, (self.fund, line)):
            for name, sign in zip(SUMS, EFFECT[kind], strict=True):
                if sign and hasattr(target, name):
                    setattr(target, name, getattr(target, name) + sign * amount)

    def _save(self) -> None:
        used = self.fund.used * 100 / self.fund.allocated
        self.fund.alerted_at = max((mark for mark in (70, 90, 100) if used >= mark), default=0)
        self.fund.save()
        for line in self.lines.values():
            line.save()

    def _moment(self, share: float) -> dt.datetime:
        days = (self.quarter.ends_on - self.quarter.starts_on).days
        return self.maker.moment(min(self.quarter.starts_on + dt.timedelta(days=int(days * share)), self.maker.today))


def _ask_for_next(maker: Maker, quarter: Quarter) -> None:
    """Next quarter's money has been asked for and lies with finance; somebody wants to spend some of today's."""
    plan = PLANS[0]
    fund = Fund(
        name=plan.name, owner=owner_of(plan), starts_on=quarter.starts_on, purpose=plan.purpose,
        requested=Decimal(20_000), state=FundState.REQUESTED,
    )  # fmt: skip
    bulk(maker, [fund])
    bulk(maker, [BudgetLine(fund=fund, kind=k, name=n, planned=p) for k, n, p in plan.lines])
    ask(maker, Ask(ApprovalKind.MONEY, f"{plan.name}, {quarter.name}", "marketer", 20, amount=20_000, subject=fund))
    now = Fund.objects.get(name=plan.name, starts_on=quarter.before.starts_on)
    row = Commitment(
        key="demo:asked", fund=now, amount=Decimal(450), state=C.ASKED, subject_type="fund", subject_id=now.pk,
        label="Photographer for two portraits", url=now.get_absolute_url(),
        asked_by=User.objects.get(email=address("sales-head")),
    )  # fmt: skip
    bulk(maker, [row])
    ask(maker, Ask(ApprovalKind.SPENDING, row.label, "sales-head", 4, amount=450, owner="marketer", subject=row))
