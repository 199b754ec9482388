"""Thanking a customer's person with a gift: under the rule of their employer, for nothing in return."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from references.accounts.enums import Membership
from references.accounts.models import Account, Contact
from references.requests.models import ReferenceRequest
from refprogram.governance.budgets.models import Fund
from refprogram.governance.fulfilment import services as gifts
from refprogram.governance.fulfilment.enums import GiftKind, GiftPolicy
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.governance.fulfilment.policy import GiftRule
from refprogram.kernel.errors import DomainError
from refprogram.people.models import User


def gift_rule(account: Account) -> GiftRule:
    """Return what the account's own house allows its people to take, as it stands now."""
    return GiftRule(GiftPolicy(account.gift_policy), account.gift_ceiling, account.gift_note)


def why_no_gift(contact: Contact) -> str:
    """Return why this person is given nothing now, whatever it would be; empty where they may be."""
    if contact.left_company_at is not None:
        return _("%(name)s has left the company.") % {"name": contact.person.name}
    if contact.state == Membership.DO_NOT_CONTACT:
        return _("%(name)s wants nothing from us.") % {"name": contact.person.name}
    if contact.account.frozen:
        return _("%(name)s is frozen: leave them alone for now.") % {"name": contact.account.name}
    return ""


@transaction.atomic
def thank_with_gift(
    *,
    key: str,
    contact: Contact,
    request: ReferenceRequest | None,
    kind: GiftKind,
    item: str,
    value: Decimal,
    reason: str,
    by: User,
    cause: str = "",
    fund: Fund | None = None,
) -> Fulfilment:
    """Ask for a gift to a contact, for a reference they gave or for all they do. It needs an approval.

    Raises DomainError for who left, wants nothing from us, or is left alone; InvalidInput where the rule forbids it.
    """
    if problem := why_no_gift(contact):
        raise DomainError(problem)
    label = _("“%(kind)s”") % {"kind": request.activity.name} if request else _("all you do for us")
    url = request.get_absolute_url() if request else contact.get_absolute_url()
    return gifts.give(
        key=key,
        gift=gifts.Gift(kind, item, value, contact.person, gift_rule(contact.account), cause, contact.account_id),
        occasion=gifts.Occasion(request or contact, label, url, reason),
        by=by,
        fund=fund,
    )
