"""A recruiting target as the charter is asked about it: governance puts it on the map (`PLOTTABLES` in the wiring)."""

from django.utils.translation import gettext as _

from references.accounts import clock
from references.coverage.selectors import targets_visible_to
from refprogram.governance.plotting.weighing import About
from refprogram.kernel.stream import subject_of
from refprogram.people.models import User


def about(user: User, public_id: str) -> About | None:
    """Return what is left to win for a target, in the month until which it is wanted; None for who may not see it."""
    row = targets_visible_to(user).select_related("owner__person").filter(public_id=public_id).first()
    if row is None:
        return None
    subject = subject_of(row)
    return About(
        subject.type,
        subject.id,
        text=row.title,
        url=row.get_absolute_url(),
        words=_("recruiting"),
        count=max(row.missing, 1),
        month=max(row.due_on, clock.today()),
        asked_by=row.owner.name if row.owner else "",
    )
