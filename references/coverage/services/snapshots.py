"""What the map was: every pair of dimensions, kept once a month and whenever somebody wants."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from itertools import combinations
from typing import Any

from django.db import transaction

from references.accounts import clock
from references.coverage import cube
from references.coverage.figures import CellFigures, coverage_of
from references.coverage.models import CellTarget, CoverageCell, CoverageSnapshot


@transaction.atomic
def take_snapshot(*, on: dt.date | None = None) -> int:
    """Keep today's map of every pair; a second one on the same day replaces the first. Return how many pairs."""
    day = on or clock.today()
    names = [cube.name_of(pair) for pair in combinations(cube.DIMENSIONS, 2)]
    found: dict[str, dict[tuple[str, str], CellFigures]] = defaultdict(dict)
    columns = ("cut", "first", "second", "available", "contacts", "demand", "variance")
    for cut, first, second, *numbers in CoverageCell.objects.filter(cut__in=names).values_list(*columns):
        found[cut][first, second] = CellFigures(*numbers)
    for cell, wanted in CellTarget.objects.values_list("cell", "wanted"):
        key = cube.key_of(cell)
        if key.cut in names:
            old = found[key.cut].get((key.first, key.second), CellFigures())
            found[key.cut][key.first, key.second] = old.with_target(wanted)
    for down, across in combinations(cube.DIMENSIONS, 2):
        _keep(day, across, down, found[cube.name_of((down, across))])
    return len(names)


def _keep(day: dt.date, across: str, down: str, cells: dict[tuple[str, str], CellFigures]) -> None:
    rows: list[list[Any]] = [
        [first, second, one.available, one.target, round(one.demand, 2)]
        for (first, second), one in sorted(cells.items())
    ]
    share = coverage_of(cells.values()).share
    percent = None if share is None else Decimal(str(round(100 * share, 1)))
    CoverageSnapshot.objects.update_or_create(
        taken_on=day, across=across, down=down, defaults={"cells": rows, "coverage": percent}
    )
