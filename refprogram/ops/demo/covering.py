"""What the pool has and lacks: targets by cell, recruiting targets, plans, a year of maps."""

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from nominations.enums import OPEN_NOMINATIONS, NominationState
from nominations.models import Nomination
from references.accounts.enums import POOL, Membership
from references.accounts.models import Account
from references.accounts.segment_names import Names
from references.coverage import services
from references.coverage.enums import PlanState, TargetState
from references.coverage.models import (
    CellTarget,
    Connector,
    CoverageCell,
    CoverageSnapshot,
    PlanStep,
    RecruitingTarget,
    TargetAsk,
    TargetNomination,
    TargetPlan,
)
from references.coverage.selectors import who_could_nominate
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import BATCH, Maker, bulk

MONTHS: Final = 12
STEPS: Final = (
    "Dinner with their operations lead",
    "Send the draft of the joint talk",
    "Agree on logo and quote",
    "Hand over the case study outline",
)
OFFERS: Final = (
    "A talk on the main stage in spring, travel paid, with a film of it for their own use.",
    "A seat on the advisory council and early access to the planning module.",
    "A joint story in the trade press; their name in the headline.",
)
KNOWS: Final = (
    "Ran their rollout two years ago", "Studied with their head of finance", "Meets their CIO at the user group",
    "Solved the outage of last winter with their team",
)  # fmt: skip
STATES: Final = (
    PlanState.PLANNED, PlanState.PLANNED, PlanState.CONNECTING, PlanState.CONNECTING, PlanState.OFFERED,
    PlanState.AGREED, PlanState.DROPPED,
)  # fmt: skip


def build(maker: Maker, company: Company) -> None:
    """Make it all, count the map, and forecast."""
    services.count_everything()
    services.make_forecast()
    _cell_targets(company)
    _recruit(maker, company)
    _plan(maker, company)
    _remember(maker)


def _cell_targets(company: Company) -> None:
    """Want half as many again as the average in the busiest cells of industry and region."""
    cells = list(CoverageCell.objects.filter(cut="industry.region").order_by("-demand", "pk"))
    if not cells:
        return
    usual = sum(cell.available for cell in cells) / len(cells)
    wanted = [
        ({"industry": cell.first, "region": cell.second}, max(1, round(usual * (0.6 + 0.15 * (place % 5)))))
        for place, cell in enumerate(cells)
        if place % 6 != 5
    ]
    services.set_targets(wanted=wanted, actor=company.marketer)


def _recruit(maker: Maker, company: Company) -> None:
    """Look for customers in the worst cell, in one that was filled, and in one that ran out of time."""
    targets = {(row.cell["industry"], row.cell["region"]): row for row in CellTarget.objects.order_by("pk")}
    cells = CoverageCell.objects.filter(cut="industry.region").order_by("pk")
    missing = [
        (targets[cell.first, cell.second].wanted - cell.available, cell)
        for cell in cells
        if (cell.first, cell.second) in targets
    ]
    missing.sort(key=lambda pair: (-pair[0], pair[1].pk))
    for lack, cell in missing[:2]:
        _open(maker, company, {"industry": cell.first, "region": cell.second}, max(1, lack))
    enrolled = Nomination.objects.filter(state=NominationState.ENROLLED, target=None).select_related("account")
    by_industry: dict[str, list[Nomination]] = {}
    for nomination in enrolled.order_by("pk"):
        by_industry.setdefault(nomination.account.industry, []).append(nomination)
    full = sorted(by_industry.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:2]
    for (industry, found), state in zip(full, (TargetState.MET, TargetState.CLOSED), strict=False):
        wanted = 2 if state == TargetState.MET else 4
        days = 20 if state == TargetState.MET else -9
        _ended(maker, company, {"industry": industry}, found[:2], wanted=wanted, state=state, days=days)


def _row(maker: Maker, company: Company, cell: dict[str, str], **facts: Any) -> RecruitingTarget:
    title = Names().cell(cell)
    made: RecruitingTarget = bulk(maker, [RecruitingTarget(title=title, cell=cell, owner=company.marketer, **facts)])[0]
    return made


def _open(maker: Maker, company: Company, cell: dict[str, str], wanted: int) -> None:
    target = _row(
        maker, company, cell, wanted=wanted, due_on=maker.today + dt.timedelta(days=45),
        reason="Six open deals there, and nobody to talk to", created_at=maker.moment(maker.day_ago(12, 8)),
    )  # fmt: skip
    people = who_could_nominate(cell, limit=3)
    TargetAsk.objects.bulk_create(
        TargetAsk(
            target=target, user=one.user, asked_by=company.marketer, asked_at=maker.moment(maker.day_ago(6, 2)),
            account_ids=[account.pk for account in one.accounts],
        )
        for one in people
    )  # fmt: skip
    under_way = Nomination.objects.filter(
        state__in=OPEN_NOMINATIONS,
        account__industry=cell["industry"],
        account__region=int(cell["region"]) if cell["region"] else None,
    )
    _link(target, list(under_way.order_by("pk")[:1]))


