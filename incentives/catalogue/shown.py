"""Redemptions and items as pages show them: pills, steps, facts, and what may be done."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from incentives.catalogue import kinds
from incentives.catalogue.enums import POINTS_SPENT, RedemptionState
from incentives.catalogue.models import Item, Redemption
from incentives.catalogue.selectors import TO_ORDER
from incentives.catalogue.services.disputing import may_dispute
from incentives.catalogue.services.receiving import may_cancel
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.governance.fulfilment.states import pill_of as pill_of_gift
from refprogram.kernel.tables import Pill
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

R, F = RedemptionState, FulfilmentState
PILLS: Final[Mapping[str, Pill]] = {
    R.ASKED: Pill(_("Asked for"), "wait"),
    R.ORDERED: Pill(_("On its way"), "info"),
    R.FAILED: Pill(_("Order failed"), "stop"),
    R.DELIVERED: Pill(_("Handed over"), "ok"),
    R.CONFIRMED: Pill(_("Received"), "ok"),
    R.REJECTED: Pill(_("Not approved"), "stop"),
    R.CANCELLED: Pill(_("Called off"), "rest"),
    R.REFUNDED: Pill(_("Points given back"), "rest"),
}
_BEHIND: Final = {R.ORDERED: 2, R.FAILED: 2, R.DELIVERED: 3, R.CONFIRMED: 5}


def pill_of(row: Redemption) -> Pill:
    """Return how it stands: while it is asked for, as its gift does (joined, with its approval)."""
    if row.state == R.ASKED and row.gift is not None:
        return pill_of_gift(row.gift)
    return PILLS[row.state]


def steps(row: Redemption) -> list[dict[str, str]]:
    """Return its way, as components/stepper.html draws it; empty where it came to nothing."""
    behind = _BEHIND.get(R(row.state), 0 if row.state == R.ASKED else None)
    if row.state == R.ASKED and row.gift is not None and row.gift.state != F.IN_APPROVAL:
        behind = 1
    if behind is None:
        return []
    words = (_t("Approved"), _t("Ordered"), _t("Handed over"), _t("Confirmed"))
    now = min(3, behind)
    rest = [
        {"text": text, "state": "done" if place < behind else "now" if place == now else ""}
        for place, text in enumerate(words)
    ]
    return [{"text": _t("Asked for"), "state": "done"}, *rest]


def next_of(row: Redemption, *, own: bool) -> str:
    """Return what comes next, in a sentence to whoever waits for it, or to who carries it out."""
    return _next_for_receiver(row) if own else _next_for_runner(row)


def _next_for_runner(row: Redemption) -> str:
    gift = row.gift
    if row.state == R.ASKED and gift is not None:
        return {
            F.IN_APPROVAL: _t("It waits for approval; the points are set aside."),
            F.WAITING_MONEY: _t("It is approved, and waits for money in the fund."),
            F.READY: _t("Order it, and note the number."),
            F.SCHEDULED: _t("It has its day: %(day)s.") % {"day": rp.day(gift.scheduled_on)},
        }.get(F(gift.state), "")
    return {
        R.ORDERED: _t("Note when it is handed over, or that the order failed."),
        R.DELIVERED: _t("They are asked whether it is there."),
    }.get(R(row.state), row.reason)


def _next_for_receiver(row: Redemption) -> str:
    gift = row.gift
    if row.state == R.ASKED and gift is not None:
        return {
            F.IN_APPROVAL: _t("It waits for a yes. Your points are set aside meanwhile."),
            F.WAITING_MONEY: _t("It is approved, and waits for money in the fund."),
            F.READY: _t("It is approved and paid for: it is ordered next."),
            F.SCHEDULED: _t("It has its day: %(day)s.") % {"day": rp.day(gift.scheduled_on)},
        }.get(F(gift.state), "")
    return {
        R.ORDERED: _t("It is ordered. You are asked whether it is there."),
        R.FAILED: _t("It could not be had this time. It is tried again, or your points come back."),
        R.DELIVERED: _t("Is it there? Then say whether it was worth its points."),
    }.get(R(row.state), row.reason)


def facts(row: Redemption, *, in_full: bool) -> list[tuple[str, Any]]:
    """Return what is known of a redemption; with `in_full` also what is only for who runs it."""
    gift = row.gift
    known: list[tuple[str, Any]] = [
        (_t("For"), row.person.name if in_full else ""),
        (_t("Customer"), row.account.name if row.account is not None else ""),
        (_t("Points"), rp.number(row.points)),
        (_t("Asked for"), rp.day(row.created_at)),
        *kinds.said_by(row.item.kind, row.details),
        (_t("Cause"), row.cause),
        (_t("Order number"), gift.order_reference if gift is not None and in_full else ""),
        (_t("Value"), rp.money(row.value) if in_full and row.value else ""),
        (_t("Failed orders"), rp.number(row.failures) if in_full and row.failures else ""),
        (_t("Nobody was asked"), gift.needed_nobody if gift is not None and row.auto else ""),
        (_t("Handed over"), rp.day(row.delivered_at) if row.delivered_at else ""),
        (_t("Proof"), gift.proof_note if gift is not None else ""),
        (_t("Worth it"), _t("%(n)d of 5") % {"n": row.worth} if row.worth else ""),
        (_t("They said"), row.worth_words),
    ]
    return [(name, value) for name, value in known if value]


def may(row: Redemption, user: User) -> dict[str, bool]:
    """Return what a colleague may do with a redemption as it stands."""
    runs, own = user.has_perm("incentives.run_catalogue"), row.person_id == user.person_id
    ready = row.state == R.ASKED and row.gift is not None and row.gift.state in TO_ORDER
    spent = row.state in POINTS_SPENT
    asked_by = row.gift is not None and row.gift.requested_by_id == user.pk
    return {
        "may_order": runs and ready,
        "may_deliver": runs
        and (row.state == R.ORDERED or (ready and row.gift is not None and row.gift.state == F.SCHEDULED)),
        "may_fail": runs and row.state == R.ORDERED,
        "may_retry": runs and row.state == R.FAILED,
        "may_give_back": runs and (spent or row.state == R.ASKED) and not own,
        "may_cancel": (own or asked_by) and may_cancel(row),
        "may_confirm": own and row.state == R.DELIVERED,
        "may_rate": own and row.state in (R.DELIVERED, R.CONFIRMED) and row.worth is None,
        "may_miss": own and row.gift is not None and row.gift.state == F.DELIVERED,
        "may_dispute": own and may_dispute(row),
        "may_hold": runs and not own,
        "sees_all": user.has_perm("incentives.see_redemptions"),
    }


def may_as_receiver(row: Redemption) -> dict[str, bool]:
    """Return what a customer's person may say to what they chose."""
    there = row.gift is not None and row.gift.state == F.DELIVERED
    return {"cancel": may_cancel(row), "confirm": row.state == R.DELIVERED and there}


def item_facts(item: Item, regions: list[str], roles: list[str]) -> list[tuple[str, Any]]:
    """Return what who runs the catalogue reads of an item."""
    known: list[tuple[str, Any]] = [
        (_t("Kind"), item.get_kind_display()),
        (_t("For"), item.get_audience_display()),
        (_t("What one costs us"), rp.money(item.cost)),
        (_t("A point is worth"), rp.money(item.cost / item.points) if item.cost else ""),
        (_t("There are"), rp.number(item.stock) if item.stock is not None else _t("no limit")),
        (_t("Taken"), rp.number(item.taken) if item.stock is not None else ""),
        (_t("Where"), ", ".join(regions) or _t("everywhere")),
        (_t("Roles"), ", ".join(roles) or _t("all")),
        (_t("Who agrees"), item.get_road_display()),
        (_t("Small ones need nobody’s yes"), _t("yes") if item.is_auto else ""),
        (_t("Tax office wants to know"), _t("yes") if item.taxable else ""),
        (_t("Falls under gift rules"), "" if item.is_gift else _t("no")),
    ]
    return [(name, value) for name, value in known if value]
