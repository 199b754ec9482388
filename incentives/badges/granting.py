"""Giving badges set-wise: which of those wanted are new, and fit the limits. Rules and other rooms come in here."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, QuerySet

from incentives.badges.enums import Often
from incentives.badges.models import Badge, BadgeGrant
from refprogram.kernel import rollups
from refprogram.kernel.bulk_stream import BulkEvent, emit_bulk
from refprogram.kernel.enums import Period
from refprogram.kernel.stream import Subject
from refprogram.people.models import User


@dataclass(frozen=True)
class BadgeGranting:
    """One badge for one person. The same `key` again changes nothing."""

    key: str
    person_id: int
    event_id: int | None
    rule_id: int | None
    rule_version: int | None
    occurred_at: dt.datetime
    badge_id: int
    words: str = ""


def month_of(at: dt.datetime) -> dt.date:
    """Return the first day of the month that a moment counts for."""
    return rollups.start_of(Period.MONTH, rollups.day_of(at))


def slot_of(often: str, month: dt.date) -> str | None:
    """Return what of a badge a person can have but once; None: as often as it is won."""
    if often == Often.ALWAYS:
        return None
    return "once" if often == Often.ONCE else f"{month:%Y-%m}"


@transaction.atomic
def grant_many(grants: Sequence[BadgeGranting], *, actor: User | None = None) -> list[BadgeGrant]:
    """Give badges; return those that are new. Left out: a key that was, a badge one has, one over its month's limit.

    Six statements for any number. The badges are locked, so two who give at once cannot pass a limit together.
    """
    wanted = sorted(grants, key=lambda one: (one.occurred_at, one.key))
    if not wanted:
        return []
    ids = sorted({one.badge_id for one in wanted})
    badges = {badge.pk: badge for badge in Badge.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    fresh = list(_fitting(wanted, badges))
    for row in fresh:
        row.badge, row.giver = badges[row.badge_id], actor
    made = BadgeGrant.objects.bulk_create(fresh)
    by = actor.person_id if actor is not None else None
    emit_bulk(
        [
            BulkEvent(
                "badge.granted", Subject("badgegrant", row.pk), by, {"person": row.person_id, "badge": row.badge_id},
                row.occurred_at,
            )
            for row in made
        ]
    )  # fmt: skip
    return made


def _fitting(wanted: Sequence[BadgeGranting], badges: Mapping[int, Badge]) -> Iterable[BadgeGrant]:
    keys = set(BadgeGrant.objects.filter(key__in=[one.key for one in wanted]).values_list("key", flat=True))
    standing = BadgeGrant.objects.filter(badge__in=badges, revoked_at__isnull=True)
    had = set(
        standing.filter(person__in={one.person_id for one in wanted}, slot__isnull=False).values_list(
            "badge_id", "person_id", "slot"
        )
    )
    given = _given(standing, {month_of(one.occurred_at) for one in wanted})
    for one in wanted:
        badge, month = badges[one.badge_id], month_of(one.occurred_at)
        slot = slot_of(badge.often, month)
        place = (badge.pk, one.person_id, slot)
        full = badge.a_month is not None and given[badge.pk, month] >= badge.a_month
        if one.key in keys or place in had or full or badge.retired_at is not None:
            continue
        keys.add(one.key)
        if slot is not None:
            had.add(place)
        given[badge.pk, month] += 1
        yield _row(one, month, slot)


def _given(standing: QuerySet[BadgeGrant], months: set[dt.date]) -> Counter[tuple[int, dt.date]]:
    rows = standing.filter(month__in=months).values_list("badge_id", "month").annotate(n=Count("pk"))
    return Counter({(badge, month): n for badge, month, n in rows.order_by()})


def _row(one: BadgeGranting, month: dt.date, slot: str | None) -> BadgeGrant:
    return BadgeGrant(
        key=one.key, badge_id=one.badge_id, person_id=one.person_id, event_id=one.event_id, rule_id=one.rule_id,
        rule_version=one.rule_version, words=one.words, occurred_at=one.occurred_at,
        month=month, slot=slot,
    )  # fmt: skip
