"""Making one of two, and two of one again. One transaction each; both rows are locked in the order of their ids.

The merged row stays, pointing to the kept one, so that old addresses and ids of other systems still lead somewhere.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import kept as columns
from references.accounts.models import Account, Contact, MembershipStep
from references.accounts.names import match_key
from references.accounts.services.locks import lock_account
from references.merging import added, fields, moving, reconciling, selectors
from references.merging.models import Merge
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.models import User

PEOPLE: Final = "references.Contact.account"
STOOD: Final = ("state", "member_since", "verified_at")


@transaction.atomic
def merge_accounts(*, kept: Account, merged: Account, take: Collection[str] = (), actor: User) -> Merge:
    """Make one customer of two: `kept` stays, with the facts in `take` from the other; what is under way goes over."""
    if kept.pk == merged.pk:
        raise InvalidInput(_("That is the same account."), errors={"other": _("That is the same account.")})
    reconciling.hold(one.pk for pair in reconciling.pairs(kept, merged) for one in pair)
    rows = {pk: lock_account(pk) for pk in sorted({kept.pk, merged.pk})}
    kept, merged = rows[kept.pk], rows[merged.pk]
    _refuse(selectors.blockers(kept, merged))
    ended = reconciling.settle(list(reconciling.between_accounts(kept, merged)), actor)
    note = Merge(noun="account", kept_id=kept.pk, merged_id=merged.pk, made_by=actor)
    note.save(force_insert=True)
    people, nested = _bring_people(kept, merged, note, actor)
    note.moved |= moving.move_all("account", source=merged.pk, target=kept.pk)
    earlier = list(Account.objects.filter(merged_into=merged).values_list("pk", flat=True))
    note.moved["references.Account.merged_into"] = moving.shift(Account, "merged_into", earlier, kept.pk)
    values = added.take_over(kept, merged, take)
    note.facts = {**_take_over(kept, merged, take), "nested": nested, "ended": ended, "values": values}
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])
    note.save(update_fields=["moved", "facts"])
    columns.settle(kept)
    columns.settle(merged)
    _tell("account.merged", kept, note, actor, kept.pk, people=people)
    return note


def _refuse(blockers: Iterable[str]) -> None:
    found = list(blockers)
    if found:
        raise DomainError(" ".join(found))


def _bring_people(kept: Account, merged: Account, note: Merge, actor: User) -> tuple[dict[str, int], list[int]]:
    """Bring the people over; who is at both becomes one. Return who became whom, and the merges that this took."""
    here = {one.person_id: one for one in _people(kept)}
    became, nested, moved = {}, [], []
    for contact in _people(merged):
        twin = here.get(contact.person_id)
        if twin is None:
            moved.append(contact.pk)
            continue
        became[str(contact.pk)] = twin.pk
        nested.append(_merge_people(twin, contact, (), actor).pk)
    note.moved[PEOPLE] = moving.shift(Contact, "account", moved, kept.pk)
    moving.move_steps(note.moved[PEOPLE], kept.pk)
    return became, nested


def _people(account: Account) -> list[Contact]:
    people = Contact.objects.select_for_update(of=("self",)).filter(account=account, merged_into__isnull=True)
    return list(people.select_related("person").order_by("pk"))


def _take_over(kept: Account, merged: Account, take: Collection[str]) -> dict[str, Any]:
    """Give the kept account the chosen facts, the products, and the standing of both; return what undoing needs."""
    names = [*fields.to_take(kept, merged, take), *STOOD]
    before = _said(kept, names)
    for name in names[: -len(STOOD)]:
        setattr(kept, name, getattr(merged, name))
    kept.match_key = match_key(kept.name)
    was = kept.state
    kept.state = fields.further(kept.state, merged.state)
    kept.member_since = min((at for at in (kept.member_since, merged.member_since) if at), default=None)
    kept.verified_at = max((at for at in (kept.verified_at, merged.verified_at) if at), default=None)
    kept.full_clean(exclude=["match_key"])
    kept.save(update_fields=[*names, "match_key"])
    _step(kept, None, was, kept.state, _("Merged with %(name)s") % {"name": merged.name})
    had = set(kept.products.values_list("pk", flat=True))
    new = sorted(set(merged.products.values_list("pk", flat=True)) - had)
    kept.products.add(*new)
    return {"before": before, "set": _said(kept, names), "products": new}


def _step(account: Account, contact: Contact | None, was: str, state: str, reason: str) -> None:
    if was == state:
        return
    now = timezone.now()
    MembershipStep.objects.filter(account=account, contact=contact, ended_at__isnull=True).update(ended_at=now)
    MembershipStep.objects.create(account=account, contact=contact, was=was, state=state, reason=reason, at=now)


def _said(row: Account | Contact, names: Iterable[str]) -> dict[str, str | None]:
    """Return facts as text that can be read back."""
    found: dict[str, str | None] = {}
    for name in names:
        field: Any = row._meta.get_field(name)
        empty = getattr(row, field.attname) is None
        found[name] = None if empty else field.value_to_string(row)
    return found


@transaction.atomic
def merge_contacts(*, kept: Contact, merged: Contact, take: Collection[str] = (), actor: User) -> Merge:
    """Make one person of two of the same account."""
    if kept.pk == merged.pk or kept.account_id != merged.account_id:
        message = _("Choose another person of the same account.")
        raise InvalidInput(message, errors={"other": message})
    reconciling.hold([kept.pk, merged.pk])
    account = lock_account(kept.account_id)
    people = {one.pk: one for one in _people(account)}
    if kept.pk not in people or merged.pk not in people:
        raise DomainError(_("One of them was merged meanwhile. Load the page again."))
    ended = reconciling.settle(list(reconciling.between_people(people[kept.pk], people[merged.pk])), actor)
    note = _merge_people(people[kept.pk], people[merged.pk], take, actor)
    note.facts["ended"] = ended
    note.save(update_fields=["facts"])
    columns.settle(account)
    _tell("contact.merged", people[kept.pk], note, actor, account.pk)
    return note


def _merge_people(kept: Contact, merged: Contact, take: Collection[str], actor: User) -> Merge:
    """Make one person of two locked ones; the accounts are settled by the caller."""
    note = Merge(noun="contact", kept_id=kept.pk, merged_id=merged.pk, made_by=actor)
    note.moved = moving.move_all("contact", source=merged.pk, target=kept.pk)
    earlier = list(Contact.objects.filter(merged_into=merged).values_list("pk", flat=True))
    note.moved["references.Contact.merged_into"] = moving.shift(Contact, "merged_into", earlier, kept.pk)
    names = [*fields.to_take(kept, merged, take), "willing", "state", "left_company_at"]
    before, merged_before = _said(kept, names), _said(merged, ["state", "left_company_at"])
    for name in names[:-3]:
        setattr(kept, name, getattr(merged, name))
    was = kept.state
    kept.willing = [*kept.willing, *(slug for slug in merged.willing if slug not in kept.willing)]
    kept.state = fields.further(kept.state, merged.state)
    kept.left_company_at = kept.left_company_at if merged.left_company_at else None
    kept.save(update_fields=names)
    _step(Account(pk=kept.account_id), kept, was, kept.state, _("Merged"))
    merged.merged_into, merged.state = kept, "identified"  # takes part as the kept one alone
    merged.left_company_at = merged.left_company_at or timezone.now()
    merged.save(update_fields=["merged_into", "state", "left_company_at"])
    if gifts := moving.move_gifts(source=merged.person, target=kept.person):
        note.moved[moving.RECEIVED] = gifts
    values = added.take_over(kept, merged, take)
    note.facts = {"before": before, "set": _said(kept, names), "merged": merged_before, "values": values}
    note.save(force_insert=True)
    return note


@transaction.atomic
def undo_merge(*, merge: Merge, actor: User) -> Merge:
    """Take the two apart again: each gets back what came from it and still is where the merge put it."""
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    _refuse(selectors.undo_blockers(merge))
    undo = _undo_account if merge.noun == "account" else _undo_contact
    undo(merge, actor)
    merge.undone_at, merge.undone_by = timezone.now(), actor
    merge.save(update_fields=["undone_at", "undone_by"])
    return merge


def _undo_account(merge: Merge, actor: User) -> None:
    rows = {pk: lock_account(pk) for pk in sorted({merge.kept_id, merge.merged_id})}
    kept, merged = rows[merge.kept_id], rows[merge.merged_id]
    merged.merged_into = None
    merged.save(update_fields=["merged_into"])
    moving.move_back(merge.moved, source=kept.pk, target=merged.pk)
    back = Contact.objects.filter(pk__in=merge.moved.get(PEOPLE, []), account=merged).values_list("pk", flat=True)
    moving.move_steps(back, merged.pk)
    for nested in Merge.objects.filter(pk__in=merge.facts.get("nested", []), undone_at__isnull=True).order_by("-pk"):
        _undo_contact(nested, actor)
        nested.undone_at, nested.undone_by = timezone.now(), actor
        nested.save(update_fields=["undone_at", "undone_by"])
    was = kept.state
    _give_back(kept, merge.facts)
    kept.match_key = match_key(kept.name)
    kept.save(update_fields=["match_key"])
    _step(kept, None, was, kept.state, _("Taken apart again"))
    kept.products.remove(*merge.facts.get("products", []))
    added.give_back(kept, merge.facts.get("values", {}))
    columns.settle(kept)
    columns.settle(merged)
    reconciling.open_again(merge.facts.get("ended", []), actor)
    _tell("account.unmerged", kept, merge, actor, kept.pk)


def _undo_contact(merge: Merge, actor: User) -> None:
    rows = Contact.objects.select_related("person")
    merged, kept = rows.get(pk=merge.merged_id), rows.get(pk=merge.kept_id)
    for pk in sorted({merged.account_id, kept.account_id}):
        lock_account(pk)
    moving.move_back(merge.moved, source=kept.pk, target=merged.pk)
    moving.move_gifts_back(merge.moved, source=kept.person, target=merged.person)
    was = kept.state
    _give_back(kept, merge.facts)
    _step(Account(pk=kept.account_id), kept, was, kept.state, _("Taken apart again"))
    merged.merged_into = None
    before = merge.facts.get("merged", {})  # empty: erased with the person
    for name, text in before.items():
        setattr(merged, name, _read(merged, name, text))
    merged.save(update_fields=["merged_into", *before])
    added.give_back(kept, merge.facts.get("values", {}))
    columns.settle(lock_account(kept.account_id))
    reconciling.open_again(merge.facts.get("ended", []), actor)
    _tell("contact.unmerged", kept, merge, actor, kept.account_id)


def _give_back(row: Account | Contact, facts: Mapping[str, Any]) -> None:
    """Restore the facts that nobody changed since the merge."""
    kept = facts.get("set", {})
    now = _said(row, kept)
    names = [name for name, text in kept.items() if now[name] == text]
    for name in names:
        field: Any = row._meta.get_field(name)
        setattr(row, field.attname, _read(row, name, facts["before"][name]))
    row.save(update_fields=names)


def _read(row: Account | Contact, name: str, text: str | None) -> Any:
    field: Any = row._meta.get_field(name)
    return None if text is None else field.to_python(text)


def note_moved(*, merge_id: int, key: str, ids: Iterable[int]) -> None:
    """Remember what a room above moved when it heard of the merge, so that it can take it back."""
    merge = Merge.objects.select_for_update().get(pk=merge_id)
    merge.moved[key] = sorted({*merge.moved.get(key, []), *ids})
    merge.save(update_fields=["moved"])


def _tell(topic: str, row: Account | Contact, merge: Merge, actor: User, account_id: int, **facts: Any) -> None:
    payload = {"merged": merge.merged_id, "merge": merge.pk, **facts}
    emit(topic, subject=row, account_id=account_id, actor_id=actor.person_id, payload=payload)
