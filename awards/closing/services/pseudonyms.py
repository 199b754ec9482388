"""Ballots lose their judges' names: what somebody scored stays, who that was is no row of ours any more.

Tallies name judges by their public id. So a judge's id, work and ballots go over to a row whose person is "Judge 3" and
nobody; the person keeps their place on the panel under a new id. Computed again, results are the same. The stream keeps
that somebody scored an entry, as it keeps everything: it is the one place from which a name could be found again.
"""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.judging.enums import JudgeState
from awards.models import Assignment, Ballot, Comparison, Contest, Judge, Score
from refprogram.kernel.models.base import new_public_id
from refprogram.kernel.stream import emit
from refprogram.people.models import Person


@transaction.atomic
def pseudonymise(rows: Iterable[Judge]) -> int:
    """Take the names off what these judges scored; return how many judges."""
    keys = [judge.pk for judge in rows]
    judges = Judge.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    done: Counter[int] = Counter()
    for judge in judges:
        _part(judge)
        done[judge.contest_id] += 1
    for contest in Contest.objects.filter(pk__in=done).order_by("pk"):
        emit("contest.pseudonymised", subject=contest, payload={"judges": done[contest.pk]})
    return done.total()


def _part(judge: Judge) -> None:
    """Part a judge from their ballots."""
    known = judge.public_id
    judge.public_id = new_public_id()
    judge.save(update_fields=["public_id"])
    nobody = Person(name=_("Judge %(n)d") % {"n": judge.number}, erased_at=timezone.now())
    nobody.save(force_insert=True)
    hidden = Judge(
        public_id=known, contest_id=judge.contest_id, person=nobody, kind=judge.kind, state=JudgeState.COMPLETED,
        load_cap=judge.load_cap, nda_at=judge.nda_at, nda_version=judge.nda_version, number=judge.number,
        ties_declared_at=judge.ties_declared_at, public=False,
    )  # fmt: skip
    hidden.save(force_insert=True)
    Assignment.objects.filter(judge=judge).update(judge=hidden, reason="")
    Comparison.objects.filter(judge=judge).update(judge=hidden)
    ballots = Ballot.objects.filter(assignment__judge=hidden)
    Score.objects.filter(ballot__in=ballots.values("pk")).update(comment="")
    ballots.update(comment="", private_note="", session="", tab="", reopened_reason="", void_reason="")
