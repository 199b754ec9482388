"""Which escalator holds, and what it says."""

import datetime as dt
from decimal import Decimal

from django.db.models import QuerySet

from incentives.pay.enums import EscalatorState
from incentives.pay.escalating import Terms, Tier
from incentives.pay.models import Escalator
from refprogram.people.models import User

EXAMPLE = Decimal("1000.00")


def visible_to(user: User) -> QuerySet[Escalator]:
    """Return the versions this user may read: those that hold or held for all who earn, drafts for who reads rules."""
    rows = Escalator.objects.select_related("written_by__person", "approved_by__person")
    if user.has_perm("incentives.view_rules"):
        return rows
    if user.has_perm("incentives.view_rewards"):
        return rows.exclude(state=EscalatorState.DRAFT)
    return rows.none()


def in_force(month: dt.date) -> Escalator | None:
    """Return the version that holds in a month: the latest approved one that begins by then, unless it was stopped."""
    approved = Escalator.objects.exclude(state=EscalatorState.DRAFT).filter(starts_on__lte=month)
    latest = approved.order_by("-number").first()
    return latest if latest is not None and (latest.until is None or month < latest.until) else None


def terms_of(version: Escalator) -> Terms:
    """Return what a version says, to count with."""
    tiers = tuple(Tier(int(score), Decimal(times)) for score, times in version.tiers)
    return Terms(tiers, version.most_a_month)


def examples_of(version: Escalator) -> list[tuple[int, Decimal]]:
    """Return for each tier its score, and what a month with a base of 1,000 comes to."""
    terms = terms_of(version)
    return [(tier.score, EXAMPLE + terms.added(EXAMPLE, tier.score)) for tier in terms.tiers]
