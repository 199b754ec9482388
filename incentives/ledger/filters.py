"""What narrows the ledger."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from incentives.ledger.enums import Book, BookingKind
from incentives.ledger.models import Posting
from incentives.ledger.selectors import earners
from incentives.models import Rule
from refprogram.kernel import filters
from refprogram.people.models import Person


def _rules(request: HttpRequest) -> QuerySet[Any]:
    rules = Rule.objects.order_by("name")
    return rules if request.user.has_perm("incentives.view_rules") else rules.none()


def _earners(_request: HttpRequest) -> QuerySet[Any]:
    return earners()


class LedgerFilter(filters.FilterSet):
    """Who, which book, what kind, by which rule, when it counts, and reversals alone."""

    person = filters.ModelChoiceFilter(label=_("Who"), field_name="wallet__person", queryset=_earners)
    book = filters.ChoiceFilter(label=_("Book"), choices=[c for c in Book.choices if c[0] != Book.ISSUED])
    kind = filters.ChoiceFilter(label=_("Kind"), field_name="entry__kind", choices=BookingKind.choices)
    rule = filters.ModelChoiceFilter(label=_("Rule"), field_name="entry__rule", queryset=_rules)
    day = filters.DateRangeFilter(label=_("Counts for"), field_name="entry__occurred_at")
    reversal = filters.YesNoFilter(
        label=_("Taken back"), field_name="entry__reverses", lookup_expr="isnull", exclude=True
    )


class EntryFilter(filters.FilterSet):
    """The same of whole entries, for the API."""

    person = filters.ModelChoiceFilter(label=_("Who"), queryset=_earners, method="filter_person")
    kind = filters.ChoiceFilter(label=_("Kind"), choices=BookingKind.choices)
    rule = filters.ModelChoiceFilter(label=_("Rule"), queryset=_rules)
    day = filters.DateRangeFilter(label=_("Counts for"), field_name="occurred_at")
    reversal = filters.YesNoFilter(label=_("Taken back"), field_name="reverses", lookup_expr="isnull", exclude=True)

    def filter_person(self, entries: QuerySet[Any], _name: str, person: Person | None) -> QuerySet[Any]:
        """Narrow to entries with a side of theirs, each once."""
        if person is None:
            return entries
        return entries.filter(pk__in=Posting.objects.filter(wallet__person=person).values("entry"))
