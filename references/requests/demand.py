"""How much work requests are for the program: said to governance, which sets it beside the hours of its people."""

from decimal import Decimal

from references.requests.enums import RequestState
from references.requests.models import ReferenceRequest
from refprogram.governance.capacity.models import Demand
from refprogram.governance.capacity.services import demand_of, record_demand
from refprogram.kernel.models import Event

R = RequestState
# What came to nothing before the program had to do it; what was looked for in vain was work all the same.
NO_WORK = (R.EXCEPTION, R.BY_CONTENT, R.REDIRECTED, R.REJECTED, R.WITHDRAWN)
# The program has done what it could.
DONE = (R.DELIVERED, R.CLOSED, R.UNFILLED)


def hours_of(request: ReferenceRequest) -> Decimal:
    """Return the working hours that a request asks of the program, as it stands."""
    return Decimal(0) if request.state in NO_WORK else request.activity.hours


def said_of(request: ReferenceRequest) -> Demand:
    """Return a request as governance keeps it, for many at once (`record_all`)."""
    kind = request.activity
    return demand_of(
        subject=request, kind=kind.slug, name=kind.name, hours=hours_of(request), on=request.needed_by,
        done=request.state in DONE,
    )  # fmt: skip


def record(event: Event) -> None:
    """A request came in, changed or ended: its hours are said anew, as it stands now."""
    _record(event.subject_id)


def record_held(event: Event) -> None:
    """Something was written down after it had happened: that was work of its month."""
    _record(event.payload["request"])


def _record(request_id: int) -> None:
    # Held while it is said: of two events that are handled side by side, the later state is said last.
    request = ReferenceRequest.objects.select_for_update(of=("self",)).select_related("activity").get(pk=request_id)
    kind = request.activity
    record_demand(
        subject=request, kind=kind.slug, name=kind.name, hours=hours_of(request), on=request.needed_by,
        done=request.state in DONE,
    )  # fmt: skip
