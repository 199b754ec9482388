"""A campaign as the charter is asked about it: governance places it on the map (`PLOTTABLES` in the wiring)."""

from django.utils.translation import gettext as _

from nominations.campaigns.selectors import visible_to
from references.accounts import clock
from refprogram.governance.plotting.weighing import About
from refprogram.kernel.stream import subject_of
from refprogram.people.models import User


def about(user: User, public_id: str) -> About | None:
    """Return what a campaign is to bring, in the month in which it begins; None for who may not see it."""
    row = visible_to(user).filter(public_id=public_id).first()
    if row is None:
        return None
    subject = subject_of(row)
    return About(
        subject.type,
        subject.id,
        text=row.name,
        url=row.get_absolute_url(),
        words=_("recruiting campaign"),
        count=row.goal,
        month=max(row.starts_on, clock.today()),
        asked_by=(row.sponsor or row.owner).name,
    )
