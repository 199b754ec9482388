"""Accounts, contacts and deals as records: opened, changed, never deleted."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from references.accounts import kept, profile, provenance
from references.accounts.enums import Membership
from references.accounts.errors import TwinFound
from references.accounts.models import Account, ActivityType, Contact, Opportunity, Product
from references.accounts.names import match_key
from references.accounts.services import standing
from references.accounts.services.checks import ask_still_true
from references.accounts.services.locks import Actor, actor_id, lock_account, lock_contact
from refprogram.governance.fulfilment.enums import GiftPolicy
from refprogram.kernel.custom_fields.definitions import PREFIX
from refprogram.kernel.custom_fields.values import save_values
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.enums import Role
from refprogram.people.models import Person

ACCOUNT_FIELDS = frozenset({
    "name", "external_ref", "industry", "region", "country", "city", "employees", "revenue", "founded", "parent",
    "owner", "csm", "tier", "gift_policy", "gift_ceiling", "gift_note", "use_cases", "competitor",
    "sponsor", "renews_on", "live_since",
})  # fmt: skip
CONTACT_FIELDS = frozenset({
    "willing", "cap_per_quarter", "persona", "seniority", "languages", "topics_yes", "topics_no", "caps", "blackouts",
    "assistant_name", "assistant_email", "stand_in",
})  # fmt: skip
Custom = Mapping[str, Any] | None  # values of added fields, by key

PERSON_FIELDS = frozenset({"name", "email", "title", "phone", "time_zone"})


@transaction.atomic
def open_account(
    *,
    name: str,
    actor: Actor,
    origin: str,
    products: Iterable[Product] = (),
    twin_ok: bool = False,
    custom: Custom = None,
    **fields: Any,
) -> Account:
    """Add a customer; `origin` says from where ("page", "nomination", "api"). It is no reference yet.

    Raises TwinFound if an account of this name, legal form aside, is here; `twin_ok` says that it is another company.
    """
    name = " ".join(name.split())
    twin = twin_of(name)
    if twin is not None and not twin_ok:
        raise TwinFound(twin)
    _only(fields, ACCOUNT_FIELDS)
    fields = _with_gift_rule(profile.tidied_account(fields), policy=GiftPolicy.ALLOWED, ceiling=None)
    account = Account(name=name, match_key=match_key(name), **_without_empty_ref(fields))
    account.full_clean(exclude=["match_key"])
    account.save(force_insert=True)
    account.products.set(products)
    save_values(noun="account", object_id=account.pk, values=custom)
    emit("account.opened", subject=account, account_id=account.pk, actor_id=actor_id(actor), payload={"origin": origin})
    return account


def _with_gift_rule(fields: dict[str, Any], *, policy: str, ceiling: Any) -> dict[str, Any]:
    """Return the fields with a rule that is whole: a ceiling needs its amount, any other rule has none."""
    if fields.get("gift_policy", policy) != GiftPolicy.CEILING:
        return fields if fields.get("gift_ceiling", ceiling) is None else {**fields, "gift_ceiling": None}
    if not fields.get("gift_ceiling", ceiling):
        message = _("Up to which value are gifts allowed?")
        raise InvalidInput(message, errors={"gift_ceiling": message})
    return fields


def twin_of(name: str) -> Account | None:
    """Return an account of the same name, legal form, case and accents aside."""
    return Account.objects.filter(match_key=match_key(name), merged_into__isnull=True).order_by("pk").first()


@transaction.atomic
def edit_account(
    *, account: Account, actor: Actor, products: Iterable[Product] | None = None, custom: Custom = None, **fields: Any
) -> Account:
    """Change an account's facts; what is not named stays."""
    _only(fields, ACCOUNT_FIELDS)
    account = lock_account(account.pk)
    provenance.refuse_owned(account, fields)
    fields = profile.tidied_account(fields)
    fields = _with_gift_rule(fields, policy=account.gift_policy, ceiling=account.gift_ceiling)
    changed = _assign(account, _without_empty_ref(fields))
    if "name" in changed:
        account.match_key = match_key(account.name)
    account.full_clean(exclude=["match_key"])
    if changed:
        account.save(update_fields=[*changed, "match_key"])
    if products is not None and {p.pk for p in products} != set(account.products.values_list("pk", flat=True)):
        account.products.set(products)
        changed = [*changed, "products"]
    changed = [*changed, *_save_custom("account", account, custom)]
    if changed:
        _changed("account.changed", account, account.pk, actor, changed)
    if "owner" in changed and account.owner is not None and account.state == Membership.ACTIVE:
        ask_still_true(account=account, actor=actor)  # who takes over has to know the customer
    return account


@transaction.atomic
def add_contact(
    *, account: Account, name: str, email: str = "", title: str = "", actor: Actor, custom: Custom = None
) -> Contact:
    """Add a customer's person to an account, or return the contact that is there.

    The person is found by e-mail address, else (at this account) by name, else made.
    """
    account = lock_account(account.pk)
    name, email = " ".join(name.split()), email.strip().lower()
    contact = _known_contact(account, name, email)
    if contact is not None:
        return contact
    person = _person(name, email, title)
    contact = Contact(account=account, person=person)
    contact.save(force_insert=True)
    save_values(noun="contact", object_id=contact.pk, values=custom)
    emit("contact.added", subject=contact, account_id=account.pk, actor_id=actor_id(actor))
    return contact


