"""What narrows the list of work activity."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel import filters
from refprogram.people import selectors as people
from refprogram.people.enums import WorkKind
from refprogram.people.work import selectors


class WorkFilter(filters.FilterSet):
    """Filters of work activity."""

    kind = filters.MultiChoiceFilter(label=_("What"), field_name="kind", choices=WorkKind.choices)
    detail = filters.TextFilter(label=_("Which"), field_name="detail")
    when = filters.DateRangeFilter(label=_("When"), field_name="occurred_at")
    team = filters.MultiChoiceFilter(
        label=_("Team"), field_name="person__user__team__public_id", choices=people.team_choices
    )
    source = filters.MultiChoiceFilter(label=_("Told by"), field_name="source", choices=selectors.source_choices)
