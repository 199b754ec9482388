"""Hours that the demo's executives offer, and the talks in them: asked for, booked, held, answered, one that waits."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from references.accounts.models import Contact
from refprogram.governance.budgets.quarters import Quarter
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
from refprogram.governance.facetime.models import (
    FaceTimeFeedback,
    FaceTimeGuest,
    FaceTimeSlot,
    FaceTimeTalk,
    FaceTimeTerms,
)
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.demo import address
from refprogram.people.models import User

T, S, V = TalkTopic, TalkState, FollowUp
A_DAY: Final = dt.timedelta(days=1)
ENDED: Final = {S.CANCELLED: SlotState.FREE, S.NO_SHOW: SlotState.LAPSED}


@dataclass(frozen=True)
class Told:
    """What a guest said, and how far it is: until it was decided on, until it was answered."""

    score: int
    gained: str
    wish: str
    verdict: FollowUp | None = None
    because: str = ""
    reply: str = ""


@dataclass(frozen=True)
class Hour:
    """An hour, so many working weeks from this one, on a weekday; and the talk in it."""

    who: str
    week: int
    weekday: int
    at: int
    topics: tuple[TalkTopic, ...]
    state: TalkState | None = None
    reason: str = ""
    told: Told | None = None
    minutes: int = 45
    manner: Manner = Manner.CALL
    place: str = ""


EXECUTIVE, HEAD = "executive", "sales-head"
HOURS: Final = (
    Hour(EXECUTIVE, -9, 1, 16, (T.ROADMAP, T.STRATEGY), S.CLOSED, "They renew in spring and wonder where we go.",
         Told(5, "A straight answer about the audit log.", "Tell us when the audit log comes.", V.DONE,
              "It is there since last week.", "The audit log is there since last week; your team has the note.")),
    Hour(EXECUTIVE, -6, 1, 16, (T.STRATEGY,), S.HELD, "Their board asks who stands behind us.",
         Told(4, "That somebody listens.", "A second visit, with our plant managers.", V.PLANNED,
              "We come in the new quarter, with two engineers.")),
    Hour(EXECUTIVE, -4, 3, 10, (T.PARTNERSHIP,), S.NO_SHOW, "They want to build on our connector."),
    Hour(EXECUTIVE, -2, 1, 16, (T.ROADMAP,), S.HELD, "First customer in their country; wants to know us.",
         Told(3, "Good people, little time.", "Send the roadmap in writing.")),
    Hour(EXECUTIVE, 1, 1, 16, (T.ROADMAP, T.STRATEGY), S.BOOKED, "Thinks of a second site, and of our rival."),
    Hour(EXECUTIVE, 2, 1, 16, (T.ROADMAP, T.STRATEGY), S.REQUESTED, "Spoke for us four times this year, never met us."),
    *(Hour(EXECUTIVE, week, 1, 16, (T.ROADMAP, T.STRATEGY)) for week in (3, 4, 5, 6)),
    Hour(EXECUTIVE, 3, 3, 12, (T.THANKS,), minutes=90, manner=Manner.MEAL, place="Room Aurora, Amsterdam"),
    Hour(HEAD, -5, 2, 9, (T.OPERATIONS, T.PARTNERSHIP), S.CLOSED, "Compares how we run our own sales.",
         Told(4, "Your weekly rhythm; we copied it.", "", V.NO, "Nothing was asked of us.",
              "Thank you for telling us. We are glad that it helped.")),
    Hour(HEAD, 1, 2, 9, (T.OPERATIONS, T.CAREER), S.BOOKED, "A mentor’s team wants to see how deals are read."),
    *(Hour(HEAD, week, 2, 9, (T.OPERATIONS, T.CAREER), minutes=30) for week in (2, 3, 4)),
)  # fmt: skip


def build(maker: Maker, company: Company) -> None:
    """Make terms, hours and talks; nobody is written to."""
    mine = maker.apart("face time")
    users = {name: User.objects.select_related("person").get(email=address(name)) for name in (EXECUTIVE, HEAD)}
    quarter = Quarter.of(mine.today)
    bulk(mine, [FaceTimeTerms(executive=users[EXECUTIVE], starts_on=quarter.before.starts_on, hours=8, most_a_week=2,
                              notice_days=3)])  # fmt: skip
    guests = _guests()
    for hour in HOURS:
        if hour.state is not None and not guests:
            continue  # a tiny company has few customers to meet
        slot = bulk(mine, [_slot(mine, users[hour.who], hour)])[0]
        if hour.state is not None:
            _talk(mine, company, slot, hour, guests.pop(0))


def _guests() -> list[Contact]:
    """Return one person each of customers whom everybody may meet, the largest first."""
    rows = Contact.objects.filter(account__frozen=False, account__paused_until=None, left_company_at=None)
    known = rows.exclude(person__email="").select_related("person", "account__owner__person")
    first = {row.account_id: row for row in known.order_by("-pk")}
    return sorted(first.values(), key=lambda row: (-(row.account.revenue or 0), row.pk))


def _slot(maker: Maker, executive: User, hour: Hour) -> FaceTimeSlot:
    monday = maker.today - dt.timedelta(days=maker.today.weekday())
    day = monday + dt.timedelta(weeks=hour.week, days=hour.weekday)
    starts_at = dt.datetime.combine(day, dt.time(hour.at), tzinfo=timezone.get_default_timezone())
    held = hour.state in {S.HELD, S.CLOSED}
    state = SlotState.USED if held else SlotState.TAKEN if hour.state else SlotState.FREE
    return FaceTimeSlot(
        executive=executive, published_by=executive, starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=hour.minutes), topics=[one.value for one in hour.topics],
        circles=list(Circle.values), manner=hour.manner, place=hour.place or "https://meet.example/aurora",
        note="Bring a question, not slides.", state=ENDED.get(hour.state, state) if hour.state else state,
        created_at=maker.moment(maker.today - dt.timedelta(days=80)),
    )  # fmt: skip


def _talk(maker: Maker, company: Company, slot: FaceTimeSlot, hour: Hour, contact: Contact) -> None:
    account, asked_at = contact.account, min(slot.starts_at, timezone.now()) - 9 * A_DAY
    asker = account.owner if hour.state in {S.REQUESTED, S.BOOKED} and account.owner else company.marketer
    agreed = hour.state != S.REQUESTED
    over = hour.state in {S.HELD, S.CLOSED}
    talk = FaceTimeTalk(
        slot=slot, topic=hour.topics[0], circle=Circle.CUSTOMER, subject_type="account", subject_id=account.pk,
        account_id=account.pk, label=account.name, url=account.get_absolute_url(), reason=hour.reason, asked_by=asker,
        state=hour.state or S.REQUESTED, answer_by=timezone.now() + 2 * A_DAY, created_at=asked_at,
        agreed_at=asked_at + A_DAY if agreed else None, agreed_by=slot.executive if agreed else None,
        ended_at=slot.ends_at if over else None,
        outcome="An open talk; they stay, and want to be told earlier." if over else "",
        next_steps="The owner sends the two pages they asked for." if over else "",
    )  # fmt: skip
    bulk(maker, [talk])
    guest = FaceTimeGuest(
        talk=talk, person=contact.person, answer=GuestAnswer.YES if agreed else GuestAnswer.OPEN,
        answered_at=asked_at + 2 * A_DAY if agreed else None,
    )  # fmt: skip
    bulk(maker, [guest])
    _tell(maker, talk, asked_at, agreed=agreed, over=over)
    if over and hour.told is not None:
        _feedback(maker, company, guest, talk, hour.told)


def _tell(maker: Maker, talk: FaceTimeTalk, asked_at: dt.datetime, *, agreed: bool, over: bool) -> None:
    whose: dict[str, Any] = {"account_id": talk.account_id, "executive": talk.slot.executive.person_id}
    asker, executive = talk.asked_by.person_id, talk.slot.executive.person_id
    maker.tell("facetime.requested", talk, asked_at, actor_id=asker, guests=1, to_approve=False, **whose)
    if agreed:
        maker.tell("facetime.booked", talk, asked_at + A_DAY, actor_id=executive, **whose)
    if over:
        maker.tell("facetime.held", talk, talk.slot.ends_at, actor_id=asker, minutes=talk.slot.minutes, **whose)


def _feedback(maker: Maker, company: Company, guest: FaceTimeGuest, talk: FaceTimeTalk, told: Told) -> None:
    given_at = talk.slot.ends_at + A_DAY
    decided, answered = told.verdict is not None, bool(told.reply)
    due = None if answered else given_at + dt.timedelta(days=10 if decided else 5)
    planned = told.verdict == V.PLANNED
    row = FaceTimeFeedback(
        guest=guest, score=told.score, gained=told.gained, wish=told.wish, given_at=given_at, due_at=due,
        state=FeedbackState.ANSWERED if answered else FeedbackState.DECIDED if decided else FeedbackState.GIVEN,
        verdict=told.verdict or "", because=told.because, reply=told.reply,
        owner=company.marketer if decided and told.verdict != V.NO else None,
        do_by=maker.today + 40 * A_DAY if planned else None,
        decided_at=given_at + 2 * A_DAY if decided else None, decided_by=company.marketer if decided else None,
        answered_at=given_at + 3 * A_DAY if answered else None, answered_by=company.marketer if answered else None,
    )  # fmt: skip
    bulk(maker, [row])
    whose: dict[str, Any] = {"account_id": talk.account_id, "executive": talk.slot.executive.person_id}
    maker.tell(
        "facetime.feedback", talk, given_at, actor_id=guest.person_id, feedback=row.pk, score=told.score, **whose
    )  # fmt: skip
