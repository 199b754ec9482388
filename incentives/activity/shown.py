"""Activity as pages show it."""

from django.utils import timezone

from incentives.activity.counting import Use, WeekCount, week
from incentives.activity.models import ActivityProof, AdoptionMonth, WeekReward
from incentives.activity.reading import use_of, week_of
from incentives.activity.services.weeks import monday_of, terms_now
from incentives.quality.month import Span
from refprogram.people.models import User

SHOWN = 10


def present_week(user: User) -> WeekCount:
    """Return a colleague's week so far, as it would be paid."""
    monday = monday_of(timezone.localdate())
    done = week_of([user.person_id], monday).get(user.person_id, [])
    return week((one for one, _key in done), terms_now())


def present_use(user: User) -> Use:
    """Return how far a colleague used the CRM this month, up to yesterday: today is not over."""
    today = timezone.localdate()
    span = Span.of(today)
    if today == span.first:
        return Use(0, 0)
    return use_of([user], span.first, today.replace(day=today.day - 1))[user.pk]


def weeks_before(user: User) -> list[WeekReward]:
    """Return a colleague's last weeks."""
    return list(WeekReward.objects.filter(user=user).order_by("-week")[:SHOWN])


def months_before(user: User) -> list[AdoptionMonth]:
    """Return a colleague's last months of use."""
    return list(AdoptionMonth.objects.filter(user=user).order_by("-month")[:SHOWN])


def proofs_of(row: WeekReward) -> list[ActivityProof]:
    """Return what was to be proved of a week."""
    return list(row.proofs.select_related("activity", "judged_by__person").order_by("pk"))
