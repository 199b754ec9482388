"""Making an assignment: a job that reads, scores, chooses and keeps what it would do. It changes nothing else."""

import time
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any, Final

import numpy as np
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.assignment import policy, solving
from references.assignment.options import Options, options
from references.assignment.solving import NOBODY, Wish
from references.assignment.world import World, load, waiting
from references.requests import policy as request_policy
from references.requests.models import AssignmentPick, AssignmentRun, ReferenceRequest
from refprogram.kernel import jobs
from refprogram.kernel.enums import JobState
from refprogram.kernel.errors import DomainError
from refprogram.kernel.jobs import Progress
from refprogram.kernel.models import Job
from refprogram.people.models import User

ASSIGN: Final = "assignment"
TOLD_EVERY: Final = 20
FINE: Final = 100  # worth is counted in hundredths of a point


def start(*, user: User | None) -> Job:
    """Queue an assignment of all requests that wait; refused while one is being made."""
    if Job.objects.filter(kind=ASSIGN, state__in=(JobState.QUEUED, JobState.RUNNING)).exists():
        raise DomainError(_("One is being made already."))
    return jobs.start(kind=ASSIGN, params={}, user=user)


def start_nightly() -> Job | None:
    """Queue one for the morning, if anything waits and none is being made."""
    if not waiting():
        return None
    try:
        return start(user=None)
    except DomainError:
        return None


def call_off(*, job: Job, actor: User) -> None:
    """Stop one that is being made."""
    jobs.cancel(job=job, actor=actor)


def run_job(job: Job, progress: Progress) -> dict[str, Any]:
    """Make the assignment that a job asks for."""
    run = make(user=job.created_by, job_id=job.pk, progress=progress)
    return {"url": run.get_absolute_url(), "assignment": run.public_id, **run.facts}


@transaction.atomic
def make(*, user: User | None, job_id: int | None = None, progress: Progress = lambda *_told: None) -> AssignmentRun:
    """Allocate all requests that wait, and keep the picks with their reasons."""
    began = time.monotonic()
    requests = waiting()
    steps = len(requests) + 2
    progress(0, steps, _("Reading who may be asked"))
    world = load(requests)
    progress(1, steps, _("Scoring"))
    limit, found = policy.now().candidates, []
    for number, request in enumerate(requests, start=1):
        found.append(options(world, request, limit))
        if number % TOLD_EVERY == 0:
            progress(1 + number, steps, _("Scoring"))
    progress(steps - 1, steps, _("Choosing"))
    plan = _Plan(world, requests, found)
    run = AssignmentRun.objects.create(
        made_by=user,
        job_id=job_id,
        finished_at=timezone.now(),
        weights={**_weights(), **asdict(policy.now())},
        facts={**plan.facts(), "seconds": round(time.monotonic() - began, 1)},
    )
    AssignmentPick.objects.bulk_create(plan.picks(run), batch_size=500)
    progress(steps, steps, "")
    return run


def _weights() -> dict[str, int]:
    figures = request_policy.now()
    return {name: getattr(figures, name) for name in ("fit", "availability", "track_record", "fairness")}


def worth_of(world: World, request: ReferenceRequest, found: Options, largest: Decimal) -> solving.Numbers:
    """Return what each option is worth to the whole: points, more of them for large deals, less from the reserve."""
    figures = policy.now()
    share = float(amount_of(request) / largest) if largest else 0.0
    worth = found.points * round(FINE + figures.deal * share) + figures.answered * FINE
    if not request.reserved:
        worth = worth - world.kept_back[found.places] * figures.keep_back * FINE
    return worth.astype(np.int64)


def amount_of(request: ReferenceRequest) -> Decimal:
    """Return the amount of the deal that a request is for; nothing where it is for none."""
    deal = request.opportunity
    return deal.amount if deal is not None and deal.amount is not None else Decimal(0)


