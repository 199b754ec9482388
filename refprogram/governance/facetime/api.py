"""The API of executives' hours: the same services and permissions as the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from pydantic import Field

from refprogram.governance.facetime import policy, selectors, services, subjects
from refprogram.governance.facetime.enums import (
    Circle,
    FeedbackState,
    FollowUp,
    GuestAnswer,
    Manner,
    SlotState,
    TalkState,
    TalkTopic,
)
from refprogram.governance.facetime.filters import SlotFilter, TalkFilter
from refprogram.governance.facetime.models import FaceTimeFeedback, FaceTimeGuest, FaceTimeSlot, FaceTimeTalk
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest
from refprogram.people.selectors import colleagues

router = api.Router(tags=["governance"])
SEE = "governance.see_face_time"


class FaceTimeOut(api.Thing):
    """An hour that an executive offers."""

    executive: api.Ref
    starts_at: dt.datetime
    ends_at: dt.datetime
    minutes: int
    topics: list[TalkTopic]
    circles: list[Circle]
    manner: Manner
    place: str
    note: str
    state: SlotState


class FaceTimeIn(api.Input):
    """An hour, or one a week: `at` is by the executive's own clock; days off and days away are left out of a series."""

    executive: str = Field("", description="Whose; empty: your own.")
    first: dt.date
    at: dt.time
    minutes: int = Field(45, ge=policy.SHORTEST, le=policy.LONGEST)
    weeks: int = Field(1, ge=1, le=policy.MOST_AT_ONCE)
    topics: list[TalkTopic] = Field(min_length=1)
    circles: list[Circle] = Field(min_length=1)
    manner: Manner = Manner.CALL
    place: str = Field("", max_length=300)
    note: str = Field("", max_length=300)


class FaceTimeMadeOut(api.Schema):
    """What was offered, and the days that were left out."""

    slots: list[FaceTimeOut]
    closed: list[dt.date]
    away: list[dt.date]


class FaceTimeMoveIn(api.Input):
    """Another time or place."""

    starts_at: dt.datetime
    minutes: int = Field(ge=policy.SHORTEST, le=policy.LONGEST)
    place: str = Field("", max_length=300)


class FaceTimeBookIn(api.Input):
    """For whom (`account:ID`, `contact:ID`, `award:ID`, `user:ID`), whom to invite (ids of contacts’ persons; empty:
    the only one there is), what about, why. `anyway` passes over what is not final, such as a pause."""

    whom: str = Field(alias="for")
    people: list[str] = []
    topic: TalkTopic
    reason: str = Field(min_length=1, max_length=2000)
    anyway: bool = False


class FaceTimeWhyIn(api.Input):
    """Why."""

    reason: str = Field(min_length=1, max_length=300)


class FaceTimeOutcomeIn(api.Input):
    """What came of it."""

    outcome: str = Field("", max_length=4000)
    next_steps: str = Field("", max_length=4000)


class FaceTimeFeedbackOut(api.Schema):
    """What a guest said, what we do with it, what they were told."""

    id: str = Field(alias="public_id")
    state: FeedbackState
    score: int | None
    gained: str
    wish: str
    verdict: FollowUp | None
    because: str
    owner: api.Ref | None
    do_by: dt.date | None
    due_at: dt.datetime | None
    reply: str

    @staticmethod
    def resolve_verdict(obj: FaceTimeFeedback) -> str | None:
        return obj.verdict or None


class FaceTimeGuestOut(api.Schema):
    """Somebody who is invited."""

    name: str
    answer: GuestAnswer
    words: str
    feedback: FaceTimeFeedbackOut | None

    @staticmethod
    def resolve_name(obj: FaceTimeGuest) -> str:
        return obj.person.name

    @staticmethod
    def resolve_feedback(obj: FaceTimeGuest) -> FaceTimeFeedback | None:
        return getattr(obj, "feedback", None)


