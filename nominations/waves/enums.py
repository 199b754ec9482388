"""States of waves, and how they cut the company into cohorts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class WaveState(TextChoices):
    """A wave's life. Paused means: no further cohort opens, and what comes in is queued."""

    PLANNED = "planned", _("planned")
    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    ENDED = "ended", _("ended")


W = WaveState
WAVE_MOVES: Moves = {
    W.PLANNED: {W.RUNNING, W.ENDED},
    W.RUNNING: {W.PAUSED, W.ENDED},
    W.PAUSED: {W.RUNNING, W.ENDED},
}


class WaveCut(TextChoices):
    """By what colleagues are divided into cohorts."""

    LAST_NAME = "last_name", _("Last name")
    TEAM = "team", _("Team")
    REGION = "region", _("Region")
    HASH = "hash", _("By chance, in equal parts")
