"""Points for customers: given by hand, with a reason, for what they did; never for what they said of us.

Rules give points to customers too; what those may not listen to stands in `opinions.py`.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from incentives.catalogue import letters
from incentives.catalogue.services.rows import said
from incentives.ledger.booking import Booking, Side, book
from incentives.ledger.enums import Book, BookingKind
from incentives.ledger.models import Entry, Wallet
from incentives.ledger.services import wallet_of, wallet_of_account
from references.accounts.askable import why_not_written_to
from references.accounts.enums import Membership
from references.models import Account, Contact
from references.requests.services.gifts import why_no_gift
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.models import new_public_id
from refprogram.kernel.stream import emit
from refprogram.people.models import User

GIVE = "incentives.thank_customers"
MOST = 10_000


@transaction.atomic
def give_points(*, to: Account | Contact, points: int, reason: str, by: User, key: str = "") -> Entry:
    """Give a customer's person, or their house, points by hand. The same `key` again gives nothing.

    Raises DomainError for who wants nothing from us, or is left alone.
    """
    if not by.has_perm(GIVE):
        raise NotAllowed(_("Customers’ points are given by who runs the program."))
    if not 1 <= points <= MOST:
        message = _("From 1 to %(most)s points.") % {"most": MOST}
        raise InvalidInput(message, errors={"points": message})
    if problem := _why_not(to):
        raise DomainError(problem)
    wallet = wallet_of(to.person) if isinstance(to, Contact) else wallet_of_account(to)
    return _booked(wallet, points, said(reason, most=200), by, key or new_public_id(), account_id=_account_of(to).pk)


@transaction.atomic
def invite(*, contact: Contact, for_house: bool, by: User, key: str) -> None:
    """Write to a customer's person that they may choose out of their wallet, or out of their house's.

    Raises InvalidInput for somebody whom nobody may write to, or give anything.
    """
    if not by.has_perm(GIVE):
        raise NotAllowed(_("Customers’ points are given by who runs the program."))
    problem = why_not_written_to(contact) or why_no_gift(contact)
    if problem:
        raise InvalidInput(problem, errors={"invite": problem})
    wallet = wallet_of_account(contact.account) if for_house else wallet_of(contact.person)
    letters.invite_to_choose(contact, wallet, key=f"choose:{key}")


def _booked(wallet: Wallet, points: int, memo: str, by: User, key: str, *, account_id: int) -> Entry:
    made = book(
        [
            Booking(
                key=f"thanks:{key}",
                kind=BookingKind.ADJUSTED,
                memo=memo,
                sides=(Side(Book.ISSUED, -points), Side(Book.AVAILABLE, points, wallet)),
                actor_id=by.pk,
            )
        ]
    )
    entry = Entry.objects.get(key=f"thanks:{key}")
    if made:
        emit(
            "customer.thanked",
            subject=entry,
            account_id=account_id,
            actor_id=by.person_id,
            payload={"person": wallet.person_id, "points": points},
        )
    return entry


def _account_of(to: Account | Contact) -> Account:
    return to if isinstance(to, Account) else to.account


def _why_not(to: Account | Contact) -> str:
    account = _account_of(to)
    if account.state == Membership.DO_NOT_CONTACT:
        return _("%(name)s wants nothing from us.") % {"name": account.name}
    if isinstance(to, Contact):
        return why_no_gift(to)
    return _("%(name)s is frozen: leave them alone for now.") % {"name": to.name} if to.frozen else ""
