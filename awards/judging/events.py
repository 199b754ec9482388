"""What happens in judging. No payload holds a score, a comment, a reason or a name."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from awards.judging.enums import ConflictKind, Mode
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def runners(user: Any, event: Event) -> bool:
    """Who runs contests. A colleague who judges reads their own list, not the stream of all."""
    return bool(user.has_perm("awards.start_contests"))


_CONTEST = {"contest": "contest"}
_WORK = {"contest": "contest", "judge": "judge", "entry": "contestentry"}
_FIELDS = ("contest", "judge", "entry", "round")

TOPICS = [
    Topic("round.added", _("{actor} planned {subject} of {contest}"), ("contest", "mode"), _CONTEST, runners, "info",
          "plus", silent=True, words={"mode": dict(Mode.choices)}),
    Topic("round.changed", _("{actor} changed {subject} of {contest}"), ("contest", "fields"), _CONTEST, runners,
          icon="edit", silent=True),
    Topic("round.released", _("{subject} of {contest} began: its rules are fixed"), ("contest",), _CONTEST, runners,
          "ok", "play"),
    Topic("round.closed", _("{subject} of {contest} is closed"), ("contest", "scored", "lapsed"), _CONTEST, runners,
          "rest", "lock"),
    Topic("criterion.changed", _("{actor} changed what is scored in {contest}"), ("contest", "round", "verb"), _CONTEST,
          runners, icon="edit", silent=True),
    Topic("contest.delegated", _("{who} runs the judging of {category} in {subject}"), ("contest", "category", "who"),
          {**_CONTEST, "category": "category", "who": "person"}, runners, "info", "shield"),
    Topic("contest.delegate_removed", _("Nobody stands in for {category} of {subject} any more"),
          ("contest", "category"), {**_CONTEST, "category": "category"}, runners, "rest", "shield", silent=True),
    Topic("contest.glass_broken", _("{actor} opened {category} of {subject} in spite of a tie"),
          ("contest", "category", "glass"), {**_CONTEST, "category": "category"}, runners, "stop", "alert"),
    Topic("judge.invited", _("{actor} invited {subject} to judge {contest}"), ("contest", "kind"), _CONTEST, runners,
          "info", "mail", silent=True),
    Topic("judge.accepted", _("{subject} judges {contest}: up to {cap} entries"), ("contest", "cap"), _CONTEST, runners,
          "ok", "check"),
    Topic("judge.declined", _("{subject} does not judge {contest}"), ("contest", "suggested"), _CONTEST, runners,
          "stop", "x"),
    Topic("judge.expired", _("{subject} did not answer whether they judge {contest}"), ("contest",), _CONTEST, runners,
          "wait", "clock", silent=True),
    Topic("judge.ready", _("{subject} is ready to judge {contest}"), ("contest",), _CONTEST, runners, "ok", "check"),
    Topic("judge.finished", _("{subject} finished judging {contest}"), ("contest", "round"), _CONTEST, runners, "ok",
          "check"),
    Topic("judge.left", _("{subject} judges {contest} no longer"), ("contest", "by_manager", "freed"), _CONTEST,
          runners, "stop", "x"),
    Topic("judge.entered", _("{subject} opened the judging room of {contest}"), ("contest", "way"), _CONTEST, runners,
          icon="link", silent=True),
    Topic("judge.link_withdrawn", _("{actor} withdrew the links of {subject}"), ("contest",), _CONTEST, runners, "stop",
          "lock", silent=True),
    Topic("conflict.declared", _("{judge} declared a tie to {entry}"), ("contest", "judge", "entry"), _WORK, runners,
          "wait", "shield", silent=True),
    Topic("conflict.cleared", _("{actor} cleared a tie between {judge} and {entry}"),
          ("contest", "judge", "entry", "kind"), _WORK, runners, "info", "shield", silent=True,
          words={"kind": dict(ConflictKind.choices)}),
    Topic("conflict.confirmed", _("{actor} confirmed a tie between {judge} and {entry}"),
          ("contest", "judge", "entry", "kind"), _WORK, runners, "wait", "shield", silent=True,
          words={"kind": dict(ConflictKind.choices)}),
    Topic("assignment.made", _("{actor} gave {entry} to {judge}"), _FIELDS, _WORK, runners, "info", "scale"),
    Topic("assignment.recused", _("{judge} no longer judges {entry}: a tie"), (*_FIELDS, "scored"), _WORK, runners,
          "wait", "shield"),
    Topic("assignment.declined", _("{judge} cannot judge {entry}"), _FIELDS, _WORK, runners, "wait", "x"),
    Topic("ballot.submitted", _("{judge} scored {entry}"), (*_FIELDS, "version"), _WORK, runners, "ok", "check",
          silent=True),
    Topic("ballot.reopened", _("{judge} scores {entry} once more"), (*_FIELDS, "by_manager"), _WORK, runners, "wait",
          "edit"),
    Topic("ballot.void_asked", _("{actor} asks that a ballot of {judge} on {entry} does not count"), _FIELDS, _WORK,
          runners, "wait", "alert"),
    Topic("ballot.voided", _("A ballot of {judge} on {entry} does not count"), _FIELDS, _WORK, runners, "stop", "x",
          silent=True),
]  # fmt: skip
