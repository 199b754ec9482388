"""Plan against actual, and where a fund will end."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

from refprogram.governance.budgets.enums import PENDING
from refprogram.governance.budgets.models import ZERO, BudgetLine, Commitment, Fund
from refprogram.governance.budgets.quarters import Quarter
from refprogram.kernel.prepared import Among, Prepared, PreparedValues

CENT = Decimal("0.01")


@dataclass(frozen=True)
class LineFigures:
    """One line: what it planned, and what became of it."""

    line: BudgetLine
    waiting: Decimal

    @property
    def actual(self) -> Decimal:
        """What is spent or promised."""
        return self.line.committed + self.line.spent

    @property
    def rest(self) -> Decimal:
        """The part of the plan that nobody has asked for yet."""
        return max(ZERO, self.line.planned - self.actual - self.waiting)

    @property
    def over(self) -> Decimal:
        """By how much the plan is passed."""
        return max(ZERO, self.actual - self.line.planned)


@dataclass(frozen=True)
class Outlook:
    """A fund with its lines, what waits for its money, and where it will end."""

    fund: Fund
    lines: Sequence[LineFigures]
    waiting: Decimal
    forecast: Decimal

    @property
    def planned(self) -> Decimal:
        """What its lines plan together."""
        return sum((one.line.planned for one in self.lines), ZERO)

    @property
    def short(self) -> Decimal:
        """By how much it will be short; nothing where it will do."""
        return max(ZERO, self.forecast - self.fund.allocated)


def forecast(fund: Fund, lines: Sequence[LineFigures], waiting: Decimal, today: dt.date) -> Decimal:
    """Return where a fund will end: spent + promised + waiting + what is still to come of each line's plan."""
    quarter = Quarter(fund.starts_on)
    ahead = sum((still_to_come(one, quarter, today) for one in lines), ZERO)
    return (fund.used + waiting + ahead).quantize(CENT, rounding=ROUND_HALF_UP)


def still_to_come(one: LineFigures, quarter: Quarter, today: dt.date) -> Decimal:
    """Return how much more a line will need before its quarter is over.

    With `left` of the quarter's days still to come (1 before it, 0 on its last day), and `asked` = spent + promised +
    waiting on this line:

        nothing asked yet   the whole plan: nothing says that it will not be needed
        else                asked × left ÷ (1 − left), as much for each day as so far, and never more than
                            the part of the plan that nobody has asked for

    On the last day nothing is to come. So a forecast begins as the plan and ends as what was really asked for.
    """
    left = quarter.still_to_come(today)
    asked = one.actual + one.waiting
    if not left or not one.rest:
        return ZERO
    if not asked or left == 1:
        return one.rest
    return min(one.rest, asked * left / (1 - left))


_WAITING = PreparedValues(
    lambda: (
        Commitment.objects.filter(Among("fund", "funds"), state__in=PENDING)
        .order_by()
        .values_list("fund_id", "line_id")
        .annotate(total=Sum("amount"))
    )
)
_LINES = Prepared(lambda: BudgetLine.objects.filter(Among("fund", "funds")).order_by("kind", "id"))


def outlooks(funds: Sequence[Fund], today: dt.date) -> list[Outlook]:
    """Return the figures of funds: two queries, however many there are."""
    keys = [fund.pk for fund in funds]
    waiting: dict[int, dict[int | None, Decimal]] = defaultdict(dict)
    for fund_id, line_id, amount in _WAITING(funds=keys):
        waiting[fund_id][line_id] = amount
    lines: dict[int, list[LineFigures]] = defaultdict(list)
    for line in _LINES(funds=keys):
        lines[line.fund_id].append(LineFigures(line, waiting[line.fund_id].get(line.pk, ZERO)))
    return [_outlook(fund, lines[fund.pk], sum(waiting[fund.pk].values(), ZERO), today) for fund in funds]


def _outlook(fund: Fund, lines: Sequence[LineFigures], waiting: Decimal, today: dt.date) -> Outlook:
    return Outlook(fund, lines, waiting, forecast(fund, lines, waiting, today))


@dataclass(frozen=True)
class Totals:
    """A quarter's funds together."""

    allocated: Decimal
    committed: Decimal
    spent: Decimal
    waiting: Decimal
    planned: Decimal
    forecast: Decimal

    @property
    def available(self) -> Decimal:
        """What may still be promised."""
        return self.allocated - self.committed - self.spent


def totals_of(found: Sequence[Outlook]) -> Totals:
    """Return the sums over funds."""
    return Totals(
        allocated=sum((one.fund.allocated for one in found), ZERO),
        committed=sum((one.fund.committed for one in found), ZERO),
        spent=sum((one.fund.spent for one in found), ZERO),
        waiting=sum((one.waiting for one in found), ZERO),
        planned=sum((one.planned for one in found), ZERO),
        forecast=sum((one.forecast for one in found), ZERO),
    )
