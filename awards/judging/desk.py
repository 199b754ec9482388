"""What judging puts on a desk: entries to score, and ballots that a second person decides about."""

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.judging.enums import COUNTED, EXPECTED, MAY_JUDGE, TO_DO
from awards.models import Ballot, Judge
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

SHOWN = 5


def _mine(user: User) -> QuerySet[Judge]:
    waiting = Q(assignments__state__in=TO_DO, assignments__round__closed_at__isnull=True)
    rows = Judge.objects.filter(person=user.person_id, state__in=EXPECTED).select_related("contest")
    return rows.annotate(
        left=Count("assignments", filter=waiting), due=Min("assignments__round__closes_at", filter=waiting)
    ).order_by("pk")[:SHOWN]


def desk_items(user: User) -> list[DeskItem]:
    """Return what this colleague is to score, and what they are to decide; two queries."""
    items = [_to_score(judge) for judge in _mine(user) if judge.left or judge.state not in MAY_JUDGE]
    return [*items, *(_to_decide(ballot) for ballot in _DECIDE(user))]


def _asked(user: User) -> QuerySet[Ballot]:
    rows = Ballot.objects.filter(
        void_asked_by__isnull=False, current=True, state__in=COUNTED,
        assignment__round__contest__members__user=user.pk, assignment__round__contest__members__part="manager",
    ).exclude(void_asked_by=user.pk)  # fmt: skip
    rows = rows.select_related("assignment__judge__person", "assignment__place__entry", "assignment__round__contest")
    return rows.order_by("pk")[:SHOWN]


_DECIDE = PreparedFor(_asked)


def _to_score(judge: Judge) -> DeskItem:
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
    left, due = judge.left, judge.due  # type: ignore[attr-defined]
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


def _to_decide(ballot: Ballot) -> DeskItem:
    work = ballot.assignment
    return DeskItem(
        title=_("A ballot shall not count"),
        detail=_("%(judge)s on entry %(code)s: %(why)s")
        % {"judge": work.judge.person.name, "code": work.place.entry.code, "why": ballot.void_reason},
        tone="stop",
        icon="alert",
        actions=(DeskAction(_("Decide"), work.judge.get_absolute_url()),),
        since=ballot.updated_at,
        urgency=4,
    )
