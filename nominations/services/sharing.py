"""Whose a nomination is: all of one colleague at first; joined ones share it by date and content."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nominations import policy
from nominations.models import Nomination, NominationCredit
from refprogram.kernel.errors import InvalidInput
from refprogram.people.models import User

A_FEW_WORDS = 80  # a why that says more than a greeting; ours


@dataclass(frozen=True)
class Part:
    """What one colleague brought: when, and how much of what a screener needs (1 to 5)."""

    user: int
    since: dt.datetime
    content: int


def content_of(nomination: Nomination) -> int:
    """Return how much a nomination says, 1 to 5: a why, one of some length, a speaker, an address, what for."""
    contact = nomination.contact
    said = (len(nomination.why) >= A_FEW_WORDS, contact is not None, contact is not None and contact.person.email)
    return 1 + sum(bool(one) for one in (*said, nomination.activities))


def shares(parts: Sequence[Part], figures: policy.Figures) -> dict[int, int]:
    """Return user -> percent, 100 in sum, each at least 1.

    The first keeps `first_keeps` at least. The rest goes to later ones in proportion to what they brought, each day of
    delay counting less; what is over because they brought less than the first, the first keeps too.
    """
    first, *later = sorted(parts, key=lambda part: (part.since, part.user))
    others = [part for part in later if part.user != first.user]
    weights: dict[int, float] = {}
    for part in others:
        days = (part.since - first.since).total_seconds() / 86_400
        weights[part.user] = weights.get(part.user, 0.0) + part.content * 0.5 ** (days / figures.later_halves.days)
    if not weights:
        return {first.user: 100}
    pool = max(100 - figures.first_keeps, len(weights))
    full = max(sum(weights.values()), float(first.content))
    over = pool - len(weights)
    found = {user: 1 + int(over * weight / full) for user, weight in weights.items()}
    return {first.user: 100 - sum(found.values()), **found}


def give(nomination: Nomination, percents: Mapping[int, int], since: Mapping[int, dt.datetime]) -> None:
    """Write the credits down anew; team and region are those of each colleague's own nomination, or of today."""
    known = {row.user_id: row for row in nomination.credits.all()}
    users = User.objects.select_related("team").in_bulk(percents.keys())
    nomination.credits.all().delete()
    NominationCredit.objects.bulk_create(
        NominationCredit(
            nomination=nomination,
            user=users[pk],
            team_id=known[pk].team_id if pk in known else users[pk].team_id,
            region_id=known[pk].region_id if pk in known else _region_of(users[pk]),
            percent=percent,
            since=since.get(pk, nomination.submitted_at),
        )
        for pk, percent in percents.items()
        if percent
    )


def give_all(nomination: Nomination) -> None:
    """All of it is the nominator's."""
    NominationCredit(
        nomination=nomination,
        user=nomination.nominator,
        team_id=nomination.team_id,
        region_id=nomination.region_id,
        percent=100,
        since=nomination.submitted_at,
    ).save(force_insert=True)


def parts_of(nomination: Nomination, *also: Nomination) -> list[Part]:
    """Return what everybody brought: the nomination itself, those joined to it, and those that would be."""
    joined = Nomination.objects.filter(merged_into=nomination.pk).select_related("contact__person")
    rows: Iterable[Nomination] = (nomination, *joined.exclude(pk__in=[row.pk for row in also]), *also)
    return [Part(row.nominator_id, row.submitted_at, content_of(row)) for row in rows]


def proposed(nomination: Nomination, *also: Nomination) -> dict[int, int]:
    """Return how the credit would be shared, by policy: user -> percent."""
    return shares(parts_of(nomination, *also), policy.now())


def checked(percents: Mapping[int, int], users: Iterable[int]) -> dict[int, int]:
    """Return what a reference manager set, if it is of just these colleagues and makes 100."""
    known = set(users)
    found = {user: percent for user, percent in percents.items() if user in known}
    if any(not 0 <= percent <= 100 for percent in found.values()) or sum(found.values()) != 100:
        message = _("Together it has to be 100 percent.")
        raise InvalidInput(message, errors={"percent": message})
    return found


def told(nomination: Nomination) -> list[list[int | None]]:
    """Return the credits as the stream tells them: `[[person, team, region, percent], …]`, most first."""
    rows = nomination.credits.select_related("user").order_by("-percent", "user")
    return [[row.user.person_id, row.team_id, row.region_id, row.percent] for row in rows]


def _region_of(user: User) -> int | None:
    return user.team.region_id if user.team else None
