"""Gifts, asked for and carried on by the services."""

import itertools
from decimal import Decimal

from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import Verdict, Via
from refprogram.governance.budgets.enums import CostKind
from refprogram.governance.budgets.models import Fund
from refprogram.governance.fulfilment import services
from refprogram.governance.fulfilment.enums import GiftKind
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.governance.fulfilment.policy import GiftRule
from refprogram.people.models import User
from tests.factories.budgets import BudgetLineFactory, fund_of
from tests.factories.people import PersonFactory, UserFactory

_numbers = itertools.count(1)


def gift_fund(amount: int | str = 1000, **fields: object) -> Fund:
    """Return a fund with money and a line for incentives."""
    fund = fund_of(amount, **fields)
    BudgetLineFactory(fund=fund, kind=CostKind.INCENTIVE, name="Gifts")
    return fund


def asked_gift(value: int | str = 100, **fields: object) -> Fulfilment:
    """Return a gift that waits for approval."""
    receiver = fields.pop("receiver", None) or PersonFactory()
    of_gift = {name: fields.pop(name) for name in ("kind", "item", "rule", "cause", "account_id") if name in fields}
    facts = {"kind": GiftKind.APPRECIATION, "item": "A book", "rule": GiftRule(), **of_gift}
    known = {"subject": receiver, "label": "the call in May", "url": "/"}
    occasion = {name: fields.pop(name, known[name]) for name in known}
    return services.give(
        key=fields.pop("key", None) or f"test:{next(_numbers)}",
        gift=services.Gift(value=Decimal(value), receiver=receiver, **facts),
        occasion=services.Occasion(**occasion),
        by=fields.pop("requested_by", None) or UserFactory(),
        **fields,
    )


def approved_gift(value: int | str = 100, *, fund: Fund | None = None, **fields: object) -> Fulfilment:
    """Return a gift that was approved; its money is set aside, or it waits where the fund has too little."""
    row = asked_gift(value, fund=fund or gift_fund(), **fields)
    decide(row, Verdict.APPROVE)
    return row


def decide(row: Fulfilment, verdict: str, *, by: User | None = None) -> None:
    """Decide on a gift and carry it out, as the handler does."""
    role = "marketer" if row.value < 250 else "executive"
    by = by or UserFactory(role=role)
    approval = approvals.decide(approval=row.approval, by=by, verdict=verdict, comment="Seen", via=Via.PAGE)
    services.decide_on_gift(approval=approval, by=by)
    row.refresh_from_db()


def delivered_gift(value: int | str = 100, **fields: object) -> Fulfilment:
    """Return a gift that was handed over."""
    row = approved_gift(value, **fields)
    by = UserFactory(role="marketer")
    services.order(fulfilment=row, by=by, reference="A-1")
    return services.deliver(fulfilment=row, by=by, note="Handed over at the fair")
