"""What is talked about, how, with whom; the states of a slot, of a talk, of an answer and of feedback."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class TalkTopic(TextChoices):
    """What an executive likes to be asked about."""

    ROADMAP = "roadmap", _("where the product goes")
    STRATEGY = "strategy", _("their plans and ours")
    OPERATIONS = "operations", _("how we run it")
    PARTNERSHIP = "partnership", _("what we could do together")
    CAREER = "career", _("careers and mentoring")
    THANKS = "thanks", _("thanks, and getting to know each other")


class Manner(TextChoices):
    """How they meet."""

    CALL = "call", _("call")
    SITE = "site", _("on site")
    MEAL = "meal", _("over a meal")


class Circle(TextChoices):
    """For whom a slot is meant."""

    CUSTOMER = "customer", _("customers")
    WINNER = "winner", _("winners")
    MENTOR = "mentor", _("mentors")


class SlotState(TextChoices):
    """What became of an hour that was offered."""

    FREE = "free", _("free")
    TAKEN = "taken", _("taken")
    USED = "used", _("used")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LAPSED = "lapsed", _("not used")


SLOT_MOVES: Moves = {
    SlotState.FREE: {SlotState.TAKEN, SlotState.WITHDRAWN, SlotState.LAPSED},
    SlotState.TAKEN: {SlotState.FREE, SlotState.USED, SlotState.WITHDRAWN, SlotState.LAPSED},
}
# An executive cannot be in two places: these do not overlap (an exclusion constraint holds it).
STANDING: Final = (SlotState.FREE, SlotState.TAKEN, SlotState.USED)
OFFERED: Final = (*STANDING, SlotState.LAPSED)


class TalkState(TextChoices):
    """A talk's way from being asked for to its end."""

    APPROVAL = "approval", _("waits for approval")
    REQUESTED = "requested", _("executive is asked")
    BOOKED = "booked", _("booked")
    HELD = "held", _("held")
    CLOSED = "closed", _("closed")
    DECLINED = "declined", _("declined")
    CANCELLED = "cancelled", _("called off")
    NO_SHOW = "no_show", _("they did not come")
    LAPSED = "lapsed", _("no answer")


S = TalkState
TALK_MOVES: Moves = {
    S.APPROVAL: {S.REQUESTED, S.BOOKED, S.DECLINED, S.CANCELLED, S.LAPSED},
    S.REQUESTED: {S.BOOKED, S.DECLINED, S.CANCELLED, S.LAPSED},
    S.BOOKED: {S.HELD, S.NO_SHOW, S.CANCELLED},
    S.HELD: {S.CLOSED},
}
ASKED: Final = (S.APPROVAL, S.REQUESTED)
COMING: Final = (*ASKED, S.BOOKED)
TOOK_PLACE: Final = (S.HELD, S.CLOSED)
# One of these at most for each slot: a unique constraint holds it.
HOLDING: Final = (*COMING, *TOOK_PLACE, S.NO_SHOW)


class Side(TextChoices):
    """Who called a talk off."""

    US = "us", _("we did")
    EXECUTIVE = "executive", _("the executive did")
    GUEST = "guest", _("they did")


class GuestAnswer(TextChoices):
    """What a guest said to the invitation."""

    OPEN = "open", _("has not answered")
    YES = "yes", _("comes")
    NO = "no", _("does not come")
    OTHER = "other", _("proposes another time")


class FeedbackState(TextChoices):
    """The circle after a talk: asked, said, decided on, answered."""

    ASKED = "asked", _("asked")
    GIVEN = "given", _("to decide on")
    DECIDED = "decided", _("to answer")
    ANSWERED = "answered", _("answered")
    SILENT = "silent", _("said nothing")


F = FeedbackState
FEEDBACK_MOVES: Moves = {F.ASKED: {F.GIVEN, F.SILENT}, F.GIVEN: {F.DECIDED}, F.DECIDED: {F.ANSWERED}}
OPEN_FEEDBACK: Final = (F.GIVEN, F.DECIDED)


class FollowUp(TextChoices):
    """What we do with what they said."""

    DONE = "done", _("done already")
    PLANNED = "planned", _("planned")
    NO = "no", _("no, because")
