"""What happens between us and a customer: what was given, who is kept for what, what was asked against a rule."""

from django.utils.translation import gettext_lazy as _

from references.accounts.events import colleagues
from references.goodwill.enums import GoodwillKind, Team
from refprogram.kernel.topics import Topic

_REFS = {"contact": "contact"}
_TEAMS = {"team": dict(Team.choices)}

TOPICS = [
    Topic("goodwill.given", _("{actor} noted what was given to {account}: {kind}, {points} points"),
          ("contact", "kind", "points"), _REFS, colleagues, "ok", "gift", silent=True,
          words={"kind": dict(GoodwillKind.choices)}),
    Topic("goodwill.corrected", _("{actor} corrected what was given to {account}: {points} points"),
          ("contact", "points"), _REFS, colleagues, "idle", "edit", silent=True),
    Topic("reservation.made", _("{actor} reserved {account} for {team}"), ("contact", "team"), _REFS, colleagues,
          "info", "calendar", silent=True, words=_TEAMS),
    Topic("reservation.released", _("{actor} set {account} free again"), ("contact", "team"), _REFS, colleagues,
          "idle", "calendar", silent=True, words=_TEAMS),
    Topic("reservation.used", _("The plan of {team} for {account} has taken place"), ("contact", "team"), _REFS,
          colleagues, "ok", "check", silent=True, words=_TEAMS),
    Topic("ask.overridden", _("{actor} had {contact} asked although a rule stood against it"), ("contact", "rules"),
          _REFS, colleagues, "wait", "alert", silent=True),
]  # fmt: skip
