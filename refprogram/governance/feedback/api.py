"""The API of feedback about the program: the same services and permissions as the pages."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from pydantic import Field

from refprogram.governance.feedback import selectors, services
from refprogram.governance.feedback.enums import NoteKind, NoteState
from refprogram.governance.feedback.filters import FieldNoteFilter
from refprogram.governance.feedback.models import FieldNote
from refprogram.governance.feedback.policy import LONGEST
from refprogram.governance.readiness.selectors import open_changes
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["governance"])


class FieldNoteOut(api.Thing):
    """What somebody said about the program; `reply` is empty while nobody has answered."""

    kind: NoteKind
    words: str
    state: NoteState
    change: api.Ref | None
    sender: api.Ref | None
    goes_to: api.Ref | None
    reply_due_at: dt.datetime | None
    reply: str
    replied_by: api.Ref | None
    replied_at: dt.datetime | None
    reply_minutes: int | None = Field(description="Working minutes until the answer.")

    @staticmethod
    def resolve_reply_due_at(obj: FieldNote) -> dt.datetime | None:
        return obj.clock.due_at if obj.clock else None

    @staticmethod
    def resolve_reply_minutes(obj: FieldNote) -> int | None:
        return obj.clock.used_minutes if obj.clock and obj.replied_at else None


class FieldNoteIn(api.Input):
    """What hurts or helps, and the change that it is about (id), if any."""

    kind: NoteKind
    words: str = Field(max_length=LONGEST)
    change: str = ""


class FieldNoteReplyIn(api.Input):
    """The answer."""

    words: str = Field(max_length=LONGEST)


def _rows(request: MemberRequest) -> QuerySet[FieldNote]:
    return selectors.with_facts(selectors.visible_to(request.user))


def _row(request: MemberRequest, public_id: str) -> FieldNote:
    row: FieldNote = api.found(_rows(request), public_id)
    return row


@api.listing(router, "/feedback", FieldNoteOut, filters=FieldNoteFilter, search=selectors.search)
def list_feedback(request: MemberRequest) -> QuerySet[FieldNote]:
    """List what was said about the program: all for who runs it, else your own and what went to you."""
    return _rows(request)


@router.get("/feedback/{public_id}", response=FieldNoteOut)
def get_feedback(request: MemberRequest, public_id: str) -> Any:
    """Return one thing that was said."""
    return _row(request, public_id)


@router.post("/feedback", response={201: FieldNoteOut})
def create_feedback(request: MemberRequest, data: FieldNoteIn) -> Any:
    """Say what hurts or helps."""
    change = get_object_or_404(open_changes(request.user), public_id=data.change) if data.change else None
    made = services.give(kind=data.kind.value, words=data.words, change=change, by=request.user)
    return api.Status(201, _row(request, made.public_id))


@router.post("/feedback/{public_id}/reply", response=FieldNoteOut)
def reply_to_feedback(request: MemberRequest, public_id: str, data: FieldNoteReplyIn) -> Any:
    """Answer it."""
    services.reply(row=_row(request, public_id), words=data.words, by=request.user)
    return _row(request, public_id)


@router.post("/feedback/{public_id}/settle", response=FieldNoteOut)
def settle_feedback(request: MemberRequest, public_id: str) -> Any:
    """Say that yours is settled."""
    services.settle(row=_row(request, public_id), by=request.user)
    return _row(request, public_id)
