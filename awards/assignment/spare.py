"""Judges beyond what an entry needs, because some of what is given out is never scored.

The share comes from the closed rounds of the same award; `most_spare` caps it. So many more pieces of work are given
out that, at that share, each entry is expected to get its ballots; who gets one more is drawn by the round's seed.
"""

from typing import Final

import numpy as np
from django.db.models import Count, Q

from awards.assignment import policy
from awards.assignment.solving import Ints, Task
from awards.judging.enums import AssignmentState
from awards.models import Assignment, Round

# Fewer pieces of work than this say nothing about the next round.
LEAST_KNOWN: Final = 20


def no_show_rate(round_: Round) -> float:
    """Return the share of released work of earlier rounds of this award that was not scored in time; 0: not known."""
    over = Assignment.objects.filter(
        round__contest__series=round_.contest.series, round__closed_at__isnull=False, place__entry__anchor=False
    )
    lapsed = Q(state=AssignmentState.LAPSED)
    found = over.aggregate(
        lapsed=Count("pk", filter=lapsed), all=Count("pk", filter=lapsed | Q(state=AssignmentState.LOCKED))
    )
    return found["lapsed"] / found["all"] if found["all"] >= LEAST_KNOWN else 0.0


def spare(task: Task, *, per_entry: int, has: Ints, rate: float, seed: int) -> Ints:
    """Return how many judges each entry is given beyond its need: evenly, as far as there is room."""
    none = np.zeros(len(task.need), dtype=np.intp)
    share = min(rate, policy.now().most_spare / 100)
    if share <= 0 or not len(task.need):
        return none
    each = per_entry / (1 - share) - per_entry
    wanted = none + int(each)
    more = round((each - int(each)) * len(none))
    wanted[np.random.default_rng(seed).permutation(len(none))[:more]] += 1
    # What an entry holds beyond its need already counts; and nobody is asked for more judges than are free.
    wanted = np.maximum(wanted - np.maximum(has - per_entry, 0), 0)
    wanted = np.minimum(wanted, np.maximum(task.allowed.sum(axis=1) - task.need, 0))
    room = int(np.maximum(task.cap - task.held, 0).sum() - task.need.sum())
    beyond = np.cumsum(wanted)
    return np.asarray(np.where(beyond <= max(room, 0), wanted, 0), dtype=np.intp)
