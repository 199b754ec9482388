"""The rhythm of a promise: when it is settled, the next one is made, once."""

import datetime as dt

from django.utils import timezone

from refprogram.governance.sponsors.enums import PledgeState
from refprogram.governance.sponsors.models import SponsorPledge
from refprogram.governance.sponsors.services.rows import note_pledge

KEPT = ("sponsorship", "kind", "words", "channel", "audience", "every_weeks", "until", "noted_by")


def next_day(due_on: dt.date, every_weeks: int, until: dt.date | None, today: dt.date) -> dt.date | None:
    """Return the next day of a rhythm that is not over yet: what passed meanwhile is not made up for."""
    step = dt.timedelta(weeks=every_weeks)
    if not step:
        return None
    found = due_on + step
    if found < today:
        found += -(-(today - found) // step) * step  # rounded up
    return found if until is None or found <= until else None


def make_next(row: SponsorPledge) -> SponsorPledge | None:
    """Make the next promise of the rhythm, if there is one and nobody made it. The caller holds the row."""
    due_on = next_day(row.due_on, row.every_weeks, row.until, timezone.localdate())
    if due_on is None or SponsorPledge.objects.filter(follows=row).exists():
        return None
    made = SponsorPledge(follows=row, due_on=due_on, **{name: getattr(row, name) for name in KEPT})
    if not row.sponsorship.is_live:
        made.state = PledgeState.UNHELD
    made.save(force_insert=True)
    note_pledge("pledge.promised", made, None, kind=made.kind, due_on=due_on.isoformat())
    return made
