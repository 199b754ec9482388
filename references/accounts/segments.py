"""By what the portfolio is divided, and what each value means: one definition for map, filters and forecast.

A value is a text: the industry's, use case's, persona's or size band's own word, the id of a region or product. The
empty text means "not stated". A cell in an address reads `industry:Healthcare~region:3`; `~`, `:` and the backslash
in a value are marked by a backslash before.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from references.accounts.enums import Membership
from references.accounts.models import Account, Contact


class Dimension(TextChoices):
    """By what the pool is divided."""

    INDUSTRY = "industry", _("Industry")
    REGION = "region", _("Region")
    PRODUCT = "product", _("Product")
    USE_CASE = "use_case", _("Use case")
    SIZE = "size", _("Size")
    PERSONA = "persona", _("Persona")


class Band(NamedTuple):
    """A class of companies by the number of their people; both ends belong to it, None is open."""

    key: str
    least: int
    most: int | None
    label: Any


BANDS: Final = (
    Band("1-49", 0, 49, _("up to 49 people")),
    Band("50-249", 50, 249, _("50 to 249 people")),
    Band("250-999", 250, 999, _("250 to 999 people")),
    Band("1000-4999", 1000, 4999, _("1,000 to 4,999 people")),
    Band("5000+", 5000, None, _("5,000 people and more")),
)
_ENDS: Final = [band.most for band in BANDS if band.most is not None]

Cell = Mapping[str, str]
"""One cell of the map: `{dimension: value}`."""


MOST_IN_A_CELL: Final = 3
LONGEST_VALUE: Final = 80
_MARKED: Final = re.compile(r"([\\~:])")
_PART: Final = re.compile(r"((?:[^\\~:]|\\.)*):((?:[^\\~]|\\.)*)(?:~|$)", re.DOTALL)


def in_order(dimensions: Iterable[str]) -> tuple[Dimension, ...]:
    """Return dimensions in the one order in which a cell names them."""
    wanted = {Dimension(one) for one in dimensions}
    return tuple(one for one in Dimension if one in wanted)


def written(cell: Cell) -> str:
    """Return a cell as an address says it."""
    parts = [(one.value, _MARKED.sub(r"\\\1", cell[one])) for one in in_order(cell)]
    return "~".join(f"{name}:{value}" for name, value in parts)


def read(text: str) -> dict[str, str] | None:
    """Return the cell that an address says; None for what says none."""
    found: dict[str, str] = {}
    place = 0
    while place < len(text):
        part = _PART.match(text, place)
        if part is None:
            return None
        name, value = part[1], re.sub(r"\\(.)", r"\1", part[2], flags=re.DOTALL)
        if name not in Dimension.values or name in found or len(value) > LONGEST_VALUE or "\0" in value:
            return None
        found[name] = value
        place = part.end()
    return found if 0 < len(found) <= MOST_IN_A_CELL else None


def band_of(employees: int | None) -> str:
    """Return the key of the size band; empty where nobody said how many people they are."""
    return "" if employees is None else BANDS[band_place(employees)].key


def bands_apart(one: int, other: int) -> int:
    """Return how many size bands lie between two numbers of people: 0 in the same one, 1 in the next one."""
    return abs(band_place(one) - band_place(other))


def band_place(employees: int) -> int:
    """Return the place of the band among `BANDS`, the smallest first."""
    return bisect_left(_ENDS, employees)


def who_speaks(prefix: str = "") -> Q:
    """Return the condition for contacts who take part today."""
    return Q(**{f"{prefix}state": Membership.ACTIVE, f"{prefix}left_company_at__isnull": True})


def condition(dimension: str, value: str) -> Q:
    """Return the SQL condition for the accounts that stand under one value of a dimension."""
    return _CONDITIONS[Dimension(dimension)](value)


def cell_q(cell: Cell) -> Q:
    """Return the condition for the accounts of a cell."""
    found = Q()
    for dimension, value in cell.items():
        found &= condition(dimension, value)
    return found


def _size(value: str) -> Q:
    if not value:
        return Q(employees__isnull=True)
    band = next((band for band in BANDS if band.key == value), None)
    if band is None:
        return Q(pk__in=[])
    return Q(employees__gte=band.least) & (Q() if band.most is None else Q(employees__lte=band.most))


def _by_id(name: str, value: str) -> Q:
    if not value:
        return Q(**{f"{name}__isnull": True})
    return Q(**{name: int(value)}) if value.isdecimal() and len(value) < 19 else Q(pk__in=[])


def _product(value: str) -> Q:
    if not value:
        return Q(products__isnull=True)
    links = Account.products.through.objects.filter(_by_id("product", value))
    return Q(pk__in=links.values("account"))


def _persona(value: str) -> Q:
    speakers = Contact.objects.filter(who_speaks())
    here = Q(pk__in=speakers.filter(persona=value).values("account"))
    return here if value else here | ~Q(pk__in=speakers.values("account"))


_CONDITIONS: Final[Mapping[Dimension, Any]] = {
    Dimension.INDUSTRY: lambda value: Q(industry=value),
    Dimension.REGION: lambda value: _by_id("region", value),
    Dimension.PRODUCT: _product,
    Dimension.USE_CASE: lambda value: Q(use_cases__contains=[value]) if value else Q(use_cases=[]),
    Dimension.SIZE: _size,
    Dimension.PERSONA: _persona,
}
