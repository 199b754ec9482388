"""What narrows feedback."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from refprogram.governance.feedback import selectors
from refprogram.governance.feedback.enums import NoteKind, NoteState
from refprogram.kernel import filters


class LateFilter(filters.YesNoFilter):
    """Whether the answer is overdue."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to what is late, or to the rest."""
        if not value:
            return qs
        late = selectors.late()
        return qs.filter(late) if value == "yes" else qs.exclude(late)


class FieldNoteFilter(filters.FilterSet):
    """What it is, how far the answer is, about which change, when it was said."""

    kind = filters.MultiChoiceFilter(label=_("Kind"), field_name="kind", choices=NoteKind.choices)
    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=NoteState.choices)
    late = LateFilter(label=_("Answer is late"), field_name="clock__due_at")
    change = filters.TextFilter(label=_("About"), field_name="change__name")
    said = filters.DateRangeFilter(label=_("Said"), field_name="created_at")
