"""What stands against an ask because a batch has a customer for itself."""

import datetime as dt

from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.askable import RESERVATION, Hindrance, Wish
from references.batches.selectors import kept_for
from refprogram.kernel.templatetags.rp import day


def exclusive(wish: Wish) -> Hindrance | None:
    """Return which batch keeps the account for itself, today or on the day that is planned."""
    for on in {clock.today(), wish.planned_on}:
        batch = kept_for([wish.account.pk], on).get(wish.account.pk)
        if batch is not None and batch.exclusive_until is not None:
            words = {"name": wish.account.name, "batch": batch.name, "day": day(batch.exclusive_until)}
            text = _("%(name)s is kept for “%(batch)s” until %(day)s.") % words
            return Hindrance(RESERVATION, text, batch.exclusive_until + dt.timedelta(days=1))
    return None