def _ended(
    maker: Maker, company: Company, cell: dict[str, str], found: list[Nomination], *, wanted: int, state: str, days: int
) -> None:
    gained = len(found)
    if gained >= wanted:
        state = TargetState.MET
    elif state == TargetState.MET:
        state = TargetState.OPEN
    target = _row(
        maker, company, cell, wanted=wanted, gained=gained, state=state,
        due_on=maker.today + dt.timedelta(days=days), created_at=maker.moment(maker.day_ago(120, 90)),
    )  # fmt: skip
    _link(target, found)


def _link(target: RecruitingTarget, found: list[Nomination]) -> None:
    Nomination.objects.filter(pk__in=[one.pk for one in found]).update(target=target)
    TargetNomination.objects.bulk_create(
        TargetNomination(
            target=target, nomination_id=one.pk, account_id=one.account_id, nominator_id=one.nominator_id,
            nominated_at=one.submitted_at, enrolled_at=one.enrolled_at,
        )
        for one in found
    )  # fmt: skip


def _plan(maker: Maker, company: Company) -> None:
    """Plan for the largest customers who are no references, and one that was won."""
    free = Account.objects.filter(state=Membership.IDENTIFIED, frozen=False, merged_into__isnull=True)
    largest = list(free.order_by("-revenue", "pk")[: len(STATES)])
    rows = [_plan_for(maker, company, account, state) for account, state in zip(largest, STATES, strict=False)]
    won = Account.objects.filter(state__in=POOL, member_since__isnull=False).order_by("-member_since", "pk").first()
    if won is not None and won.member_since is not None:
        row = _plan_for(maker, company, won, PlanState.ACTIVE)
        row.won_at, row.created_at = won.member_since, won.member_since - dt.timedelta(days=70)
        rows.append(row)
    for number, plan in enumerate(bulk(maker, rows)):
        people = [maker.chance.choice(company.supporters), maker.chance.choice(company.reps)]
        Connector.objects.bulk_create(Connector(plan=plan, user=u, knows=maker.chance.choice(KNOWS)) for u in people)
        PlanStep.objects.bulk_create(_steps(maker, plan, people, number))


def _plan_for(maker: Maker, company: Company, account: Account, state: PlanState) -> TargetPlan:
    return TargetPlan(
        account=account,
        state=state,
        owner=company.marketer,
        sponsor=maker.chance.choice(company.managers),
        asks=["call", "quote"],
        reason="The name that prospects in this industry ask for.",
        offer=maker.chance.choice(OFFERS),
        due_on=maker.today + dt.timedelta(days=maker.chance.randrange(20, 120)),
        created_at=maker.moment(maker.day_ago(60, 20)),
    )


def _steps(maker: Maker, plan: TargetPlan, people: list[Any], number: int) -> list[PlanStep]:
    done = (PlanState.PLANNED, PlanState.CONNECTING, PlanState.OFFERED, PlanState.AGREED, PlanState.ACTIVE)
    reached = done.index(PlanState(plan.state)) if plan.state in done else 1
    day = maker.today - dt.timedelta(days=12 * reached - 2 - number)
    steps = []
    for place, text in enumerate(STEPS):
        due = day + dt.timedelta(days=12 * place)
        ended = maker.moment(min(due, maker.today)) if place < reached else None
        who = people[place % 2] if place % 3 else plan.owner
        steps.append(PlanStep(plan=plan, position=place + 1, text=text, who=who, due_on=due, done_at=ended))
    return steps


def _remember(maker: Maker) -> None:
    """Keep today's map, and what it was on the first of the last twelve months: a little less each month back."""
    services.take_snapshot()
    today = list(CoverageSnapshot.objects.order_by("pk"))
    first = maker.today.replace(day=1)
    rows = []
    for back in range(MONTHS):
        share = 1 - 0.045 * (back + 1) + maker.chance.uniform(-0.02, 0.02)
        for now in today:
            if first == now.taken_on:
                continue
            rows.append(_past(now, first, share))
        first = (first - dt.timedelta(days=1)).replace(day=1)
    CoverageSnapshot.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _past(now: CoverageSnapshot, day: dt.date, share: float) -> CoverageSnapshot:
    cells = [[a, b, round(n * share), target, round(demand * share, 2)] for a, b, n, target, demand in now.cells]
    percent = None if now.coverage is None else round(now.coverage * Decimal(str(round(share, 3))), 1)
    return CoverageSnapshot(taken_on=day, across=now.across, down=now.down, cells=cells, coverage=percent)
