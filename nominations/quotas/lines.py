"""A share of a quota in words, as desks, pages and mails say it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominations.quotas.enums import QuotaState
from nominations.quotas.models import QuotaShare
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

WEEK = 7


@dataclass(frozen=True)
class Owed:
    """What one colleague owes in one quota."""

    plan: str
    words: str
    reached: bool


def words_of(share: QuotaShare, today: dt.date | None = None) -> str:
    """Return "2.5 of 4, 3 weeks left; one in a gap counts 1.5"."""
    counted = _("%(counted)s of %(target)s") % {"counted": rp.plain(share.counted), "target": rp.plain(share.target)}
    if share.reached_at is not None:
        return _("%(counted)s: done, thank you") % {"counted": counted}
    words = _("%(counted)s, %(left)s") % {"counted": counted, "left": left(share.ends_on, today)}
    if share.plan.gap_weight > 1:
        words = _("%(words)s; one in a gap counts %(n)s") % {"words": words, "n": rp.plain(share.plan.gap_weight)}
    return words


def left(ends_on: dt.date, today: dt.date | None = None) -> str:
    """Return how long there is: weeks, then days, then that it is over."""
    days = (ends_on - (today or timezone.localdate())).days + 1
    if days <= 0:
        return _("ended %(day)s") % {"day": rp.day(ends_on)}
    if days >= 2 * WEEK:
        weeks = days // WEEK
        return ngettext("%(n)d week left", "%(n)d weeks left", weeks) % {"n": weeks}
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}


def words_for(users: Iterable[User]) -> dict[int, list[Owed]]:
    """Return what each of these colleagues owes now; one query."""
    rows = QuotaShare.objects.filter(
        user__in=[user.pk for user in users], plan__state=QuotaState.OPEN, target__gt=0, waived_at__isnull=True,
        starts_on__lte=timezone.localdate(),
    )  # fmt: skip
    found: dict[int, list[Owed]] = {}
    for row in rows.select_related("plan").order_by("ends_on", "pk"):
        owed = Owed(row.plan.name, words_of(row), row.reached_at is not None)
        found.setdefault(row.user_id, []).append(owed)
    return found
