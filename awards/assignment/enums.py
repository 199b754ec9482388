"""States of assignment runs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class RunKind(TextChoices):
    """What is kept of what stands already."""

    FRESH = "fresh", _("from the beginning")
    TOP_UP = "top_up", _("fill gaps only")
    REBALANCE = "rebalance", _("even out, keeping what is possible")


class RunState(TextChoices):
    """Nothing of a run is seen by judges before it is released."""

    QUEUED = "queued", _("computing")
    PREVIEW = "preview", _("ready to look at")
    RELEASED = "released", _("released")
    DISCARDED = "discarded", _("discarded")
    FAILED = "failed", _("not possible")


R = RunState
RUN_MOVES: Moves = {
    R.QUEUED: {R.PREVIEW, R.FAILED, R.DISCARDED},
    R.PREVIEW: {R.RELEASED, R.DISCARDED},
    R.FAILED: {R.DISCARDED},
}
