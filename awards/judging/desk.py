"""What judging puts on a desk: entries to score, and papers to sign."""

from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.judging.enums import EXPECTED, MAY_JUDGE, TO_DO
from awards.models import Judge
from refprogram.kernel.desk import DeskAction, DeskItem
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


_MINE = PreparedFor(_mine)


def desk_items(user: User) -> list[DeskItem]:
    """Return what this colleague is to score; one query."""
    rows: list[Any] = _MINE(user)
    return [_to_score(judge) for judge in rows if judge.left or judge.state not in MAY_JUDGE]


def _to_score(judge: Any) -> DeskItem:
    room = reverse("awards:judging-room", args=[judge.public_id])
    if judge.state not in MAY_JUDGE:
        return DeskItem(
            title=_("Before you judge the %(contest)s") % {"contest": judge.contest.name},
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
