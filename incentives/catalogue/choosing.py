"""What a customer's person does with their points, behind a link: choose, call off, say that it came or did not."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from incentives.catalogue import selectors
from incentives.catalogue.eligible import Buyer
from incentives.catalogue.models import Item, Redemption
from incentives.catalogue.services.asking import ask_for, may_spend
from incentives.catalogue.services.receiving import cancel_as_receiver, confirm, say_missing
from incentives.ledger.enums import Book, BookingKind
from incentives.ledger.models import Posting, Wallet
from references.customer_page.panels import Panel
from references.models import Contact
from references.requests.services.gifts import gift_rule
from refprogram.kernel.errors import DomainError
from refprogram.people.models import User

THANKS_SHOWN = 10


def buyer_behind(wallet_id: int, person_id: int | None) -> Buyer | None:
    """Return who chooses out of a wallet: a contact whose own it is, or of whose account; None for nobody of these.

    Of what was merged into another, that one counts: an old letter leads to where the points are.
    """
    wallet = Wallet.objects.select_related("account", "merged_into__account").filter(pk=wallet_id).first()
    if wallet is None or person_id is None:
        return None
    wallet = wallet.merged_into or wallet
    became = Contact.objects.filter(person=person_id, merged_into__isnull=False).values("merged_into__person")
    contacts = Contact.objects.filter(left_company_at__isnull=True, merged_into__isnull=True)
    theirs = contacts.filter(Q(person=person_id) | Q(person__in=became))
    found = theirs.select_related("person", "account__owner__person", "account__region").order_by("-pk")
    contact = next((one for one in found if may_spend(wallet, one)), None)
    return None if contact is None else Buyer(contact.person, wallet, contact=contact)


def shelf_of(buyer: Buyer) -> list[selectors.Offered]:
    """Return what they may choose from; what their house's rule forbids is left out."""
    return [one for one in selectors.shelf(buyer) if not one.refusal]


def item_of(buyer: Buyer, key: str) -> Item | None:
    """Return the item of this public id, if it is on their shelf."""
    return next((one.item for one in shelf_of(buyer) if one.item.public_id == key), None)


def chosen(buyer: Buyer) -> list[Redemption]:
    """Return what they chose out of this wallet, the latest first."""
    return list(selectors.of_wallet(buyer.wallet).filter(person=buyer.person))


def row_of(buyer: Buyer, key: str) -> Redemption | None:
    """Return one of what they chose."""
    return next((row for row in chosen(buyer) if row.public_id == key), None)


def thanks(buyer: Buyer) -> list[Posting]:
    """Return for what they got points, the latest first."""
    theirs = Q(wallet=buyer.wallet) | Q(wallet__merged_into=buyer.wallet)
    rows = Posting.objects.filter(theirs, book=Book.AVAILABLE, amount__gt=0)
    earned = rows.filter(entry__kind__in=[BookingKind.EARNED, BookingKind.VESTED, BookingKind.ADJUSTED])
    return list(earned.select_related("entry").order_by("-pk")[:THANKS_SHOWN])


def rule_words(buyer: Buyer) -> str:
    """Return the rule of their house, as we know it."""
    return gift_rule(buyer.account).words if buyer.account is not None else ""


def take(buyer: Buyer, item: Item, said: Mapping[str, Any], *, key: str) -> Redemption:
    """Choose an item: it is asked for in the name of who looks after the customer."""
    once = f"choice:{buyer.wallet.pk}:{key}"[:120] if key else ""
    return ask_for(item=item, buyer=buyer, by=_in_whose_name(buyer), said=said, key=once, actor=buyer.person)


def _in_whose_name(buyer: Buyer) -> User:
    owner = buyer.account.owner if buyer.account is not None else None
    found = owner if owner is not None and owner.is_active else next(iter(selectors.runners()), None)
    if found is None:
        raise DomainError(_("Nobody looks after rewards at the moment. Please write to us."))
    return found


def answer(buyer: Buyer, row: Redemption, act: str, words: str) -> None:
    """Take what they say to something that they chose."""
    if act == "cancel":
        cancel_as_receiver(redemption=row, person=buyer.person)
    elif act == "received":
        confirm(redemption=row, person=buyer.person)
    elif act == "missing":
        say_missing(redemption=row, person=buyer.person, words=words)
    else:
        raise DomainError(_("Choose one of the answers."))


# ---------------------------------------------------------------- their own page


def panel(contact: Contact) -> Panel | None:
    """Show on a customer's own page what they and their house hold, with a button to the page where they choose."""
    wallets = [wallet for wallet in wallets_of([contact]) if wallet.available or wallet.reserved or wallet.redeemed]
    if not wallets:
        return None
    return Panel(_("Something to thank you with"), "incentives/catalogue/customer_panel.html", {"wallets": wallets})


def wallets_of(contacts: list[Contact]) -> list[Wallet]:
    """Return the wallets that a customer's person may choose from: their own, and those of their houses."""
    people = {one.person_id for one in contacts}
    accounts = {one.account_id for one in contacts}
    own = Wallet.objects.filter(person__in=people)
    return list((own | Wallet.objects.filter(account__in=accounts)).select_related("account").order_by("kind", "pk"))
