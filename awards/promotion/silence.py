"""Winners who were not told, or told and did not answer: who they are stands with the awards, here is how many.

The announcement waits for nobody. Whoever said nothing is announced all the same, and named only where they had agreed
to be named if they win, when they handed in: the gate is asked as for every winner.
"""

from dataclasses import dataclass

from django.db.models import Count, Q

from awards.contests.enums import AFTER_PUBLICATION, Audience, ContestState
from awards.models import Award, Contest
from awards.promotion.selectors import WON, with_what_may
from awards.results.enums import AwardState


@dataclass(frozen=True)
class Silence:
    """How many winners were not told, were told and have not answered, and how many of both are not named."""

    untold: int
    unanswered: int
    unnamed: int

    def __bool__(self) -> bool:
        return bool(self.untold or self.unanswered)


NONE = Silence(0, 0, 0)


def silence_of(contest: Contest) -> Silence:
    """Return how many winners said nothing: so far, or by the announcement. One query once results are certified."""
    over = contest.state in AFTER_PUBLICATION
    if contest.audience != Audience.CUSTOMERS or not (over or contest.state == ContestState.DECIDED):
        return NONE
    states = [AwardState.PUBLISHED] if over else [AwardState.EMBARGOED, AwardState.NOTIFIED]
    rows = Award.objects.filter(contest=contest, kind__in=WON, state__in=states, answered_at__isnull=True)
    silent = with_what_may(rows).order_by()
    found = silent.aggregate(
        untold=Count("pk", filter=Q(notified_at__isnull=True)),
        unanswered=Count("pk", filter=Q(notified_at__isnull=False)),
        unnamed=Count("pk", filter=Q(may_site=False)),
    )
    return Silence(**found)
