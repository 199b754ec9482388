"""Reading badges: which there are, who has them, whose they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse

from incentives.badges.models import Badge, BadgeGrant
from refprogram.kernel.labels import Label
from refprogram.people.models import Person, User

STANDS = Q(grants__revoked_at__isnull=True)


def visible_to(user: User) -> QuerySet[Badge]:
    """Return the badges a colleague sees: all, retired ones too; judges none."""
    return Badge.objects.all() if user.has_perm("incentives.view_rewards") else Badge.objects.none()


def with_givings(badges: QuerySet[Badge]) -> QuerySet[Badge]:
    """Add how many people have each badge, and when it was given last."""
    return badges.annotate(
        holders=Count("grants__person", filter=STANDS, distinct=True), last_at=Max("grants__occurred_at", filter=STANDS)
    )


def grants_visible_to(user: User) -> QuerySet[BadgeGrant]:
    """Return who has which badge, as far as it stands and they do not keep to themselves (recognition’s choice).

    Who looks after badges sees all; whose they are, and who gave them, those too.
    """
    grants = BadgeGrant.objects.select_related("badge", "person", "giver__person", "revoked_by__person", "rule")
    if not user.has_perm("incentives.view_rewards"):
        return grants.none()
    if user.has_perm("incentives.run_badges"):
        return grants
    shown = Q(revoked_at__isnull=True) & ~Q(person__recognition_choice__in_feed=False)
    return grants.filter(shown | Q(person=user.person_id) | Q(giver=user))


def of_person(person: Person) -> list[BadgeGrant]:
    """Return what somebody wears, latest first."""
    rows = BadgeGrant.objects.filter(person=person, revoked_at__isnull=True)
    return list(rows.select_related("badge", "giver__person").order_by("-occurred_at", "-pk"))


def named(slug: str) -> Badge | None:
    """Return the badge of a short name, for rooms that give one; None where there is none, or it was retired."""
    return Badge.objects.filter(slug=slug, retired_at__isnull=True).first()


def given_by_hand(user: User) -> QuerySet[Badge]:
    """Return the badges that this user may give, by name."""
    badges = Badge.objects.filter(by_hand=True, retired_at__isnull=True).order_by("name")
    return badges if user.has_perm("incentives.give_badges") else badges.none()


@dataclass(frozen=True)
class Worn:
    """A badge as somebody wears it: how often, and when last."""

    badge: Badge
    times: int
    last: BadgeGrant


def worn(grants: Iterable[BadgeGrant]) -> list[Worn]:
    """Return somebody's badges, each once, latest first. `grants` as `of_person` returns them."""
    found: dict[int, list[BadgeGrant]] = {}
    for grant in grants:
        found.setdefault(grant.badge_id, []).append(grant)
    return [Worn(rows[0].badge, len(rows), rows[0]) for rows in found.values()]


def badge_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how badges are called in sentences."""
    may_open = viewer.has_perm("incentives.view_rewards")
    return {
        pk: Label(name, reverse("incentives:badge", args=[public_id]) if may_open else "")
        for pk, name, public_id in Badge.objects.filter(pk__in=list(ids)).values_list("pk", "name", "public_id")
    }


def grant_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how given badges are called: by the badge."""
    may_open = viewer.has_perm("incentives.view_rewards")
    rows = BadgeGrant.objects.filter(pk__in=list(ids)).values_list("pk", "badge__name", "badge__public_id")
    return {pk: Label(name, reverse("incentives:badge", args=[key]) if may_open else "") for pk, name, key in rows}
