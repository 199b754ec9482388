"""What happens in the catalogue. Who got what is that person's business, and of who runs or pays for it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def own_or_runner(user: Any, event: Event) -> bool:
    """Whose it is, and who sees all redemptions."""
    return bool(user.person_id == event.payload.get("person") or user.has_perm("incentives.see_redemptions"))


def colleagues(user: Any, _event: Event) -> bool:
    """Every colleague: the shelf is for all."""
    return bool(user.has_perm("incentives.view_rewards"))


def runners(user: Any, _event: Event) -> bool:
    """Who runs the catalogue: whose trust is held is nobody else's business."""
    return bool(user.has_perm("incentives.run_catalogue"))


_REFS = {"person": "person"}


def _own(name: str, sentence: Any, tone: str, icon: str, *more: str) -> Topic:
    fields = ("person", "item", "points", *more)
    return Topic(name, sentence, fields, _REFS, own_or_runner, tone, icon, silent=True)


def _shelf(name: str, sentence: Any, tone: str, icon: str) -> Topic:
    return Topic(name, sentence, ("points",), {}, colleagues, tone, icon, silent=True)


TOPICS = [
    _own("redemption.asked", _("{person} asked for {subject}: {points} points"), "info", "gift"),
    _own("redemption.ordered", _("{subject} is on its way to {person}"), "info", "send"),
    _own("redemption.failed", _("{subject} for {person} could not be had"), "stop", "alert"),
    _own("redemption.delivered", _("{subject} was handed over to {person}"), "ok", "check"),
    _own("redemption.confirmed", _("{person} has {subject}"), "ok", "check"),
    _own("redemption.rejected", _("{subject} for {person} was not approved; {points} points are back"), "stop", "x"),
    _own("redemption.cancelled", _("{subject} for {person} was called off; {points} points are back"), "rest", "x"),
    _own("redemption.refunded", _("{points} points for {subject} were given back to {person}"), "rest", "undo"),
    _own("redemption.rated", _("{person} said of {subject}: {worth} of 5"), "info", "star", "worth"),
    _own("redemption.disputed", _("{person} objected to {subject}"), "wait", "scale"),
    _own("redemption.answered", _("{actor} answered the objection to {subject}"), "info", "scale", "corrected"),
    _shelf("item.added", _("{actor} offers {subject} for {points} points"), "ok", "plus"),
    _shelf("item.changed", _("{actor} changed {subject} in the catalogue"), "info", "edit"),
    _shelf("item.removed", _("{actor} took {subject} out of the catalogue"), "rest", "x"),
    Topic("trust.held", _("{actor} held the rewards of {person}"), ("person",), _REFS, runners, "stop", "lock",
          silent=True),
    Topic("trust.lifted", _("{actor} let {person} spend points again"), ("person",), _REFS, runners, "ok", "check",
          silent=True),
    Topic("customer.thanked", _("{actor} gave {points} points: {subject}"), ("person", "points"), {}, own_or_runner,
          "ok", "coins", silent=True),
    Topic("points.expired", _("{points} points of {person} lapsed"), ("person", "points"), _REFS, own_or_runner,
          "rest", "hourglass", silent=True),
]  # fmt: skip
