"""What values of the dimensions are called."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from references.accounts.models import Product
from references.accounts.segments import BANDS, Cell, Dimension, in_order
from refprogram.kernel.prepared import PreparedValues
from refprogram.people.models import Region

BAND_WORDS: Final = {band.key: band.label for band in BANDS}


_NAMES: Final[Mapping[str, PreparedValues]] = {
    Dimension.REGION: PreparedValues(lambda: Region.objects.values_list("pk", "name")),
    Dimension.PRODUCT: PreparedValues(lambda: Product.objects.values_list("pk", "name")),
}


class Names:
    """The names of regions and products, each asked for once, where a page needs them."""

    def __init__(self) -> None:
        self._known: dict[str, Mapping[str, str]] = {}

    def of(self, dimension: str, value: str) -> str:
        """Return what a value is called; "not stated" for none, the value itself where nobody knows it any more."""
        if not value:
            return _("Not stated")
        if dimension == Dimension.SIZE:
            return str(BAND_WORDS.get(value, value))
        if dimension in {Dimension.REGION, Dimension.PRODUCT}:
            return self._ids(dimension).get(value, _("no longer there"))
        return value

    def _ids(self, dimension: str) -> Mapping[str, str]:
        if dimension not in self._known:
            self._known[dimension] = {str(pk): name for pk, name in _NAMES[dimension]()}
        return self._known[dimension]

    def cell(self, cell: Cell) -> str:
        """Return "Healthcare, Americas"; where a value is not stated, of what."""
        words = []
        for dimension in in_order(cell):
            value = cell[dimension]
            words.append(
                self.of(dimension, value)
                if value
                else _("%(dimension)s not stated") % {"dimension": str(Dimension(dimension).label)}
            )
        return ", ".join(words) or _("All references")

    def sorted(self, dimension: str, values: Iterable[str]) -> list[str]:
        """Return values in the order in which people look for them: by name, size by size, "not stated" last."""
        if dimension == Dimension.SIZE:
            order = {band.key: place for place, band in enumerate(BANDS)}
            return sorted(values, key=lambda value: order.get(value, len(order)))
        return sorted(values, key=lambda value: (not value, self.of(dimension, value).casefold()))
