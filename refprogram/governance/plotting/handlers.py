"""What this room does when events arrive. Each is safe to run twice."""

from refprogram.governance.plotting import letters, selectors
from refprogram.governance.plotting.enums import PlotState
from refprogram.governance.plotting.models import PlottedRequest
from refprogram.kernel.models import Event
from refprogram.people.models import Person


def _row(event: Event) -> PlottedRequest:
    return selectors.with_people(PlottedRequest.objects.all()).get(pk=event.subject_id)


def tell_of_redirect(event: Event) -> None:
    """Whom it was passed on to hears of it."""
    row = _row(event)
    if row.state == PlotState.REDIRECTED and row.redirect_to is not None:
        by = Person.objects.get(pk=event.actor_id or 0).name
        letters.passed_on(row, row.redirect_to, by, key=f"plotted.redirected:{event.pk}")


def tell_of_outcome(event: Event) -> None:
    """Who passed it on hears what came of it."""
    row = _row(event)
    if row.decided_by is not None and row.decided_by.person_id != event.actor_id:
        letters.settled(row, row.decided_by, key=f"plotted.settled:{event.pk}")
