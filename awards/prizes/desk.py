"""What prizes put on the desk of who runs a contest: what cannot be offered, is to be arranged, or brought back."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests.desk import ties_of
from awards.contests.enums import Part
from awards.contests.models import ContestMember
from awards.contests.shown import icon_of
from awards.prizes import policy
from awards.prizes.enums import OUT, GrantState
from awards.prizes.models import PrizeGrant
from awards.prizes.standing import BEFORE_ORDER, lacks_arrangement
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

G = GrantState
SHOWN = 10
MOST = 60  # read so that what needs nothing can be left out


def _waiting(user: User) -> QuerySet[PrizeGrant]:
    mine = ContestMember.objects.filter(user=user.pk, part=Part.MANAGER).values("contest")
    ours = Q(state__in=[G.OFFERED, G.HELD], award__contest__in=mine)
    ours |= Q(state=G.RECALLED, fulfilment__state__in=OUT, award__contest__in=mine)
    gone_on = [*BEFORE_ORDER, FulfilmentState.REJECTED]
    ours |= Q(state=G.TAKEN, fulfilment__state__in=gone_on, award__contest__in=mine)
    rows = PrizeGrant.objects.filter(ours)
    return rows.select_related("award__contest", "fulfilment").order_by("updated_at", "pk")[:MOST]


_WAITING = PreparedFor(_waiting)


def desk_items(user: User) -> list[DeskItem]:
    """Return what waits for this colleague; one query for who runs a contest."""
    rows = _WAITING(user) if ties_of(user).runs else []
    found = [item for row in rows if (item := _item(row)) is not None]
    return found[:SHOWN]


def _item(row: PrizeGrant) -> DeskItem | None:
    words, verb, tone = _what(row)
    if not words:
        return None
    return DeskItem(
        title=words % {"item": row.item},
        detail=row.award.contest.name,
        tone=tone,
        icon=icon_of(row.kind),
        actions=(DeskAction(verb, row.get_absolute_url(), primary=True),),
        since=row.updated_at,
        urgency=4,
    )


def _what(row: PrizeGrant) -> tuple[str, str, str]:
    """Return what is to be done, the verb, and how it looks; three empty words where nothing is."""
    if row.state == G.HELD:
        return _("Cannot be offered: %(item)s"), _("Look at it"), "stop"
    if row.state == G.RECALLED:
        return _("To be brought back: %(item)s"), _("Look at it"), "stop"
    if row.state == G.OFFERED:
        figures = policy.now()
        last = row.reminded_at or row.offered_at
        silent = last is not None and (timezone.now() - last).days >= figures.remind_after
        if silent and row.reminders >= figures.reminders:
            return _("No answer from the winner: %(item)s"), _("Ask them"), "wait"
        return "", "", ""
    if row.fulfilment is not None and row.fulfilment.state == FulfilmentState.REJECTED:
        return _("Not approved: %(item)s"), _("Offer something else"), "stop"
    return (_("To arrange: %(item)s"), _("Arrange it"), "wait") if lacks_arrangement(row) else ("", "", "")
