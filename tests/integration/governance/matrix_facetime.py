"""Face time: everybody but judges sees what is offered; a talk is for its executive, who asked, and the program."""

import datetime as dt

from django.utils import timezone

from tests.factories.facetime import FaceTimeSlotFactory, asked, booked, held, past, told_us
from tests.matrix import Row, api_row, only

BOOKERS = ("marketer", "admin", "rep", "support", "manager", "sales_head", "executive")
OFFERS = ("executive", "sales_head")
NOBODY = {"judge": 404}
OTHERS = dict.fromkeys(("support", "manager", "sales_head", "finance", "legal", "judge"), 404)
API_OTHERS = {**OTHERS, "judge": 403}


def _mine(cast, **more):
    return FaceTimeSlotFactory(executive=cast.executive, **more)


def _slot(cast):
    return {"public_id": _mine(cast).public_id}


def _of(make):
    """A talk of the cast's executive that the cast's rep asked for."""
    return lambda cast: {"public_id": make(cast.rep, _mine(cast)).public_id}


def _over(cast):
    return {"public_id": past(booked(cast.rep, _mine(cast))).public_id}


def _said(cast):
    return {"public_id": told_us(held(cast.rep, _mine(cast))).public_id}


def _decided(cast):
    from_guest = told_us(held(cast.rep, _mine(cast)))
    from_guest.verdict, from_guest.because, from_guest.state = "no", "Not ours.", "decided"
    from_guest.save()
    return {"public_id": from_guest.public_id}


def _moving(cast):
    talk = booked(cast.rep, _mine(cast))
    FaceTimeSlotFactory(executive=cast.executive)
    return {"public_id": talk.public_id}


def _executive_only(status, *, own=_slot, **more):
    """What only the executive does; the rep’s talk is read by few."""
    return Row(403, but={"judge": 404, "executive": status}, own=own, **more)


def _talk(status, *, own=None, executive_alone=False, **more):
    """What is done about the rep’s talk: by who asked, the program, the executive; the executive alone agrees."""
    but = {**OTHERS, "executive": status}
    if executive_alone:
        but |= {"rep": 403, "marketer": 403, "admin": 403}
    return Row(status, but=but, own=own or _of(asked), **more)


def _offer(cast):
    day = timezone.localdate() + dt.timedelta(days=10)
    while day.weekday() > 4:
        day += dt.timedelta(days=1)
    return {"executive": cast.executive.public_id, "first": day.isoformat(), "at": "16:00", "minutes": "45",
            "weeks": "1", "topics": ["roadmap"], "circles": ["customer"], "manner": "call"}  # fmt: skip


def _move(cast):
    later = timezone.localtime() + dt.timedelta(days=40)
    return {"starts_at": later.strftime("%Y-%m-%dT%H:%M"), "minutes": "30"}


def _terms(cast):
    return {"executive": cast.executive.public_id, "hours": "8", "most_a_week": "2", "notice_days": "3"}


def _api_offer(cast):
    said = _offer(cast)
    return {**said, "executive": "", "minutes": 45, "weeks": 1}


def _api_move(_cast):
    return {"starts_at": (timezone.now() + dt.timedelta(days=40)).isoformat(), "minutes": 30}


def _api_book(cast):
    return {"for": f"user:{cast.finance.public_id}", "topic": "roadmap", "reason": "A mentor of five teams."}


def _api_talk(*, own=None, executive_alone=False, **more):
    but = {**API_OTHERS, **(dict.fromkeys(("rep", "marketer", "admin"), 403) if executive_alone else {})}
    return api_row(200, but=but, own=own or _of(asked), **more)


WHY = {"reason": "Another time is better."}
FACE_TIME = {
    "governance:face-time": Row(200, but={"judge": 403}),
    "governance:face-time-talks": Row(200, but={"judge": 403}),
    "governance:face-time-hours": Row(200, but={"judge": 403}),
    "governance:face-time-new": Row(**only(200, *OFFERS)),
    "governance:face-time-terms": Row(**only(200, *OFFERS)),
    "governance:face-time-terms POST": Row(
        422,
        but={
            **dict.fromkeys(("marketer", "admin", "rep", "support", "manager", "finance", "legal", "judge"), 403),
            "executive": 302,
        },
        method="post",
        data=_terms,
    ),
    "governance:face-time-whom": Row(**only(200, *BOOKERS)),
    "governance:face-time-book": Row(**only(302, *BOOKERS)),
    "governance:face-time-slot": Row(200, but=NOBODY, own=_slot),
    "governance:face-time-slot-move": _executive_only(200),
    "governance:face-time-slot-withdraw": _executive_only(302, method="post"),
    "governance:face-time-talk": _talk(200),
    "governance:face-time-agree": _talk(302, executive_alone=True, method="post"),
    "governance:face-time-decline": _talk(302, executive_alone=True, method="post", data=WHY),
    "governance:face-time-cancel": _talk(302, method="post", data=WHY),
    "governance:face-time-move": _talk(200, own=_moving),
    "governance:face-time-held": _talk(302, own=_over, method="post"),
    "governance:face-time-no-show": _talk(302, own=_over, method="post"),
    "governance:face-time-outcome": _talk(200, own=_over),
    "governance:face-time-decide": _talk(200, own=_said),
    "governance:face-time-answer": _talk(200, own=_decided),
    "api:list_face_time": api_row(200, but={"judge": 403}),
    "api:get_face_time": api_row(200, but={"judge": 403}, own=_slot),
    "api:list_face_time_talks": api_row(200, but={"judge": 403}),
    "api:get_face_time_talk": api_row(200, but=API_OTHERS, own=_of(asked)),
    "api:publish_face_time": api_row(**only(201, *OFFERS), data=_api_offer),
    "api:set_face_time_terms": api_row(**only(200, *OFFERS), data={"hours": 8, "most_a_week": 2, "notice_days": 3}),
    "api:move_face_time": api_row(**only(200, "executive"), own=_slot, data=_api_move),
    "api:withdraw_face_time": api_row(**only(200, "executive"), own=_slot, data=WHY),
    "api:book_face_time": api_row(**only(201, *BOOKERS), own=_slot, data=_api_book),
    "api:agree_face_time": _api_talk(executive_alone=True),
    "api:decline_face_time": _api_talk(executive_alone=True, data=WHY),
    "api:cancel_face_time": _api_talk(data=WHY),
    "api:hold_face_time": _api_talk(own=_over, data={"outcome": "They stay."}),
    "api:decide_face_time_feedback": _api_talk(own=_said, data={"verdict": "no", "because": "Not ours."}),
    "api:answer_face_time_feedback": _api_talk(own=_decided, data={"reply": "Thank you."}),
}
