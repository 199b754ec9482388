"""A request as the charter is asked about it: governance places it on the map (`PLOTTABLES` in the wiring)."""

from django.db.models import QuerySet

from references.requests.models import ReferenceRequest
from references.requests.selectors import visible_to
from refprogram.governance.plotting.weighing import About
from refprogram.kernel.stream import subject_of
from refprogram.people.models import User


def about(user: User, public_id: str) -> About | None:
    """Return what a request asks of the program; None where the reader may not see it."""
    rows: QuerySet[ReferenceRequest] = visible_to(user).select_related("activity", "opportunity", "requester__person")
    row = rows.filter(public_id=public_id).first()
    if row is None:
        return None
    subject = subject_of(row)
    deal = row.opportunity
    return About(
        subject.type,
        subject.id,
        text=row.title,
        url=row.get_absolute_url(),
        words=f"{row.activity.name} {row.activity.slug}",
        month=row.needed_by,
        asked_by=row.requester.name,
        value=deal.amount if deal else None,
        hours=row.activity.hours or None,
    )
