"""What narrows the lists of this room."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incentives.quality.enums import Attribute, FaultKind, RecordType
from incentives.quality.models import Fault
from refprogram.kernel import filters
from refprogram.people.models import Region, Team

OLD = dt.timedelta(days=30)


class OldFilter(filters.YesNoFilter):
    """Found more than thirty days ago."""

    def filter(self, qs: QuerySet[Fault], value: str) -> QuerySet[Fault]:
        """Narrow to old ones, or to those found since."""
        if not value:
            return qs
        old = {"found_at__lt": timezone.now() - OLD}
        return qs.filter(**old) if value == "yes" else qs.exclude(**old)


class GivenFilter(filters.YesNoFilter):
    """Whether a moment is given."""

    def filter(self, qs: QuerySet[Fault], value: str) -> QuerySet[Fault]:
        """Narrow to rows with it, or without."""
        return qs.filter(**{f"{self.field_name}__isnull": value == "no"}) if value else qs


class FaultFilter(filters.FilterSet):
    """What, of which record, whose, since when."""

    record = filters.MultiChoiceFilter(label=_("Record"), field_name="record_type", choices=RecordType.choices)
    kind = filters.MultiChoiceFilter(label=_("Kind"), choices=FaultKind.choices)
    what = filters.MultiChoiceFilter(label=_("What"), field_name="attribute", choices=Attribute.choices)
    nobodys = filters.YesNoFilter(label=_("Nobody’s"), field_name="user__isnull")
    old = OldFilter(label=_("For more than 30 days"))
    proposed = GivenFilter(label=_("Write-back proposed"), field_name="proposed_at")
    excused = GivenFilter(label=_("Excused"), field_name="excused_at")
    team = filters.ModelChoiceFilter(label=_("Team"), field_name="user__team", queryset=Team.objects)
    region = filters.ModelChoiceFilter(label=_("Region"), field_name="user__team__region", queryset=Region.objects)
    found = filters.DateRangeFilter(label=_("Found"), field_name="found_at")


class MonthFilter(filters.FilterSet):
    """Which month, whose, how good."""

    month = filters.DateRangeFilter(label=_("Month"), field_name="month")
    score = filters.RangeFilter(label=_("Score"), field_name="score")
    won = filters.YesNoFilter(label=_("Won"), field_name="won")
    team = filters.ModelChoiceFilter(label=_("Team"), field_name="user__team", queryset=Team.objects)
