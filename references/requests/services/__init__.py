"""The verbs of reference requests."""

from references.requests.services.aftermath import close, give_feedback, mark_delivered
from references.requests.services.answers import (
    customer_accept,
    customer_decline,
    owner_approve,
    owner_decline,
    schedule,
)
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
    "change",
    "close",
    "customer_accept",
    "customer_decline",
    "give_feedback",
    "mark_delivered",
    "mark_unfilled",
    "owner_approve",
    "owner_decline",
    "propose",
    "refuse",
    "release",
    "release_account",
    "schedule",
    "submit",
    "withdraw",
]
