"""What narrows badges."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from incentives.badges.enums import Often
from incentives.badges.models import Badge
from refprogram.kernel import filters
from refprogram.people.models import Person


class GivenFilter(filters.YesNoFilter):
    """Whether it can be won now."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to what can be won, or to what was retired."""
        return qs.filter(retired_at__isnull=value == "yes") if value else qs


class BadgeFilter(filters.FilterSet):
    """The filters of badges, page and API."""

    offered = GivenFilter(label=_("Can be won"))
    often = filters.MultiChoiceFilter(label=_("How often for one person"), choices=Often.choices)
    by_hand = filters.YesNoFilter(label=_("Given by hand too"), field_name="by_hand")


def _wearers(_request: HttpRequest) -> QuerySet[Any]:
    return Person.objects.filter(badge_grants__isnull=False).distinct().order_by("name")


class GrantFilter(filters.FilterSet):
    """The filters of badges that were given, for the API."""

    badge = filters.ModelChoiceFilter(label=_("Badge"), queryset=lambda _request: Badge.objects.order_by("name"))
    person = filters.ModelChoiceFilter(label=_("Who"), queryset=_wearers)
    standing = filters.YesNoFilter(label=_("Still has it"), field_name="revoked_at", lookup_expr="isnull")
