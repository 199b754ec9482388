"""What this room does when events arrive. Each is safe to run twice."""

from django.utils.translation import gettext as _

from refprogram.governance.approvals.models import Approval
from refprogram.governance.fulfilment import letters, selectors, services
from refprogram.kernel.models import Event
from refprogram.people.models import User


def carry_out(event: Event) -> None:
    """A gift was approved, rejected or taken back."""
    if event.payload.get("subject_type") != "fulfilment":
        return
    approval = Approval.objects.get(pk=event.subject_id)
    by = User.objects.filter(person_id=event.actor_id).first() if event.actor_id else None
    services.decide_on_gift(approval=approval, by=by)


def have_money(event: Event) -> None:
    """The money that a gift waited for is there."""
    if event.payload.get("subject_type") == "fulfilment":
        services.have_money(fulfilment_id=event.payload["subject_id"], commitment_id=event.subject_id)


def lose_money(event: Event) -> None:
    """A promise was let go of; where a gift still waits for it, it needs another fund."""
    if event.payload.get("subject_type") == "fulfilment":
        services.lose_money(fulfilment_id=event.payload["subject_id"], commitment_id=event.subject_id)


def tell_of_order(event: Event) -> None:
    """A gift can be ordered: who looks after gifts hears."""
    row = selectors.by_id(event.subject_id)
    text = _("To order: %(item)s for %(name)s") % {"item": row.item, "name": row.receiver.name}
    letters.tell_handlers(row, text, kind="gift_ready", key=f"gift-ready:{event.pk}")


def tell_of_delivery(event: Event) -> None:
    """It was delivered: the receiver is asked, who asked for it hears."""
    row = selectors.by_id(event.subject_id)
    letters.ask_receiver(row, key=f"gift-delivered:{event.pk}")
    text = _("%(item)s was delivered to %(name)s") % {"item": row.item, "name": row.receiver.name}
    letters.tell_requester(row, text, key=f"gift-news:{event.pk}")


def tell_of_answer(event: Event) -> None:
    """The receiver answered: who asked for it hears, by mail where the answer is a no."""
    row = selectors.by_id(event.subject_id)
    words = {"item": row.item, "name": row.receiver.name}
    text = {
        "gift.acknowledged": _("%(name)s confirmed: %(item)s is there"),
        "gift.missing": _("%(name)s says that %(item)s has not arrived"),
        "gift.refused": _("%(name)s would rather not have %(item)s"),
    }[event.topic] % words
    no = event.topic != "gift.acknowledged"
    letters.tell_requester(row, text, key=f"gift-news:{event.pk}", mail=no)
    if event.topic == "gift.missing":
        letters.tell_handlers(row, text, kind="gift_trouble", key=f"gift-trouble:{event.pk}", mail=True)
