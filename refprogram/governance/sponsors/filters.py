"""What narrows promises."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from refprogram.governance.sponsors import selectors
from refprogram.governance.sponsors.enums import PledgeKind, PledgeState
from refprogram.kernel import filters


class BehindFilter(filters.YesNoFilter):
    """Whether it should have been kept by now, and was not."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to who is behind, or to the rest."""
        if not value:
            return qs
        late = selectors.behind(timezone.localdate())
        return qs.filter(late) if value == "yes" else qs.exclude(late)


class OnTimeFilter(filters.YesNoFilter):
    """Whether it was done by its day."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to what was done on time, or to what was done late."""
        if not value:
            return qs
        done = qs.filter(state=PledgeState.DONE)
        return done.filter(done_on__lte=F("due_on")) if value == "yes" else done.filter(done_on__gt=F("due_on"))


class MineFilter(filters.YesNoFilter):
    """Whether it is the reader's own."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to the reader's own, or to others'."""
        if not value:
            return qs
        own = Q(sponsorship__user=self.parent.request.user)
        return qs.filter(own) if value == "yes" else qs.exclude(own)


def _sponsors() -> list[tuple[str, str]]:
    return selectors.known_sponsors()


class PledgeFilter(filters.FilterSet):
    """Whose, what kind, how far, by when, how it went."""

    sponsor = filters.MultiChoiceFilter(
        label=_("Sponsor"), field_name="sponsorship__user__public_id", choices=_sponsors
    )
    kind = filters.MultiChoiceFilter(label=_("Kind"), field_name="kind", choices=PledgeKind.choices)
    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=PledgeState.choices)
    due = filters.DateRangeFilter(label=_("Due"), field_name="due_on")
    behind = BehindFilter(label=_("Behind"), field_name="due_on")
    on_time = OnTimeFilter(label=_("Done on time"), field_name="done_on")
    mine = MineFilter(label=_("Mine"), field_name="sponsorship")
