"""The verbs of the catalogue: keep the shelf, ask for a reward, carry it out, and everything that can go otherwise."""

from incentives.catalogue.eligible import why_held
from incentives.catalogue.services.asking import ask_for, buyer_of_account, buyer_of_contact, buyer_of_user
from incentives.catalogue.services.disputing import answer_dispute, dispute
from incentives.catalogue.services.handling import deliver, fail, give_back, order, retry
from incentives.catalogue.services.holding import hold_trust, lift_hold
from incentives.catalogue.services.receiving import cancel, confirm, confirm_by_clock, say_missing
from incentives.catalogue.services.settling import follow_gifts, settle
from incentives.catalogue.services.stocking import Shelf, add_item, change_item, offer, restock, take_out
from incentives.catalogue.services.thanking import give_points, invite

__all__ = [
    "Shelf",
    "add_item",
    "answer_dispute",
    "ask_for",
    "buyer_of_account",
    "buyer_of_contact",
    "buyer_of_user",
    "cancel",
    "change_item",
    "confirm",
    "confirm_by_clock",
    "deliver",
    "dispute",
    "fail",
    "follow_gifts",
    "give_back",
    "give_points",
    "hold_trust",
    "invite",
    "lift_hold",
    "offer",
    "order",
    "restock",
    "retry",
    "say_missing",
    "settle",
    "take_out",
    "why_held",
]
