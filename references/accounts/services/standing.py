"""Where contacts and their account stand in the program: moved together, never apart.

An account takes part as long as one of its contacts does. The caller holds the locks of both.
"""

import datetime as dt

from django.utils import timezone

from references.accounts.enums import MEMBERSHIP_MOVES, POOL, Membership
from references.accounts.models import Account, Contact
from refprogram.kernel.moves import move
from refprogram.kernel.stream import emit


def recruit(account: Account, contact: Contact) -> None:
    """The contact is being invited; so is the account unless it takes part already."""
    if contact.state != Membership.RECRUITING:
        move(contact, Membership.RECRUITING, moves=MEMBERSHIP_MOVES, noun="contact", also=["willing"])
    if account.state not in {*POOL, Membership.RECRUITING}:
        move(account, Membership.RECRUITING, moves=MEMBERSHIP_MOVES, noun="account")


def enrol(account: Account, contact: Contact, *, at: dt.datetime | None = None) -> None:
    """The contact takes part now, and with it the account, which counts as confirmed by the customer itself."""
    if contact.state not in {*POOL, Membership.RECRUITING}:
        recruit(account, contact)
    if contact.state != Membership.ACTIVE:
        move(contact, Membership.ACTIVE, moves=MEMBERSHIP_MOVES, noun="contact", also=["willing"])
    if account.state in POOL:
        return
    recruit_account_first(account)
    account.member_since = account.member_since or at or timezone.now()
    account.verified_at = at or timezone.now()
    move(account, Membership.ACTIVE, moves=MEMBERSHIP_MOVES, noun="account", also=["member_since", "verified_at"])


def recruit_account_first(account: Account) -> None:
    """Nobody becomes a reference without having been asked: take that step where it was skipped."""
    if account.state != Membership.RECRUITING:
        move(account, Membership.RECRUITING, moves=MEMBERSHIP_MOVES, noun="account")


def step_back(account: Account, contact: Contact, to: Membership) -> None:
    """The contact did not agree; the account follows unless somebody else there takes part or is being invited."""
    move(contact, to, moves=MEMBERSHIP_MOVES, noun="contact")
    if account.state == Membership.RECRUITING and not _others(account, contact, Membership.RECRUITING):
        move(account, to, moves=MEMBERSHIP_MOVES, noun="account")


def retire(account: Account, contact: Contact) -> None:
    """The contact takes part no longer; the account leaves the program with the last one."""
    if contact.state in POOL:
        move(contact, Membership.RETIRED, moves=MEMBERSHIP_MOVES, noun="contact")
    if account.state in POOL and not _others(account, contact, *POOL):
        move(account, Membership.RETIRED, moves=MEMBERSHIP_MOVES, noun="account")
        emit("account.retired", subject=account, account_id=account.pk)


def _others(account: Account, contact: Contact, *states: Membership) -> bool:
    others = Contact.objects.filter(account=account, state__in=states, left_company_at__isnull=True)
    return others.exclude(pk=contact.pk).exists()
