"""The charity pot: nobody is fined. Who wants to gives by their own hand; Legal says first whether there may be one."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.activity.enums import POT_MOVES, PotState
from incentives.activity.models import CharityPot, Pledge
from refprogram.governance.budgets.services.book import amount_of
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User


@transaction.atomic
def propose_pot(*, by: User, name: str, cause: str) -> CharityPot:
    """Propose a pot. Nothing goes in before Legal signed it off."""
    if not by.has_perm("incentives.run_charity"):
        raise NotAllowed(_("Reference managers propose a pot."))
    words = {"name": " ".join(name.split())[:120], "cause": " ".join(cause.split())[:200]}
    empty = {key: _("Say it in a few words.") for key, value in words.items() if not value}
    if not empty and CharityPot.objects.filter(name__iexact=words["name"]).exists():
        empty = {"name": _("There is a pot of this name.")}
    if empty:
        raise InvalidInput(" ".join(empty.values()), errors=empty)
    row = CharityPot(proposed_by=by, **words)
    row.save(force_insert=True)
    emit("pot.proposed", subject=row, actor_id=by.person_id)
    return row


@transaction.atomic
def sign_off(*, pot: CharityPot, by: User, words: str) -> CharityPot:
    """Say as Legal that there may be such a pot, and what holds for it: where it may be used, and how."""
    row = CharityPot.objects.select_for_update().get(pk=pot.pk)
    if not by.has_perm("incentives.sign_off_charity", row):
        raise NotAllowed(_("Legal signs it off."))
    said = words.strip()
    if not said:
        message = _("Say what holds for it: where it may be used, and how.")
        raise InvalidInput(message, errors={"words": message})
    row.signed_off_by, row.signed_off_at, row.sign_off = by, timezone.now(), said
    also = ["signed_off_by", "signed_off_at", "sign_off"]
    moves.move(row, PotState.OPEN, moves=POT_MOVES, noun=_("pot"), also=also)
    emit("pot.opened", subject=row, actor_id=by.person_id)
    return row


@transaction.atomic
def close_pot(*, pot: CharityPot, by: User) -> CharityPot:
    """Take nothing more into a pot."""
    row = CharityPot.objects.select_for_update().get(pk=pot.pk)
    if not (by.has_perm("incentives.run_charity") or by.has_perm("incentives.sign_off_charity", row)):
        raise NotAllowed(_("Reference managers or Legal close it."))
    moves.move(row, PotState.CLOSED, moves=POT_MOVES, noun=_("pot"))
    emit("pot.closed", subject=row, actor_id=by.person_id)
    return row


@transaction.atomic
def pledge(*, pot: CharityPot, by: User, amount: Decimal, words: str = "") -> Pledge:
    """Note what one gives of one's own will. Nothing is taken from anybody: it is paid where the cause takes money."""
    row = CharityPot.objects.select_for_update().get(pk=pot.pk)
    if row.state != PotState.OPEN:
        raise DomainError(_("Nothing goes into this pot: Legal has not signed it off, or it is closed."))
    made = Pledge(pot=row, user=by, amount=amount_of(amount, field="amount"), words=" ".join(words.split())[:200])
    made.save(force_insert=True)
    return made


@transaction.atomic
def withdraw(*, pledge: Pledge, by: User) -> Pledge:
    """Take back what one said, for no reason at all. Twice is once."""
    row = Pledge.objects.select_for_update().get(pk=pledge.pk)
    if row.user_id != by.pk:
        raise NotAllowed(_("Whoever made it takes it back."))
    if row.withdrawn_at is None:
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
    return row