class FaceTimeTalkOut(api.Thing):
    """A talk that was asked for."""

    slot: str
    executive: api.Ref
    starts_at: dt.datetime
    topic: TalkTopic
    circle: Circle
    label: str
    reason: str
    asked_by: api.Ref
    state: TalkState
    answer_by: dt.datetime
    why: str
    outcome: str
    next_steps: str
    sequence: int
    guests: list[FaceTimeGuestOut]

    @staticmethod
    def resolve_slot(obj: FaceTimeTalk) -> str:
        return obj.slot.public_id

    @staticmethod
    def resolve_executive(obj: FaceTimeTalk) -> Any:
        return obj.slot.executive

    @staticmethod
    def resolve_starts_at(obj: FaceTimeTalk) -> dt.datetime:
        return obj.slot.starts_at


class FaceTimeDecideIn(api.Input):
    """What we do with what a guest said; `owner` (an id) and `do_by` where it is planned."""

    verdict: FollowUp
    because: str = Field(min_length=1, max_length=2000)
    owner: str = ""
    do_by: dt.date | None = None


class FaceTimeReplyIn(api.Input):
    """What the guest reads."""

    reply: str = Field(min_length=1, max_length=2000)


class FaceTimeTermsIn(api.Input):
    """What you give from this quarter on."""

    hours: Decimal = Field(ge=0, le=200, decimal_places=1)
    most_a_week: int = Field(ge=1, le=20)
    notice_days: int = Field(ge=0, le=60)


def _slots(request: MemberRequest) -> QuerySet[FaceTimeSlot]:
    if not request.user.has_perm(SEE):
        raise PermissionDenied
    return selectors.slots_for(request.user)


def _slot(request: MemberRequest, public_id: str) -> FaceTimeSlot:
    row: FaceTimeSlot = api.found(_slots(request), public_id)
    return row


def _talks(request: MemberRequest) -> QuerySet[FaceTimeTalk]:
    if not request.user.has_perm(SEE):
        raise PermissionDenied
    return selectors.in_full(selectors.talks_for(request.user))


def _talk(request: MemberRequest, public_id: str) -> FaceTimeTalk:
    row: FaceTimeTalk = api.found(_talks(request), public_id)
    return row


@api.listing(router, "/face-time", FaceTimeOut, filters=SlotFilter, search=selectors.search_slots)
def list_face_time(request: MemberRequest) -> QuerySet[FaceTimeSlot]:
    """List the hours that executives offer."""
    return _slots(request)


@api.listing(router, "/face-time/talks", FaceTimeTalkOut, filters=TalkFilter, search=selectors.search_talks)
def list_face_time_talks(request: MemberRequest) -> QuerySet[FaceTimeTalk]:
    """List the talks that you may read: yours; all for who runs the program, and for executives."""
    return _talks(request)


@router.get("/face-time/talks/{public_id}", response=FaceTimeTalkOut)
def get_face_time_talk(request: MemberRequest, public_id: str) -> Any:
    """Return one talk, with its guests and what they said."""
    return _talk(request, public_id)


@router.post("/face-time/terms", response=FaceTimeTermsIn)
def set_face_time_terms(request: MemberRequest, data: FaceTimeTermsIn) -> Any:
    """Say what you give a quarter, from this one on."""
    return services.set_terms(executive=request.user, by=request.user, **data.dict())


@router.get("/face-time/{public_id}", response=FaceTimeOut)
def get_face_time(request: MemberRequest, public_id: str) -> Any:
    """Return one hour."""
    return _slot(request, public_id)


@router.post("/face-time", response={201: FaceTimeMadeOut})
def publish_face_time(request: MemberRequest, data: FaceTimeIn) -> Any:
    """Offer an hour, or one a week."""
    said = data.dict()
    executive = _executive(request, said.pop("executive"))
    made = services.publish(executive=executive, offer=services.Offer(**said), by=request.user)
    return api.Status(201, {"slots": made.slots, "closed": made.closed, "away": made.away})


def _executive(request: MemberRequest, public_id: str) -> Any:
    return get_object_or_404(colleagues(), public_id=public_id) if public_id else request.user


