"""Who may have what: everything that stands between somebody and an item, each in a sentence."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives.catalogue import policy
from incentives.catalogue.enums import Clientele, ItemKind
from incentives.catalogue.models import Item, TrustHold
from incentives.ledger.models import Posting, Wallet
from references.models import Account, Contact
from references.requests.services.gifts import gift_rule, why_no_gift
from refprogram.governance.budgets import selectors as budgets
from refprogram.governance.budgets.enums import CostKind
from refprogram.governance.fulfilment.enums import GiftKind, GiftPolicy
from refprogram.governance.fulfilment.policy import GiftRule
from refprogram.kernel.templatetags import rp
from refprogram.people.models import Person, User


@dataclass(frozen=True)
class Buyer:
    """Who spends points, out of which wallet: a colleague, or a customer's person (with the account that is known)."""

    person: Person
    wallet: Wallet
    user: User | None = None
    contact: Contact | None = None

    @property
    def audience(self) -> Clientele:
        """Which part of the catalogue is theirs."""
        return Clientele.CUSTOMERS if self.contact is not None else Clientele.COLLEAGUES

    @property
    def account(self) -> Account | None:
        """The customer, where it is one."""
        return self.contact.account if self.contact is not None else None

    @property
    def region_id(self) -> int | None:
        """Where they are: the team's region, or the account's."""
        if self.contact is not None:
            return self.contact.account.region_id
        return self.user.team.region_id if self.user is not None and self.user.team is not None else None


def why_not(item: Item, buyer: Buyer, *, regions: set[int]) -> str:
    """Return why this buyer cannot have this item now, whatever points they have; empty where they can.

    `regions` are those of the item (none: everywhere).
    """
    if not item.offered or item.audience != buyer.audience:
        return _("This is not in your catalogue any more.")
    if item.left == 0:
        return _("All of these are taken.")
    if regions and buyer.region_id not in regions:
        return _("This is not offered where you are.")
    if item.roles and (buyer.user is None or buyer.user.role not in item.roles):
        return _("This is offered to other roles.")
    return _forbidden(item, buyer)


def why_not_yet(item: Item, buyer: Buyer) -> str:
    """Return how many points are missing; empty where there are enough."""
    missing = item.points - buyer.wallet.available
    if missing <= 0:
        return ""
    return ngettext("%(n)s more point", "%(n)s more points", missing) % {"n": rp.number(missing)}


def _forbidden(item: Item, buyer: Buyer) -> str:
    """What the rule of a customer's employer says to it."""
    if buyer.contact is None:
        return ""
    if problem := why_no_gift(buyer.contact):
        return problem
    return rule_for(item, buyer).refusal(gift_kind(item), item.cost)[1]


def gift_kind(item: Item) -> GiftKind:
    """Return what an item is among gifts."""
    return GiftKind.CHARITY if item.kind == ItemKind.DONATION else GiftKind.REWARD


def rule_for(item: Item, buyer: Buyer) -> GiftRule:
    """Return the rule by which the gift is judged: that of the employer, if it is a gift at all."""
    if buyer.account is None:
        return GiftRule()
    rule = gift_rule(buyer.account)
    if item.is_gift or rule.policy == GiftPolicy.ALLOWED:
        return rule
    words = _("no gift, so their rule does not touch it: %(rule)s") % {"rule": rule.words}
    return GiftRule(note=words[:200])


# ---------------------------------------------------------------- trust


def why_held(person: Person) -> str:
    """Return why a person's points cannot be spent for now; empty where they can."""
    held = TrustHold.objects.filter(person=person, lifted_at__isnull=True).exists()
    return _("Your rewards are being looked into. Who runs the program tells you when that is over.") if held else ""


def is_trusted(buyer: Buyer) -> bool:
    """Whether a colleague has had points for long enough that small rewards need nobody's yes."""
    if buyer.user is None:
        return False
    since = timezone.now() - dt.timedelta(days=policy.now().trusted_after)
    return Posting.objects.filter(wallet=buyer.wallet, entry__created_at__lte=since).exists()


def needs_nobody(item: Item, buyer: Buyer) -> str:
    """Return the rule by which nobody is asked; empty where somebody is."""
    limit = Decimal(policy.now().auto_up_to)
    if not item.is_auto or item.cost > limit or not is_trusted(buyer):
        return ""
    funds = budgets.open_funds(timezone.localdate(), CostKind.INCENTIVE)
    if item.cost and not any(fund.available >= item.cost for fund in funds):
        return ""
    return _("Small rewards up to %(limit)s need nobody’s yes") % {"limit": rp.money(limit)}
