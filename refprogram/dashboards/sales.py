"""The sales dashboard: for each colleague of a team, what they brought, asked for and won with references."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, DateField, DateTimeField, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from nominations.models import Nomination
from nominations.quotas.models import QuotaShare
from nominations.views import NominationList
from references.accounts.enums import OPEN_STAGES, Stage
from references.requests import selectors as requests
from references.requests.selectors.influence import ANSWERED
from refprogram.dashboards.drill import rows_of
from refprogram.dashboards.figures import Stat
from refprogram.dashboards.history import Quarter
from refprogram.dashboards.metrics.nominations import NEVER_SENT
from refprogram.kernel.asked_once import once_per_answer
from refprogram.kernel.prepared import Among, Given, PreparedValues
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor, PreparedValuesFor

MOST: Final = 60
ZERO: Final = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One colleague's quarter, in words and figures alone."""

    key: int
    name: str
    team: str
    url: str
    nominated: int
    enrolled: int
    owed: Decimal | None
    counted: Decimal
    asked: int
    answered: int
    pipeline: Decimal
    revenue: Decimal

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


def people_for(user: User) -> list[User]:
    """Return the same, asked once however often a page needs them."""
    return once_per_answer(f"sales-people:{user.pk}", lambda: _TEAM(user))


def teams_for(user: User) -> dict[str, str]:
    """Return the teams of those, by id, in the order of their names."""
    found = {one.team.public_id: one.team.name for one in people_for(user) if one.team is not None}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


_TEAM = PreparedFor(lambda viewer: team_of(viewer).order_by("pk"))


def lines_for(user: User, team: str = "") -> tuple[Line, ...]:
    """Return a line for each colleague (of one team), who won most first: five queries, whatever the team."""
    people = [one for one in people_for(user) if not team or (one.team is not None and one.team.public_id == team)]
    quarter = Quarter.now()
    since, given = quarter.from_moment, {"keys": [one.pk for one in people]}
    days = {"first": quarter.starts_on, "last": quarter.ends_on}
    brought = _by(_BROUGHT(since=since, **given))
    owed = _by(_OWED(**days, **given))
    asked = _by(_ASKED(user, since=since, **given))
    deals = _by(_DEALS(user, **days, **given))
    found = [
        Line(
            one.pk,
            one.person.name,
            one.team.name if one.team else "",
            rows_of(NominationList, nominator=one.person.public_id, submitted_after=quarter.starts_on.isoformat()),
            *brought.get(one.pk, (0, 0)),
            *owed.get(one.pk, (None, ZERO)),
            *asked.get(one.pk, (0, 0)),
            *deals.get(one.pk, (ZERO, ZERO)),
        )
        for one in people
    ]
    return tuple(sorted(found, key=lambda line: (-line.revenue, -line.pipeline, -line.nominated, line.name))[:MOST])


def sums_of(lines: Iterable[Line]) -> list[Stat]:
    """Return the quarter of one team as tiles: the sums of its lines."""
    every = list(lines)
    return [
        Stat(_("Won with a reference"), rp.money_short(sum(one.revenue for one in every)),
             _("Amounts that this team’s colleagues won this quarter, with a reference that took place in time."),
             "", ""),
        Stat(_("Open with one"), rp.money_short(sum(one.pipeline for one in every)),
             _("Amounts of their open deals for which a reference took place."), "", ""),
        Stat(_("References asked for"), rp.number(sum(one.asked for one in every)),
             _("Requests that they sent in this quarter."), "", "",
             note=_("%(n)s answered") % {"n": rp.number(sum(one.answered for one in every))}),
        Stat(_("Nominated this quarter"), rp.number(sum(one.nominated for one in every)),
             _("Nominations that they sent in this quarter."), "", "",
             note=_("%(n)s enrolled") % {"n": rp.number(sum(one.enrolled for one in every))}),
    ]  # fmt: skip


def _by(rows: Iterable[tuple[Any, ...]]) -> dict[int, tuple[Any, ...]]:
    return {key: tuple(rest) for key, *rest in rows}


def _brought() -> Any:
    since = Given("since", DateTimeField())
    sent = Q(submitted_at__gte=since) & ~Q(state__in=NEVER_SENT)
    rows = Nomination.objects.filter(Among("nominator", "keys")).order_by().values("nominator")
    return rows.annotate(
        sent=Count("pk", filter=sent), became=Count("pk", filter=Q(enrolled_at__gte=since))
    ).values_list("nominator", "sent", "became")


def _owed() -> Any:
    rows = QuotaShare.objects.filter(
        Among("user", "keys"),
        waived_at__isnull=True,
        starts_on__lte=Given("last", DateField()),
        ends_on__gte=Given("first", DateField()),
    )
    by_user: QuerySet[QuotaShare, Any] = rows.order_by().values("user")
    return by_user.annotate(owed=Sum("target"), done=Sum("counted")).values_list("user", "owed", "done")


def _asked(viewer: User) -> Any:
    rows = requests.visible_to(viewer).filter(
        Among("requester", "keys"), submitted_at__gte=Given("since", DateTimeField())
    )
    counted = rows.order_by().values("requester").annotate(
        asked=Count("pk"), answered=Count("pk", filter=Q(state__in=ANSWERED))
    )  # fmt: skip
    return counted.values_list("requester", "asked", "answered")


def _deals(viewer: User) -> Any:
    first, last = Given("first", DateField()), Given("last", DateField())
    won = Q(stage=Stage.WON, closes_on__gte=first, closes_on__lte=last)
    rows = requests.influenced_opportunities(viewer).filter(Among("owner", "keys")).order_by().values("owner")
    summed = rows.annotate(
        pipeline=Sum("amount", filter=Q(stage__in=OPEN_STAGES), default=ZERO),
        revenue=Sum("amount", filter=won, default=ZERO),
    )
    return summed.values_list("owner", "pipeline", "revenue")


_BROUGHT, _OWED = PreparedValues(_brought), PreparedValues(_owed)
_ASKED, _DEALS = PreparedValuesFor(_asked), PreparedValuesFor(_deals)
