"""The executive page's pictures: nominations by stage, references won by month, the way from one to the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

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
    return tuple(
        (str(capfirst(state.label)), counted[state], rows_of(NominationList, state=state.value))
        for state in NominationState
    )


@dataclass(frozen=True)
class Chart:
    """A picture with its numbers: column heads as (text, role), rows with the label first."""

    kind: str
    title: str
    words: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str | int, ...], ...]


def charts() -> list[Chart]:
    """Return what became of the last twelve months' nominations, and how many were enrolled in each."""
    this = rollups.start_of(Period.MONTH, rollups.day_of(timezone.now()))
    months = [this]
    while len(months) < MONTHS:
        months.insert(0, rollups.previous_start(Period.MONTH, months[0]))
    told = rollups.series(metrics=STEPS, period=Period.MONTH, dimension=By.REP, since=months[0])
    enrolled = tuple((month, int(told[ENROLLED].get(month, 0))) for month in months)
    sums = tuple(int(sum(told[step].values())) for step in STEPS)
    return [_by_month(get_language(), enrolled), _funnel(get_language(), sums)]


@lru_cache(maxsize=32)
def _by_month(_language: str | None, enrolled: tuple[tuple[date, int], ...]) -> Chart:
    rows = tuple((date_format(month, "M Y"), number) for month, number in enrolled)
    total = sum(number for _month, number in enrolled)
    words = ngettext("%(n)s enrolled in twelve months.", "%(n)s enrolled in twelve months.", total)
    heads = ((_("Month"), ""), (_("Enrolled"), ""))
    return Chart("bar", _("References won by month"), words % {"n": rp.number(total)}, heads, rows)


@lru_cache(maxsize=32)
def _funnel(_language: str | None, sums: tuple[int, ...]) -> Chart:
    rows = tuple(zip((_("Nominated"), _("Approved"), _("Enrolled")), sums, strict=True))
    heads = ((_("Stage"), ""), (_("Nominations, twelve months"), ""))
    asked, won = sums[0], sums[-1]
    words = _("%(rate)s of what was nominated was enrolled.") % {"rate": rp.pct(won / asked)} if asked else ""
    return Chart("funnel", _("From nomination to reference"), words, heads, rows)
