"""Becoming a reference: invited, and the customer's own yes, not now or no."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import askable, clock, kept, onboarding, policy, wording
from references.accounts.enums import ASK_MOVES, OPEN_ASKS, AskState, Membership
from references.accounts.errors import AskRefused
from references.accounts.models import Account, ActivityType, Ask, Contact
from references.accounts.services import standing
from references.accounts.services.asks import hold
from references.accounts.services.checks import ask_still_true
from references.accounts.services.consents import write_consent
from references.accounts.services.locks import Actor, actor_id, lock_account, lock_ask, lock_contact
from references.accounts.services.records import known_activities
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.moves import move
from refprogram.kernel.stream import Subject, emit
from refprogram.kernel.templatetags.rp import day
from refprogram.people.models import User

BY_LINK = "signed link"


@transaction.atomic
def invite_to_program(
    *,
    account: Account,
    contact: Contact,
    activities: Iterable[str],
    source: Model | Subject,
    actor: Actor,
    vouched_at: dt.datetime | None = None,
) -> Ask:
    """Invite a customer's person to take part; `source` is why (a nomination, or the contact itself).

    `activities` are the slugs that the letter suggests. The mail with the link goes out when the event is handled.
    `vouched_at`: when the owner said that this is a happy customer, if that was asked; too long ago counts no more.
    Raises AskRefused with the reason where nobody may write to them.
    """
    account, contact = lock_account(account.pk), lock_contact(contact.pk)
    reason = askable.why_not_invited(account, contact)
    if reason is not None:
        raise AskRefused(reason)
    _consult_owner(account, vouched_at, actor)
    contact.willing = known_activities(activities)
    ask = hold(account=account, contact=contact, activity=None, source=source, planned_on=None, actor=actor)
    standing.recruit(account, contact, standing.Because(actor))
    contact.save(update_fields=["willing"])
    _emit("membership.invited", ask, actor, activities=contact.willing)
    return ask


def _consult_owner(account: Account, vouched_at: dt.datetime | None, actor: Actor) -> None:
    """Keep the owner's word where there is one; where nobody owns the account, who invites vouches for it."""
    word = max((at for at in (vouched_at, account.verified_at) if at is not None), default=None)
    if vouched_at is not None and word is not None and timezone.now() - word > policy.now().word_before_inviting:
        message = _("The owner’s word on %(name)s is from %(day)s. Have them confirm it once more, then invite.")
        raise AskRefused(message % {"name": account.name, "day": day(word)})
    unowned = account.owner_id is None and account.csm_id is None
    own = isinstance(actor, User) and actor.pk in {account.owner_id, account.csm_id}
    if vouched_at is None and (unowned or own) and not onboarding.vouched(account):
        word = timezone.now()
    if word is not None and word != account.verified_at:
        account.verified_at = word
        account.save(update_fields=["verified_at"])


@transaction.atomic
def accept_invitation(*, token: str, activities: Iterable[str]) -> Contact:
    """The customer says yes by the link: consent is kept in the words shown, and they take part if nothing is missing.

    Else they are being prepared: the contact's page says what for.
    """
    ask = _answered(token)
    slugs = known_activities(activities)
    if not slugs:
        message = _("Tick at least one thing that we may ask you for.")
        raise InvalidInput(message, errors={"activities": message})
    contact = lock_contact(ask.contact_id)
    contact.willing = slugs
    text = wording.agreement(ActivityType.objects.filter(slug__in=slugs))
    write_consent(contact=contact, activities=slugs, wording=text, source=BY_LINK, actor=contact.person)
    standing.admit(ask.account, contact, standing.Because(contact.person))
    _finish(ask, AskState.SPENT)
    if standing.promote(ask.account, contact, contact.person):
        kept.settle(ask.account)
    else:
        _emit("membership.accepted", ask, contact.person, activities=slugs)
    return contact


@transaction.atomic
def decline_invitation(*, token: str, reason: str = "", not_now: bool = False) -> Contact:
    """The customer says no, or not now, by the link. The reason is theirs to give or to keep."""
    ask = _answered(token)
    contact = lock_contact(ask.contact_id)
    figures = policy.now()
    to, rest = (Membership.NOT_NOW, figures.pause) if not_now else (Membership.DECLINED, figures.block)
    because = standing.Because(contact.person, reason, clock.today() + rest)
    standing.step_back(ask.account, contact, to, because)
    _finish(ask, AskState.RELEASED if not_now else AskState.DECLINED, note=reason)
    _emit("membership.declined", ask, contact.person, answer=contact.state)
    return contact


@transaction.atomic
def withdraw_invitation(*, contact: Contact, actor: Actor) -> Contact:
    """We no longer ask: the link stops working, and contact and account stand at "not now"."""
    invitation = open_invitation(contact)
    if invitation is None:
        raise DomainError(_("%(name)s has no open invitation.") % {"name": contact.person.name})
    ask = lock_ask(invitation)
    contact = lock_contact(ask.contact_id)
    links.withdraw(subject=ask, purpose="invitation")
    standing.step_back(ask.account, contact, Membership.NOT_NOW, standing.Because(actor))
    _finish(ask, AskState.RELEASED)
    _emit("membership.withdrawn", ask, actor)
    return contact


def end_invitation(account: Account, contact: Contact, actor: Actor, *, declined: bool) -> None:
    """Close an open invitation because a colleague notes where the contact stands; the caller moves and settles."""
    ask = open_invitation(contact)
    if ask is None:
        return
    links.withdraw(subject=ask, purpose="invitation")
    ask.account = account
    _finish(ask, AskState.DECLINED if declined else AskState.RELEASED)
    facts = {"answer": Membership.DECLINED.value} if declined else {}
    _emit("membership.declined" if declined else "membership.withdrawn", ask, actor, **facts)


@transaction.atomic
def contact_left(*, contact: Contact, actor: Actor) -> Contact:
    """The person left the company: asked no more, and the account retires if nobody else there takes part."""
    account = lock_account(contact.account_id)
    contact = lock_contact(contact.pk)
    if contact.left_company_at is not None:
        return contact
    contact.left_company_at = timezone.now()
    contact.save(update_fields=["left_company_at"])
    emit("contact.left", subject=contact, account_id=account.pk, actor_id=actor_id(actor))
    if open_invitation(contact) is not None:
        withdraw_invitation(contact=contact, actor=actor)
    standing.retire(account, contact, standing.Because(actor))
    kept.settle(account)
    if account.state == Membership.ACTIVE:
        ask_still_true(account=account, actor=actor)
    return contact


def open_invitation(contact: Contact) -> Ask | None:
    """Return the invitation that the contact has not answered yet."""
    return Ask.objects.filter(contact=contact, activity__isnull=True, state__in=OPEN_ASKS).first()


def _answered(token: str) -> Ask:
    link = links.use(token)
    return lock_ask(Ask.objects.get(pk=link.subject_id))


def _finish(ask: Ask, to: AskState, note: str = "") -> None:
    ask.ended_at, ask.note = timezone.now(), note
    move(ask, to, moves=ASK_MOVES, noun="invitation", also=["ended_at", "note"])
    kept.settle(ask.account)


def _emit(topic: str, ask: Ask, actor: Actor, **facts: object) -> None:
    contact = Contact(pk=ask.contact_id)
    about = {"contact": ask.contact_id, "source_type": ask.source_type, "source_id": ask.source_id}
    emit(topic, subject=contact, account_id=ask.account_id, actor_id=actor_id(actor), payload={**about, **facts})
