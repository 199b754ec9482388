"""What stands against an ask because somebody keeps the customer for a plan of their own."""

import datetime as dt

from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.askable import RESERVATION, Hindrance, Wish
from references.goodwill.enums import ReservationState
from references.goodwill.models import Reservation
from refprogram.kernel.templatetags.rp import day


def reserved(wish: Wish) -> Hindrance | None:
    """Return who keeps the account or the contact, today or on the day that is planned. One query.

    The team that reserved is who may ask; without a team (a survey, an import) nobody is the one.
    """
    today = clock.today()
    rows = Reservation.objects.filter(
        account=wish.account, state=ReservationState.ACTIVE, ends_on__gte=today
    ).select_related("reserved_by__person")
    for row in rows.order_by("starts_on", "pk"):
        about = row.contact_id in {None, wish.contact.pk}
        if about and row.team != wish.team and _meets(row, today, wish.planned_on):
            return Hindrance(RESERVATION, sentence(row, wish.contact.person.name), row.ends_on + dt.timedelta(days=1))
    return None


def _meets(row: Reservation, *days: dt.date) -> bool:
    return any(row.starts_on <= one <= row.ends_on for one in days)


def sentence(row: Reservation, name: str) -> str:
    """Return who keeps them, for what, until when."""
    return _("%(who)s keeps %(name)s for “%(what)s” from %(from)s to %(to)s. Free again on %(day)s.") % {
        "who": row.reserved_by.name,
        "name": name,
        "what": row.purpose,
        "from": day(row.starts_on),
        "to": day(row.ends_on),
        "day": day(row.ends_on + dt.timedelta(days=1)),
    }
