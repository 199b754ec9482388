"""Metrics of the demo company: clocks of past requests, what was sold the year before, margin and cost; all counted."""

import datetime as dt
from decimal import Decimal
from typing import Final

from references.accounts.enums import Stage
from references.accounts.models import Account, Opportunity
from references.requests.models import ReferenceRequest
from references.requests.services.clocks import AGREEMENT, REACTION, SUBJECT
from refprogram.dashboards.mailing import services as mailing
from refprogram.dashboards.metrics import counting, policy
from refprogram.kernel.models import ProgramSetting
from refprogram.kernel.program_settings import current
from refprogram.kernel.program_settings.figures import room_of
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.calendars.selectors import default_calendar
from refprogram.people.demo import address
from refprogram.people.models import SlaClock, User

SAID: Final = {"gross_margin": 75, "staff_cost": 180_000, "tools_cost": 24_000}
PRICES: Final = (24_000, 45_000, 90_000, 180_000, 320_000, 400_000)
SLOWEST: Final = 40 * 60  # working minutes


def build(maker: Maker, company: Company) -> None:
    """Write what metrics read and the past did not leave behind, then count this day and the twelve months before."""
    mine = maker.apart("metrics")
    _clocks(mine)
    _sold_before(mine)
    _say_costs(mine, company)
    executive = User.objects.get(email=address("executive"))
    mailing.plan_mail(
        actor=company.marketer, reader=executive, name="The program in eight numbers", page="dashboards:executive",
        query="", rhythm="monthly", day=1,
    )  # fmt: skip
    mine.flush()
    counting.keep_nightly()
    counting.count_live()


def _say_costs(maker: Maker, company: Company) -> None:
    """Set margin and costs, as the reference manager did it two months ago."""
    at, room = maker.moment(maker.day_ago(70, 60)), room_of(policy.Figures)
    rows = [
        ProgramSetting(
            key=f"{room.key}.{name}", value=value, revision=1, changed_by=company.marketer, changed_at=at, created_at=at
        )
        for name, value in SAID.items()
    ]
    for row in bulk(maker, rows):
        facts = {"figure": row.key, "was": "0", "now": str(row.value)}
        maker.tell("settings.changed", row, at, account_id=None, actor_id=company.marketer.person_id, **facts)
    current.changed()


def _clocks(maker: Maker) -> None:
    """Give requests that a customer agreed to the working time that it took."""
    known = SlaClock.objects.filter(subject_type=SUBJECT, kind=AGREEMENT).values("subject_id")
    agreed = ReferenceRequest.objects.filter(confirmed_at__isnull=False).exclude(pk__in=known).order_by("pk")
    calendar, rows = default_calendar(), []
    for request in agreed:
        taken = min(SLOWEST, int(maker.chance.lognormvariate(6.4, 0.7)))
        for kind, minutes in ((REACTION, max(5, taken // maker.chance.randint(3, 9))), (AGREEMENT, taken)):
            rows.append(
                SlaClock(
                    kind=kind, subject_type=SUBJECT, subject_id=request.pk, calendar=calendar, minutes=SLOWEST,
                    started_at=request.submitted_at, due_at=request.due_at, stopped_at=request.confirmed_at,
                    used_minutes=minutes,
                )
            )  # fmt: skip
    bulk(maker, rows)


def _sold_before(maker: Maker) -> None:
    """Write deals that were won in the year before the last twelve months: there is something to have grown from."""
    accounts = Account.objects.filter(owner__isnull=False).select_related("owner").order_by("pk")
    rows: list[Opportunity] = []
    for account in accounts:
        for _deal in range(maker.chance.choices((0, 1, 2, 3), (25, 40, 25, 10))[0]):
            closed = maker.day_ago(715, 372)
            rows.append(
                Opportunity(
                    external_ref=f"P-{len(rows):06d}", name=f"First contract with {account.name}"[:200],
                    account=account, owner=account.owner, stage=Stage.WON,
                    amount=Decimal(maker.chance.choice(PRICES)), opened_on=closed - dt.timedelta(days=90),
                    closes_on=closed,
                )
            )  # fmt: skip
    bulk(maker, rows)
