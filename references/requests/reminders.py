"""Nobody answered: the program's people hear of it once, and it stands on their desk until somebody acts."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.requests import clock, policy, selectors
from references.requests.enums import OPEN_REQUESTS, CandidateState
from references.requests.models import Candidate, ReferenceRequest
from refprogram.notices.services import tell
from refprogram.people.calendars.selectors import hours_of
from refprogram.people.calendars.working_time import WorkingTime
from refprogram.people.enums import Role
from refprogram.people.models import User


@transaction.atomic
def tell_what_runs_late(*, now: dt.datetime | None = None) -> int:
    """Tell marketers of requests near their limit and of owners and customers who are silent; return how many."""
    now = now or timezone.now()
    late = [(f"request.at_risk:{row.pk}", _("Runs late: %(title)s") % {"title": row.title}, row) for row in _at_risk()]
    silent = [(f"candidate.silent:{row.pk}:{row.state}", _silence(row), row.request) for row in _silent(now)]
    for key, text, request in (*late, *silent):
        for user in User.objects.filter(role=Role.MARKETER, is_active=True).select_related("person"):
            tell(
                person=user.person,
                kind="request.stuck",
                key=key,
                text=text,
                url=request.get_absolute_url(),
            )
    return len(late) + len(silent)


def _at_risk() -> list[ReferenceRequest]:
    return list(selectors.at_risk(ReferenceRequest.objects.select_related("activity")).order_by("due_at")[:200])


def _silent(now: dt.datetime) -> list[Candidate]:
    """Owners who have not answered within a working day, customers within three."""
    waiting = Candidate.objects.filter(
        state__in=(CandidateState.OWNER_REVIEW, CandidateState.INVITED), request__state__in=OPEN_REQUESTS
    ).select_related("account", "request__activity", "approver__person")
    rows = list(waiting.order_by("pk")[:500])
    works = {user: hours_of(user) for user in {row.approver for row in rows if row.invited_at is None} if user}
    return [row for row in rows if answer_due(row, works.get(row.approver) if row.approver else None) <= now]


def answer_due(candidate: Candidate, works: WorkingTime | None = None) -> dt.datetime:
    """Return until when the customer, or the owner, should have answered; an owner within working hours (`works`)."""
    if candidate.invited_at is not None:
        return clock.due(candidate.invited_at, policy.now().customer_days)
    if candidate.approver is None:
        return clock.due(candidate.created_at, policy.now().owner_days)
    return clock.due_at_work(candidate.created_at, policy.now().owner_days, works or hours_of(candidate.approver))


def _silence(candidate: Candidate) -> str:
    words = {"account": candidate.account.name, "title": candidate.request.title}
    if candidate.invited_at is None:
        return _("The owner of %(account)s has not answered yet: %(title)s") % words
    return _("%(account)s has not answered yet: %(title)s") % words
