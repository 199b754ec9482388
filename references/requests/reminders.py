"""Nobody answered: the program's people hear of it once, and it stands on their desk until somebody acts."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from references.requests import clock, policy, selectors
from references.requests.enums import OPEN_REQUESTS, CandidateState, LadderRung
from references.requests.models import Candidate, ReferenceRequest
from refprogram.notices.services import tell
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
    """Customers who have not answered in time, and what went up from a silent owner to the program."""
    waiting = Candidate.objects.filter(
        Q(state=CandidateState.INVITED) | Q(state=CandidateState.OWNER_REVIEW, owner_rung=LadderRung.PROGRAM),
        request__state__in=OPEN_REQUESTS,
    ).select_related("account", "request__activity")
    rows = list(waiting.order_by("pk")[:500])
    return [row for row in rows if row.invited_at is None or answer_due(row) <= now]


def answer_due(candidate: Candidate) -> dt.datetime:
    """Return until when the customer, or who answers for the owner, should have answered.

    An owner has as long as the chain gives them (`owner_due_at`, working hours); after that it goes on to others.
    """
    if candidate.invited_at is not None:
        return clock.due(candidate.invited_at, policy.now().customer_days)
    return candidate.owner_due_at or candidate.created_at


def _silence(candidate: Candidate) -> str:
    words = {"account": candidate.account.name, "title": candidate.request.title}
    if candidate.invited_at is None:
        return _("The owner of %(account)s has not answered yet: %(title)s") % words
    return _("%(account)s has not answered yet: %(title)s") % words
