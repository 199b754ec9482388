"""What narrows the list of surveys."""

from django.utils.translation import gettext_lazy as _

from references.surveys.enums import SurveyKind, SurveyState
from references.surveys.models import Survey
from refprogram.kernel import filters


class SurveyFilter(filters.FilterSet):
    """Filters of the list of surveys, page and API."""

    kind = filters.MultiChoiceFilter(label=_("Measures"), field_name="kind", choices=SurveyKind.choices)
    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=SurveyState.choices)

    class Meta:
        model = Survey
        fields: list[str] = []
