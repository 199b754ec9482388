"""Reading assignments; `visible_to` comes first."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from references.accounts.models import Account
from references.assignment.services import ACCEPT, ASSIGN
from references.requests.models import AssignmentPick, AssignmentRun, ReferenceRequest
from refprogram.kernel import jobs
from refprogram.kernel.enums import JobState
from refprogram.kernel.models import Job
from refprogram.people.models import User


@dataclass(frozen=True)
class Others:
    """The names that reasons speak of."""

    accounts: dict[int, Account]
    requests: dict[int, ReferenceRequest]


def visible_to(user: User) -> QuerySet[AssignmentRun]:
    """Assignments name customers for requests of everybody: for who runs the program."""
    if user.has_perm("references.handle_requests"):
        return AssignmentRun.objects.all()
    return AssignmentRun.objects.none()


def for_list(user: User) -> QuerySet[AssignmentRun]:
    """Return assignments with how many picks were taken up."""
    rows = visible_to(user).select_related("made_by__person")
    return rows.annotate(taken=Count("picks", filter=Q(picks__taken_at__isnull=False)))


def picks_of(run: AssignmentRun) -> list[AssignmentPick]:
    """Return the picks: the best first, who has nobody last."""
    rows = run.picks.select_related(
        "request__activity", "request__requester__person", "request__opportunity", "account", "contact__person"
    )
    return list(rows.order_by("-score", "request_id"))


def picks_visible_to(user: User) -> QuerySet[AssignmentPick]:
    """Return the picks of assignments that a user may see."""
    return AssignmentPick.objects.filter(run__in=visible_to(user))


def others(picks: Collection[AssignmentPick]) -> Others:
    """Return the accounts and requests that the reasons of these picks name: two queries."""
    return Others(
        Account.objects.in_bulk({pick.facts["best"] for pick in picks if "best" in pick.facts}),
        ReferenceRequest.objects.select_related("activity").in_bulk(
            {pick.facts["by"] for pick in picks if "by" in pick.facts}
        ),
    )


def newest(user: User) -> AssignmentRun | None:
    """Return the newest assignment."""
    return visible_to(user).order_by("-pk").first()


def running(user: User, run: AssignmentRun | None = None) -> Job | None:
    """Return the job that makes an assignment just now, or that takes up this one."""
    rows = jobs.visible_to(user).filter(state__in=(JobState.QUEUED, JobState.RUNNING))
    about = Q(kind=ASSIGN) if run is None else Q(kind=ACCEPT, params={"run": run.pk})
    return rows.filter(about).order_by("-pk").first()
