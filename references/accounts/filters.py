"""What narrows the lists of this room."""

import functools
import operator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from references.accounts import clock, policy, selectors
from references.accounts.enums import Availability, Membership, Stage, Tier
from references.accounts.models import Account, Consent, Opportunity
from references.accounts.segment_filters import AskableFilter, CellFilter
from refprogram.kernel import filters
from refprogram.kernel.custom_fields.lists import CustomFilterSet
from refprogram.people.selectors import region_choices


class AvailabilityFilter(filters.MultiChoiceFilter):
    """Any of the availabilities, by the same table that draws the pills."""

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        """Narrow to accounts of one of these availabilities."""
        if not value:
            return qs
        return qs.filter(functools.reduce(operator.or_, (selectors.state_q(Availability(one)) for one in value)))


class MineFilter(filters.YesNoFilter):
    """Accounts that the reader owns or cares for."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to one's own accounts, or to the others."""
        if not value:
            return qs
        user = self.parent.request.user
        mine = Q(owner=user) | Q(csm=user)
        return qs.filter(mine) if value == "yes" else qs.exclude(pk__in=Account.objects.filter(mine).values("pk"))


class ConsentFilter(filters.ChoiceFilter):
    """Accounts with a consent that soon ends."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to accounts where somebody's consent lapses within the warning time."""
        if not value:
            return qs
        today = clock.today()
        ending = Consent.objects.filter(
            revoked_at__isnull=True,
            expires_on__range=(today, today + policy.now().consent_warning),
            contact__state=Membership.ACTIVE,
        ).exclude(activities=[])
        return qs.filter(pk__in=ending.values("contact__account"))


def industry_choices() -> list[tuple[str, str]]:
    """Return the industries that accounts have."""
    return [(name, name) for name in selectors.industries()]


class AccountFilter(CustomFilterSet):
    """Filters of the account list."""

    custom_noun = "account"

    availability = AvailabilityFilter(label=_("Availability"), choices=Availability.choices)
    industry = filters.MultiChoiceFilter(label=_("Industry"), field_name="industry", choices=industry_choices)
    region = filters.MultiChoiceFilter(label=_("Region"), field_name="region__public_id", choices=region_choices)
    product = filters.MultiChoiceFilter(
        label=_("Product"), field_name="products__public_id", choices=selectors.product_choices, many=True
    )
    size = filters.RangeFilter(label=_("Size"), field_name="employees", unit=_("people"))
    tier = filters.MultiChoiceFilter(
        label=_("Tier"), field_name="tier", choices=[choice for choice in Tier.choices if choice[0]]
    )
    state = filters.MultiChoiceFilter(label=_("Membership"), field_name="state", choices=Membership.choices)
    owner = filters.MultiChoiceFilter(label=_("Owner"), field_name="owner__public_id", choices=selectors.owner_choices)
    readiness = filters.RangeFilter(label=_("Readiness"), field_name="readiness")
    asked = filters.DateRangeFilter(label=_("Last asked"), field_name="last_asked_at")
    consent = ConsentFilter(label=_("Consent"), choices=(("lapsing", _("Lapses soon")),))
    mine = MineFilter(label=_("My accounts"))
    askable = AskableFilter(label=_("May be asked today"))
    cell = CellFilter(label=_("Cell"))

    class Meta:
        model = Account
        fields: list[str] = []


class ContactFilter(CustomFilterSet):
    """Filters of the contacts over the API: those of the added fields."""

    custom_noun = "contact"


class OpportunityFilter(CustomFilterSet):
    """Filters of the list of deals."""

    custom_noun = "opportunity"

    stage = filters.MultiChoiceFilter(label=_("Stage"), field_name="stage", choices=Stage.choices)
    product = filters.MultiChoiceFilter(
        label=_("Product"), field_name="product__public_id", choices=selectors.product_choices
    )
    amount = filters.RangeFilter(label=_("Amount"), field_name="amount")
    closes = filters.DateRangeFilter(label=_("Closes"), field_name="closes_on")
    account = filters.TextFilter(label=_("Account"), field_name="account__name")

    class Meta:
        model = Opportunity
        fields: list[str] = []
