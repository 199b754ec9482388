"""What a contest's end puts on a desk: letters of thanks that were not sent, comments that nobody read."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.closing.models import Feedback
from awards.closing.selectors.feedback import WAITING
from awards.contests.desk import ties_of
from awards.contests.enums import ContestState, Part
from awards.models import Contest, ContestMember
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

SHOWN = 5


def _mine(user: User) -> QuerySet[Contest]:
    run = ContestMember.objects.filter(user=user.pk, part=Part.MANAGER).values("contest")
    left = Feedback.objects.filter(WAITING, entry__contest=OuterRef("pk")).order_by().values("entry__contest")
    rows = Contest.objects.filter(pk__in=run, state__in=[ContestState.PUBLISHED, ContestState.FULFILMENT])
    rows = rows.annotate(unread=Coalesce(Subquery(left.annotate(n=Count("pk")).values("n")), 0))
    rows = rows.filter(Q(unread__gt=0) | Q(kit__thanked_at__isnull=True)).select_related("kit", "closing")
    return rows.order_by("published_at", "pk")[:SHOWN]


_MINE = PreparedFor(_mine)


def desk_items(user: User) -> list[DeskItem]:
    """Return what this colleague has left to do for contests that are over; one query for who runs some."""
    rows: list[Any] = _MINE(user) if ties_of(user).runs else []
    return [item for contest in rows for item in _items(contest)]


def _items(contest: Any) -> list[DeskItem]:
    found, since = [], contest.published_at or contest.announce_at
    kit, closing = getattr(contest, "kit", None), getattr(contest, "closing", None)
    if kit is None or kit.thanked_at is None:
        found.append(
            DeskItem(
                title=_("Thank everybody who took part"),
                detail=_("%(contest)s: the letters are drafted") % {"contest": contest.name},
                tone="wait",
                icon="mail",
                actions=(DeskAction(_("Look at the letters"), reverse("awards:closing-thanks", args=[contest.slug])),),
                since=since,
                urgency=5,
            )
        )
    if contest.unread and (closing is None or closing.offers_feedback):
        words = ngettext("%(n)d comment of a judge to read", "%(n)d comments of judges to read", contest.unread)
        found.append(
            DeskItem(
                title=words % {"n": contest.unread},
                detail=_("%(contest)s: entrants wait for what was said of their entries") % {"contest": contest.name},
                tone="wait",
                icon="chat",
                actions=(DeskAction(_("Read them"), reverse("awards:closing-feedback", args=[contest.slug])),),
                since=since,
                urgency=5,
            )
        )
    return found
