"""How many free references a cell should have: typed in the map, one by one or all at once."""

import json
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from references.accounts.segments import Cell
from references.coverage import cube, policy
from references.coverage.models import CellTarget
from refprogram.kernel.errors import InvalidInput
from refprogram.people.models import User

LONGEST_KEY = 300


def spelled(cell: Cell) -> str:
    """Return the one spelling of a cell: the cut, and its values in order."""
    key = cube.key_of(cell)
    values = key[1 : 1 + len(cell)]
    return f"{key.cut}:{json.dumps(values, ensure_ascii=False, separators=(',', ':'))}"


@transaction.atomic
def set_targets(*, wanted: Iterable[tuple[Cell, int]], actor: User) -> int:
    """Set what cells should have; 0 takes a target away. Return how many changed."""
    rows = {spelled(cell): (dict(cell), _checked(number)) for cell, number in wanted}
    kept = {row.key: row for row in CellTarget.objects.select_for_update().filter(key__in=rows).order_by("pk")}
    changed = 0
    for key, (cell, number) in sorted(rows.items()):
        changed += _set_one(kept.get(key), key, cell, number, actor)
    return changed


@transaction.atomic
def raise_targets(*, cells: Iterable[Cell], least: int, actor: User) -> int:
    """See that each of these cells wants at least so many; return how many were raised."""
    rows = {spelled(cell): dict(cell) for cell in cells}
    enough = CellTarget.objects.filter(key__in=rows, wanted__gte=_checked(least))
    short = {key: cell for key, cell in rows.items() if key not in set(enough.values_list("key", flat=True))}
    return set_targets(wanted=((cell, least) for cell in short.values()), actor=actor)


def read_target(text: str) -> int:
    """Return the number that somebody typed into a cell; nothing is no target."""
    text = text.strip()
    if not text:
        return 0
    if not text.isdecimal() or len(text) > len(str(policy.HIGHEST_TARGET)):
        raise InvalidInput(_("A target is a number from 0 to %(most)d.") % {"most": policy.HIGHEST_TARGET})
    return _checked(int(text))


def _checked(number: int) -> int:
    if not 0 <= number <= policy.HIGHEST_TARGET:
        raise InvalidInput(_("A target is a number from 0 to %(most)d.") % {"most": policy.HIGHEST_TARGET})
    return number


def _set_one(row: CellTarget | None, key: str, cell: Mapping[str, str], number: int, actor: User) -> bool:
    if len(key) > LONGEST_KEY:
        raise InvalidInput(_("The values of this cell are too long for a target."))
    if row is None:
        if number:
            CellTarget.objects.create(key=key, cell=dict(cell), wanted=number, set_by=actor)
        return bool(number)
    if row.wanted == number:
        return False
    if not number:
        row.delete()
        return True
    row.wanted, row.set_by = number, actor
    row.save(update_fields=["wanted", "set_by"])
    return True
