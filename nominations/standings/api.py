"""Standings over the API: the same figures as the page."""

import datetime as dt

from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from nominations import periods
from nominations.standings import leagues
from nominations.standings.enums import By
from nominations.standings.lines import Standing, Standings
from nominations.standings.ranking import standings
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["standings"])
MOST = 200


class StandingOut(api.Schema):
    """One line: `to_pass` more pass the next one above; `rank_change` is up (+) or down (−) since the period before.

    Figures may be shares, where a nomination belongs to several. `late` of them happened in a time that was closed.
    Who would rather not be named in rankings has no `id`, and is “A colleague”, for those who do not lead them.
    """

    id: str = Field(alias="public_id")
    name: str
    rank: int
    rank_change: int | None
    enrolled: float
    approved: float
    submitted: float
    first_act: float
    points: float
    late: float
    per_head: float | None
    to_pass: int


class BestOut(api.Schema):
    """The most that the reader enrolled in one period of this kind."""

    period: str
    enrolled: float


class StandingsOut(api.Schema):
    """A ranking. `of` counts everybody who could be in it, `counted` those who enrolled anything.

    `mine` is the reader's own line and `around` those near it; `last` are the last places, as far as the program's
    setting lets the reader see them. A period with `closed_at` does not change any more.
    """

    by: By
    league: str
    period: str
    starts_on: dt.date
    ends_on: dt.date
    as_of: dt.datetime
    closed_at: dt.datetime | None
    of: int
    counted: int
    enrolled: float
    lines: list[StandingOut]
    mine: StandingOut | None
    around: list[StandingOut]
    best: BestOut | None
    last: list[StandingOut]

    @staticmethod
    def resolve_period(obj: Standings) -> str:
        return obj.span.code

    @staticmethod
    def resolve_starts_on(obj: Standings) -> dt.date:
        return obj.span.starts_on

    @staticmethod
    def resolve_ends_on(obj: Standings) -> dt.date:
        return obj.span.ends_on

    @staticmethod
    def resolve_best(obj: Standings) -> BestOut | None:
        return None if obj.best is None else BestOut(period=obj.best.span.code, enrolled=float(obj.best.enrolled))

    @staticmethod
    def resolve_last(obj: Standings) -> list[Standing]:
        return list(obj.last.lines)


class Asked(api.Schema):
    """Which ranking."""

    period: str = Field("", description="2026, 2026-Q4, 2026-11 or 2026-W47; empty: this quarter.")
    by: By = By.REP
    league: str = Field("", max_length=30, description="Of people: sales, support, new; cohort:… of a wave.")
    limit: int = Field(50, ge=1, le=MOST)
    offset: int = Field(0, ge=0, le=100_000)


@router.get("/standings", response=StandingsOut)
def get_standings(request: MemberRequest, asked: Query[Asked]) -> Standings:
    """Rank reps, teams or regions by enrolled references, the first `limit` lines after `offset`."""
    if not request.user.has_perm("nominations.standings"):
        raise NotAllowed(_("Standings are for colleagues."))
    span = periods.parse(asked.period) if asked.period else periods.current()
    if asked.league and not (asked.by == By.REP and leagues.is_known(asked.league)):
        message = _("There is no such league of people.")
        raise InvalidInput(message, errors={"league": message})
    return standings(
        asked.by, span.period, span.starts_on, viewer=request.user, league=asked.league, limit=asked.limit,
        offset=asked.offset,
    )  # fmt: skip
