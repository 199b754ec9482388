"""The sales dashboard: for each colleague of a team, what they brought, asked for and won with references."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum

from nominations.models import Nomination
from nominations.quotas.models import QuotaShare
from nominations.views import NominationList
from references.accounts.enums import OPEN_STAGES, Stage
from references.requests import selectors as requests
from references.requests.selectors.influence import ANSWERED
from refprogram.dashboards.drill import rows_of
from refprogram.dashboards.history import Quarter
from refprogram.dashboards.metrics.nominations import NEVER_SENT
from refprogram.people.enums import Role
from refprogram.people.models import User

MOST: Final = 60
ZERO: Final = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One colleague's quarter."""

    person: User
    nominated: int
    enrolled: int
    owed: Decimal | None
    counted: Decimal
    asked: int
    answered: int
    pipeline: Decimal
    revenue: Decimal
    url: str

    @property
    def behind(self) -> bool:
        """Whether less was counted than is owed."""
        return self.owed is not None and self.counted < self.owed


def team_of(user: User) -> QuerySet[User]:
    """Return whose figures somebody reads: a manager their team's, others those of all who sell."""
    people = User.objects.filter(is_active=True).select_related("person", "team")
    if user.role == Role.MANAGER:
        return people.filter(team__manager=user.pk)
    return people.filter(role=Role.REP)


def lines_for(user: User) -> list[Line]:
    """Return a line for each colleague, who won most with references first: five queries, whatever the team."""
    people, quarter = list(team_of(user).order_by("pk")), Quarter.now()
    keys = [one.pk for one in people]
    brought = _by(_brought(keys, quarter))
    owed = _by(_owed(keys, quarter))
    asked = _by(_asked(user, keys, quarter))
    deals = _by(_deals(user, keys, quarter))
    found = [
        Line(
            person=one,
            nominated=brought.get(one.pk, (0, 0))[0],
            enrolled=brought.get(one.pk, (0, 0))[1],
            owed=owed.get(one.pk, (None, ZERO))[0],
            counted=owed.get(one.pk, (None, ZERO))[1],
            asked=asked.get(one.pk, (0, 0))[0],
            answered=asked.get(one.pk, (0, 0))[1],
            pipeline=deals.get(one.pk, (ZERO, ZERO))[0],
            revenue=deals.get(one.pk, (ZERO, ZERO))[1],
            url=rows_of(NominationList, nominator=one.person.public_id, submitted_after=quarter.starts_on.isoformat()),
        )
        for one in people
    ]
    return sorted(found, key=lambda line: (-line.revenue, -line.pipeline, -line.nominated, line.person.name))[:MOST]


def _by(rows: Iterable[tuple[Any, ...]]) -> dict[int, tuple[Any, ...]]:
    return {key: tuple(rest) for key, *rest in rows}


def _brought(keys: list[int], quarter: Quarter) -> Any:
    sent = Q(submitted_at__gte=quarter.from_moment) & ~Q(state__in=NEVER_SENT)
    rows = Nomination.objects.filter(nominator__in=keys).order_by().values_list("nominator")
    return rows.annotate(
        sent=Count("pk", filter=sent), became=Count("pk", filter=Q(enrolled_at__gte=quarter.from_moment))
    )


def _owed(keys: list[int], quarter: Quarter) -> Any:
    rows = QuotaShare.objects.filter(
        user__in=keys, waived_at__isnull=True, starts_on__lte=quarter.ends_on, ends_on__gte=quarter.starts_on
    )
    return rows.order_by().values_list("user").annotate(target=Sum("target"), counted=Sum("counted"))


def _asked(user: User, keys: list[int], quarter: Quarter) -> Any:
    rows = requests.visible_to(user).filter(requester__in=keys, submitted_at__gte=quarter.from_moment)
    return (
        rows.order_by()
        .values_list("requester")
        .annotate(asked=Count("pk"), answered=Count("pk", filter=Q(state__in=ANSWERED)))
    )


def _deals(user: User, keys: list[int], quarter: Quarter) -> Any:
    won = Q(stage=Stage.WON, closes_on__range=(quarter.starts_on, quarter.ends_on))
    rows = requests.influenced_opportunities(user).filter(owner__in=keys)
    return (
        rows.order_by()
        .values_list("owner")
        .annotate(
            pipeline=Sum("amount", filter=Q(stage__in=OPEN_STAGES), default=ZERO),
            revenue=Sum("amount", filter=won, default=ZERO),
        )
    )
