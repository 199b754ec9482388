"""What campaigns put on a desk: lines of a checklist that somebody is to settle."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nominations.campaigns.enums import CampaignState
from nominations.models import KickoffItem
from references.accounts import clock
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.templatetags import rp
from refprogram.people.glance import ForDesk
from refprogram.people.models import User

SHOWN = 10


def _mine(user: User) -> QuerySet[KickoffItem]:
    rows = KickoffItem.objects.filter(who=user.pk, done_at__isnull=True, campaign__state=CampaignState.PLANNED)
    return rows.select_related("campaign").order_by("due_on", "pk")[:SHOWN]


_MINE = ForDesk(_mine)


def desk_items(user: User) -> list[DeskItem]:
    """Return what this colleague is to settle before a campaign begins; one query."""
    return [_item(row) for row in _MINE(user)]


def _item(row: KickoffItem) -> DeskItem:
    late = row.due_on is not None and row.due_on < clock.today()
    detail = _("Before “%(campaign)s” begins") % {"campaign": row.campaign.name}
    if row.due_on is not None:
        detail = _("%(what)s, until %(day)s") % {"what": detail, "day": rp.day(row.due_on)}
    done = reverse("nominations:campaign-item-verb", args=[row.campaign.public_id, row.pk, "done"])
    return DeskItem(
        title=row.text,
        detail=detail,
        tone="stop" if late else "wait",
        icon="flag",
        actions=(
            DeskAction(_("Settled"), done, post=True),
            DeskAction(_("Open the campaign"), row.campaign.get_absolute_url()),
        ),
        since=row.campaign.created_at,
        urgency=4,
    )
