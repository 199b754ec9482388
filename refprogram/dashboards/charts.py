"""The executive page's pictures: nominations by stage, references won by month, the way from one to the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominations import selectors as nominations
from nominations.enums import NominationState
from nominations.standings.ranking import APPROVED, ENROLLED, SUBMITTED, By
from nominations.views import NominationList
from refprogram.dashboards.drill import rows_of
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

MONTHS: Final = 12
STEPS: Final = (SUBMITTED, APPROVED, ENROLLED)


def stages(user: User) -> Sequence[tuple[str, int, str]]:
    """Return nominations by stage (name, number, address of the rows), in the order of their way."""
    counted = nominations.stage_counts(user)
    return [
        (str(capfirst(state.label)), counted[state], rows_of(NominationList, state=state.value))
        for state in NominationState
    ]


@dataclass(frozen=True)
class Chart:
    """A picture with its numbers: column heads as (text, role), rows with the label first."""

    kind: str
    title: str
    words: str
    heads: list[tuple[str, str]]
    rows: list[list[str | int]]


def charts() -> list[Chart]:
    """Return what became of the last twelve months' nominations, and how many were enrolled in each."""
    this = rollups.start_of(Period.MONTH, rollups.day_of(timezone.now()))
    months = [this]
    while len(months) < MONTHS:
        months.insert(0, rollups.previous_start(Period.MONTH, months[0]))
    told = rollups.series(metrics=STEPS, period=Period.MONTH, dimension=By.REP, since=months[0])
    return [_by_month(months, told[ENROLLED]), _funnel(told)]


def _by_month(months: list[date], enrolled: Mapping[date, Decimal]) -> Chart:
    rows: list[list[str | int]] = [[date_format(m, "M Y"), int(enrolled.get(m, 0))] for m in months]
    total = sum(int(n) for n in enrolled.values())
    words = ngettext("%(n)s enrolled in twelve months.", "%(n)s enrolled in twelve months.", total)
    heads = [(_("Month"), ""), (_("Enrolled"), "")]
    return Chart("bar", _("References won by month"), words % {"n": rp.number(total)}, heads, rows)


def _funnel(told: Mapping[str, Mapping[date, Decimal]]) -> Chart:
    names = {SUBMITTED: _("Nominated"), APPROVED: _("Approved"), ENROLLED: _("Enrolled")}
    counted = {name: int(sum(told[metric].values())) for metric, name in names.items()}
    heads = [(_("Stage"), ""), (_("Nominations, twelve months"), "")]
    asked, won = counted[names[SUBMITTED]], counted[names[ENROLLED]]
    words = _("%(rate)s of what was nominated was enrolled.") % {"rate": rp.pct(won / asked)} if asked else ""
    return Chart("funnel", _("From nomination to reference"), words, heads, [[k, v] for k, v in counted.items()])
