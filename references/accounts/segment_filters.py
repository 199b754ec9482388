"""Narrowing accounts as the coverage map counts them: to a cell, and to who may be asked today."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from references.accounts.segment_names import Names
from references.accounts.segments import Dimension, cell_q, read
from references.accounts.selectors import availability_q
from refprogram.kernel import filters


class CellField(forms.CharField):
    """A cell of the map, as its address says it."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Return the cell; nothing for nothing."""
        text = super().to_python(value)
        if not text:
            return None
        cell = read(text)
        if cell is None:
            raise ValidationError(_("This is no cell of the coverage map."), code="cell")
        return cell


class CellFilter(filters.FilterMixin):
    """The accounts of one cell: linked from the map, taken away by its chip; nobody types it."""

    field_class = CellField

    def filter(self, qs: QuerySet[Any], value: dict[str, str] | None) -> QuerySet[Any]:
        """Narrow to the accounts that stand in the cell."""
        if not value:
            return qs
        found = qs.filter(cell_q(value))
        return found.distinct() if value.get(Dimension.PRODUCT) == "" else found

    def words(self, value: Any) -> str:
        """Return "Healthcare, Americas"."""
        return Names().cell(value)


class AskableFilter(filters.YesNoFilter):
    """Accounts that may be asked today: free, asked a lot, or waiting for their owner's word not for too long."""

    by_value = False

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to one side."""
        if not value:
            return qs
        return qs.filter(availability_q()) if value == "yes" else qs.exclude(availability_q())
