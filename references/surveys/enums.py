"""Kinds of surveys, and the states of surveys, waves and invitations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class SurveyKind(TextChoices):
    """What a survey measures; decides where its score lands."""

    NPS = "nps", _("likely to recommend (NPS)")
    CSAT = "csat", _("satisfaction (CSAT)")
    WILLINGNESS = "willingness", _("willing to speak for us")


class SurveyState(TextChoices):
    """A survey's life."""

    DRAFT = "draft", _("draft")
    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")


S = SurveyState
SURVEY_MOVES: Moves = {
    S.DRAFT: {S.RUNNING, S.CLOSED},
    S.RUNNING: {S.PAUSED, S.CLOSED},
    S.PAUSED: {S.RUNNING, S.CLOSED},
}


class SurveyWaveState(TextChoices):
    """One sending of a survey to an audience."""

    PLANNED = "planned", _("planned")
    SENDING = "sending", _("being sent")
    DONE = "done", _("sent")
    CANCELLED = "cancelled", _("cancelled")


W = SurveyWaveState
WAVE_MOVES: Moves = {
    W.PLANNED: {W.SENDING, W.CANCELLED},
    W.SENDING: {W.DONE, W.CANCELLED},
}


class InvitationState(TextChoices):
    """One contact's invitation to a survey."""

    QUEUED = "queued", _("to be sent")
    SENT = "sent", _("sent")
    ANSWERED = "answered", _("answered")
    DECLINED = "declined", _("does not want to answer")
    SKIPPED = "skipped", _("not sent")
    EXPIRED = "expired", _("no answer")


N = InvitationState
INVITATION_MOVES: Moves = {
    N.QUEUED: {N.SENT, N.SKIPPED},
    N.SENT: {N.ANSWERED, N.DECLINED, N.EXPIRED},
    N.EXPIRED: {N.ANSWERED},
}
