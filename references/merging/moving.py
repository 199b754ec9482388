"""Rows that go from one customer to another: which they are, how they move, and what stays because it would clash.

Every foreign key of this app to an account (or a contact) moves, unless it is named in `STAYS`; a test holds the list
against the models. Rooms above hear the event and move their own rows. What breaks a uniqueness stays with the row that
was merged, where undoing finds it.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from references.accounts.models import Account, Contact, MembershipStep
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.people.models import Person, User

Moved = dict[str, list[int]]
Place = tuple[type[models.Model], str]

# The history of a row is its own (steps, who unmasked it); what points to it as merged is the merge itself; a contact
# goes by itself.
STAYS: Final = frozenset({
    "references.Account.merged_into", "references.Contact.merged_into", "references.Contact.account",
    "references.Unmasking.account", "references.MembershipStep.account", "references.MembershipStep.contact",
    "references.Account_products.account",
})  # fmt: skip

RECEIVED: Final = "governance.Fulfilment.receiver"  # of persons, where all others are of accounts and contacts

# What the page calls them, where the name of the model is not a word that people use.
WORDS: Final = {
    "asset": _("stories"), "assetneed": _("words asked for in stories"), "assetpart": _("parts of stories"),
    "assignmentpick": _("lines of assignments"), "batchname": _("names in batches"),
    "candidate": _("requests they were proposed for"), "consentterm": _("consents to show something"),
    "correction": _("corrections for the CRM"), "customerreview": _("drafts they read"), "fulfilment": _("gifts"),
    "goodwillentry": _("lines of give and take"), "opportunity": _("deals"),
    "participation": _("places in linked programs"), "surveyinvitation": _("invitations to surveys"),
    "targetnomination": _("nominations that a target counts"), "targetplan": _("plans for customers"),
    "account": _("accounts of the same group"), "contact": _("people who stand in for each other"),
}  # fmt: skip


@cache
def places(noun: str) -> tuple[Place, ...]:
    """Return (model, field) of everything that points to an account or a contact and moves with it."""
    target = Account if noun == "account" else Contact
    found = [
        (relation.related_model, relation.field.name)
        for relation in target._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ForeignObjectRel) and not relation.many_to_many
    ]
    ours = [
        (model, name)
        for model, name in found
        if model._meta.app_label == "references" and not model.__name__.endswith("Edit")
        and key_of(model, name) not in STAYS
    ]  # fmt: skip
    plain: list[Place] = [(Fulfilment, "account_id")] if noun == "account" else []
    return tuple(sorted([*ours, *plain], key=lambda place: key_of(*place)))


def key_of(model: type[models.Model], field: str) -> str:
    """Return the name under which moved rows are noted."""
    return f"{model._meta.label}.{field}"


def counts(noun: str, pk: int) -> list[tuple[str, int]]:
    """Return how many rows of each kind would move; kinds without any are left out."""
    found = [(WORDS.get(str(model._meta.model_name), model._meta.verbose_name_plural),
              model._default_manager.filter(**{name: pk}).count())
             for model, name in places(noun)]  # fmt: skip
    summed: dict[str, int] = {}
    for name, n in found:
        summed[str(name)] = summed.get(str(name), 0) + n
    return [(name, n) for name, n in summed.items() if n]


def move_all(noun: str, *, source: int, target: int) -> Moved:
    """Move everything that points to `source`; return the ids that went, by place."""
    moved: Moved = {}
    for model, name in places(noun):
        ids = list(model._default_manager.filter(**{name: source}).order_by("pk").values_list("pk", flat=True))
        gone = shift(model, name, ids, target)
        if gone:
            moved[key_of(model, name)] = gone
    return moved


def shift(model: type[models.Model], name: str, ids: Sequence[int], target: int) -> list[int]:
    """Point rows to another one: all at once, or one by one where some would clash; return those that went."""
    rows = model._default_manager
    try:
        with transaction.atomic():
            rows.filter(pk__in=ids).update(**{name: target})
    except IntegrityError:
        return [pk for pk in ids if _one(rows, name, pk, target)]
    return list(ids)


def _one(rows: Any, name: str, pk: int, target: int) -> bool:
    try:
        with transaction.atomic():
            rows.filter(pk=pk).update(**{name: target})
    except IntegrityError:
        return False
    return True


def move_gifts(*, source: Person, target: Person) -> list[int]:
    """Point what is given to a person to the one they turned out to be, so that letters reach who they are now.

    Who is a colleague too, or stands for themselves at another customer, goes on receiving what is theirs.
    """
    others = Contact.objects.filter(person=source, merged_into__isnull=True)
    if source == target or others.exists() or User.objects.filter(person=source).exists():
        return []
    ids = list(Fulfilment.objects.filter(receiver=source).order_by("pk").values_list("pk", flat=True))
    return shift(Fulfilment, "receiver", ids, target.pk)


def move_gifts_back(moved: Moved, *, source: Person, target: Person) -> None:
    """Give those back that are still the one's to receive whom they went to."""
    there = Fulfilment.objects.filter(pk__in=moved.get(RECEIVED, []), receiver=source).order_by("pk")
    shift(Fulfilment, "receiver", list(there.values_list("pk", flat=True)), target.pk)


def move_back(moved: Moved, *, source: int, target: int) -> None:
    """Take rows back that still are where the merge put them. What rooms above noted they take back themselves."""
    ours = {
        key: ids for key, ids in moved.items() if key.startswith(("references.", "governance.")) and key != RECEIVED
    }
    for key, ids in ours.items():
        label, _dot, name = key.rpartition(".")
        model = apps.get_model(label)
        there = list(model._default_manager.filter(pk__in=ids, **{name: source}).values_list("pk", flat=True))
        shift(model, name, there, target)


def move_steps(contacts: Iterable[int], account: int) -> None:
    """The history of people goes with them to another account."""
    MembershipStep.objects.filter(contact__in=list(contacts)).update(account=account)
