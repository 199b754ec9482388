"""What narrows redemptions and items."""

from django.utils.translation import gettext_lazy as _

from incentives.catalogue.enums import Clientele, DisputeState, ItemKind, RedemptionState
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.kernel import filters


class RedemptionFilter(filters.FilterSet):
    """How far, of which kind, how many points, when."""

    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=RedemptionState.choices)
    gift = filters.MultiChoiceFilter(label=_("Way"), field_name="gift__state", choices=FulfilmentState.choices)
    kind = filters.MultiChoiceFilter(label=_("Kind"), field_name="item__kind", choices=ItemKind.choices)
    audience = filters.MultiChoiceFilter(label=_("For"), field_name="item__audience", choices=Clientele.choices)
    objection = filters.MultiChoiceFilter(
        label=_("Objection"), field_name="disputes__state", choices=DisputeState.choices, many=True
    )
    points = filters.RangeFilter(label=_("Points"), field_name="points")
    asked = filters.DateRangeFilter(label=_("Asked"), field_name="created_at")


class ItemFilter(filters.FilterSet):
    """Of which kind, for whom, how many points, offered or not."""

    kind = filters.MultiChoiceFilter(label=_("Kind"), field_name="kind", choices=ItemKind.choices)
    audience = filters.MultiChoiceFilter(label=_("For"), field_name="audience", choices=Clientele.choices)
    points = filters.RangeFilter(label=_("Points"), field_name="points")
    offered = filters.YesNoFilter(label=_("Offered"), field_name="offered")
