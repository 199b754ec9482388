"""How much work nominations are for the program: said to governance, which sets it beside the hours of its people."""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from nominations import policy
from nominations.enums import NominationState
from nominations.models import Nomination
from refprogram.governance.capacity.models import Demand
from refprogram.governance.capacity.services import demand_of, record_demand
from refprogram.kernel.models import Event

N = NominationState
KIND: Final = "screening"
# Nobody has to look at these; what was screened and refused was work all the same.
NO_WORK: Final = (N.DRAFT, N.WITHDRAWN, N.MERGED)


def hours_of(nomination: Nomination) -> Decimal:
    """Return the working hours that it takes to screen a nomination, as it stands."""
    return Decimal(0) if nomination.state in NO_WORK else policy.now().screen_hours


def day_of(nomination: Nomination) -> dt.date:
    """Return the day on which it is screened: decided, when its turn is expected, or within the usual time."""
    if nomination.decided_at is not None:
        return timezone.localdate(nomination.decided_at)
    return nomination.expected_on or timezone.localdate(nomination.submitted_at + policy.now().screen_within)


def said_of(nomination: Nomination) -> Demand:
    """Return a nomination as governance keeps it, for many at once (`record_all`)."""
    return demand_of(
        subject=nomination, kind=KIND, name=_("Screening"), hours=hours_of(nomination), on=day_of(nomination),
        done=nomination.decided_at is not None,
    )  # fmt: skip


def record(event: Event) -> None:
    """A nomination came in, was decided or ended: its hours are said anew, as it stands now."""
    # Held while it is said: of two events that are handled side by side, the later state is said last.
    say(Nomination.objects.select_for_update(of=("self",)).get(pk=event.subject_id))


def say(row: Nomination) -> None:
    """Say how much work a nomination is, held by the caller."""
    record_demand(
        subject=row, kind=KIND, name=_("Screening"), hours=hours_of(row), on=day_of(row),
        done=row.decided_at is not None,
    )  # fmt: skip
