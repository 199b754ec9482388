"""Taking up what an assignment proposes: each pick goes the way of every proposal, and may be refused there."""

from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.requests.models import AssignmentPick, AssignmentRun, Candidate
from references.requests.services import propose
from refprogram.kernel import jobs
from refprogram.kernel.enums import JobState
from refprogram.kernel.errors import DomainError
from refprogram.kernel.jobs import Progress
from refprogram.kernel.models import Job
from refprogram.people.models import User

ACCEPT: Final = "accept_assignment"
TOLD_EVERY: Final = 5


@transaction.atomic
def accept(*, pick: AssignmentPick, actor: User) -> Candidate:
    """Propose the customer of one pick. Raises what `propose` raises: the world may have changed since."""
    locked = AssignmentPick.objects.select_for_update(of=("self",)).select_related("account", "contact", "request").get(
        pk=pick.pk
    )  # fmt: skip
    if locked.account is None or locked.contact is None:
        raise DomainError(_("Nobody was found for this request."))
    if locked.taken_at is not None:
        raise DomainError(_("This was taken up already."))
    candidate = propose(request=locked.request, account=locked.account, contact=locked.contact, actor=actor)
    locked.taken_at = timezone.now()
    locked.facts.pop("refused", None)
    locked.save(update_fields=["taken_at", "facts"])
    return candidate


@transaction.atomic
def start_accepting(*, run: AssignmentRun, actor: User) -> Job:
    """Queue taking up everything that is left of an assignment; refused while that goes on."""
    AssignmentRun.objects.select_for_update().get(pk=run.pk)
    going = Job.objects.filter(kind=ACCEPT, params={"run": run.pk}, state__in=(JobState.QUEUED, JobState.RUNNING))
    if going.exists():
        raise DomainError(_("They are being proposed already."))
    return jobs.start(kind=ACCEPT, params={"run": run.pk}, user=actor)


def accept_all(job: Job, progress: Progress) -> dict[str, Any]:
    """Take up what is left, each by itself: one that is refused keeps its reason and leaves the others alone."""
    run = AssignmentRun.objects.get(pk=job.params["run"])
    if job.created_by is None or not job.created_by.has_perm("references.handle_requests"):
        raise DomainError(_("Who asked for this may no longer propose customers."))
    picks = AssignmentPick.objects.filter(run=run, taken_at__isnull=True, account__isnull=False)
    rows, refused = list(picks.order_by("pk")), 0
    for number, pick in enumerate(rows, start=1):
        try:
            accept(pick=pick, actor=job.created_by)
        except DomainError as error:
            refused += 1
            refuse(pick=pick, reason=error.message)
        if number % TOLD_EVERY == 0:
            progress(number, len(rows), "")
    progress(len(rows), len(rows), "")
    return {"url": run.get_absolute_url(), "proposed": len(rows) - refused, "refused": refused}


@transaction.atomic
def refuse(*, pick: AssignmentPick, reason: str) -> None:
    """Note beside a pick why it could not be taken up."""
    locked = AssignmentPick.objects.select_for_update().get(pk=pick.pk)
    locked.facts["refused"] = reason
    locked.save(update_fields=["facts"])
