"""The verbs of reference requests."""

from references.requests.services.aftermath import close, close_unanswered, give_feedback, mark_delivered, silent_sides
from references.requests.services.answers import (
    customer_accept,
    customer_decline,
    owner_approve,
    owner_decline,
    schedule,
)
from references.requests.services.exceptions import binding, decide_exception, refusal
from references.requests.services.gifts import gift_rule, thank_with_gift, why_no_gift
from references.requests.services.needs import (
    answer_question,
    ask_back,
    change,
    mark_unfilled,
    refuse,
    submit,
    withdraw,
)
from references.requests.services.proposals import propose, release, release_account

__all__ = [
    "answer_question",
    "ask_back",
    "binding",
    "change",
    "close",
    "close_unanswered",
    "customer_accept",
    "customer_decline",
    "decide_exception",
    "gift_rule",
    "give_feedback",
    "mark_delivered",
    "mark_unfilled",
    "owner_approve",
    "owner_decline",
    "propose",
    "refusal",
    "refuse",
    "release",
    "release_account",
    "schedule",
    "silent_sides",
    "submit",
    "thank_with_gift",
    "why_no_gift",
    "withdraw",
]
