"""The verbs of prizes: granted, offered, chosen, arranged, reminded, called off, brought back, put away."""

from awards.prizes.services.arranging import arrange, call_off, let_keep, offer_else, pay_from, remind
from awards.prizes.services.choosing import Choice, answer_offer
from awards.prizes.services.ending import go_on, put_away
from awards.prizes.services.following import follow_money, follow_replacement, follow_return, follow_revoked
from awards.prizes.services.granting import grant_prizes, look_again
from awards.prizes.services.rows import offer_of

__all__ = [
    "Choice",
    "answer_offer",
    "arrange",
    "call_off",
    "follow_money",
    "follow_replacement",
    "follow_return",
    "follow_revoked",
    "go_on",
    "grant_prizes",
    "let_keep",
    "look_again",
    "offer_else",
    "offer_of",
    "pay_from",
    "put_away",
    "remind",
]
