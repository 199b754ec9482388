"""What time alone does: terms end, promises fall due and are missed. Run twice, or killed half-way, nothing doubles."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from refprogram.governance.sponsors import letters, policy
from refprogram.governance.sponsors.enums import PledgeState, Reminder
from refprogram.governance.sponsors.models import SponsorPledge, Sponsorship
from refprogram.governance.sponsors.services.pledges import LINK, miss
from refprogram.governance.sponsors.services.rows import locked_pledge
from refprogram.governance.sponsors.services.sponsors import end_sponsor
from refprogram.kernel import links

ORDER = ("", Reminder.BEFORE, Reminder.DAY, Reminder.AFTER)


def follow_up() -> None:
    """Each row in a transaction of its own."""
    end_terms()
    miss_late()
    remind()


def end_terms() -> int:
    """End what was agreed until a day that has passed; return how many."""
    rows = Sponsorship.objects.filter(ended_on__isnull=True, until__lt=timezone.localdate())
    found = list(rows.order_by("pk"))
    for row in found:
        end_sponsor(row=row, by=None)
    return len(found)


def miss_late() -> int:
    """Let go of promises whose time is over; return how many."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    return sum(miss(row=row) is not None for row in _waiting(yesterday))


def remind() -> int:
    """Remind sponsors: some days before, on the day, once after; return how many were told."""
    return sum(_remind(row) for row in _waiting(timezone.localdate() + dt.timedelta(days=policy.now().remind_days)))


def _waiting(until: dt.date) -> list[SponsorPledge]:
    rows = SponsorPledge.objects.filter(state=PledgeState.PROMISED, due_on__lte=until)
    return list(rows.order_by("due_on", "pk"))


def _which(row: SponsorPledge) -> Reminder:
    """Return the reminder of today; what was not sent in time is not sent later, but the next one is."""
    today = timezone.localdate()
    if row.due_on > today:
        return Reminder.BEFORE
    return Reminder.DAY if row.due_on == today else Reminder.AFTER


@transaction.atomic
def _remind(row: SponsorPledge) -> bool:
    row = locked_pledge(row)
    which = _which(row)
    if row.state != PledgeState.PROMISED or ORDER.index(which) <= ORDER.index(row.reminded):
        return False
    row.reminded = which
    row.save(update_fields=["reminded"])
    reader = row.holder
    if not reader.is_active:
        return False
    link = links.issue(purpose=LINK, subject=row, person_id=reader.person_id)
    letters.reminder(row, which, link, key=f"pledge.due:{row.pk}:{row.due_on:%Y%m%d}:{which}")
    return True