@router.post("/face-time/{public_id}/move", response=FaceTimeOut)
def move_face_time(request: MemberRequest, public_id: str, data: FaceTimeMoveIn) -> Any:
    """Move an hour, with the talk in it: guests are sent the new time."""
    return services.move_slot(slot=_slot(request, public_id), by=request.user, **data.dict())


@router.post("/face-time/{public_id}/withdraw", response=FaceTimeOut)
def withdraw_face_time(request: MemberRequest, public_id: str, data: FaceTimeWhyIn) -> Any:
    """Take an hour back; who asked for it, and guests who were invited, are told why."""
    return services.withdraw(slot=_slot(request, public_id), by=request.user, why=data.reason)


@router.post("/face-time/{public_id}/book", response={201: FaceTimeTalkOut})
def book_face_time(request: MemberRequest, public_id: str, data: FaceTimeBookIn) -> Any:
    """Ask for an hour. A slot taken meanwhile answers 409 `slot-taken`, and says which one is free next."""
    slot = _slot(request, public_id)
    if not request.user.has_perm("governance.book_face_time"):
        raise PermissionDenied
    about = subjects.find(data.whom, request.user)
    if about is None:
        raise Http404
    everybody = [one.person for one in about.people]
    people = [one for one in everybody if one.public_id in data.people] if data.people else everybody[:1]
    if not data.people and len(everybody) != 1:
        people = []
    talk = services.request_talk(
        slot=slot, about=about, people=people, topic=data.topic, reason=data.reason, by=request.user, anyway=data.anyway
    )
    return api.Status(201, _talk(request, talk.public_id))


@router.post("/face-time/talks/{public_id}/agree", response=FaceTimeTalkOut)
def agree_face_time(request: MemberRequest, public_id: str) -> Any:
    """Agree to a talk, as its executive: the guests are invited."""
    services.agree(talk=_talk(request, public_id), by=request.user)
    return _talk(request, public_id)


@router.post("/face-time/talks/{public_id}/decline", response=FaceTimeTalkOut)
def decline_face_time(request: MemberRequest, public_id: str, data: FaceTimeWhyIn) -> Any:
    """Say no to a talk, as its executive."""
    services.decline(talk=_talk(request, public_id), by=request.user, why=data.reason)
    return _talk(request, public_id)


@router.post("/face-time/talks/{public_id}/cancel", response=FaceTimeTalkOut)
def cancel_face_time(request: MemberRequest, public_id: str, data: FaceTimeWhyIn) -> Any:
    """Call a talk off."""
    services.cancel(talk=_talk(request, public_id), by=request.user, why=data.reason)
    return _talk(request, public_id)


@router.post("/face-time/talks/{public_id}/held", response=FaceTimeTalkOut)
def hold_face_time(request: MemberRequest, public_id: str, data: FaceTimeOutcomeIn) -> Any:
    """Say that it took place; each guest is asked how it was."""
    services.hold(talk=_talk(request, public_id), by=request.user, **data.dict())
    return _talk(request, public_id)


def _feedback(request: MemberRequest, public_id: str) -> FaceTimeFeedback:
    if not request.user.has_perm(SEE):
        raise PermissionDenied
    row: FaceTimeFeedback = api.found(selectors.feedback_for(request.user), public_id)
    return row


@router.post("/face-time/feedback/{public_id}/decide", response=FaceTimeFeedbackOut)
def decide_face_time_feedback(request: MemberRequest, public_id: str, data: FaceTimeDecideIn) -> Any:
    """Decide what we do with what a guest said."""
    owner = get_object_or_404(colleagues(), public_id=data.owner) if data.owner else None
    said = data.dict() | {"owner": owner}
    return services.decide(feedback=_feedback(request, public_id), by=request.user, **said)


@router.post("/face-time/feedback/{public_id}/answer", response=FaceTimeFeedbackOut)
def answer_face_time_feedback(request: MemberRequest, public_id: str, data: FaceTimeReplyIn) -> Any:
    """Answer the guest by mail: that closes the circle."""
    return services.answer(feedback=_feedback(request, public_id), reply=data.reply, by=request.user)
