"""What narrows the lists of this room."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from references.consents.enums import Channel, UseAudience
from references.content import selectors
from references.content.enums import AssetKind, AssetState, PlacementState
from references.content.models import Asset, Board, Placement
from refprogram.kernel import filters
from refprogram.people.selectors import region_choices


class MineFilter(filters.YesNoFilter):
    """What the reader looks after."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to one's own, or to the others'."""
        if not value:
            return qs
        mine = Q(owner=self.parent.request.user)
        return qs.filter(mine) if value == "yes" else qs.exclude(mine)


class AssetFilter(filters.FilterSet):
    """Filters of the list of stories, page and API."""

    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=AssetState.choices)
    kind = filters.MultiChoiceFilter(label=_("Kind"), field_name="kind", choices=AssetKind.choices)
    industry = filters.TextFilter(label=_("Industry"), field_name="account__industry")
    region = filters.MultiChoiceFilter(label=_("Region"), field_name="region__public_id", choices=region_choices)
    due = filters.DateRangeFilter(label=_("Due"), field_name="due_on")
    refresh = filters.DateRangeFilter(label=_("Look again"), field_name="refresh_on")
    account = filters.TextFilter(label=_("Id of the account"), field_name="account__public_id")
    mine = MineFilter(label=_("I look after it"))

    class Meta:
        model = Asset
        fields: list[str] = []


class LateFilter(filters.YesNoFilter):
    """What should be down by now."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to what is late, or to the rest."""
        if not value:
            return qs
        late = selectors.overdue_q()
        return qs.filter(late) if value == "yes" else qs.exclude(late)


class PlacementFilter(filters.FilterSet):
    """Filters of the usage register."""

    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=PlacementState.choices)
    channel = filters.MultiChoiceFilter(label=_("Channel"), field_name="channel", choices=Channel.choices)
    audience = filters.MultiChoiceFilter(label=_("To whom"), field_name="audience", choices=UseAudience.choices)
    due = filters.DateRangeFilter(label=_("Down by"), field_name="due_on")
    since = filters.DateRangeFilter(label=_("Since"), field_name="placed_on")
    late = LateFilter(label=_("Late"))

    class Meta:
        model = Placement
        fields: list[str] = []


class OpenFilter(filters.YesNoFilter):
    """Pages that can still be read."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to open pages, or to those that ended."""
        if not value:
            return qs
        still = Q(closed_at__isnull=True, expires_at__gt=timezone.now())
        return qs.filter(still) if value == "yes" else qs.exclude(still)


class BoardFilter(filters.FilterSet):
    """Filters of the share pages."""

    open = OpenFilter(label=_("Open"))
    ends = filters.DateRangeFilter(label=_("Ends"), field_name="expires_at")
    deal = filters.TextFilter(label=_("Id of the deal"), field_name="opportunity__public_id")

    class Meta:
        model = Board
        fields: list[str] = []
