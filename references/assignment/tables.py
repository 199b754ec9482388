"""How assignments are listed."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references.assignment import words
from references.requests.models import AssignmentRun
from refprogram.kernel import tables


def title(run: AssignmentRun) -> str:
    """Return "Assignment of 22 November, 05:15"."""
    return _("Assignment of %(when)s") % {"when": date_format(localtime(run.created_at), "j F, H:i")}


def answered(run: AssignmentRun) -> str:
    """Return "38 of 41"."""
    return _("%(n)d of %(of)d") % {"n": run.facts["ours"]["answered"], "of": run.facts["requests"]}


class AssignmentTable(tables.Table):
    """One line per assignment: what it found, what it gains, what was taken up."""

    made = tables.NameColumn(gettext_lazy("Assignment"), title, avatar="", order_by="created_at", desc_first=True)
    answered = tables.TextColumn(gettext_lazy("Requests answered"), answered, phone="wide", named=True, nowrap=True)
    gain = tables.NumberColumn(
        gettext_lazy("Gain over first come"), lambda run: words.gain(run.facts), csv=lambda run: words.gain(run.facts)
    )
    taken = tables.NumberColumn(gettext_lazy("Taken up"), "taken", order_by="taken", desc_first=True, phone="end")
    by = tables.OwnerColumn(gettext_lazy("Made by"), "made_by.person.name", nothing=gettext_lazy("the program"))
