"""What happens around winners. Payloads hold ids and counts: never a word of theirs."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def runners(user: Any, event: Event) -> bool:
    """Who runs contests, and who did it."""
    return bool(user.has_perm("awards.start_contests")) or user.person_id == event.actor_id


_CONTEST = {"contest": "contest"}

TOPICS = [
    Topic("kit.changed", _("{actor} changed what is written about the winners of {subject}"), ("what",),
          visible=runners, tone="info", icon="edit", silent=True,
          words={"what": {"press": _("press draft"), "show": _("run-of-show")}}),
    Topic("quote.proposed", _("{actor} proposed words to a winner of {contest}"), ("contest",), _CONTEST, runners,
          "wait", "chat"),
    Topic("quote.released", _("A winner of {contest} released their words"), ("contest",), _CONTEST, runners, "ok",
          "chat", silent=True),
    Topic("quote.taken_back", _("A winner of {contest} took their words back"), ("contest",), _CONTEST, runners,
          "stop", "chat", silent=True),
    Topic("sponsor.leads_exported", _("{actor} took the names that entrants of {contest} agreed to share"),
          ("contest", "names"), _CONTEST, runners, "info", "download", silent=True),
]  # fmt: skip
