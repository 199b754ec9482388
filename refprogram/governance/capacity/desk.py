"""What too few hours put on the desks of who runs and who backs the program: one line, as long as it is so."""

from django.db.models import DateField, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from refprogram.governance.capacity import policy
from refprogram.governance.capacity.models import CapacityAlert
from refprogram.governance.capacity.selectors import month_word, open_alerts
from refprogram.governance.capacity.shortage import NOBODY
from refprogram.kernel.addresses import address
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import Given
from refprogram.people.glance import ForDesk
from refprogram.people.models import User


def desk_items(user: User) -> list[DeskItem]:
    """Return one line for all months that lack hours: one query."""
    rows = _SHORT(user) if user.role in policy.HEAR else []
    return [_item(rows)] if rows else []


def _short(user: User) -> QuerySet[CapacityAlert]:
    rows = open_alerts(Given("month", DateField()))  # type: ignore[arg-type]
    return rows if user.role in policy.HEAR else rows.none()


_SHORT = ForDesk(_short, lambda: {"month": timezone.localdate().replace(day=1)})


def _item(rows: list[CapacityAlert]) -> DeskItem:
    title = ngettext("%(n)d month lacks hours", "%(n)d months lack hours", len(rows)) % {"n": len(rows)}
    return DeskItem(
        title=title,
        detail=" · ".join(_words(row) for row in rows),
        tone="wait",
        icon="clock",
        actions=(DeskAction(_("See what would help"), address("governance:capacity"), primary=True),),
        since=min(row.raised_at for row in rows),
        urgency=4,
    )


def _words(row: CapacityAlert) -> str:
    words = {"month": month_word(row.month), "percent": row.percent}
    return (_("%(month)s: nobody") if row.percent >= NOBODY else _("%(month)s +%(percent)d %%")) % words
