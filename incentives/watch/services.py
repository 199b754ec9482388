"""What people say of a booking that they looked at. Taking it back needs two of them, and never who gets it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.ledger.enums import BookingKind
from incentives.ledger.models import Entry
from incentives.ledger.services import reverse
from incentives.watch.enums import LOOK_MOVES, LookState
from incentives.watch.models import Look
from refprogram.kernel import moves
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User

WATCH = "incentives.watch"


@transaction.atomic
def clear(*, look: Look, reason: str, actor: User) -> Look:
    """Say that all is in order. Also of what another one doubted: then it stays as it is."""
    locked = _locked(look, actor)
    return _end(locked, LookState.CLEARED, _words(reason), actor)


@transaction.atomic
def doubt(*, look: Look, reason: str, actor: User) -> Look:
    """Ask that it be taken back; somebody else confirms it, and until then nothing changes."""
    locked = _locked(look, actor)
    locked.doubt, locked.doubted_by = _words(reason), actor
    moves.move(locked, LookState.DOUBTED, moves=LOOK_MOVES, noun=_("look"), also=["doubt", "doubted_by"])
    _tell("look.doubted", locked, actor)
    return locked


@transaction.atomic
def confirm(*, look: Look, actor: User) -> Look:
    """Take the points back, as somebody else asked. Raises OverdrawnError when they are spent."""
    locked = _locked(look, actor)
    if locked.doubted_by_id == actor.pk:
        raise NotAllowed(_("You asked for it: somebody else has to confirm."))
    moves.check(locked, LookState.TAKEN_BACK, moves=LOOK_MOVES, noun=_("look"))
    reverse(entry=_what_stands(locked.entry), reason=locked.doubt, actor=actor)
    return _end(locked, LookState.TAKEN_BACK, locked.doubt, actor)


def _what_stands(entry: Entry) -> Entry:
    """Return what there is to take back: of a promise that came true, the entry by which it did."""
    return Entry.objects.filter(key=f"settle:{entry.pk}", kind=BookingKind.VESTED).first() or entry


def _locked(look: Look, actor: User) -> Look:
    if not actor.has_perm(WATCH):
        raise NotAllowed(_("Only who runs the program, or finance, looks into bookings."))
    locked = Look.objects.select_for_update(of=("self",)).select_related("entry").get(pk=look.pk)
    if locked.person_id == actor.person_id:
        raise NotAllowed(_("These are your own points: somebody else looks at them."))
    return locked


def _end(locked: Look, state: LookState, reason: str, actor: User) -> Look:
    locked.ended_by, locked.reason, locked.ended_at = actor, reason, timezone.now()
    moves.move(locked, state, moves=LOOK_MOVES, noun=_("look"), also=["ended_by", "reason", "ended_at"])
    _tell(f"look.{state.value}", locked, actor)
    return locked


def _tell(topic: str, look: Look, actor: User) -> None:
    emit(topic, subject=look, actor_id=actor.person_id, payload={"person": look.person_id})


def _words(reason: str) -> str:
    words = " ".join(reason.split())
    if not words:
        message = _("Say why.")
        raise InvalidInput(message, errors={"reason": message})
    return words[:200]
