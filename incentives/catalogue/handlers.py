"""What the catalogue does when something happened. Each is safe to run twice."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives.catalogue import letters, policy, selectors, services
from incentives.catalogue.enums import RedemptionState
from incentives.catalogue.models import Redemption
from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.fulfilment import services as gifts
from refprogram.governance.fulfilment.enums import GiftKind
from refprogram.governance.fulfilment.policy import GiftRule
from refprogram.kernel.models import Event
from refprogram.kernel.stream import in_batches
from refprogram.kernel.templatetags import rp
from refprogram.people.models import Person

R = RedemptionState


@in_batches
def follow_gift(events: list[Event]) -> None:
    """Gifts went on, ended, or replace others: the redemptions behind them follow."""
    services.follow_gifts(gift_ids=[event.subject_id for event in events])


def _row(event: Event) -> Redemption:
    return selectors.by_id(event.subject_id)


def say_ordered(event: Event) -> None:
    """It is on its way: who asked for it reads so in the program."""
    row = _row(event)
    if row.contact is None:
        letters.tell_receiver(
            row, lambda: (_("On its way: %(item)s") % {"item": row.item.name}, ""), key=f"reward:{event.pk}", mail=False
        )


def say_ended(event: Event) -> None:
    """Not approved, or given back: who asked for it hears why, and that the points are theirs again."""
    row = _row(event)
    if event.actor_id == row.person_id:
        return
    letters.tell_receiver(row, lambda: _ended(row, event.topic), key=f"reward:{event.pk}", mail=True)


def _ended(row: Redemption, topic: str) -> tuple[str, str]:
    back = ngettext("%(n)s point is yours to spend again.", "%(n)s points are yours to spend again.", row.points) % {
        "n": rp.number(row.points)
    }
    text = {
        "redemption.rejected": _("Not approved: %(item)s"),
        "redemption.refunded": _("Points given back: %(item)s"),
        "redemption.cancelled": _("Called off: %(item)s"),
    }[topic]
    return text % {"item": row.item.name}, f"{row.reason} {back}".strip()


def say_dispute(event: Event) -> None:
    """Somebody objects: who runs the catalogue hears, with until when it is to be answered."""
    row = _row(event)
    said = row.disputes.order_by("-pk").first()
    detail = said.words if said is not None else ""
    named = {"name": row.person.name, "item": row.item.name}
    letters.tell_runners(
        row, lambda: (_("%(name)s objects: %(item)s") % named, detail), key=f"reward-dispute:{event.pk}"
    )


def say_answer(event: Event) -> None:
    """An objection was answered: who raised it hears how."""
    row = _row(event)
    said = row.disputes.exclude(answered_at=None).order_by("-pk").first()
    detail = said.answer if said is not None else ""
    named = {"item": row.item.name}
    letters.tell_receiver(
        row, lambda: (_("Your objection was answered: %(item)s") % named, detail),
        key=f"reward-answer:{event.pk}", mail=True,
    )  # fmt: skip


def hand_out_voucher(event: Event) -> None:
    """Somebody kept their records best in a month: a voucher for them, by the way of all gifts."""
    value = policy.now().winner_voucher
    person = Person.objects.filter(pk=event.payload.get("person")).first()
    by = next(iter(selectors.runners()), None)
    if not value or person is None or by is None:
        return
    label = _("Best-kept records of a month")
    gifts.give(
        key=f"quality-winner:{event.pk}",
        gift=gifts.Gift(GiftKind.REWARD, _("Voucher for the best-kept records"), Decimal(value), person, GiftRule()),
        occasion=gifts.Occasion(person, label, person.user.get_absolute_url(), label, ApprovalKind.REWARD),
        by=by,
    )
