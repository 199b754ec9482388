"""Where references are lacking: cells of the coverage map with fewer than they should have."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final
from urllib.parse import urlencode

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import ngettext

from references.accounts.segment_names import Names
from references.accounts.segments import Dimension, band_of
from references.coverage import cube
from references.coverage.enums import TargetState
from references.coverage.models import CellTarget, CoverageCell, RecruitingTarget
from references.models import Account

LOOKED_AT: Final = 2_000  # cells with a target: a bound of cost, not of meaning


@dataclass(frozen=True)
class Gap:
    """A cell that lacks references."""

    name: str
    missing: int

    @property
    def words(self) -> str:
        """Return "We need 2 like this: Logistics, Norway"."""
        words = ngettext("We need %(n)d like this: %(name)s", "We need %(n)d like this: %(name)s", self.missing)
        return words % {"n": self.missing, "name": self.name}


def gaps_of(account: Account) -> list[Gap]:
    """Return the cells in which this account would help, the one that lacks most first. At most five statements."""
    values = _values(account)
    lacking: dict[tuple[tuple[str, str], ...], int] = {}
    for cell, missing in _short_cells(values):
        lacking[tuple(sorted(cell.items()))] = missing
    targets = RecruitingTarget.objects.filter(state=TargetState.OPEN).only("cell", "wanted", "gained")
    for target in targets[:LOOKED_AT]:
        if target.missing and _lies_in(values, target.cell):
            key = tuple(sorted(target.cell.items()))
            lacking[key] = max(target.missing, lacking.get(key, 0))
    if not lacking:
        return []
    names = Names()
    found = [Gap(names.cell(dict(key)), missing) for key, missing in lacking.items()]
    return sorted(found, key=lambda gap: (-gap.missing, gap.name))


def most_lacking(limit: int = 3) -> list[tuple[Gap, str]]:
    """Return what open recruiting targets lack most, each with the way to nominate for it; two statements at most."""
    targets = RecruitingTarget.objects.filter(state=TargetState.OPEN, wanted__gt=F("gained")).exclude(cell={})
    rows = list(targets.order_by(F("gained") - F("wanted"), "due_on", "pk")[:limit])
    if not rows:
        return []
    names, form = Names(), reverse("nominations:new")
    return [(Gap(names.cell(row.cell), row.missing), f"{form}?{urlencode([row.as_field])}") for row in rows]


def lies_in_a_gap(account: Account) -> bool:
    """Return whether references like this account are lacking."""
    values = _values(account)
    if any(missing for _cell, missing in _short_cells(values)):
        return True
    targets = RecruitingTarget.objects.filter(state=TargetState.OPEN).only("cell", "wanted", "gained")[:LOOKED_AT]
    return any(target.missing and _lies_in(values, target.cell) for target in targets)


def _values(account: Account) -> Mapping[str, set[str]]:
    """Return under which values an account stands. What a persona is, nobody knows before they take part."""
    products = {str(pk) for pk in account.products.values_list("pk", flat=True)} if account.pk else set()
    return {
        Dimension.INDUSTRY: {account.industry},
        Dimension.REGION: {str(account.region_id or "")},
        Dimension.SIZE: {band_of(account.employees)},
        Dimension.USE_CASE: set(account.use_cases) or {""},
        Dimension.PRODUCT: products or {""},
    }


def _lies_in(values: Mapping[str, set[str]], cell: Mapping[str, str]) -> bool:
    return bool(cell) and all(name in values and value in values[name] for name, value in cell.items())


def _short_cells(values: Mapping[str, set[str]]) -> list[tuple[dict[str, str], int]]:
    """Return the account's cells that have fewer free references than they should, with how many they lack."""
    rows = CellTarget.objects.values_list("cell", "wanted").order_by("pk")[:LOOKED_AT]
    wanted = {cube.key_of(cell): (cell, number) for cell, number in rows if _lies_in(values, cell)}
    if not wanted:
        return []
    places = ("cut", "first", "second", "third")
    each = [Q(**dict(zip(places, key, strict=True))) for key in wanted]
    kept = CoverageCell.objects.filter(reduce(or_, each)).values_list(*places, "available")
    has = {tuple(row[:4]): row[4] for row in kept}
    short = [(cell, number - has.get(tuple(key), 0)) for key, (cell, number) in wanted.items()]
    return [(cell, missing) for cell, missing in short if missing > 0]
