"""Leagues: people who start from a like place are compared with each other. A wave's cohorts are leagues of their own.

By role and by time in the company, because these are facts of a person that somebody can check. See decision 0007.
"""

from typing import Any

from django.db.models import BigIntegerField
from django.utils.translation import gettext as _

from nominations.standings.enums import League
from nominations.standings.statements import COHORT
from nominations.waves.enums import WaveState
from nominations.waves.models import Cohort, CohortMember
from refprogram.kernel.prepared import Given, Prepared

UNDER_WAY = (WaveState.RUNNING, WaveState.PAUSED)
# The cohort of a wave under way that a colleague is in.
_OWN = Prepared(
    lambda: (
        CohortMember.objects.filter(user=Given("user", BigIntegerField()), wave__state__in=UNDER_WAY)
        .select_related("cohort")
        .order_by("pk")[:1]
    )
)


def is_known(league: str) -> bool:
    """Whether there is such a league."""
    if league.startswith(COHORT):
        return Cohort.objects.filter(public_id=league.removeprefix(COHORT)).exists()
    return league in League.values


def choices_for(reader: Any, current: str = "") -> list[tuple[str, str]]:
    """Return the leagues, and the reader's own cohort of a wave that is under way: all of them began on one day."""
    found = [(str(key), str(label)) for key, label in League.choices]
    found += [
        (f"{COHORT}{own.cohort.public_id}", _("Your cohort: %(name)s") % {"name": own.cohort.name})
        for own in _OWN(user=reader.pk)
    ]
    if current and current not in {key for key, _name in found}:
        found.append((current, _("Another cohort")))
    return found
