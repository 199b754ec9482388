"""What happens with surveys, and who may read it: a score is for who answers for the customer."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from references.surveys.enums import SurveyKind
from references.surveys.rules import READERS
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def score_readers(user: Any, event: Event) -> bool:
    """Who reads surveys, and the owner of the account as it was at that moment."""
    return user.role in READERS or user.person_id == event.payload.get("owner")


def survey_readers(user: Any, event: Event) -> bool:
    """Who reads surveys."""
    return user.role in READERS


_KINDS = {"kind": dict(SurveyKind.choices)}
_REFS = {"survey": "survey", "contact": "contact", "owner": "person"}

TOPICS = [
    Topic("survey.started", _("{actor} started the survey {subject}"), ("kind",), visible=survey_readers, tone="info",
          icon="play", silent=True, words=_KINDS),
    Topic("survey.paused", _("{actor} paused the survey {subject}"), ("kind",), visible=survey_readers, tone="rest",
          icon="pause", silent=True, words=_KINDS),
    Topic("survey.closed", _("The survey {subject} ended"), ("kind", "sent", "answered"), visible=survey_readers,
          icon="check", silent=True, words=_KINDS),
    Topic("survey.sent", _("{contact} was asked by survey: {survey}"), ("survey", "kind", "contact", "owner"), _REFS,
          score_readers, "info", "mail", silent=True, words=_KINDS),
    Topic("survey.answered", _("{contact} answered the survey {survey}: {score}"),
          ("survey", "kind", "score", "contact", "owner"), _REFS, score_readers, "ok", "check", words=_KINDS),
    Topic("survey.declined", _("{contact} does not want to answer the survey {survey}"),
          ("survey", "kind", "contact", "owner", "never"), _REFS, score_readers, "idle", "x", silent=True,
          words=_KINDS),
]  # fmt: skip
