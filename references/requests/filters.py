"""What narrows the list of requests."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from references.accounts.selectors import activity_types
from references.requests import selectors
from references.requests.enums import CandidateState, RequestState
from refprogram.kernel import filters
from refprogram.kernel.custom_fields.lists import CustomFilterSet

STEPS = (
    ("match", _("A customer to be found")),
    ("owner", _("The owner’s answer")),
    ("approval", _("Somebody’s approval")),
    ("customer", _("The customer’s answer")),
    ("requester", _("The requester")),
    ("feedback", _("Feedback")),
)


def activity_choices() -> list[tuple[str, str]]:
    """Return the kinds of activity."""
    return [(kind.slug, kind.name) for kind in activity_types()]


class StepFilter(filters.ChoiceFilter):
    """Whom a request waits for."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to requests that wait for this party."""
        return selectors.in_step(qs, value) if value else qs


class RiskFilter(filters.YesNoFilter):
    """Whether the clock is about to run out."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to requests at risk, or to the others."""
        if not value:
            return qs
        risky = selectors.at_risk(qs)
        return risky if value == "yes" else qs.exclude(pk__in=risky.values("pk"))


class MineFilter(filters.YesNoFilter):
    """Whether the reader asked."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to the reader's own requests, or to those of others."""
        if not value:
            return qs
        user = self.parent.request.user
        return qs.filter(requester=user) if value == "yes" else qs.exclude(requester=user)


class RequestFilter(CustomFilterSet):
    """The filters of the list of requests, page and API."""

    custom_noun = "request"

    mine = MineFilter(label=_("Asked by me"))
    waits = StepFilter(label=_("Waits for"), choices=STEPS)
    risk = RiskFilter(label=_("At risk"))
    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=RequestState.choices)
    activity = filters.MultiChoiceFilter(label=_("Activity"), field_name="activity__slug", choices=activity_choices)
    needed = filters.DateRangeFilter(label=_("Needed by"), field_name="needed_by")
    asked = filters.DateRangeFilter(label=_("Asked"), field_name="submitted_at")
    held = filters.DateRangeFilter(label=_("Took place"), field_name="delivered_at")
    ended = filters.DateRangeFilter(label=_("Ended"), field_name="closed_at")


class CandidateFilter(filters.FilterSet):
    """The filters of candidates over the API."""

    request = filters.TextFilter(label=_("Id of the request"), field_name="request__public_id", lookup_expr="exact")
    account = filters.TextFilter(label=_("Id of the account"), field_name="account__public_id", lookup_expr="exact")
    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=CandidateState.choices)
