"""Which rows a colleague may see, and who answers for an account."""

import functools
import operator
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Q, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from references.accounts.enums import POOL
from references.accounts.models import Account, Consent, Contact, Freeze, Opportunity, Product
from references.accounts.rules import OVERVIEW, has_overview, owns
from refprogram.kernel.prepared import Among, Given
from refprogram.people.enums import Role
from refprogram.people.models import Region, User
from refprogram.people.prepared import PreparedFor
from refprogram.people.selectors import who_answers_for


def visible_to(user: User) -> QuerySet[Account]:
    """Return the accounts that the user may open, merged ones left out.

    The program's people and executives see all; others their own ones, those of the teams they manage, and the
    references, save those whose names are masked and were not shown to them; judges none.
    """
    accounts = Account.objects.filter(merged_into__isnull=True)
    if user.role == Role.JUDGE:
        return accounts.none()
    return accounts if user.role in OVERVIEW else accounts.filter(_mine(user) | (Q(state__in=POOL) & ~masked_q(user)))


# The tiers whose names are masked, as `policy.masked` says now: read by the database, because lists that were written
# once must follow the figure. Planned once per statement, not per row.
MASKED: Final = RawSQL(  # no value of anybody's in it
    "SELECT t.tier FROM (VALUES ('platinum', true), ('gold', false), ('silver', false)) t (tier, usual)"
    " LEFT JOIN kernel_programsetting s ON s.key = 'references.accounts.masked'"
    " WHERE coalesce((s.value ->> t.tier)::boolean, t.usual)",
    (),
)


def masked_q(user: User) -> Q:
    """Return what makes an account one whose name this colleague does not know, unless they look after it.

    Who sells there, or manages somebody who does, knows the name: it stands on the deal that the CRM gave them.
    """
    if user.role in OVERVIEW:
        return Q(pk__in=[])
    shown = Account.objects.filter(unmaskings__user=user.pk, unmaskings__until__gt=Now()).values("pk")
    sells = Q(owner=user.pk)
    if user.role == Role.MANAGER:
        sells |= Q(owner__in=User.objects.filter(team__manager=user.pk).values("pk"))
    deals = Opportunity.objects.filter(sells, account__isnull=False).values("account")
    return Q(tier__in=MASKED) & ~Q(pk__in=shown) & ~Q(pk__in=deals)


def hidden_from(user: User) -> QuerySet[Account]:
    """Return the accounts whose names are masked for this colleague."""
    if user.role in OVERVIEW:
        return Account.objects.none()
    masked = Account.objects.filter(masked_q(user))
    return masked if user.role == Role.JUDGE else masked.exclude(_mine(user))


def _mine(user: User, prefix: str = "") -> Q:
    names = ("owner", "csm", "sponsor")
    mine = functools.reduce(operator.or_, (Q(**{f"{prefix}{name}": user.pk}) for name in names))
    if user.role == Role.MANAGER:
        # The sub-query is one id list; a join from every account to its owner's team would be made for each row.
        members = User.objects.filter(team__manager=user.pk).values("pk")
        mine |= Q(**{f"{prefix}owner__in": members})
    return mine


_OPENED = PreparedFor(lambda viewer: visible_to(viewer).filter(Among("pk", "ids")).only("pk"))


# The account of this public id, if the viewer may open it.
VISIBLE: Final = PreparedFor(lambda viewer: visible_to(viewer).filter(public_id=Given("public_id", TextField())))


def may_open(user: User, ids: Iterable[int]) -> set[int]:
    """Return which of these accounts the user may open."""
    return {account.pk for account in _OPENED(user, ids=list(ids))}


def may_open_this(user: User, account: Account) -> bool:
    """Return whether the user may open an account that was read already; for who sees all nothing is asked."""
    if user.role in OVERVIEW:
        return account.merged_into_id is None
    return bool(may_open(user, [account.pk]))


def contacts_visible_to(user: User) -> QuerySet[Contact]:
    """Return the contacts of the accounts that the user may open, merged ones left out."""
    people = Contact.objects.filter(account__in=visible_to(user), merged_into__isnull=True)
    return people.select_related("person", "account__owner__team")


def freezes_visible_to(user: User) -> QuerySet[Freeze]:
    """Return the freezes of the accounts that the user may open."""
    return Freeze.objects.filter(account__in=visible_to(user)).select_related("account__owner__team")


def freezes_known_to(user: User) -> QuerySet[Freeze]:
    """Return the freezes of which the user may know kind and reason."""
    return (
        freezes_visible_to(user)
        if user.role in OVERVIEW
        else freezes_visible_to(user).filter(Q(account__owner=user) | Q(account__csm=user))
    )


def consents_visible_to(user: User) -> QuerySet[Consent]:
    """Return the consents of the contacts of accounts that the user may open."""
    return Consent.objects.filter(contact__account__in=visible_to(user)).select_related(
        "contact__person", "contact__account__owner__team"
    )


def consents_with_evidence_for(user: User) -> QuerySet[Consent, Any]:
    """Return the keys of the consents whose signed release the user may read: of own accounts, or with the overview."""
    consents = Consent.objects.filter(contact__account__in=visible_to(user))
    if user.role not in OVERVIEW:
        consents = consents.filter(Q(contact__account__owner=user) | Q(contact__account__csm=user))
    return consents.values("pk")


def opportunities_visible_to(user: User) -> QuerySet[Opportunity]:
    """Return the deals that the user may see: own ones, those of the teams managed, all for the overview."""
    if user.role == Role.JUDGE:
        return Opportunity.objects.none()
    if user.role in OVERVIEW:
        return Opportunity.objects.all()
    mine = Q(owner=user.pk)
    if user.role == Role.MANAGER:
        mine |= Q(owner__in=User.objects.filter(team__manager=user.pk).values("pk"))
    if user.role == Role.SUPPORT:
        mine |= Q(account__in=Account.objects.filter(_mine(user)).values("pk"))
    return Opportunity.objects.filter(mine)


def opportunity_for(user: User, public_id: str) -> Opportunity | None:
    """Return a deal with what its page shows, if the user may see it."""
    deals = opportunities_visible_to(user).select_related("account", "product", "owner__person")
    return deals.filter(public_id=public_id).first()


def may_see_freeze(user: User, account: Account) -> bool:
    """Whether the user may know why an account is frozen; others only that it is."""
    return bool(has_overview.test(user) or owns.test(user, account))


def answers_for(account: Account) -> User | None:
    """Return the colleague to be asked about an account today.

    Its owner, else who cares for its success; for whoever is away or may not sign in yet, the one who stands in:
    delegate, manager, a reference manager. None only while there is nobody to ask at all.
    """
    active = [one for one in (account.owner, account.csm) if one is not None and one.is_active]
    named = active or [one for one in (account.owner, account.csm) if one is not None]
    if named:
        return who_answers_for(named[0])
    marketers = User.objects.filter(role=Role.MARKETER, is_active=True).select_related("person")
    return marketers.order_by("pk").first()


def nameable(user: User) -> dict[str, QuerySet[Any]]:
    """Return the rows that a field of the API may name, by that field."""
    return {
        "account": visible_to(user),
        "region": Region.objects.all(),
        "product": Product.objects.all(),
        "owner": User.objects.select_related("person"),
        "csm": User.objects.select_related("person"),
        "sponsor": User.objects.select_related("person"),
    }


def products() -> QuerySet[Product]:
    """Return all products, by name."""
    return Product.objects.all()
