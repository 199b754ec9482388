"""What happens to results. Nothing here says who leads: until the announcement that is known by those who decide."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def deciders(user: Any, event: Event) -> bool:
    """Who runs contests, or may certify results by their role."""
    return bool(user.has_perm("awards.start_contests") or user.has_perm("awards.may_certify"))


_CONTEST = {"contest": "contest"}
_IN = ("contest", "category")

TOPICS = [
    Topic("tally.computed", _("{actor} computed results of {contest}"), _IN, _CONTEST, deciders, "info", "scale",
          silent=True),
    Topic("tally.reviewed", _("{actor} looked through results of {contest}"), _IN, _CONTEST, deciders, "info", "check",
          silent=True),
    Topic("tally.signed", _("{actor} certified results of {contest}"), (*_IN, "factor"), _CONTEST, deciders, "ok",
          "shield", silent=True),
    Topic("tally.superseded", _("{actor} set results of {contest} aside"), _IN, _CONTEST, deciders, "wait", "refresh",
          silent=True),
    Topic("tally.taken", _("{actor} took results of {contest} along"), (*_IN, "form"), _CONTEST, deciders, "info",
          "download", silent=True),
    Topic("chair.voted", _("{actor} parted two equal entries of {contest}"), _IN, _CONTEST, deciders, "info", "scale",
          silent=True),
    Topic("certification.asked", _("{actor} asked for the signatures under {subject}"), ("categories",),
          visible=deciders, tone="wait", icon="shield", silent=True),
    Topic("contest.decided", _("The results of {subject} are certified"), ("awards",), visible=deciders, tone="ok",
          icon="shield", silent=True),
    Topic("award.notified", _("{actor} told a winner of {contest} in confidence"), ("contest",), _CONTEST, deciders,
          "info", "mail", silent=True),
    Topic("award.accepted", _("A winner of {contest} accepts"), ("contest",), _CONTEST, deciders, "ok", "check",
          silent=True),
    Topic("award.declined", _("A winner of {contest} declines"), ("contest", "moved_up"), _CONTEST, deciders, "stop",
          "x", silent=True),
    Topic("award.revoked", _("{actor} took back an award of {contest}"), ("contest",), _CONTEST, deciders, "stop", "x"),
]  # fmt: skip
