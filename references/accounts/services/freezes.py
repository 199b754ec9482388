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


@transaction.atomic
def freeze(*, account: Account, kind: str, reason: str = "", ends_on: dt.date | None = None, actor: Actor) -> Freeze:
    """From now on nobody may ask the account for anything, until the day named or until somebody lifts it.

    What is planned or agreed already stays: only those who planned it know whether it should be called off.
    """
    account = lock_account(account.pk)
    if ends_on is not None and ends_on < clock.today():
        message = _("Choose a day that is still to come.")
        raise InvalidInput(message, errors={"ends_on": message})
    if kind not in FreezeKind.values:
        message = _("Say why: escalation, renewal, legal or other.")
        raise InvalidInput(message, errors={"kind": message})
    if Freeze.objects.filter(account=account, kind=kind, lifted_at__isnull=True).exists():
        raise DomainError(
            _("%(name)s is frozen for this already: %(kind)s.") % {"name": account.name, "kind": FreezeKind(kind).label}
        )
    frozen = Freeze(account=account, kind=kind, reason=reason, ends_on=ends_on, imposed_by=user_of(actor))
    frozen.save(force_insert=True)
    kept.settle(account)
    _emit("account.frozen", account, actor, freeze=frozen.pk)
    return frozen


@transaction.atomic
def freeze_many(*, accounts: QuerySet[Account], kind: str, actor: Actor) -> int:
    """Freeze those that are not frozen for this already; return how many, `AT_ONCE` at most."""
    already = Freeze.objects.filter(kind=kind, lifted_at__isnull=True).values("account")
    open_to = accounts.exclude(pk__in=already).order_by("pk")[: policy.AT_ONCE]
    return len([freeze(account=account, kind=kind, actor=actor) for account in open_to])


@transaction.atomic
def lift_freeze(*, freeze: Freeze, actor: Actor) -> Freeze:
    """Lift one freeze. After an escalation the owner is asked whether the customer is happy again."""
    account = lock_account(freeze.account_id)
    freeze = Freeze.objects.select_for_update().get(pk=freeze.pk)
    if freeze.lifted_at is not None:
        return freeze
    freeze.lifted_at = timezone.now()
    freeze.save(update_fields=["lifted_at"])
    kept.settle(account)
    _emit("account.unfrozen", account, actor, freeze=freeze.pk)
    if freeze.kind == FreezeKind.ESCALATION and account.state == Membership.ACTIVE:
        ask_still_true(account=account, actor=actor)
    return freeze


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
