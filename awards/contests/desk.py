"""What contests put on a desk: lines of a plan whose day is near, and questions that wait for an answer."""

import datetime as dt

from django.db.models import DateField, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests import policy, selectors
from awards.contests.enums import Part
from awards.contests.models import ContestMember, PlanItem, Question
from references.accounts import clock
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import Given
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

SHOWN = 10


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
    """Return what this colleague is to do for contests; two queries."""
    until = clock.today() + dt.timedelta(days=policy.now().remind_before)
    duties = [_duty(item) for item in _DUTIES(user, until=until)]
    return duties + [_question(question) for question in _ASKED(user)]


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
