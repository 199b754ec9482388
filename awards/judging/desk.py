"""What judging puts on a desk: entries to score, and papers to sign."""

import datetime as dt
from typing import Any

from django.db.models import Count, DateTimeField, Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.contests.desk import ties_of
from awards.contests.enums import Part
from awards.entries.enums import JUDGED, PlaceState
from awards.judging import policy
from awards.judging.enums import EXPECTED, MAY_JUDGE, SCORED, TO_DO, Mode
from awards.models import CategoryEntry, ContestMember, Judge, Round
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import Given
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

SHOWN = 5


def _mine(user: User) -> QuerySet[Judge]:
    waiting = Q(assignments__state__in=TO_DO, assignments__round__closed_at__isnull=True)
    rows = Judge.objects.filter(person__user=user.pk, state__in=EXPECTED).select_related("contest")
    return rows.annotate(
        left=Count("assignments", filter=waiting), due=Min("assignments__round__closes_at", filter=waiting)
    ).order_by("pk")[:SHOWN]


def _near_their_end(user: User) -> QuerySet[Round]:
    scored = Q(assignments__round=OuterRef("pk"), assignments__state__in=SCORED)
    short = CategoryEntry.objects.filter(
        category__contest=OuterRef("contest"), round_number=OuterRef("number"), entry__anchor=False,
        entry__state__in=JUDGED,
    ).exclude(state=PlaceState.NOT_ADVANCED)  # fmt: skip
    short = short.annotate(scored=Count("assignments", filter=scored)).filter(scored__lt=OuterRef("min_ballots"))
    mine = ContestMember.objects.filter(user=user.pk, part=Part.MANAGER).values("contest")
    rows = Round.objects.filter(
        Exists(short), contest__in=mine, released_at__isnull=False, closed_at__isnull=True,
        closes_at__lte=Given("until", DateTimeField()),
    )  # fmt: skip
    return rows.exclude(mode=Mode.PAIRWISE).select_related("contest").order_by("closes_at", "pk")[:SHOWN]


_MINE = PreparedFor(_mine)
_NEAR = PreparedFor(_near_their_end)


def desk_items(user: User) -> list[DeskItem]:
    """Return what this colleague is to score, and rounds of theirs that end with too few ballots: a query each."""
    ties = ties_of(user)
    rows: list[Any] = _MINE(user) if ties.judges else []
    until = timezone.now() + dt.timedelta(days=policy.now().alarm_days)
    found = [_to_score(judge) for judge in rows if judge.left or judge.state not in MAY_JUDGE]
    return found + [_too_few(round_) for round_ in (_NEAR(user, until=until) if ties.runs else ())]


def _too_few(round_: Round) -> DeskItem:
    url = reverse("awards:round-coverage", args=[round_.public_id])
    return DeskItem(
        title=_("Too few ballots: %(round)s") % {"round": round_.name},
        detail=_("%(contest)s, judging ends on %(day)s") % {
            "contest": round_.contest.name, "day": rp.day(round_.closes_at),
        },
        tone="stop",
        icon="alert",
        actions=(DeskAction(_("See which entries"), url),),
        since=round_.released_at or round_.created_at,
        urgency=5,
    )  # fmt: skip


def _to_score(judge: Any) -> DeskItem:
    room = reverse("awards:judging-room", args=[judge.public_id])
    if judge.state not in MAY_JUDGE:
        return DeskItem(
            title=_("Before you judge %(contest)s") % {"contest": judge.contest.name},
            detail=_("Agree to keep entries in confidence, and name your ties"),
            tone="wait",
            icon="shield",
            actions=(DeskAction(_("Do it now"), reverse("awards:judging-papers", args=[judge.public_id])),),
            since=judge.answered_at or judge.created_at,
            urgency=4,
        )
    left, due = judge.left, judge.due
    late = due is not None and due < timezone.now()
    return DeskItem(
        title=ngettext("%(n)d entry to score", "%(n)d entries to score", left) % {"n": left},
        detail=_("%(contest)s, until %(day)s") % {"contest": judge.contest.name, "day": rp.day(due) if due else "–"},
        tone="stop" if late else "wait",
        icon="scale",
        actions=(DeskAction(_("Score now"), room),),
        since=judge.answered_at or judge.created_at,
        urgency=4,
    )
