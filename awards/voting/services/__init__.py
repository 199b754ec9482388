"""What can be done with votes: cast, mailed, confirmed, looked at, counted, agreed to."""

from awards.voting.services.casting import Came, cast, confirm
from awards.voting.services.counting import agree, count, take_back
from awards.voting.services.looking import count_again, free_votes, set_aside, void
from awards.voting.services.mailing import send_links
from awards.voting.services.opening import open_beside_blind, wait_for_judges

__all__ = [
    "Came",
    "agree",
    "cast",
    "confirm",
    "count",
    "count_again",
    "free_votes",
    "open_beside_blind",
    "send_links",
    "set_aside",
    "take_back",
    "void",
    "wait_for_judges",
]
