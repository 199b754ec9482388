"""What happens to newsletters."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def colleagues(user: Any, _event: Event) -> bool:
    """Every colleague but judges."""
    return bool(user.has_perm("incentives.view_rewards"))


def makers(user: Any, _event: Event) -> bool:
    """Who makes newsletters."""
    return bool(user.has_perm("incentives.run_newsletters"))


TOPICS = [
    Topic("newsletter.drafted", _("{actor} drafted {subject}"), (), {}, makers, "info", "edit", silent=True),
    Topic("newsletter.sent", _("{actor} sent {subject}"), (), {}, colleagues, "ok", "send", silent=True),
]
