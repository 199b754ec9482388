"""Two accounts became one, or two again: nominations follow. A second open one of the account stays where it is."""

from nominations.models import Nomination
from references.merging import moving
from references.merging.models import Merge
from references.merging.services import note_moved
from refprogram.kernel.models import Event

ACCOUNT, CONTACT = "nominations.Nomination.account", "nominations.Nomination.contact"


def follow(event: Event) -> None:
    """Nominations go over to the kept account, and name its people."""
    merge = Merge.objects.get(pk=event.payload["merge"])
    if merge.undone_at is not None:
        return
    if merge.noun == "account":
        went = _go(merge.merged_id, merge.kept_id, "account")
        note_moved(merge_id=merge.pk, key=ACCOUNT, ids=went)
    became = event.payload.get("people") or {}
    pairs = became.items() if merge.noun == "account" else [(merge.merged_id, merge.kept_id)]
    for gone, stays in pairs:
        note_moved(merge_id=merge.pk, key=f"{CONTACT}:{gone}", ids=_go(int(gone), int(stays), "contact"))


def _go(source: int, target: int, name: str) -> list[int]:
    rows = Nomination.objects.filter(**{name: source}).order_by("pk")
    return moving.shift(Nomination, name, list(rows.values_list("pk", flat=True)), target)


def part(event: Event) -> None:
    """Each gets its nominations back."""
    merge = Merge.objects.get(pk=event.payload["merge"])
    if merge.noun == "account":
        ids = Nomination.objects.filter(pk__in=merge.moved.get(ACCOUNT, []), account=merge.kept_id)
        moving.shift(Nomination, "account", list(ids.values_list("pk", flat=True)), merge.merged_id)
    for key, ids in merge.moved.items():
        if key.startswith(f"{CONTACT}:"):
            moving.shift(Nomination, "contact", ids, int(key.rpartition(":")[2]))
