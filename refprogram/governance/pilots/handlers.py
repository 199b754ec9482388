"""What this room does when events arrive. Each is safe to run twice: what is told is told once by its key."""

from collections.abc import Iterable

from refprogram.governance.pilots import letters, selectors
from refprogram.governance.pilots.enums import PilotState
from refprogram.governance.pilots.models import Pilot, PilotConsult
from refprogram.governance.pilots.services import PURPOSE
from refprogram.kernel import links
from refprogram.kernel.models import Event
from refprogram.people.models import User


def _pilot(event: Event) -> Pilot:
    return Pilot.objects.select_related("owner__person").get(pk=event.subject_id)


def _people(pilot: Pilot) -> Iterable[User]:
    members = pilot.members.select_related("user__person").filter(user__is_active=True)
    return [one.user for one in members.order_by("pk")]


def _consult(event: Event) -> PilotConsult:
    found: PilotConsult = selectors.consult_behind(event.payload["consult"]).get()
    return found


def ask_sales(event: Event) -> None:
    """Whoever was asked for sales gets a mail with a link of their own."""
    one = _consult(event)
    if one.answered_at is None and one.version == one.pilot.version and one.asked.is_active:
        link = links.issue(purpose=PURPOSE, subject=one, person_id=one.asked.person_id)
        letters.consult_asked(one, link, key=f"pilot.consult:{one.pk}")


def tell_of_answer(event: Event) -> None:
    """Who asked, and who runs it, hear what sales said."""
    letters.answered(_consult(event), key=f"pilot.answered:{event.pk}")


def tell_chosen(event: Event) -> None:
    """Its people hear that they are in it; where it began at once, they hear that."""
    pilot = _pilot(event)
    for reader in _people(pilot) if pilot.state == PilotState.READY else ():
        letters.chosen(pilot, reader, key=f"pilot.chosen:{event.pk}")


def tell_begun(event: Event) -> None:
    """Its people hear that it begins."""
    pilot = _pilot(event)
    for reader in _people(pilot):
        letters.begun(pilot, reader, key=f"pilot.begun:{event.pk}")


def ask_what_they_saw(event: Event) -> None:
    """Its people are asked what they saw, before it ends."""
    pilot = _pilot(event)
    for reader in _people(pilot) if pilot.state == PilotState.RUNNING else ():
        letters.ending(pilot, reader, key=f"pilot.ending:{event.pk}")


def tell_owner(event: Event) -> None:
    """Who runs it hears that its time is over."""
    pilot = _pilot(event)
    if pilot.state == PilotState.ENDED:
        letters.to_decide(pilot, key=f"pilot.ended:{event.pk}")


def tell_decision(event: Event) -> None:
    """Its people hear what was decided."""
    pilot = _pilot(event)
    for reader in _people(pilot):
        letters.decided(pilot, reader, key=f"pilot.decided:{event.pk}")
