"""What a policy said on the day when it named somebody: later changes of the policy do not touch the case."""

import datetime as dt
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from refprogram.governance.consequences.enums import Effect
from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy
from refprogram.people.calendars.selectors import working_time
from refprogram.people.enums import Privilege
from refprogram.people.models import BusinessCalendar

A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Terms:
    """The terms of one case."""

    metric: str
    direction: str
    effect: str
    privilege: str
    task_title: str
    notice_days: int
    appeal_days: int
    lasts_days: int
    deal_threshold: str | None
    demerits: int = 0

    def words(self, *, own: bool) -> str:
        """What happens to the person: as they read it themselves, or as others do."""
        if self.effect == Effect.TASK:
            return _("a task: %(title)s") % {"title": self.task_title}
        if self.effect == Effect.DEMERIT:
            words = ngettext("%(n)d demerit of data quality", "%(n)d demerits of data quality", self.demerits)
            return words % {"n": self.demerits}
        sentence = _("for %(days)d days you may not %(what)s") if own else _("for %(days)d days they may not %(what)s")
        return sentence % {"days": self.lasts_days, "what": Privilege(self.privilege).label}

    @property
    def exception_from(self) -> Decimal | None:
        """From which amount of a deal on an exception may be asked for."""
        return None if self.deal_threshold is None else Decimal(self.deal_threshold)


def kept(policy: ConsequencePolicy) -> dict[str, Any]:
    """Return a policy's terms as a case keeps them."""
    threshold = policy.deal_threshold
    return asdict(
        Terms(
            metric=policy.metric,
            direction=policy.direction,
            effect=policy.effect,
            privilege=policy.privilege,
            task_title=policy.task_title,
            notice_days=policy.notice_days,
            appeal_days=policy.appeal_days,
            lasts_days=policy.lasts_days,
            deal_threshold=None if threshold is None else str(threshold),
            demerits=policy.demerits,
        )
    )


def of(case: ConsequenceCase) -> Terms:
    """Return the terms of a case."""
    return Terms(**case.terms)


@dataclass(frozen=True)
class Days:
    """The days of one notice."""

    appeal_until: dt.datetime
    takes_effect_at: dt.datetime
    ends_at: dt.datetime


def days_of(terms: Terms, calendar: BusinessCalendar, at: dt.datetime) -> Days:
    """Return until when an appeal counts, and from when until when it binds: whole working days after the notice.

    Each begins or ends at midnight of the person's own place, so that "until Friday" means all of Friday.
    """
    time = working_time(calendar)
    first = at.astimezone(time.zone).date()

    def after(days: int) -> dt.datetime:
        last = time.add_days(first, days) if days else first
        return _midnight(last + A_DAY, time.zone)

    begins = after(terms.notice_days)
    return Days(after(terms.appeal_days), begins, end_of(terms, calendar, begins))


def end_of(terms: Terms, calendar: BusinessCalendar, begins: dt.datetime) -> dt.datetime:
    """Return when an effect that begins then is over: so many days later, at the same time of the day there."""
    zone = working_time(calendar).zone
    return (begins.astimezone(zone) + A_DAY * terms.lasts_days).astimezone(dt.UTC)


def _midnight(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()), zone).astimezone(dt.UTC)
