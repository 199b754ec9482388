"""What counts for whom. A nomination is settled as it stands: however often, and in whatever order, events arrive."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from nominations.enums import NominationState
from nominations.models import Nomination, NominationCredit
from nominations.quotas.enums import Counts
from nominations.quotas.models import QuotaCount, QuotaShare
from nominations.quotas.proration import A_DAY
from nominations.quotas.selectors import RUNNING, Places
from nominations.quotas.services.shares import note_reached

N = NominationState
ACCEPTED = (N.APPROVED, N.OUTREACH, N.CUSTOMER_DECLINED, N.ENROLLED, N.FIRST_ACT)
GONE = (N.DRAFT, N.NOT_APPROVED, N.WITHDRAWN, N.MERGED)
CENT = Decimal("0.01")


@transaction.atomic
def settle(*, nomination: Nomination, approved_at: dt.datetime | None = None) -> None:
    """Make the counts of one nomination what its state and its credits say.

    In quotas of one kind (accepted, or enrolled) it counts once for each person credited: in the one that ends first.
    `approved_at` is when it was approved, where its state does not say so any more. What is closed does not change.
    """
    row = Nomination.objects.select_for_update().get(pk=nomination.pk)
    credited = dict(NominationCredit.objects.filter(nomination=row).values_list("user_id", "percent"))
    counted = list(QuotaCount.objects.filter(nomination_id=row.pk).select_related("plan"))
    shares = _shares([*credited, *(count.user_id for count in counted)])
    places = Places() if shares else None
    by_user: dict[tuple[int, str], list[QuotaShare]] = defaultdict(list)
    for share in shares:
        by_user[share.user_id, share.plan.counts].append(share)
    for (user, counts), mine in by_user.items():
        known = [count for count in counted if count.user_id == user and count.plan.counts == counts]
        at, percent = moment(row, counts, approved_at, known), credited.get(user, 0)
        found = None
        if at is not None and percent and places is not None and not _is_closed(known):
            fitting = [share for share in mine if falls_into(share, row.submitted_at, at, places)]
            found = min(fitting, key=lambda share: (share.ends_on, share.plan_id), default=None)
        for share in mine:
            value = value_of(share, percent, in_gap=row.in_gap) if share is found else None
            _put(row, share, value, at or row.submitted_at)


def _shares(users: list[int]) -> list[QuotaShare]:
    rows = QuotaShare.objects.select_for_update(of=("self",)).filter(user__in=users, plan__state__in=RUNNING)
    return list(rows.select_related("plan", "user__person", "user__team").order_by("pk"))


def _is_closed(known: list[QuotaCount]) -> bool:
    return any(count.plan.state not in RUNNING for count in known)


def moment(
    row: Nomination, counts: str, approved_at: dt.datetime | None, known: list[QuotaCount]
) -> dt.datetime | None:
    """Return when a nomination reached what counts; None where it has not, or no longer."""
    if row.state in GONE:
        return None
    if counts == Counts.ENROLLED:
        return row.enrolled_at
    before = known[0].at if known else approved_at
    return before or (row.decided_at if row.state in ACCEPTED else None)


def _put(row: Nomination, share: QuotaShare, value: Decimal | None, at: dt.datetime) -> None:
    """Count a nomination for a share with this value, or not at all; nothing changes where it is so already."""
    count = QuotaCount.objects.filter(share=share, nomination_id=row.pk).first()
    if (count.value if count is not None else None) == value:
        return
    if count is not None:
        count.delete()
    if value is not None:
        QuotaCount.objects.create(
            share=share, plan=share.plan, nomination_id=row.pk, user=share.user, value=value, at=at
        )
    recount(share)


def value_of(share: QuotaShare, percent: int, *, in_gap: bool) -> Decimal:
    """Return what a nomination is worth for a share: the person's part of it, more in a gap of the coverage."""
    weight = share.plan.gap_weight if in_gap else Decimal(1)
    return (Decimal(percent) / 100 * weight).quantize(CENT)


def falls_into(share: QuotaShare, submitted_at: dt.datetime, at: dt.datetime, places: Places) -> bool:
    """Whether a moment lies in somebody's period, by the days of their own place.

    What was nominated in the period and decided in the grace after it counts as well: the wait was not theirs.
    """
    day, handed_in = places.day_of(share.user, at), places.day_of(share.user, submitted_at)
    if share.starts_on <= day <= share.ends_on:
        return True
    in_grace = share.ends_on < day <= share.ends_on + A_DAY * share.plan.grace_days
    return in_grace and share.starts_on <= handed_in <= share.ends_on


def recount(share: QuotaShare) -> None:
    """Keep the sum of a locked share."""
    share.counted = share.counts.aggregate(sum=Sum("value"))["sum"] or Decimal(0)
    note_reached(share)
    share.save(update_fields=["counted", "reached_at"])
