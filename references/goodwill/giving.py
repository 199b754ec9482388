"""What was given, as accounts and contacts keep it: normalised, so that it decays without being touched."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from references.accounts import fatigue, policy
from references.accounts.models import Account, Contact
from references.goodwill.enums import GIVES, GoodwillKind
from references.goodwill.models import GoodwillEntry

CHUNK = 1000


class Given(NamedTuple):
    """An entry as it counts."""

    pk: int
    kind: str
    points: int
    at: dt.datetime
    source_type: str
    source_id: int


def entries_of(**owner: Any) -> list[Given]:
    """Return what was given to an account or a contact, and what of it was taken back. One query."""
    rows = GoodwillEntry.objects.filter(**owner, kind__in=[*GIVES, GoodwillKind.CORRECTION])
    return [Given(*row) for row in rows.values_list(*Given._fields)]


def given_key(entries: Iterable[Given], half_life: dt.timedelta) -> float | None:
    """Return the key of what was given and not taken back; the order does not matter."""
    entries = list(entries)
    undone = {one.source_id for one in entries if one.kind == GoodwillKind.CORRECTION}
    key: float | None = None
    for one in entries:
        if one.kind != GoodwillKind.CORRECTION and one.pk not in undone:
            key = fatigue.add(key, one.points, one.at, half_life)
    return key


def keys_by(owner: str, half_life: dt.timedelta) -> dict[int, float | None]:
    """Return the keys of all accounts (`account_id`) or contacts (`contact_id`) that were given something."""
    rows = GoodwillEntry.objects.filter(kind__in=[*GIVES, GoodwillKind.CORRECTION]).exclude(**{owner: None})
    found: dict[int, list[Given]] = defaultdict(list)
    for key, *row in rows.values_list(owner, *Given._fields):
        found[key].append(Given(*row))
    return {key: given_key(entries, half_life) for key, entries in found.items()}


def recount(figures: policy.Figures) -> None:
    """Write every kept key anew, by another half-life."""
    for owner, model in (("account_id", Account), ("contact_id", Contact)):
        keys = keys_by(owner, figures.half_life)
        rows: list[Any] = list(model._default_manager.filter(pk__in=list(keys)).only("pk", "given_key"))
        for row in rows:
            row.given_key = keys[row.pk]
        model._default_manager.bulk_update(rows, ["given_key"], batch_size=CHUNK)
