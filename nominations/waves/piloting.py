"""Waves as things that a pilot tries (`PILOTABLES` in the wiring): those that have not begun can be chosen."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nominations.models import Wave
from nominations.waves.enums import WaveState
from nominations.waves.selectors import UNDER_WAY, visible_to
from nominations.waves.services import end_wave
from refprogram.governance.pilots.enums import PilotKind
from refprogram.governance.pilots.things import Pilotable, Thing
from refprogram.kernel.queueing import enqueue
from refprogram.people.models import User

WHY_NOT = {
    WaveState.RUNNING: gettext_lazy("The wave is under way: it asks everybody already."),
    WaveState.PAUSED: gettext_lazy("The wave is under way: it asks everybody already."),
    WaveState.ENDED: gettext_lazy("The wave is over."),
}


def _thing(wave: Wave) -> Thing:
    return Thing(
        PilotKind.WAVE,
        wave.public_id,
        wave.name,
        wave.get_absolute_url(),
        touches_customers=True,  # who is nominated is called
        why_not=str(WHY_NOT.get(WaveState(wave.state), "")),
        standing=_("The wave has not been started: nobody is asked yet.") if wave.state == WaveState.PLANNED else "",
    )


def _choices(user: User) -> Iterable[Thing]:
    return [_thing(wave) for wave in visible_to(user).filter(state=WaveState.PLANNED).order_by("name")]


def _find(key: str) -> Thing | None:
    wave = Wave.objects.filter(public_id=key).first()
    return _thing(wave) if wave else None


def _follow(_key: str, _by: User | None) -> None:
    """Whom it reaches by now is placed in its cohorts as newcomers are."""
    enqueue("nominations.run_waves")


def _stop(key: str, by: User | None) -> None:
    wave = Wave.objects.filter(public_id=key, state__in=UNDER_WAY).first()
    if wave is not None:
        end_wave(wave=wave, actor=by)


PILOTABLE: Final = Pilotable(gettext_lazy("Waves"), _choices, _find, _follow, _stop)
