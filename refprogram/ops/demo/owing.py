"""Quotas of the demo company: one that runs this quarter, one of the quarter before; and two closed standings."""

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from nominations import periods
from nominations.models import Nomination, QuotaPlan
from nominations.quotas import services
from nominations.quotas.enums import QuotaState, Rung
from nominations.quotas.services.counting import ACCEPTED
from nominations.standings import closing
from refprogram.kernel.enums import Period
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.demo import address
from refprogram.people.enums import Role
from refprogram.people.models import User

TARGET: Final = Decimal(3)
RUNGS: Final = [Rung.NUDGE.value, Rung.MANAGER.value, Rung.RESTRICTED.value]


def build(maker: Maker, company: Company) -> None:
    """Write both quotas, count what was brought, and close last quarter and last month."""
    mine = maker.apart("quotas")
    head = User.objects.get(email=address("sales-head"))
    now = periods.current(Period.QUARTER)
    for span in (now.before, now):
        plan = _plan(mine, head, span)
        _count(plan, span)
        if span == now.before:
            _end(mine, plan)
    mine.flush()
    for kind in (Period.QUARTER, Period.MONTH):
        closing.close(span=periods.current(kind).before)


def _plan(maker: Maker, head: User, span: periods.Span) -> QuotaPlan:
    begun = maker.moment(span.starts_on)
    plan = bulk(
        maker,
        [
            QuotaPlan(
                name=f"Three each, {span.code}", owner=head, starts_on=span.starts_on, ends_on=span.ends_on,
                roles=[Role.REP.value], target=TARGET, rungs=RUNGS,
                state=QuotaState.OPEN, opened_at=begun,
            )
        ],
    )[0]  # fmt: skip
    services.draw_up(plan=plan)
    for share in plan.shares.order_by("user"):
        share.public_id = maker.public_id()
        share.save(update_fields=["public_id"])
    _tell(maker, plan, "quota.planned", begun - dt.timedelta(days=10), head)
    _tell(maker, plan, "quota.opened", begun, None, people=plan.shares.count())
    return plan


def _count(plan: QuotaPlan, span: periods.Span) -> None:
    decided = Nomination.objects.filter(
        state__in=ACCEPTED,
        decided_at__date__range=(span.starts_on, span.ends_on),
        credits__user__quota_shares__plan=plan,
    )
    for row in decided.distinct().order_by("pk"):
        services.settle(nomination=row)


def _end(maker: Maker, plan: QuotaPlan) -> None:
    plan.state, plan.closed_at = QuotaState.FINAL, maker.moment(plan.ends_on + dt.timedelta(days=8))
    plan.save(update_fields=["state", "closed_at"])
    _tell(maker, plan, "quota.closed", plan.closed_at, None)


def _tell(maker: Maker, plan: QuotaPlan, topic: str, at: dt.datetime, by: User | None, **facts: Any) -> None:
    maker.tell(topic, plan, at, account_id=None, actor_id=by.person_id if by else None, **facts)
