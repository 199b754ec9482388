"""How a granted prize stands, in words: its own state before and after, its gift's in between. What comes next."""

from typing import Final

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from awards.prizes import kinds
from awards.prizes.enums import AT_REST, FELL_THROUGH, GrantState
from awards.prizes.models import PrizeGrant
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.governance.fulfilment.states import pill_of as pill_of_gift
from refprogram.governance.fulfilment.states import steps as steps_of_gift
from refprogram.kernel.tables import Pill
from refprogram.kernel.templatetags import rp

G, F = GrantState, FulfilmentState
PILLS: Final = {
    G.OFFERED: Pill(_("Waits for the winner"), "wait"),
    G.HELD: Pill(_("Cannot be offered"), "stop"),
    G.TAKEN: Pill(_("Taken"), "info"),
    G.REFUSED: Pill(_("Would rather not"), "rest"),
    G.CANCELLED: Pill(_("Called off"), "rest"),
    G.RECALLED: Pill(_("To be brought back"), "stop"),
    G.KEPT: Pill(_("Left with them"), "rest"),
}
BEFORE_ORDER: Final = (F.IN_APPROVAL, F.WAITING_MONEY, F.READY)


def pill_of(row: PrizeGrant) -> Pill:
    """Return how it stands: while it is taken, as its gift (joined, with its approval)."""
    if row.state == G.TAKEN and row.fulfilment is not None:
        return pill_of_gift(row.fulfilment)
    return PILLS[G(row.state)]


def lacks_arrangement(row: PrizeGrant) -> bool:
    """Whether who runs the contest still has to agree a day, a place or a host."""
    if row.state != G.TAKEN or row.fulfilment is None or row.fulfilment.state not in BEFORE_ORDER or row.cause:
        return False
    settles = kinds.of(row.kind).settles
    missing = {kinds.HOST: row.host_id is None, kinds.DAY: row.on is None, kinds.PLACE: not row.where}
    return any(missing[name] for name in settles)


def settled(row: PrizeGrant) -> bool:
    """Whether nobody has anything more to do."""
    if row.state == G.TAKEN:
        return row.fulfilment is not None and row.fulfilment.state in AT_REST
    return row.state in (G.REFUSED, G.CANCELLED, G.KEPT)


def next_of(row: PrizeGrant) -> str:
    """Return what comes next, as a sentence to who runs the contest."""
    if row.state != G.TAKEN or row.fulfilment is None:
        return {
            G.OFFERED: _t("The winner chooses by the link in their mail."), G.HELD: row.blocked,
            G.REFUSED: row.reason, G.CANCELLED: row.reason, G.KEPT: row.reason,
            G.RECALLED: _t("The award was taken back: cancel the order, get it back, or leave it with them."),
        }[G(row.state)]  # fmt: skip
    if lacks_arrangement(row):
        return _t("Agree the day: the winner has said what suits them.")
    return _gift_next(row)


def _gift_next(row: PrizeGrant) -> str:
    gift = row.fulfilment
    if gift is None:
        return ""
    if gift.state in FELL_THROUGH:
        return gift.reason or _t("It came to nothing: offer something else, or leave it.")
    words = {
        F.IN_APPROVAL: _t("Finance and the others of the chain decide."),
        F.WAITING_MONEY: _t("It is approved, and waits for money."),
        F.READY: _t("It can be ordered."),
        F.SCHEDULED: _t("It has its day: %(day)s.") % {"day": rp.day(gift.scheduled_on)},
        F.ORDERED: _t("It is on its way: note when it is handed over."),
        F.DELIVERED: _t("The winner is asked whether it is there."),
        F.ACKNOWLEDGED: _t("The winner has it."), F.SUBSTITUTED: _t("Something else is given instead."),
    }  # fmt: skip
    return words[F(gift.state)]


def steps(row: PrizeGrant) -> list[dict[str, str]]:
    """Return the way of a prize, as components/stepper.html draws it; empty where it ended early."""
    if row.state in (G.OFFERED, G.HELD):
        words = [_t("Chosen"), _t("Approved"), _t("Paid for"), _t("Ordered"), _t("Delivered"), _t("Confirmed")]
        return [{"text": text, "state": "now" if not place else ""} for place, text in enumerate(words)]
    if row.state != G.TAKEN or row.fulfilment is None:
        return []
    rest = steps_of_gift(row.fulfilment)
    return [{"text": _t("Chosen"), "state": "done"}, *rest] if rest else []


# ---------------------------------------------------------------- as the winner reads it


def for_winner(row: PrizeGrant) -> Pill:
    """Return how it stands in a word or two, without what is only ours: approvals, funds, who pays."""
    if row.state == G.TAKEN and row.fulfilment is not None:
        state = F(row.fulfilment.state)
        words = {
            F.SCHEDULED: Pill(_("Has its day"), "info"), F.ORDERED: Pill(_("On its way"), "info"),
            F.DELIVERED: Pill(_("Delivered"), "ok"), F.ACKNOWLEDGED: Pill(_("Yours"), "ok"),
            F.SUBSTITUTED: Pill(_("Replaced"), "rest"),
        }  # fmt: skip
        later = Pill(_("We write to you"), "wait") if state in FELL_THROUGH else Pill(_("Being prepared"), "info")
        return words.get(state, later)
    return {
        G.OFFERED: Pill(_("Waits for you"), "wait"), G.HELD: Pill(_("We write to you"), "wait"),
        G.REFUSED: Pill(_("Declined"), "rest"), G.CANCELLED: Pill(_("Not given"), "rest"),
        G.RECALLED: Pill(_("We write to you"), "wait"), G.KEPT: Pill(_("Yours"), "ok"),
    }[G(row.state)]  # fmt: skip


def winner_steps(row: PrizeGrant) -> list[dict[str, str]]:
    """Return the way of a prize that was taken, in four steps; empty where it ended early."""
    if row.state != G.TAKEN or row.fulfilment is None:
        return []
    behind = {
        F.IN_APPROVAL: 1, F.WAITING_MONEY: 1, F.READY: 1, F.SCHEDULED: 1, F.ORDERED: 2, F.DELIVERED: 3,
        F.ACKNOWLEDGED: 4,
    }.get(F(row.fulfilment.state))  # fmt: skip
    if behind is None:
        return []
    words = (_t("Chosen"), _t("Prepared"), _t("On its way"), _t("Yours"))
    return [
        {"text": text, "state": "done" if place < behind else "now" if place == behind else ""}
        for place, text in enumerate(words)
    ]
