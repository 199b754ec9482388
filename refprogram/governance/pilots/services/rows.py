"""What the verbs of pilots share: the lock, the permission, the note on the stream."""

from typing import Any

from django.utils.translation import gettext as _

from refprogram.governance.pilots import things
from refprogram.governance.pilots.enums import PILOT_MOVES, PilotState
from refprogram.governance.pilots.models import Pilot, PilotConsult, PilotMember
from refprogram.kernel import moves
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User

NOUN = "pilot"


def locked(pilot: Pilot) -> Pilot:
    """Lock a pilot, as it is now."""
    return Pilot.objects.select_for_update().get(pk=pilot.pk)


def refuse_unless(by: User, permission: str, pilot: Pilot | None = None) -> None:
    """Raise NotAllowed for whom this is not."""
    if not by.has_perm(permission, pilot):
        raise NotAllowed(_("That is for who runs this pilot."))


def refuse(errors: dict[str, str]) -> None:
    """Raise InvalidInput where something was found."""
    if errors:
        raise InvalidInput(next(iter(errors.values())), errors=errors)


def check(pilot: Pilot, to: PilotState) -> None:
    """Raise IllegalMove where no way leads there."""
    moves.check(pilot, to, moves=PILOT_MOVES, noun=_(NOUN))


def move(pilot: Pilot, to: PilotState, *also: str) -> None:
    """Move a pilot that the caller holds."""
    moves.move(pilot, to, moves=PILOT_MOVES, noun=_(NOUN), also=also)


def note(topic: str, pilot: Pilot, by: User | None, **facts: Any) -> None:
    """Tell the stream, with the persons whom it concerns."""
    emit(topic, subject=pilot, actor_id=by.person_id if by else None, payload={"people": concerned(pilot), **facts})


def concerned(pilot: Pilot) -> list[int]:
    """Return the persons who run it, try it, or were asked about it."""
    tries = PilotMember.objects.filter(pilot=pilot).values_list("user__person", flat=True)
    asked = PilotConsult.objects.filter(pilot=pilot).values_list("asked__person", flat=True)
    return sorted({pilot.owner.person_id, *tries, *asked})


def follow(pilot: Pilot, by: User | None) -> None:
    """Let the thing reach whom it reaches now."""
    things.follow(pilot.kind, pilot.thing, by)
