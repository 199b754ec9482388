"""What narrows the ledger."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from references.consents import selectors
from references.consents.enums import Channel, Scope, UseAudience
from references.consents.models import ConsentTerm
from refprogram.kernel import filters


class StateFilter(filters.ChoiceFilter):
    """What holds, ends soon, is over, or was taken back."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to terms in one state."""
        if value == "in_force":
            return qs.filter(selectors.in_force_q())
        if value == "ending":
            return qs.filter(selectors.ending_q())
        if value == "revoked":
            return qs.filter(revoked_at__isnull=False)
        if value == "ended":
            return qs.filter(revoked_at__isnull=True).exclude(selectors.in_force_q())
        return qs


STATES = (
    ("in_force", _("Holds")),
    ("ending", _("Ends soon")),
    ("ended", _("Has ended")),
    ("revoked", _("Taken back")),
)


class TermFilter(filters.FilterSet):
    """Filters of the ledger, page and API."""

    state = StateFilter(label=_("State"), choices=STATES)
    scope = filters.MultiChoiceFilter(label=_("What"), field_name="scope", choices=Scope.choices)
    channel = filters.MultiChoiceFilter(label=_("Where"), field_name="channel", choices=Channel.choices)
    audience = filters.MultiChoiceFilter(label=_("To whom"), field_name="audience", choices=UseAudience.choices)
    territory = filters.TextFilter(label=_("Country or region"), field_name="territory")
    until = filters.DateRangeFilter(label=_("Until"), field_name="expires_on")

    class Meta:
        model = ConsentTerm
        fields: list[str] = []
