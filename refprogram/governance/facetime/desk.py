"""What talks put on somebody's desk: agree, say whether it took place, decide, answer. What is late is red."""

from typing import Any

from django.db.models import DateField, DateTimeField, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.facetime.enums import OPEN_FEEDBACK, FeedbackState, GuestAnswer, TalkState
from refprogram.governance.facetime.models import FaceTimeFeedback, FaceTimeGuest, FaceTimeTalk
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import Given
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import Delegation, User

SHOWN = 10
_NOW, _TODAY = Given("now", DateTimeField()), Given("today", DateField())


def _given() -> dict[str, Any]:
    return {"now": timezone.now()}


def _given_today() -> dict[str, Any]:
    return {"today": timezone.localdate()}


def _stood_in(viewer: User) -> QuerySet[Any, Any]:
    """Return for whom somebody was named to act today; who is away themselves has no desk that day."""
    rows = Delegation.objects.filter(delegate=viewer.pk, starts_on__lte=_TODAY, ends_on__gte=_TODAY)
    return rows.values("principal")


def _asked(viewer: User) -> QuerySet[FaceTimeTalk]:
    theirs = Q(slot__executive=viewer.pk) | Q(slot__executive__in=_stood_in(viewer))
    rows = FaceTimeTalk.objects.filter(theirs, state=TalkState.REQUESTED)
    return rows.select_related("slot__executive__person", "asked_by__person").order_by("answer_by", "pk")[:SHOWN]


def _over(viewer: User) -> QuerySet[FaceTimeTalk]:
    theirs = Q(slot__executive=viewer.pk) | Q(asked_by=viewer.pk)
    rows = FaceTimeTalk.objects.filter(theirs, state=TalkState.BOOKED, slot__ends_at__lte=_NOW)
    return rows.select_related("slot__executive__person").order_by("slot__ends_at", "pk")[:SHOWN]


def _circle(viewer: User) -> QuerySet[FaceTimeFeedback]:
    theirs = Q(guest__talk__asked_by=viewer.pk) | Q(owner=viewer.pk)
    if viewer.role in (Role.MARKETER, Role.ADMIN):
        theirs |= Q(due_at__lt=_NOW)
    rows = FaceTimeFeedback.objects.filter(theirs, state__in=OPEN_FEEDBACK)
    whole = rows.select_related("guest__person", "guest__talk__slot__executive__person")
    return whole.order_by("due_at", "pk")[:SHOWN]


def _proposed(viewer: User) -> QuerySet[FaceTimeGuest]:
    rows = FaceTimeGuest.objects.filter(
        talk__asked_by=viewer.pk, talk__state=TalkState.BOOKED, answer=GuestAnswer.OTHER, talk__slot__starts_at__gt=_NOW
    )
    return rows.select_related("person", "talk__slot__executive__person").order_by("answered_at", "pk")[:SHOWN]


_ASKED = ForDesk(_asked, _given_today)
_OVER = ForDesk(_over, _given)
_CIRCLE = ForDesk(_circle, _given)
_PROPOSED = ForDesk(_proposed, _given)


def desk_items(user: User) -> list[DeskItem]:
    """Return what waits for this colleague: at most four queries, none where a glance found nothing."""
    if user.role == Role.JUDGE:
        return []
    return [
        *(_to_agree(row) for row in _ASKED(user)),
        *(_did_it(row) for row in _OVER(user)),
        *(_other_time(row) for row in _PROPOSED(user)),
        *(_to_close(row) for row in _CIRCLE(user)),
    ]


def _to_agree(row: FaceTimeTalk) -> DeskItem:
    facts = {"who": row.asked_by.name, "label": row.label}
    when = rp.exact(row.slot.starts_at)
    return DeskItem(
        title=_("An hour for %(label)s?") % facts,
        detail=f"{_('%(who)s asks') % facts} · {when} · {row.reason}",
        tone="wait",
        icon="clock",
        actions=(
            DeskAction(
                _("Agree"), reverse("governance:face-time-agree", args=[row.public_id]), post=True, primary=True
            ),
            DeskAction(_("Read"), row.get_absolute_url()),
        ),
        since=row.created_at,
        urgency=2,
    )


def _did_it(row: FaceTimeTalk) -> DeskItem:
    return DeskItem(
        title=_("Did it take place? %(label)s") % {"label": row.label},
        detail=_("%(name)s, %(when)s") % {"name": row.slot.executive.name, "when": rp.exact(row.slot.starts_at)},
        tone="wait",
        icon="check",
        actions=(
            DeskAction(
                _("Yes, held"), reverse("governance:face-time-held", args=[row.public_id]), post=True, primary=True
            ),
            DeskAction(_("Open"), row.get_absolute_url()),
        ),
        since=row.slot.ends_at,
        urgency=3,
    )


def _other_time(row: FaceTimeGuest) -> DeskItem:
    return DeskItem(
        title=_("%(name)s proposes another time") % {"name": row.person.name},
        detail=row.words or row.talk.label,
        tone="wait",
        icon="calendar",
        actions=(DeskAction(_("Choose a time"), row.talk.get_absolute_url(), primary=True),),
        since=row.answered_at or row.created_at,
        urgency=3,
    )


def _to_close(row: FaceTimeFeedback) -> DeskItem:
    late = row.due_at is not None and row.due_at < timezone.now()
    facts = {"name": row.guest.person.name, "score": row.score or 0}
    deciding = row.state == FeedbackState.GIVEN
    title = _("Decide what follows: %(name)s gave %(score)d of 5") if deciding else _("Answer %(name)s")
    name = "governance:face-time-decide" if deciding else "governance:face-time-answer"
    return DeskItem(
        title=title % facts,
        detail=row.wish or row.gained or row.guest.talk.label,
        tone="stop" if late else "wait",
        icon="heart",
        actions=(
            DeskAction(_("Decide") if deciding else _("Answer"), reverse(name, args=[row.public_id]), primary=True),
        ),
        since=row.given_at or row.created_at,
        urgency=2 if late else 5,
    )
