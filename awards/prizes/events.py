"""What happens to prizes. What a gift does on its way is told by governance.fulfilment."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def prize_readers(user: Any, event: Event) -> bool:
    """Who runs contests: what a customer may take, or may not, is nobody else's."""
    return bool(user.has_perm("awards.start_contests"))


_CONTEST = {"contest": "contest"}


def _topic(name: str, sentence: Any, tone: str, icon: str) -> Topic:
    return Topic(name, sentence, ("contest", "award"), _CONTEST, prize_readers, tone, icon, silent=True)


TOPICS = [
    _topic("prize.offered", _("{subject} of {contest} was offered to its winner"), "info", "gift"),
    _topic("prize.held", _("{subject} of {contest} cannot be offered yet"), "wait", "lock"),
    _topic("prize.taken", _("{subject} of {contest} was taken"), "ok", "check"),
    _topic("prize.refused", _("A winner of {contest} would rather not have {subject}"), "rest", "x"),
    _topic("prize.arranged", _("{actor} arranged {subject} of {contest}"), "info", "calendar"),
    _topic("prize.cancelled", _("{actor} called off {subject} of {contest}"), "rest", "x"),
    _topic("prize.recalled", _("{subject} of {contest} is to be brought back"), "stop", "undo"),
    _topic("prize.kept", _("{actor} left {subject} of {contest} with its receiver"), "rest", "check"),
    _topic("prize.reminded", _("A winner of {contest} was reminded of {subject}"), "info", "mail"),
]
