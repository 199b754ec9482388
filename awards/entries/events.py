"""What happens to entries. Payloads hold ids and facts: no names, no words of the entry, no reasons."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from awards.entries.enums import HelperPart, ScreeningVerdict
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def colleagues(user: Any, event: Event) -> bool:
    """Every colleague: that a customer entered is no secret in the house."""
    return bool(user.has_perm("awards.see_contests"))


def screeners(user: Any, event: Event) -> bool:
    """Who runs contests, and who did it: what becomes of an entry is the entrant’s to tell."""
    return bool(user.has_perm("awards.start_contests")) or user.person_id == event.actor_id


STAGE = ("contest", "category", "credits", "internal", "late")
_REFS = {"contest": "contest"}
_WHO = {"contest": "contest", "who": "person"}

TOPICS = [
    Topic("entry.proposed", _("{actor} proposed {account} for {contest}"), STAGE, _REFS, colleagues, "info", "plus"),
    Topic("entry.invited", _("{account} was invited to {contest}"), STAGE, _REFS, colleagues, "info", "mail"),
    Topic("entry.not_invited", _("{account} is not invited to {contest}"), STAGE, _REFS, screeners, "stop", "x"),
    Topic("entry.accepted", _("{account} would like to enter {contest}"), STAGE, _REFS, colleagues, "ok", "check"),
    Topic("entry.declined", _("{account} would rather not enter {contest}"), STAGE, _REFS, colleagues, "stop", "x"),
    Topic("entry.invite_lapsed", _("The invitation to {contest} lapsed"), STAGE, _REFS, colleagues, "rest", "clock",
          silent=True),
    Topic("entry.begun", _("An entry to {contest} was begun"), STAGE, _REFS, colleagues, "info", "edit"),
    Topic("entry.helped", _("{actor} asked {who} to help with an entry to {contest}"), (*STAGE, "who", "part"), _WHO,
          screeners, "info", "users", words={"part": dict(HelperPart.choices)}),
    Topic("entry.approval_asked", _("{actor} asked for approval of an entry to {contest}"), STAGE, _REFS, screeners,
          "wait", "mail"),
    Topic("entry.approved", _("{who} approved an entry to {contest}"), (*STAGE, "who"), _WHO, screeners, "ok",
          "check"),
    Topic("entry.sent_back", _("{who} wants something changed in an entry to {contest}"), (*STAGE, "who"), _WHO,
          screeners, "wait", "edit"),
    Topic("entry.submitted", _("{subject} was handed in to {contest}"), STAGE, _REFS, colleagues, "ok", "send"),
    Topic("entry.taken_back", _("{subject} was taken back to be changed"), STAGE, _REFS, screeners, "wait", "undo",
          silent=True),
    Topic("entry.screened", _("{actor} screened {subject}"), (*STAGE, "decision"), _REFS, screeners, "info", "eye",
          silent=True, words={"decision": dict(ScreeningVerdict.choices)}),
    Topic("entry.eligible", _("{subject} is eligible for {contest}"), STAGE, _REFS, colleagues, "ok", "check"),
    Topic("entry.needs_fix", _("{subject} was sent back for a correction"), STAGE, _REFS, screeners, "wait", "edit"),
    Topic("entry.ineligible", _("{subject} is not eligible for {contest}"), STAGE, _REFS, screeners, "stop", "x"),
    Topic("entry.looked_again", _("{actor} opened the screening of {subject} again"), STAGE, _REFS, screeners, "wait",
          "undo", silent=True),
    Topic("entry.redacted", _("{actor} looked through {subject} for names"), (*STAGE, "done"), _REFS, screeners,
          "idle", "eye", silent=True),
    Topic("entry.identified", _("{actor} said whose entry {subject} is"), (*STAGE, "them"), _REFS, screeners, "info",
          "users", silent=True),
    Topic("entry.hidden", _("{actor} hid a part of {subject} from blind judges"), STAGE, _REFS, screeners, "info",
          "eye", silent=True),
    Topic("entry.shown_again", _("{actor} lets blind judges read a part of {subject} again"), STAGE, _REFS, screeners,
          "wait", "eye", silent=True),
    Topic("entry.shortlisted", _("{subject} is on the shortlist of {contest}"), STAGE, _REFS, screeners, "ok", "star",
          silent=True),
    Topic("entry.withdrawn", _("{subject} was withdrawn from {contest}"), STAGE, _REFS, colleagues, "rest", "x"),
    Topic("entry.disqualify_asked", _("{actor} asked to disqualify {subject}"), STAGE, _REFS, screeners, "stop",
          "alert"),
    Topic("entry.disqualified", _("{subject} was disqualified from {contest}"), STAGE, _REFS, screeners, "stop", "x"),
    Topic("entry.kept", _("{subject} stays in {contest}"), STAGE, _REFS, screeners, "ok", "check", silent=True),
    Topic("entry.duplicate", _("{subject} is a duplicate of another entry"), STAGE, _REFS, screeners, "rest", "copy",
          silent=True),
    Topic("entry.extended", _("{subject} was given more time"), STAGE, _REFS, screeners, "info", "clock"),
    Topic("entry.closed", _("{subject}: {contest} is over"),
          (*STAGE, "eligible", "award", "contact", "nominator"), {**_REFS, "contact": "contact", "nominator": "user"},
          screeners, "ok", "trophy"),
]  # fmt: skip