class _Plan:
    """What is proposed, beside what first come, first served would have done."""

    def __init__(self, world: World, requests: Sequence[ReferenceRequest], found: Sequence[Options]) -> None:
        self.world, self.requests, self.found = world, requests, found
        largest = max((amount_of(request) for request in requests), default=Decimal(0))
        wishes = [
            Wish(one.places, worth_of(world, request, one, largest))
            for request, one in zip(requests, found, strict=True)
        ]
        self.chosen = solving.allocate(wishes)
        turns = sorted(range(len(requests)), key=lambda row: (requests[row].submitted_at, requests[row].pk))
        self.first_come = solving.first_come(wishes, turns)
        self.worth = [int(sum(wish.worth[place] for wish, place in self._pairs(wishes, chosen)))
                      for chosen in (self.chosen, self.first_come)]  # fmt: skip
        self.holder = {self._account(row): row for row in range(len(requests)) if self.chosen[row] != NOBODY}

    @staticmethod
    def _pairs(wishes: Sequence[Wish], chosen: Sequence[int]) -> list[tuple[Wish, int]]:
        return [(wish, place) for wish, place in zip(wishes, chosen, strict=True) if place != NOBODY]

    def _account(self, row: int) -> int:
        return int(self.found[row].places[self.chosen[row]])

    def facts(self) -> dict[str, Any]:
        """Return the figures that tell how good it is."""
        return {
            "requests": len(self.requests),
            "accounts": len(self.world.ids),
            "considered": int(sum(len(one.places) for one in self.found)),
            "ours": self._summed(self.chosen, self.worth[0]),
            "first_come": self._summed(self.first_come, self.worth[1]),
        }

    def _summed(self, chosen: Sequence[int], worth: int) -> dict[str, Any]:
        rows = [row for row, place in enumerate(chosen) if place != NOBODY]
        places = np.array([self.found[row].places[chosen[row]] for row in rows], np.int64)
        points = sum(int(self.found[row].points[chosen[row]]) for row in rows)
        idle = self.world.today.toordinal() - request_policy.now().idle_days
        return {
            "answered": len(rows),
            "points": points,
            "worth": round(worth / FINE),
            "fresh": int((self.world.asked[places] <= idle).sum()),
            "load": round(float(self.world.load[places].mean()), 1) if rows else 0,
            "kept_back": int(self.world.kept_back[places].sum()),
            "concentration": round(solving.concentration(self.world.recent, places), 4),
        }

    def picks(self, run: AssignmentRun) -> list[AssignmentPick]:
        """Return the rows to keep."""
        return [self._pick(run, row) for row in range(len(self.requests))]

    def _pick(self, run: AssignmentRun, row: int) -> AssignmentPick:
        found, place = self.found[row], self.chosen[row]
        pick = AssignmentPick(run=run, request=self.requests[row], facts=self._why(row))
        if place != NOBODY:
            where = int(found.places[place])
            pick.account_id = int(self.world.ids[where])
            pick.contact_id = int(found.contacts[place])
            pick.score = int(found.points[place])
            pick.facts["parts"] = self._parts(found, place, where)
        return pick

    def _parts(self, found: Options, place: int, where: int) -> dict[str, int]:
        parts = ("availability", "track_record", "fairness")
        return {"fit": int(found.fit[place]), **{name: int(getattr(self.world, name)[where]) for name in parts}}

    def _why(self, row: int) -> dict[str, Any]:
        """Return what tells why it is not its own first choice: who has that, and what it would lose without."""
        found, place = self.found[row], self.chosen[row]
        if not len(found.places):
            return {"why": "nobody"}
        if place == 0:
            return {"why": "first"}
        best = int(found.places[0])
        told = {"best": int(self.world.ids[best]), "best_score": int(found.points[0])}
        other = self.holder.get(best)
        if other is None:
            return {**told, "why": "kept_back"}
        return {**told, "why": "elsewhere", **self._there(other)}

    def _there(self, other: int) -> dict[str, Any]:
        """Return what the request that has somebody's first choice would fall to without them: None is nobody."""
        found, place = self.found[other], self.chosen[other]
        left = (
            int(points)
            for where, points in zip(found.places.tolist(), found.points.tolist(), strict=True)
            if where not in self.holder
        )
        return {
            "by": self.requests[other].pk,
            "there": int(found.points[place]),
            "there_next": next(left, None),
            "amount": str(amount_of(self.requests[other])),
        }
