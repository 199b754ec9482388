"""What contests put on a desk: lines of a plan whose day is near, and questions that wait for an answer.

Every colleague has a desk, and few have to do with contests: what they have to do with them is asked once, for all
rooms of contests, and who has nothing is asked nothing more.
"""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import DateField, Exists, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests import policy, selectors
from awards.contests.enums import ContestState, Part
from awards.contests.models import ContestMember, PlanItem, Question
from awards.models import ContestEntry, Judge
from references.accounts import clock
from refprogram.kernel.asked_once import once_per_answer
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import Given
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor, PreparedValuesFor

SHOWN = 10


class Ties(NamedTuple):
    """What somebody has to do with contests: runs or serves in one, has lines of a plan, judges, has entries to end."""

    runs: bool
    plans: bool
    judges: bool
    enters: bool


def _ties(user: User) -> QuerySet[Any, Any]:
    mine = Q(account__owner=user.pk) | Q(owner__user=user.pk) | Q(nominator=user.pk)
    return User.objects.filter(pk=user.pk).values_list(
        Exists(ContestMember.objects.filter(user=user.pk)),
        Exists(PlanItem.objects.filter(owner=user.pk, done_at__isnull=True)),
        Exists(Judge.objects.filter(person__user=user.pk)),
        Exists(ContestEntry.objects.filter(mine, contest__state=ContestState.OPEN)),
    )


_TIES = PreparedValuesFor(_ties)


def ties_of(user: User) -> Ties:
    """Return what this colleague has to do with contests: one query for one answer."""
    (found,) = once_per_answer(f"contest-ties:{user.pk}", lambda: _TIES(user))
    return Ties(*found)


def _asked(user: User) -> QuerySet[Question]:
    mine = ContestMember.objects.filter(user=user.pk, part=Part.MANAGER).values("contest")
    rows = Question.objects.filter(contest__in=mine, answered_at__isnull=True)
    rows = rows.exclude(contest__state__in=["archived", "cancelled"])
    return rows.select_related("contest").order_by("asked_at", "pk")[:SHOWN]


def _duties(user: User) -> QuerySet[PlanItem]:
    return selectors.duties_of(user, until=Given("until", DateField()))[:SHOWN]


_ASKED = PreparedFor(_asked)
_DUTIES = PreparedFor(_duties)


def desk_items(user: User) -> list[DeskItem]:
    """Return what this colleague is to do for contests; at most two queries, and that of their ties."""
    ties, until = ties_of(user), clock.today() + dt.timedelta(days=policy.now().remind_before)
    duties = [_duty(item) for item in _DUTIES(user, until=until)] if ties.plans else []
    return duties + [_question(question) for question in (_ASKED(user) if ties.runs else ())]


def _duty(item: PlanItem) -> DeskItem:
    slug = item.contest.slug
    return DeskItem(
        title=item.name,
        detail=_("For %(contest)s, until %(day)s") % {"contest": item.contest.name, "day": rp.day(item.due_on)},
        tone="stop" if item.due_on < clock.today() else "wait",
        icon="flag",
        actions=(
            DeskAction(_("Done"), reverse("awards:plan-verb", args=[slug, item.public_id, "done"]), post=True),
            DeskAction(_("Open the plan"), reverse("awards:contest-plan", args=[slug])),
        ),
        since=timezone.make_aware(dt.datetime.combine(item.due_on, dt.time()), clock.zone()),
        urgency=4,
    )


def _question(question: Question) -> DeskItem:
    return DeskItem(
        title=question.text,
        detail=_("A question about %(contest)s: the answer is seen by all") % {"contest": question.contest.name},
        tone="wait",
        icon="chat",
        actions=(
            DeskAction(
                _("Answer"), reverse("awards:question-answer", args=[question.contest.slug, question.public_id])
            ),
        ),
        since=question.asked_at,
        urgency=4,
    )
