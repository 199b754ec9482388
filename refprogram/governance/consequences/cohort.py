"""Who is compared, and who is left out for which reason. The guards that keep a policy fair."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from refprogram.governance.consequences.enums import LeftOut
from refprogram.governance.consequences.models import ConsequencePolicy
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.people.calendars.selectors import calendar_of, working_time
from refprogram.people.calendars.working_time import WorkingTime
from refprogram.people.models import Leave, User

A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A period, both days included."""

    starts_on: dt.date
    ends_on: dt.date


def closed_before(policy: ConsequencePolicy, today: dt.date) -> Span:
    """Return the last period of a policy that was over before this day."""
    kind = Period(policy.period)
    last = rollups.start_of(kind, today) - A_DAY
    return Span(rollups.start_of(kind, last), last)


@dataclass
class Cohort:
    """Who is compared, and how many are not, by reason."""

    people: list[User] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def cohort_of(policy: ConsequencePolicy, span: Span) -> Cohort:
    """Sort everybody of the policy's roles. The first reason that applies counts."""
    everybody = User.objects.filter(role__in=policy.roles).select_related("person", "team__region__calendar")
    users = list(everybody.order_by("pk"))
    switched = Switches.of(policy)
    away = _mostly_away(users, span)
    found = Cohort()
    for user in users:
        reason = LeftOut.OFF if switched.off(user) else None
        if not user.is_active:
            reason = LeftOut.INACTIVE
        elif reason is None and _is_new(policy, span, user):
            reason = LeftOut.NEW
        elif reason is None and user.pk in away:
            reason = LeftOut.LEAVE
        if reason is None:
            found.people.append(user)
        else:
            found.left_out[reason.value] += 1
    return found


@dataclass(frozen=True)
class Switches:
    """Where a policy is off."""

    regions: frozenset[int]
    teams: frozenset[int]

    @classmethod
    def of(cls, policy: ConsequencePolicy) -> "Switches":
        """Read them: two queries."""
        regions = policy.off_in.values_list("pk", flat=True)
        return cls(frozenset(regions), frozenset(policy.off_for.values_list("pk", flat=True)))

    def off(self, user: User) -> bool:
        """Whether it is off for this colleague."""
        return user.team is not None and (user.team.pk in self.teams or user.team.region_id in self.regions)


def _is_new(policy: ConsequencePolicy, span: Span, user: User) -> bool:
    return user.hired_on is not None and user.hired_on + A_DAY * policy.new_hire_days > span.ends_on


def _mostly_away(users: Sequence[User], span: Span) -> set[int]:
    """Return who was away on more than half of their own working days."""
    leaves = Leave.objects.filter(
        user__in=[user.pk for user in users], starts_on__lte=span.ends_on, ends_on__gte=span.starts_on
    )
    days: dict[int, set[dt.date]] = {}
    for leave in leaves:
        first, last = max(leave.starts_on, span.starts_on), min(leave.ends_on, span.ends_on)
        days.setdefault(leave.user_id, set()).update(_each(first, last))
    times: dict[int | None, WorkingTime] = {}
    return {user.pk for user in users if user.pk in days and _more_than_half(user, days[user.pk], span, times)}


def _more_than_half(user: User, away: Iterable[dt.date], span: Span, times: dict[int | None, WorkingTime]) -> bool:
    region = user.team.region_id if user.team else None
    if region not in times:
        times[region] = working_time(calendar_of(user))
    missed = sum(times[region].works_on(day) for day in away)
    return 2 * missed > times[region].days_between(span.starts_on, span.ends_on)


def _each(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + A_DAY * n for n in range((last - first).days + 1)]
