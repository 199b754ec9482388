"""What narrows slots and talks."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from refprogram.governance.facetime import selectors
from refprogram.governance.facetime.enums import OPEN_FEEDBACK, Circle, Manner, SlotState, TalkState, TalkTopic
from refprogram.governance.facetime.rules import stood_in_for
from refprogram.kernel import filters


class AnyOfFilter(filters.MultiChoiceFilter):
    """Rows whose list of values has one of these."""

    def filter(self, qs: QuerySet[Any], value: Sequence[str]) -> QuerySet[Any]:
        """Narrow to those that have one of them."""
        return qs.filter(**{f"{self.field_name}__overlap": list(value)}) if value else qs


class MineFilter(filters.YesNoFilter):
    """Whether the hour is the reader's own, or of somebody for whom they act."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to one's own, or to the others'."""
        if not value:
            return qs
        user: Any = self.parent.request.user
        mine = Q(**{f"{self.field_name}__in": [user.pk, *stood_in_for(user)]})
        return qs.filter(mine) if value == "yes" else qs.exclude(mine)


class LateFilter(filters.YesNoFilter):
    """Whether something that a guest said should have been decided on or answered by now."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to what is late, or to the rest."""
        if not value:
            return qs
        late = selectors.late_keys(timezone.now())
        return qs.filter(pk__in=late) if value == "yes" else qs.exclude(pk__in=late)


class OverFilter(filters.YesNoFilter):
    """Whether it should have taken place by now, and nobody has said so."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to these, or to the rest."""
        if not value:
            return qs
        over = selectors.over_keys(timezone.now())
        return qs.filter(pk__in=over) if value == "yes" else qs.exclude(pk__in=over)


class OpenFilter(filters.YesNoFilter):
    """Whether a guest has said something that is not answered."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to these, or to the rest."""
        if not value:
            return qs
        rows = qs.filter(guests__feedback__state__in=OPEN_FEEDBACK).values("pk")
        return qs.filter(pk__in=rows) if value == "yes" else qs.exclude(pk__in=rows)


def _executives() -> list[tuple[str, str]]:
    return [(user.public_id, user.name) for user in selectors.with_hours()]


class SlotFilter(filters.FilterSet):
    """Whose, about what, for whom, how, when, how far."""

    executive = filters.MultiChoiceFilter(
        label=_("Executive"), field_name="executive__public_id", choices=_executives
    )  # fmt: skip
    topic = AnyOfFilter(label=_("About"), field_name="topics", choices=TalkTopic.choices)
    circle = AnyOfFilter(label=_("For"), field_name="circles", choices=Circle.choices)
    manner = filters.MultiChoiceFilter(label=_("How"), field_name="manner", choices=Manner.choices)
    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=SlotState.choices)
    starts = filters.DateRangeFilter(label=_("When"), field_name="starts_at")
    mine = MineFilter(label=_("Mine"), field_name="executive")


class TalkFilter(filters.FilterSet):
    """Whose, about what, how far, what waits."""

    executive = filters.MultiChoiceFilter(
        label=_("Executive"), field_name="slot__executive__public_id", choices=_executives
    )  # fmt: skip
    topic = filters.MultiChoiceFilter(label=_("About"), field_name="topic", choices=TalkTopic.choices)
    circle = filters.MultiChoiceFilter(label=_("For"), field_name="circle", choices=Circle.choices)
    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=TalkState.choices)
    starts = filters.DateRangeFilter(label=_("When"), field_name="slot__starts_at")
    over = OverFilter(label=_("To say whether it took place"), field_name="slot")
    open = OpenFilter(label=_("A guest waits for our answer"), field_name="guests")
    late = LateFilter(label=_("Late"), field_name="guests")
    mine = MineFilter(label=_("My hours"), field_name="slot__executive")
