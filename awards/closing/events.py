"""What happens after a contest. No payload holds a comment, a score or a name."""

from django.utils.translation import gettext_lazy as _

from awards.closing.enums import StoryState
from awards.contests.events import colleagues, runners
from refprogram.kernel.topics import Topic

_ENTRY = {"contest": "contest", "entry": "contestentry"}

TOPICS = [
    Topic("thanks.sent", _("{actor} thanked everybody who took part in {subject}"), ("people",), visible=runners,
          tone="ok", icon="mail"),
    Topic("feedback.decided", _("{actor} read a judge’s comment on {entry}"),
          ("contest", "entry", "passed", "changed"), _ENTRY, runners, "info", "eye", silent=True),
    Topic("feedback.opened", _("{actor} opened feedback of {subject} to its entrants"), ("comments",),
          visible=runners, tone="ok", icon="chat"),
    Topic("entry.followed", _("{subject} was looked at for a story"), ("contest", "state", "asset"),
          {"contest": "contest", "asset": "asset"}, colleagues, "info", "doc", silent=True,
          words={"state": dict(StoryState.choices)}),
    Topic("result.recorded", _("{actor} noted a result of {subject} as an outcome"), ("contest", "outcome"),
          {"contest": "contest", "outcome": "outcome"}, runners, "info", "trend", silent=True),
    Topic("contest.pseudonymised", _("Ballots of {subject} lost their judges’ names"), ("judges",), visible=runners,
          tone="rest", icon="shield", silent=True),
]  # fmt: skip
