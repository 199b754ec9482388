"""Reading the catalogue: the shelf as somebody sees it, redemptions, wallets of customers, who runs it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from incentives.catalogue.eligible import Buyer, why_not, why_not_yet
from incentives.catalogue.enums import Clientele, ItemKind, RedemptionState
from incentives.catalogue.models import Item, Redemption, TrustHold
from incentives.catalogue.services.rows import JOINED
from incentives.ledger.enums import WalletKind
from incentives.ledger.models import Wallet
from references.accounts import selectors as accounts
from references.models import Account, Contact
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.kernel.labels import Label
from refprogram.people.enums import Role
from refprogram.people.models import Person, Region, User

R, F_ = RedemptionState, FulfilmentState
TO_ORDER = (F_.READY, F_.SCHEDULED)


@dataclass(frozen=True)
class Offered:
    """An item as one buyer sees it: `refusal` says why not at all, `lacks` how many points are missing."""

    item: Item
    refusal: str
    lacks: str

    @property
    def open(self) -> bool:
        """Whether it can be had now."""
        return not self.refusal and not self.lacks


def items_visible_to(user: User) -> QuerySet[Item]:
    """Return the items that a colleague may open: all for who runs it, else what is offered to colleagues."""
    if user.has_perm("incentives.run_catalogue"):
        return Item.objects.all()
    if not user.has_perm("incentives.view_rewards"):
        return Item.objects.none()
    return Item.objects.filter(audience=Clientele.COLLEAGUES, offered=True)


def items_run_by(user: User) -> QuerySet[Item]:
    """Return all items to who runs the catalogue: who reads what they cost us, and how that changed."""
    return Item.objects.all() if user.has_perm("incentives.run_catalogue") else Item.objects.none()


def viewer(user: User) -> Buyer:
    """Return a colleague who looks: with their wallet as it is, or an empty one where they have none yet."""
    wallet = Wallet.objects.filter(person=user.person_id).first()
    return Buyer(user.person, wallet or Wallet(kind=WalletKind.PERSON, person=user.person), user=user)


def shelf(buyer: Buyer, *, kind: str = "", affordable: bool = False) -> list[Offered]:
    """Return what is offered to a buyer, the cheapest first; what they can never have is left out. Two queries."""
    rows = Item.objects.filter(offered=True, audience=buyer.audience)
    if kind in ItemKind.values:
        rows = rows.filter(kind=kind)
    if affordable:
        rows = rows.filter(points__lte=buyer.wallet.available)
    found = list(rows.order_by("points", "name"))
    regions = regions_of(found)
    shown = [_offered(item, buyer, regions[item.pk]) for item in found if _theirs(item, buyer, regions[item.pk])]
    return [one for one in shown if not affordable or one.open]


def _theirs(item: Item, buyer: Buyer, regions: set[int]) -> bool:
    """Whether it is meant for them at all: their region, their role."""
    here = not regions or buyer.region_id in regions
    return here and (not item.roles or (buyer.user is not None and buyer.user.role in item.roles))


def _offered(item: Item, buyer: Buyer, regions: set[int]) -> Offered:
    return Offered(item, why_not(item, buyer, regions=regions), why_not_yet(item, buyer))


def offered_one(item: Item, buyer: Buyer) -> Offered:
    """Return one item as a buyer sees it."""
    return _offered(item, buyer, regions_of([item])[item.pk])


def regions_of(rows: Iterable[Item]) -> defaultdict[int, set[int]]:
    """Return the regions in which each item is offered; none: everywhere. One query."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    pairs = Item.regions.through.objects.filter(item__in=[row.pk for row in rows])
    for item_id, region_id in pairs.values_list("item", "region"):
        found[item_id].add(region_id)
    return found


def kinds_offered(buyer: Buyer) -> list[tuple[str, str]]:
    """Return the kinds of which there is something, as value and word. One query."""
    rows = Item.objects.filter(offered=True, audience=buyer.audience)
    return [
        (kind, str(ItemKind(kind).label)) for kind in rows.order_by("kind").values_list("kind", flat=True).distinct()
    ]


# ---------------------------------------------------------------- redemptions


