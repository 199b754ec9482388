"""What narrows stakeholders."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from refprogram.governance.stakeholders import selectors
from refprogram.governance.stakeholders.enums import Knows
from refprogram.kernel import filters


class SpeakFilter(filters.YesNoFilter):
    """Whether they should have been spoken to by now."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to who waits, or to the rest."""
        if not value:
            return qs
        late = selectors.late_keys(timezone.localdate())
        return qs.filter(pk__in=late) if value == "yes" else qs.exclude(pk__in=late)


class UnmetFilter(filters.YesNoFilter):
    """Whether they lack something."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to who lacks something, or to the rest."""
        if not value:
            return qs
        lacks = selectors.lacking_keys()
        return qs.filter(pk__in=lacks) if value == "yes" else qs.exclude(pk__in=lacks)


def _groups() -> list[tuple[str, str]]:
    return [(row.public_id, row.name) for row in selectors.groups()]


class EntryFilter(filters.FilterSet):
    """What colleagues know."""

    knows = filters.MultiChoiceFilter(label=_("What they are"), field_name="knows", choices=Knows.choices)


class StakeholderFilter(filters.FilterSet):
    """Of which group, how much they count, who waits, who lacks something."""

    group = filters.MultiChoiceFilter(label=_("Group"), field_name="group__public_id", choices=_groups)
    key = filters.YesNoFilter(label=_("Key group"), field_name="group__is_key")
    influence = filters.RangeFilter(label=_("Influence"), field_name="influence")
    interest = filters.RangeFilter(label=_("Interest"), field_name="interest")
    speak = SpeakFilter(label=_("To be spoken to"), field_name="contacted_on")
    unmet = UnmetFilter(label=_("Lacks something"), field_name="requirements")
