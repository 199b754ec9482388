"""What narrows cases, policies and tasks."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from refprogram.governance.consequences import selectors
from refprogram.governance.consequences.enums import CaseState, Effect, TaskState
from refprogram.kernel import filters
from refprogram.people import selectors as people


class MineFilter(filters.YesNoFilter):
    """Whether it is about the reader, or the reader's to do."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to the reader's own, or to those of others."""
        if not value:
            return qs
        own = {str(self.field_name): self.parent.request.user}
        return qs.filter(**own) if value == "yes" else qs.exclude(**own)


class LateFilter(filters.YesNoFilter):
    """Whether its day has passed."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to open tasks whose day has passed, or to the rest."""
        if not value:
            return qs
        late = {"state": TaskState.OPEN, "due_on__lt": timezone.localdate()}
        return qs.filter(**late) if value == "yes" else qs.exclude(**late)


class CaseFilter(filters.FilterSet):
    """Whose, which policy, which team, how it stands, when."""

    mine = MineFilter(label=_("About me"), field_name="user")
    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=CaseState.choices)
    policy = filters.MultiChoiceFilter(
        label=_("Policy"), field_name="policy__public_id", choices=selectors.policy_choices
    )
    team = filters.MultiChoiceFilter(label=_("Team"), field_name="user__team__public_id", choices=people.team_choices)
    period = filters.DateRangeFilter(label=_("Period begins"), field_name="period_starts_on")
    ends = filters.DateRangeFilter(label=_("Ends"), field_name="ends_at")


class PolicyFilter(filters.FilterSet):
    """Whether it is on, and what it does."""

    live = filters.YesNoFilter(label=_("Switched on"), field_name="live")
    effect = filters.MultiChoiceFilter(label=_("What follows"), field_name="effect", choices=Effect.choices)


class TaskFilter(filters.FilterSet):
    """Whose, how far, until when."""

    mine = MineFilter(label=_("Mine"), field_name="assignee")
    given = MineFilter(label=_("Given by me"), field_name="given_by")
    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=TaskState.choices)
    late = LateFilter(label=_("Late"))
    due = filters.DateRangeFilter(label=_("Due"), field_name="due_on")