def visible_to(user: User) -> QuerySet[Redemption]:
    """Return the redemptions a colleague may read: all for who runs or pays for them, their own, their customers'."""
    if user.has_perm("incentives.see_redemptions"):
        known = accounts.visible_to(user).values("pk")
        return Redemption.objects.filter(Q(account__isnull=True) | Q(account__in=known))
    if not user.has_perm("incentives.view_rewards"):
        return Redemption.objects.none()
    return Redemption.objects.filter(Q(person=user.person_id) | Q(account__owner=user.pk))


def in_full(rows: QuerySet[Redemption]) -> QuerySet[Redemption]:
    """Add all that a redemption's page names."""
    return rows.select_related(*JOINED, "gift__fund", "account__owner__person")


def by_id(pk: int) -> Redemption:
    """Return a redemption by its key, whoever asks."""
    return in_full(Redemption.objects.all()).get(pk=pk)


def of_person(person: Person) -> QuerySet[Redemption]:
    """Return what somebody asked for out of their own wallet, the latest first."""
    rows = Redemption.objects.filter(person=person).select_related("item", "gift__approval")
    return rows.order_by("-pk")


def of_wallet(wallet: Wallet) -> QuerySet[Redemption]:
    """Return what was asked for out of a wallet, the latest first."""
    return in_full(Redemption.objects.filter(wallet=wallet)).order_by("-pk")


def held_trust(person: Person) -> TrustHold | None:
    """Return why somebody's rewards are held, if they are."""
    return TrustHold.objects.filter(person=person, lifted_at__isnull=True).select_related("by__person").first()


def runners() -> list[User]:
    """Return who runs the catalogue."""
    found = User.objects.filter(role=Role.MARKETER, is_active=True).select_related("person")
    return list(found.order_by("pk"))


# ---------------------------------------------------------------- customers


@dataclass(frozen=True)
class Purse:
    """A wallet of a customer: of a person there, or of the house."""

    wallet: Wallet
    contact: Contact | None


def accounts_visible_to(user: User) -> QuerySet[Account]:
    """Return the accounts whose rewards a colleague may see."""
    found: QuerySet[Account] = accounts.visible_to(user)
    return found


def contacts_visible_to(user: User) -> QuerySet[Contact]:
    """Return the contacts whom a colleague may see."""
    found: QuerySet[Contact] = accounts.contacts_visible_to(user)
    return found


def purses_of(account: Account) -> list[Purse]:
    """Return the wallets of an account and its people that ever held anything. Two queries."""
    own = [Purse(wallet, None) for wallet in Wallet.objects.filter(account=account)]
    contacts = Contact.objects.filter(account=account, person__wallet__isnull=False, merged_into__isnull=True)
    found = contacts.select_related("person__wallet").order_by("person__name", "pk")
    return [*own, *(Purse(contact.person.wallet, contact) for contact in found)]


def wallet_of_contact(contact: Contact) -> Wallet | None:
    """Return the wallet of a customer's person, if they ever had one."""
    return Wallet.objects.filter(person=contact.person_id).first()


def of_account(account: Account) -> QuerySet[Redemption]:
    """Return what a customer's people chose, the latest first."""
    rows = Redemption.objects.filter(account=account).select_related("item", "person", "gift__approval")
    return rows.order_by("-pk")


# ---------------------------------------------------------------- labels


def item_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how items are called in sentences."""
    may = viewer.has_perm("incentives.view_rewards")
    rows = Item.objects.filter(pk__in=list(ids)).values_list("pk", "name", "public_id")
    return {pk: Label(name, reverse("incentives:item", args=[public]) if may else "") for pk, name, public in rows}


def redemption_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how redemptions are called in sentences: by what was had."""
    rows = Redemption.objects.filter(pk__in=list(ids)).annotate(called=F("item__name"))
    known = set(visible_to(viewer).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return {row.pk: Label(row.called, row.get_absolute_url() if row.pk in known else "") for row in rows}


def wallet_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how wallets are called in sentences: by whose they are."""
    del viewer
    rows = Wallet.objects.filter(pk__in=list(ids)).select_related("person", "account")
    return {row.pk: Label(row.holder, "") for row in rows}


def regions_named(ids: Iterable[str]) -> list[Region]:
    """Return the regions of these public ids, those that there are."""
    return list(Region.objects.filter(public_id__in=list(ids)))
