"""Surveys as a list shows them."""

from django.utils.translation import gettext_lazy as _

from references.surveys.enums import SurveyState
from references.surveys.models import Survey
from refprogram.kernel import tables

STATES = {
    SurveyState.DRAFT: tables.Pill(_("Draft"), "idle"),
    SurveyState.RUNNING: tables.Pill(_("Running"), "info"),
    SurveyState.PAUSED: tables.Pill(_("Paused"), "rest"),
    SurveyState.CLOSED: tables.Pill(_("Ended"), "ok"),
}


def _rate(survey: Survey) -> str:
    sent, answered = survey.sent, survey.answered  # type: ignore[attr-defined]
    return f"{round(100 * answered / sent)} %" if sent else ""


class SurveyTable(tables.Table):
    """Surveys with how many answered."""

    name = tables.NameColumn(_("Survey"), "name", small="get_kind_display", avatar="", order_by="name")
    state = tables.PillColumn(_("State"), "state", words=STATES, phone="end", order_by="state")
    sent = tables.NumberColumn(_("Sent"), "sent", order_by="sent", desc_first=True)
    answered = tables.NumberColumn(_("Answered"), "answered", order_by="answered", desc_first=True, phone="wide")
    rate = tables.TextColumn(_("Share"), _rate, nowrap=True)
    closes = tables.DateColumn(_("Last day"), "closes_on", order_by="closes_on", nulls_last=True)
    created = tables.AgoColumn(_("Made"), "created_at", order_by="created_at", desc_first=True)
