"""Steps that colleagues take by hand: not now, no, out of the program, never again."""

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from references.accounts import clock, kept, policy
from references.accounts.enums import MEMBERSHIP_MOVES, OPEN_ASKS, POOL, Membership
from references.accounts.models import Account, Ask, Contact
from references.accounts.services import standing
from references.accounts.services.asks import release_ask
from references.accounts.services.locks import Actor, actor_id, lock_account, lock_contact
from references.accounts.services.membership import end_invitation
from refprogram.kernel import links, moves
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.stream import emit

# What a colleague may note of somebody, with a reason. Being invited, saying yes and taking part come about otherwise.
BY_HAND = (Membership.NOT_NOW, Membership.DECLINED, Membership.RETIRED, Membership.DO_NOT_CONTACT)

ACCOUNT_BY_HAND = (Membership.RETIRED, Membership.DO_NOT_CONTACT)


@transaction.atomic
def note_step(*, contact: Contact, to: str, reason: str, actor: Actor, revisit_on: dt.date | None = None) -> Contact:
    """Note where a contact stands: not now (until when), no, takes part no longer, must not be contacted."""
    target, reason = _target(to), _said(reason)
    account, contact = lock_account(contact.account_id), lock_contact(contact.pk)
    moves.check(contact, target, moves=MEMBERSHIP_MOVES, noun="contact")
    end_invitation(account, contact, actor, declined=target == Membership.DECLINED)
    because = standing.Because(actor, reason, _revisit(target, revisit_on))
    was = contact.state
    if target == Membership.RETIRED:
        standing.retire(account, contact, because)
    elif target == Membership.DO_NOT_CONTACT:
        _bar_contact(account, contact, because)
    else:
        standing.step_back(account, contact, target, because)
    kept.settle(account)
    if target != Membership.DO_NOT_CONTACT:
        emit(
            "contact.moved", subject=contact, account_id=account.pk, actor_id=actor_id(actor),
            payload={"was": was, "state": target.value},
        )  # fmt: skip
    return contact


@transaction.atomic
def retire_account(*, account: Account, reason: str, actor: Actor) -> Account:
    """The account leaves the program with everybody there who takes part."""
    account, because = lock_account(account.pk), standing.Because(actor, _said(reason))
    moves.check(account, Membership.RETIRED, moves=MEMBERSHIP_MOVES, noun="account")
    people = Contact.objects.filter(account=account, state__in=[*POOL, Membership.ONBOARDING]).order_by("pk")
    for contact in people:
        standing.retire(account, lock_contact(contact.pk), because)
    if account.state != Membership.RETIRED:
        standing.retire_account(account, because)
    kept.settle(account)
    return account


@transaction.atomic
def bar_account(*, account: Account, reason: str, actor: Actor) -> Account:
    """Nobody contacts anybody there again: what is open is called off, what shows them is taken down."""
    account, because = lock_account(account.pk), standing.Because(actor, _said(reason))
    standing.shift(account, Membership.DO_NOT_CONTACT, because)
    for contact in Contact.objects.filter(account=account).order_by("pk"):
        _call_off(lock_contact(contact.pk), actor)
    kept.settle(account)
    _barred(account, None, actor)
    return account


def _bar_contact(account: Account, contact: Contact, because: standing.Because) -> None:
    """The contact alone must not be contacted; the account leaves the program if nobody else there takes part."""
    took_part = contact.state in POOL
    standing.shift(contact, Membership.DO_NOT_CONTACT, because)
    _call_off(contact, because.actor)
    active = Contact.objects.filter(account=account, state__in=POOL, left_company_at__isnull=True)
    if took_part and account.state in POOL and not active.exists():
        standing.retire_account(account, because)
    _barred(account, contact, because.actor)


def _call_off(contact: Contact, actor: Actor) -> None:
    """Free what is held for a contact, end every invitation, and take down what shows them.

    What another room holds (a request's candidate) that room lets go when it hears of it, with the ask.
    """
    for ask in Ask.objects.filter(contact=contact, state__in=OPEN_ASKS).exclude(source_type="candidate"):
        links.withdraw(subject=ask)
        release_ask(ask=ask, actor=actor)
    for path in settings.TERMS_ENDED:
        end: Callable[..., object] = import_string(path)
        end(contact=contact, actor=actor)


def _barred(account: Account, contact: Contact | None, actor: Actor) -> None:
    facts = {"contact": contact.pk if contact else None}
    emit("account.barred", subject=account, account_id=account.pk, actor_id=actor_id(actor), payload=facts)


@transaction.atomic
def look_again(*, account_id: int) -> int:
    """Let everybody take part for whom nothing is missing any more; return how many."""
    account = lock_account(account_id)
    done = standing.promote_all(account)
    if done:
        kept.settle(account)
    return done


@transaction.atomic
def retire_many(*, accounts: QuerySet[Account], reason: str, actor: Actor) -> int:
    """Retire those that take part; return how many, `AT_ONCE` at most."""
    chosen = accounts.filter(state__in=POOL).order_by("pk")[: policy.AT_ONCE]
    return len([retire_account(account=account, reason=reason, actor=actor) for account in chosen])


@transaction.atomic
def bar_many(*, accounts: QuerySet[Account], reason: str, actor: Actor) -> int:
    """Note of many that nobody contacts them; return how many, `AT_ONCE` at most."""
    chosen = accounts.exclude(state=Membership.DO_NOT_CONTACT).order_by("pk")[: policy.AT_ONCE]
    return len([bar_account(account=account, reason=reason, actor=actor) for account in chosen])


def _target(to: str) -> Membership:
    if to not in BY_HAND:
        message = _("Choose what you want to note.")
        raise InvalidInput(message, errors={"to": message})
    return Membership(to)


def _said(reason: str) -> str:
    if not reason.strip():
        message = _("Say why in a few words.")
        raise InvalidInput(message, errors={"reason": message})
    return reason.strip()[:2000]


def _revisit(to: Membership, on: dt.date | None) -> dt.date | None:
    if to == Membership.DECLINED:
        return clock.today() + policy.now().block
    if to != Membership.NOT_NOW:
        return None
    if on is not None and on <= clock.today():
        message = _("Choose a day that is still to come.")
        raise InvalidInput(message, errors={"revisit_on": message})
    return on or clock.today() + policy.now().pause
