"""The verbs of reference requests."""

from references.requests.services.absences import no_show
from references.requests.services.aftermath import (
    close,
    close_unanswered,
    count_as_held,
    give_feedback,
    mark_delivered,
    silent_sides,
)
from references.requests.services.afterwards import log_held
from references.requests.services.agreeing import decide_ask, note_owners_silence, pass_on_to_the_next
from references.requests.services.answers import (
    customer_accept,
    customer_decline,
    customer_pauses,
    note_reminder,
    note_silence,
    owner_approve,
    owner_decline,
    pause_ends,
    schedule,
)
from references.requests.services.by_content import answer_by_content, submit_answered
from references.requests.services.exceptions import binding, decide_exception, refusal
from references.requests.services.gifts import gift_rule, thank_with_gift, why_no_gift
from references.requests.services.intake import against_policy
from references.requests.services.lines import ask_next, line_up, serve
from references.requests.services.needs import (
    answer_question,
    ask_back,
    change,
    end_late,
    end_question,
    end_unheld,
    mark_unfilled,
    refuse,
    submit,
    withdraw,
)
from references.requests.services.passing_on import pass_on, settle
from references.requests.services.proposals import propose, put_forward, release, release_account
from references.requests.services.rescheduling import ask_for_other_times, offer_other_times
from references.requests.services.thanking import keep_promise, send_thanks

__all__ = [
    "against_policy",
    "answer_by_content",
    "answer_question",
    "ask_back",
    "ask_for_other_times",
    "ask_next",
    "binding",
    "change",
    "close",
    "close_unanswered",
    "count_as_held",
    "customer_accept",
    "customer_decline",
    "customer_pauses",
    "decide_ask",
    "decide_exception",
    "end_late",
    "end_question",
    "end_unheld",
    "gift_rule",
    "give_feedback",
    "keep_promise",
    "line_up",
    "log_held",
    "mark_delivered",
    "mark_unfilled",
    "no_show",
    "note_owners_silence",
    "note_reminder",
    "note_silence",
    "offer_other_times",
    "owner_approve",
    "owner_decline",
    "pass_on",
    "pass_on_to_the_next",
    "pause_ends",
    "propose",
    "put_forward",
    "refusal",
    "refuse",
    "release",
    "release_account",
    "schedule",
    "send_thanks",
    "serve",
    "settle",
    "silent_sides",
    "submit",
    "submit_answered",
    "thank_with_gift",
    "why_no_gift",
    "withdraw",
]
