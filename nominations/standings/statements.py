"""What a ranking of people sends to the database, written once for each kind of league (kernel.prepared).

Holes: `period`, `start`, `before` (start of the period before), `cohort` and `hired_after` of a league, `closed` (the
keys of a ranking that was closed), and what each says itself.
"""

from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.db.models import BigIntegerField, Count, DateField, DecimalField, Exists, OuterRef, Q, QuerySet, TextField
from django.utils.module_loading import import_string

from nominations.standings.counting import APPROVED, ENROLLED, EVERY, SUBMITTED
from nominations.standings.enums import FIELD, By, League
from nominations.standings.models import StandingsSnapshot
from nominations.waves.models import CohortMember
from refprogram.kernel.models import Rollup
from refprogram.kernel.prepared import Among, Given, Prepared, PreparedCount, PreparedValues
from refprogram.people.enums import Role
from refprogram.people.models import Person, User

COHORT: Final = "cohort:"
CLOSED: Final = "closed"
NEAR: Final = 2
KINDS: Final = 16  # of leagues, and of how many lines are asked for

_KEY: Final = BigIntegerField()
_VALUE: Final = DecimalField(max_digits=14, decimal_places=2)
_START: Any = Given("start", DateField())
_BEFORE: Any = Given("before", DateField())
_PERIOD: Any = Given("period", TextField())


def members(kind: str, *, cohort: Any, hired_after: Any) -> QuerySet[User]:
    """Return the colleagues of a kind of league, those without access too: what they did in the period stays."""
    everybody = User.objects.all()
    if kind == COHORT:
        return everybody.filter(Exists(CohortMember.objects.filter(cohort__public_id=cohort, user=OuterRef("pk"))))
    if kind == League.NEW:
        return everybody.filter(hired_on__gt=hired_after, role__in=FIELD)
    if kind in {League.SALES, League.SUPPORT}:
        return everybody.filter(role=Role.REP if kind == League.SALES else Role.SUPPORT)
    return everybody


def _members(kind: str) -> QuerySet[User]:
    given: Any = {"cohort": Given("cohort", TextField()), "hired_after": Given("hired_after", DateField())}
    return members(kind, **given)


def _of_people(**more: Any) -> QuerySet[Rollup]:
    return Rollup.objects.filter(period=_PERIOD, dimension=By.REP.value, **more).order_by()


def _of_league(kind: str, **more: Any) -> QuerySet[Rollup]:
    rows = _of_people(**more)
    if kind == CLOSED:
        return rows.filter(Among("key", "closed"))
    return rows.filter(key__in=_members(kind).values("person_id")) if kind else rows


@lru_cache(maxsize=KINDS)
def ladder(kind: str) -> PreparedValues:
    """(start, value, how many people have it), now and in the period before."""
    starts = [_START, _BEFORE]
    return PreparedValues(
        lambda: (
            _of_league(kind, metric=ENROLLED, starts_on__in=starts, value__gt=0)
            .values_list("starts_on", "value")
            .annotate(n=Count("*"))
        )
    )


@lru_cache(maxsize=KINDS)
def first(kind: str, limit: int) -> PreparedValues:
    """(key), the first by what is enrolled, approved and submitted."""
    return PreparedValues(lambda: _union(_first(kind, limit)))


@lru_cache(maxsize=KINDS)
def first_and_near(kind: str, limit: int) -> PreparedValues:
    """(key), the first and those around `own`, who has `value`."""
    return PreparedValues(lambda: _union([*_first(kind, limit), *_near(kind)]))


def _first(kind: str, limit: int) -> list[QuerySet[Rollup, Any]]:
    return [
        _of_league(kind, metric=metric, starts_on=_START, value__gt=0)
        .order_by("-value", "key")
        .values_list("key")[:limit]
        for metric in (ENROLLED, APPROVED, SUBMITTED)
    ]


def _near(kind: str) -> list[QuerySet[Rollup, Any]]:
    own, value = Given("own", _KEY), Given("value", _VALUE)
    enrolled = _of_league(kind, metric=ENROLLED, starts_on=_START).values_list("key")
    below = enrolled.filter(value__lte=value, value__gt=0).exclude(key=own)
    return [
        enrolled.filter(value__gt=value).order_by("value", "-key")[:NEAR],
        below.order_by("-value", "key")[:NEAR],
    ]


def _union(parts: list[QuerySet[Rollup, Any]]) -> QuerySet[Rollup, Any]:
    return parts[0].union(*parts[1:])


# (start, key, metric, value) of the people `keys`: all figures now, and what they enrolled in the period before.
FIGURES: Final = PreparedValues(
    lambda: (
        _of_people()
        .filter(Q(starts_on=_START, metric__in=EVERY) | Q(starts_on=_BEFORE, metric=ENROLLED), Among("key", "keys"))
        .values_list("starts_on", "key", "metric", "value")
    )
)

# (start, value): what the contender `key` of a `dimension` enrolled in each period after `before`, until now.
HISTORY: Final = PreparedValues(
    lambda: (
        Rollup.objects.filter(
            metric=ENROLLED, period=_PERIOD, dimension=Given("dimension", TextField()), key=Given("key", _KEY)
        )
        .filter(starts_on__gt=_BEFORE, starts_on__lte=_START, value__gt=0)
        .values_list("starts_on", "value")
    )
)

# (key, public id, name, team, who leads it, whether they would rather not be named here) of the persons `keys`.
PEOPLE: Final = PreparedValues(
    lambda: (
        Person.objects.filter(Among("pk", "keys"))
        .annotate(nameless=would_rather_not("pk"))
        .values_list("pk", "public_id", "name", "user__team__name", "user__team__manager", "nameless")
    )
)


def would_rather_not(person: str) -> Exists:
    """Return whether the person of this column would rather not be named in rankings: another room keeps the choice."""
    choices: QuerySet[Any] = import_string(settings.NAMELESS_IN_RANKS)()
    return Exists(choices.filter(person=OuterRef(person)))


@lru_cache(maxsize=KINDS)
def field(kind: str) -> PreparedCount:
    """How many of the league are of the field."""
    return PreparedCount(lambda: _members(kind).filter(_IN_FIELD).order_by())


@lru_cache(maxsize=KINDS)
def others_with_figure(kind: str) -> PreparedCount:
    """How many of the league are not, and have a figure all the same."""
    figure = _of_people(metric__in=(SUBMITTED, APPROVED, ENROLLED), starts_on=_START, key=OuterRef("person_id"))
    return PreparedCount(lambda: _members(kind).exclude(_IN_FIELD).filter(Exists(figure)).order_by())


_IN_FIELD: Final = Q(is_active=True, role__in=FIELD)


def _closed() -> QuerySet[StandingsSnapshot]:
    wanted = {name: Given(name, TextField()) for name in ("by", "period", "league")}
    return StandingsSnapshot.objects.filter(starts_on=_START, **wanted)


CLOSED_RANKING: Final = Prepared(_closed)
CLOSED_WITHOUT_LINES: Final = Prepared(lambda: _closed().defer("lines"))
