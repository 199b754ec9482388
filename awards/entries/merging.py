"""Two customers became one, or two again: entries and invitations follow.

Of two open invitations to one contest the one that is further stays; the other lapses, and stays lapsed.
"""

from typing import Final

from django.db import models

from awards.entries.enums import OPEN_INVITES, InviteState
from awards.entries.models import ContestEntry, EntryInvite
from awards.entries.services.inviting import lapse
from references.merging import moving
from references.merging.models import Merge
from references.merging.services import note_moved
from refprogram.kernel.models import Event

FOLLOW: Final[tuple[type[models.Model], ...]] = (ContestEntry, EntryInvite)
# The nearest to the customer's entry first.
NEAREST: Final = (InviteState.ACCEPTED, InviteState.INVITED, InviteState.PROPOSED)


def follow(event: Event) -> None:
    """Entries and invitations go over to the kept customer, and name its people."""
    merge = Merge.objects.get(pk=event.payload["merge"])
    if merge.undone_at is not None:
        return
    pairs = [(merge.merged_id, merge.kept_id)]
    if merge.noun == "account":
        _leave_one_open(merge)
        for model in FOLLOW:
            note_moved(merge_id=merge.pk, key=_key(model, "account"), ids=_go(model, "account", *pairs[0]))
        pairs = [(int(gone), int(stays)) for gone, stays in (event.payload.get("people") or {}).items()]
    for gone, stays in pairs:
        for model in FOLLOW:
            ids = _go(model, "contact", gone, stays)
            note_moved(merge_id=merge.pk, key=f"{_key(model, 'contact')}:{gone}", ids=ids)


def part(event: Event) -> None:
    """Each gets its own back."""
    merge = Merge.objects.get(pk=event.payload["merge"])
    for model in FOLLOW:
        if merge.noun == "account":
            moving.shift(model, "account", merge.moved.get(_key(model, "account"), []), merge.merged_id)
        start = f"{_key(model, 'contact')}:"
        for key, ids in merge.moved.items():
            if key.startswith(start):
                moving.shift(model, "contact", ids, int(key.removeprefix(start)))


def _key(model: type[models.Model], name: str) -> str:
    return f"awards.{model.__name__}.{name}"


def _go(model: type[models.Model], name: str, source: int, target: int) -> list[int]:
    rows = model._default_manager.filter(**{name: source}).order_by("pk")
    return moving.shift(model, name, list(rows.values_list("pk", flat=True)), target)


def _leave_one_open(merge: Merge) -> None:
    """Of two open invitations to one contest let one go: a customer is invited once."""
    rows = EntryInvite.objects.filter(account__in=[merge.kept_id, merge.merged_id], state__in=OPEN_INVITES)
    seen: set[int] = set()
    for row in sorted(rows, key=lambda one: (NEAREST.index(InviteState(one.state)), one.pk)):
        if row.contest_id in seen:
            lapse(invite=row)
        seen.add(row.contest_id)
