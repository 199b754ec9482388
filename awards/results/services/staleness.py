"""Results that say no longer what is so: noticed, shown, and told once for each computing to who runs the contest."""

from django.db import transaction
from django.utils import timezone

from awards.contests.services.rows import lock as lock_contest
from awards.models import Contest, TallyRun
from awards.results import letters
from awards.results.services.signing import waiting_tallies
from awards.results.services.tallies import OPEN_TO_CHANGE, changed_since


@transaction.atomic
def notice_stale(*, contest: Contest) -> int:
    """Look whether ballots, entries or ties changed since the results were computed; return how many are stale anew.

    Only while they can still be computed again. What is stale is signed by nobody (`demand_current`), noticed or not.
    """
    contest = lock_contest(contest)
    if contest.state not in OPEN_TO_CHANGE:
        return 0
    standing = waiting_tallies(contest)
    stale = changed_since([tally for tally in standing if tally.stale_at is None])
    if stale:
        TallyRun.objects.filter(pk__in=[tally.pk for tally in stale]).update(stale_at=timezone.now())
        letters.results_are_stale(contest, stale, computing=max(tally.pk for tally in standing))
    return len(stale)
