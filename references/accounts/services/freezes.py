"""Leaving a customer alone for a time: because of us (freeze) or because they asked (pause)."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import clock, kept, policy
from references.accounts.enums import FreezeKind, Membership
from references.accounts.models import Account, Contact, Freeze
from references.accounts.services.checks import ask_still_true
from references.accounts.services.locks import Actor, actor_id, lock_account, lock_contact, user_of
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit

RECOVERED = (Membership.IDENTIFIED, Membership.NOT_NOW, Membership.RETIRED)


@transaction.atomic
def freeze(
    *,
    account: Account,
    kind: str,
    reason: str = "",
    ends_on: dt.date | None = None,
    source: str = "",
    source_ref: str = "",
    actor: Actor,
) -> Freeze:
    """From now on nobody may ask the account for anything, until the day named or until somebody lifts it.

    Who is asked and has not agreed is let go. What is agreed stays until those whose date it is keep it or call it off:
    only they know. `source` and `source_ref` are another system and its own name of the cause (a ticket): reported
    twice is one freeze, also after it was lifted.
    """
    account = lock_account(account.pk)
    known = Freeze.objects.filter(source=source, source_ref=source_ref).exclude(source_ref="").first()
    if known is not None:
        return _same(known, account)
    if ends_on is not None and ends_on < clock.today():
        message = _("Choose a day that is still to come.")
        raise InvalidInput(message, errors={"ends_on": message})
    if kind not in FreezeKind.values:
        message = _("Say why: escalation, renewal, legal or other.")
        raise InvalidInput(message, errors={"kind": message})
    if not source_ref and Freeze.objects.filter(account=account, kind=kind, source_ref="", lifted_at=None).exists():
        raise DomainError(
            _("%(name)s is frozen for this already: %(kind)s.") % {"name": account.name, "kind": FreezeKind(kind).label}
        )
    frozen = Freeze(account=account, kind=kind, reason=reason, ends_on=ends_on, imposed_by=user_of(actor))
    frozen.source, frozen.source_ref = source, source_ref
    frozen.save(force_insert=True)
    kept.settle(account)
    _emit("account.frozen", account, actor, freeze=frozen.pk)
    return frozen


def _same(known: Freeze, account: Account) -> Freeze:
    if known.account_id == account.pk:
        return known
    message = _("%(ref)s was reported for another account already.") % {"ref": known.source_ref}
    raise InvalidInput(message, errors={"source_id": message})


@transaction.atomic
def freeze_many(*, accounts: QuerySet[Account], kind: str, actor: Actor) -> int:
    """Freeze those that are not frozen for this already; return how many, `AT_ONCE` at most."""
    already = Freeze.objects.filter(kind=kind, lifted_at__isnull=True).values("account")
    open_to = accounts.exclude(pk__in=already).order_by("pk")[: policy.AT_ONCE]
    return len([freeze(account=account, kind=kind, actor=actor) for account in open_to])


@transaction.atomic
def lift_freeze(*, freeze: Freeze, actor: Actor, by_itself: bool = False) -> Freeze:
    """Lift one freeze. After an escalation, and after each that ends by itself, the owner is asked: happy again?

    So long after a solved escalation, support is invited to nominate the recovered customer (`recovered`).
    """
    account = lock_account(freeze.account_id)
    freeze = Freeze.objects.select_for_update().get(pk=freeze.pk)
    if freeze.lifted_at is not None:
        return freeze
    freeze.lifted_at = timezone.now()
    if freeze.kind == FreezeKind.ESCALATION:
        freeze.recover_on = clock.today() + policy.now().recover_after
    freeze.save(update_fields=["lifted_at", "recover_on"])
    kept.settle(account)
    _emit("account.unfrozen", account, actor, freeze=freeze.pk)
    if (by_itself or freeze.kind == FreezeKind.ESCALATION) and account.state == Membership.ACTIVE:
        ask_still_true(account=account, actor=actor)
    return freeze


@transaction.atomic
def recovered(*, freeze: Freeze) -> bool:
    """A while after a solved escalation: somebody may want to nominate the customer; return whether that was said.

    Not of one that takes part, must be left alone, or is frozen again (then it waits for another night).
    """
    account = lock_account(freeze.account_id)
    freeze = Freeze.objects.select_for_update().get(pk=freeze.pk)
    if freeze.recovered_at is not None or account.frozen:
        return False
    freeze.recovered_at = timezone.now()
    freeze.save(update_fields=["recovered_at"])
    nominable = account.state in RECOVERED and account.merged_into_id is None
    if nominable:
        _emit("account.recovered", account, None, freeze=freeze.pk)
    return nominable


@transaction.atomic
def freeze_for_renewal(*, account: Account) -> Freeze:
    """The renewal is near: nobody asks for anything until its day. Once for each renewal, also if it was lifted."""
    if account.renews_on is None:
        raise DomainError(_("Nobody said when it renews."))
    ref = f"{account.public_id}:{account.renews_on.isoformat()}"
    return freeze(
        account=account,
        kind=FreezeKind.RENEWAL,
        ends_on=account.renews_on,
        source="renewal",
        source_ref=ref,
        actor=None,
    )


@transaction.atomic
def pause(*, account: Account, until: dt.date, contact: Contact | None = None, actor: Actor) -> None:
    """The customer wants to be left alone until a day: one person, or (without `contact`) the whole account."""
    if until <= clock.today():
        message = _("Choose a day that is still to come.")
        raise InvalidInput(message, errors={"until": message})
    _set_pause(account, contact, until)
    facts = {"contact": contact.pk if contact else None, "until": until.isoformat()}
    _emit("account.paused", account, actor, **facts)


@transaction.atomic
def resume(*, account: Account, contact: Contact | None = None, actor: Actor) -> None:
    """The pause ends early."""
    _set_pause(account, contact, None)
    _emit("account.resumed", account, actor, contact=contact.pk if contact else None)


def _set_pause(account: Account, contact: Contact | None, until: dt.date | None) -> None:
    locked = lock_account(account.pk)
    if contact is not None:
        person = lock_contact(contact.pk)
        person.paused_until = until
        person.save(update_fields=["paused_until"])
        active = Contact.objects.filter(account=locked, state=Membership.ACTIVE, left_company_at__isnull=True)
        if active.exclude(pk=contact.pk).exists():
            return  # somebody else there may still be asked
    locked.paused_until = until
    locked.save(update_fields=["paused_until"])


def _emit(topic: str, account: Account, actor: Actor, **facts: object) -> None:
    emit(topic, subject=account, account_id=account.pk, actor_id=actor_id(actor), payload=facts)
