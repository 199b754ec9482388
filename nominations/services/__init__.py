"""What can be done with a nomination. One door per step: lock, move, event."""

from nominations.services.intake import amend, submit, withdraw
from nominations.services.outcome import customer_declined, enrol, invitation_withdrawn
from nominations.services.owner import go_on_without_owner, owner_answer, owner_answer_by_link
from nominations.services.screening import ScoreCard, approve, park, refuse, resume
from nominations.services.steps import Speaker, check_move

__all__ = [
    "ScoreCard",
    "Speaker",
    "amend",
    "approve",
    "check_move",
    "customer_declined",
    "enrol",
    "go_on_without_owner",
    "invitation_withdrawn",
    "owner_answer",
    "owner_answer_by_link",
    "park",
    "refuse",
    "resume",
    "submit",
    "withdraw",
]
