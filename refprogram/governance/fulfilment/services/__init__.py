"""The verbs of fulfilment: ask, approve, pay, order, deliver, acknowledge; and everything that can go otherwise."""

from refprogram.governance.fulfilment.services.giving import (
    Gift,
    Occasion,
    cancel,
    choose_fund,
    decide_on_gift,
    give,
    have_money,
    lose_money,
)
from refprogram.governance.fulfilment.services.handing import (
    cancel_order,
    deliver,
    mark_taxable,
    order,
    schedule,
)
from refprogram.governance.fulfilment.services.receiving import (
    acknowledge,
    answer_as_receiver,
    answer_by_link,
    refund,
    refuse,
    substitute,
    take_back,
)

__all__ = [
    "Gift",
    "Occasion",
    "acknowledge",
    "answer_as_receiver",
    "answer_by_link",
    "cancel",
    "cancel_order",
    "choose_fund",
    "decide_on_gift",
    "deliver",
    "give",
    "have_money",
    "lose_money",
    "mark_taxable",
    "order",
    "refund",
    "refuse",
    "schedule",
    "substitute",
    "take_back",
]
