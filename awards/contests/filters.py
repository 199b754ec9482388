"""What narrows the list of contests and that of categories."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from awards.contests import selectors
from awards.contests.enums import Audience, CategoryKind, ContestState
from awards.contests.models import Category, Contest
from refprogram.kernel import filters


class ContestFilter(filters.FilterSet):
    """Filters of the list of contests, page and API."""

    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=ContestState.choices)
    audience = filters.ChoiceFilter(label=_("For"), field_name="audience", choices=Audience.choices)
    year = filters.RangeFilter(label=_("Year"), field_name="year")
    series = filters.TextFilter(label=_("Award"), field_name="series")

    class Meta:
        model = Contest
        fields: list[str] = []


def _contests(request: Any) -> QuerySet[Contest]:
    return selectors.visible_to(request.user)


class CategoryFilter(filters.FilterSet):
    """Filters of the categories over the API."""

    kind = filters.MultiChoiceFilter(label=_("Kind"), field_name="kind", choices=CategoryKind.choices)
    contest = filters.ModelChoiceFilter(label=_("Contest"), field_name="contest", queryset=_contests)

    class Meta:
        model = Category
        fields: list[str] = []
