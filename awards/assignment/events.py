"""What happens when judges' work is divided."""

from django.utils.translation import gettext_lazy as _

from awards.judging.events import runners
from refprogram.kernel.topics import Topic

_REFS = {"contest": "contest"}

TOPICS = [
    Topic("panel.divided", _("The judges’ work of {contest} was divided"), ("contest", "pairs", "possible"), _REFS,
          runners, "info", "users", silent=True),
    Topic("panel.released", _("{actor} gave the judges of {contest} their entries"),
          ("contest", "pairs", "moved", "dropped"), _REFS, runners, "ok", "send"),
    Topic("panel.discarded", _("{actor} put a division of {contest} away"), ("contest",), _REFS, runners, "idle", "x",
          silent=True),
]  # fmt: skip
