"""How long it is kept who scored what."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from awards.closing import policy
from awards.closing.services import pseudonymise
from awards.contests.enums import AFTER_PUBLICATION, ContestState
from awards.models import Assignment, Judge
from refprogram.kernel.retention import Policy


def named_judges(before: dt.datetime) -> QuerySet[Judge]:
    """Return the judges whose names still stand at their ballots, longer than the program's setting after the end."""
    until = before - dt.timedelta(days=round(policy.now().pseudonym_months * policy.DAYS_A_MONTH))
    over = (*AFTER_PUBLICATION, ContestState.CANCELLED)
    rows = Judge.objects.filter(contest__state__in=over, contest__announce_at__lt=until, person__erased_at=None)
    return rows.filter(Exists(Assignment.objects.filter(judge=OuterRef("pk"))))


def kept_for() -> str:
    """Return how long that is now, in words."""
    months = policy.now().pseudonym_months
    return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}


POLICIES = [
    Policy(
        "judges_of_ballots",
        _("Who scored what in contests"),
        None,
        _("For some years a result can be explained to whoever asks. Then scores stay, and names go."),
        named_judges,
        pseudonymise,
        period=lazy(kept_for, str)(),
    ),
]