def _known_contact(account: Account, name: str, email: str) -> Contact | None:
    people = Contact.objects.select_related("person").filter(account=account, left_company_at__isnull=True)
    if not email:
        return people.filter(person__name__iexact=name).first()
    found = people.filter(person__email__iexact=email).first()
    if found is None:
        found = people.filter(person__name__iexact=name, person__email="").first()
        if found is not None and not Person.objects.filter(email__iexact=email).exists():
            found.person.email = email
            found.person.save(update_fields=["email"])
    return found


def _person(name: str, email: str, title: str) -> Person:
    if not name:
        message = _("Give the person a name.")
        raise InvalidInput(message, errors={"name": message})
    person = Person.objects.select_related("user").filter(email__iexact=email).first() if email else None
    if person is None:
        person = Person(name=name, email=email, title=title)
        person.full_clean()
        person.save(force_insert=True)
    elif hasattr(person, "user") and person.user.role != Role.JUDGE:
        message = _("%(email)s is a colleague’s address.") % {"email": email}
        raise InvalidInput(message, errors={"email": message})
    return person


@transaction.atomic
def edit_contact(*, contact: Contact, actor: Actor, custom: Custom = None, **fields: Any) -> Contact:
    """Change who a contact is, what they are willing to do, or how often they may be asked."""
    _only(fields, CONTACT_FIELDS | PERSON_FIELDS)
    account = lock_account(contact.account_id)
    contact = lock_contact(contact.pk)
    if "willing" in fields:
        fields["willing"] = known_activities(fields["willing"])
    if fields.get("caps"):
        known_activities(fields["caps"])
    fields = profile.tidied_contact(contact, fields)
    if fields.get("email"):
        fields["email"] = fields["email"].strip().lower()
        _free_address(fields["email"], contact)
    changed = _save(contact, {key: value for key, value in fields.items() if key in CONTACT_FIELDS})
    changed += _save(contact.person, {key: value for key, value in fields.items() if key in PERSON_FIELDS})
    changed += _save_custom("contact", contact, custom)
    if changed:
        standing.promote_all(account)
        kept.settle(account)
        _changed("contact.changed", contact, account.pk, actor, changed)
    return contact


def _free_address(email: str, contact: Contact) -> None:
    if Person.objects.filter(email__iexact=email).exclude(pk=contact.person_id).exists():
        message = _("Somebody else has this address.")
        raise InvalidInput(message, errors={"email": message})


def known_activities(slugs: Iterable[str]) -> list[str]:
    """Return the slugs in catalogue order; raise InvalidInput for one that does not exist."""
    wanted = set(slugs)
    known = list(ActivityType.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    if len(known) < len(wanted):
        message = _("Unknown activity: %(slugs)s.") % {"slugs": ", ".join(sorted(wanted - set(known)))}
        raise InvalidInput(message, errors={"activities": message})
    return known


@transaction.atomic
def open_opportunity(*, actor: Actor, custom: Custom = None, **fields: Any) -> Opportunity:
    """Add a deal; whatever the CRM does not know stays empty."""
    opportunity = Opportunity(**_without_empty_ref(fields))
    opportunity.full_clean()
    opportunity.save(force_insert=True)
    save_values(noun="opportunity", object_id=opportunity.pk, values=custom)
    return opportunity


@transaction.atomic
def edit_opportunity(*, opportunity: Opportunity, actor: Actor, custom: Custom = None, **fields: Any) -> Opportunity:
    """Change what the CRM says about a deal."""
    opportunity = Opportunity.objects.select_for_update(of=("self",)).get(pk=opportunity.pk)
    _save(opportunity, _without_empty_ref(fields))
    save_values(noun="opportunity", object_id=opportunity.pk, values=custom)
    return opportunity


def _only(fields: Mapping[str, Any], allowed: frozenset[str]) -> None:
    unknown = fields.keys() - allowed
    if unknown:
        message = f"not a field that may be set: {sorted(unknown)}"
        raise TypeError(message)


def _without_empty_ref(fields: dict[str, Any]) -> dict[str, Any]:
    """External references are unique, so "none" must be NULL."""
    if "external_ref" in fields:
        fields["external_ref"] = fields["external_ref"] or None
    return fields


def _assign(row: Model, fields: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    return changed


def _save(row: Model, fields: Mapping[str, Any]) -> list[str]:
    changed = _assign(row, fields)
    if changed:
        row.full_clean()
        row.save(update_fields=changed)
    return changed


def _save_custom(noun: str, row: Model, custom: Custom) -> list[str]:
    """Keep the added values; return what changed, named as it is outside."""
    return [f"{PREFIX}{key}" for key in save_values(noun=noun, object_id=row.pk, values=custom)]


def _changed(topic: str, row: Model, account_id: int, actor: Actor, fields: list[str]) -> None:
    emit(topic, subject=row, account_id=account_id, actor_id=actor_id(actor), payload={"fields": sorted(fields)})
