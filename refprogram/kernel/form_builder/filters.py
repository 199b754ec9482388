"""What narrows the list of forms."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from refprogram.kernel import filters
from refprogram.kernel.form_builder.purposes import purposes
from refprogram.kernel.models import FormDesign


def purpose_choices() -> list[tuple[str, str]]:
    """Return what forms can be for."""
    return [(name, str(purpose.label)) for name, purpose in purposes().items()]


class ArchivedFilter(filters.YesNoFilter):
    """Forms that were put away, or the others."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow by whether the form is archived."""
        return qs.filter(archived_at__isnull=value == "no") if value else qs


class DesignFilter(filters.FilterSet):
    """Filters of the list of forms."""

    purpose = filters.MultiChoiceFilter(label=_("For"), field_name="purpose", choices=purpose_choices)
    archived = ArchivedFilter(label=_("Archived"))

    class Meta:
        model = FormDesign
        fields: list[str] = []
