"""Where contacts and their account stand in the program: moved together, never apart, each step kept with its reason.

An account takes part as long as one of its contacts does. The caller holds the locks of both.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from references.accounts import onboarding
from references.accounts.enums import MEMBERSHIP_MOVES, POOL, Membership
from references.accounts.models import Account, Ask, Contact, MembershipStep
from references.accounts.services.locks import Actor, actor_id, user_of
from refprogram.kernel.moves import move
from refprogram.kernel.stream import emit

ON_THE_WAY = (Membership.RECRUITING, Membership.ONBOARDING)


@dataclass(frozen=True)
class Because:
    """Why a step is taken: by whom, in which words, and from which day on it may be looked at again."""

    actor: Actor = None
    reason: str = ""
    revisit_on: dt.date | None = None


def shift(
    row: Account | Contact, to: Membership, because: Because | None = None, *, also: Collection[str] = ()
) -> MembershipStep:
    """Take one step: the state, and its row in the history. Raises IllegalMove where none leads there.

    The verbs emit: what happened is more than a state (invited, declined, retired).
    """
    because, was = because or Because(), row.state
    contact = row if isinstance(row, Contact) else None
    move(row, to, moves=MEMBERSHIP_MOVES, noun="account" if contact is None else "contact", also=also)
    account_id = row.pk if contact is None else contact.account_id
    now = timezone.now()
    MembershipStep.objects.filter(account=account_id, contact=contact, ended_at__isnull=True).update(ended_at=now)
    return MembershipStep.objects.create(
        account_id=account_id, contact=contact, was=was, state=to.value, reason=because.reason.strip(),
        revisit_on=because.revisit_on, made_by=user_of(because.actor), at=now,
    )  # fmt: skip


def recruit(account: Account, contact: Contact, because: Because | None = None) -> None:
    """The contact is being invited; so is the account unless it takes part already or is about to."""
    if contact.state != Membership.RECRUITING:
        shift(contact, Membership.RECRUITING, because, also=["willing"])
    if account.state not in {*POOL, *ON_THE_WAY}:
        shift(account, Membership.RECRUITING, because)


def admit(account: Account, contact: Contact, because: Because | None = None) -> None:
    """The contact said yes: both are being prepared, unless they take part already."""
    if contact.state not in {*POOL, Membership.ONBOARDING}:
        recruit(account, contact, because)
        shift(contact, Membership.ONBOARDING, because, also=["willing"])
    if account.state in {*POOL, Membership.ONBOARDING}:
        return
    if account.state != Membership.RECRUITING:
        shift(account, Membership.RECRUITING, because)
    shift(account, Membership.ONBOARDING, because)


def promote(account: Account, contact: Contact, actor: Actor = None) -> bool:
    """The contact takes part once nothing is missing, and the account with it; return whether that came about now."""
    if contact.state != Membership.ONBOARDING or onboarding.missing(account, contact):
        return False
    shift(contact, Membership.ACTIVE, Because(actor), also=["willing"])
    if account.state == Membership.ONBOARDING:
        account.member_since = account.member_since or timezone.now()
        account.verified_at = account.verified_at or timezone.now()
        shift(account, Membership.ACTIVE, Because(actor), also=["member_since", "verified_at"])
    source = invited_for(contact)
    emit(
        "membership.activated",
        subject=contact,
        account_id=account.pk,
        actor_id=actor_id(actor),
        payload={
            "contact": contact.pk, "source_type": source[0], "source_id": source[1], "activities": contact.willing
        },
    )  # fmt: skip
    return True


def promote_all(account: Account) -> int:
    """Let everybody take part for whom nothing is missing any more; return how many. The caller settles the account."""
    waiting = Contact.objects.select_for_update(of=("self",)).filter(account=account, state=Membership.ONBOARDING)
    return sum(promote(account, contact, contact.person) for contact in waiting.select_related("person").order_by("pk"))


def invited_for(contact: Contact) -> tuple[str, int]:
    """Return the row for which the contact was invited; the contact itself where nobody was invited."""
    asks = Ask.objects.filter(contact=contact, activity__isnull=True).order_by("-pk")
    return asks.values_list("source_type", "source_id").first() or ("contact", contact.pk)


def step_back(account: Account, contact: Contact, to: Membership, because: Because | None = None) -> None:
    """The contact did not agree; the account follows unless somebody else there takes part or is on the way."""
    shift(contact, to, because)
    if account.state in ON_THE_WAY and not _others(account, contact, *ON_THE_WAY):
        shift(account, to, because)


def retire(account: Account, contact: Contact, because: Because | None = None) -> None:
    """The contact takes part no longer; the account leaves the program with the last one."""
    if contact.state in {*POOL, Membership.ONBOARDING}:
        shift(contact, Membership.RETIRED, because)
    if account.state in POOL and not _others(account, contact, *POOL):
        retire_account(account, because)
    elif account.state == Membership.ONBOARDING and not _others(account, contact, *POOL, *ON_THE_WAY):
        shift(account, Membership.RETIRED, because)


def retire_account(account: Account, because: Because | None = None) -> None:
    """The account leaves the program."""
    shift(account, Membership.RETIRED, because)
    emit("account.retired", subject=account, account_id=account.pk, actor_id=actor_id((because or Because()).actor))


def _others(account: Account, contact: Contact, *states: Membership) -> bool:
    others = Contact.objects.filter(account=account, state__in=states, left_company_at__isnull=True)
    return others.exclude(pk=contact.pk).exists()
