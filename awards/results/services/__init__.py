"""What can be done with results: computed, looked through, signed, turned into awards, told, published."""

from awards.results.services.awarding import propose_awards, revoke
from awards.results.services.publishing import publish, publish_by_the_clock
from awards.results.services.rounds import advance
from awards.results.services.signing import ask_for_signatures, certify, mail_code
from awards.results.services.staleness import notice_stale
from awards.results.services.tallies import compute_all, compute_tally, review, take_along, vote_as_chair
from awards.results.services.winners import accept, ask_the_silent, decline, notify

__all__ = [
    "accept",
    "advance",
    "ask_for_signatures",
    "ask_the_silent",
    "certify",
    "compute_all",
    "compute_tally",
    "decline",
    "mail_code",
    "notice_stale",
    "notify",
    "propose_awards",
    "publish",
    "publish_by_the_clock",
    "review",
    "revoke",
    "take_along",
    "vote_as_chair",
]
