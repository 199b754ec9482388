"""What can be done with a nomination. One door per step: lock, move, event."""

from nominations.services.intake import admit, amend, nominate_from_entry, submit, take_up, withdraw
from nominations.services.joining import join, share_anew
from nominations.services.outcome import customer_declined, enrol, first_act, invitation_withdrawn
from nominations.services.owner import (
    ask_again,
    ask_in_their_place,
    go_on_without_owner,
    has_grown_old,
    owner_answer,
    owner_answer_by_link,
    recheck,
    rest_unanswered,
)
from nominations.services.reaching_out import decide_strategic, is_strategic, try_again
from nominations.services.screening import ScoreCard, approve, come_back, park, refuse, resume
from nominations.services.sharing import proposed
from nominations.services.steps import Speaker, check_move

__all__ = [
    "ScoreCard",
    "Speaker",
    "admit",
    "amend",
    "approve",
    "ask_again",
    "ask_in_their_place",
    "check_move",
    "come_back",
    "customer_declined",
    "decide_strategic",
    "enrol",
    "first_act",
    "go_on_without_owner",
    "has_grown_old",
    "invitation_withdrawn",
    "is_strategic",
    "join",
    "nominate_from_entry",
    "owner_answer",
    "owner_answer_by_link",
    "park",
    "proposed",
    "recheck",
    "refuse",
    "rest_unanswered",
    "resume",
    "share_anew",
    "submit",
    "take_up",
    "try_again",
    "withdraw",
]
