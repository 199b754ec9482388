"""What the map counts of a reference, read from its own rows: the truth that the kept table must agree with."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper

from references.accounts import clock, policy
from references.accounts.enums import POOL, Availability
from references.accounts.models import Account, Contact
from references.accounts.segments import Dimension, band_of, who_speaks
from references.accounts.selectors import availability_q, state_of
from references.coverage.cube import Values

# What decides about availability and cell; the rest of the account stays in the database.
COLUMNS = (
    "state", "frozen", "paused_until", "rests_until", "open_asks", "fatigue_key", "verified_at", "tier", "industry",
    "region_id", "employees", "use_cases",
)  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One reference: whether it may be asked now, by what it counts, and when time alone changes that."""

    available: bool
    contacts: int
    values: Values
    changes_at: dt.datetime | None
    free_on: dt.date | None


def facts_of(ids: Iterable[int] | None, *, at: dt.datetime) -> dict[int, Fact]:
    """Return the facts of these accounts (None: of all) that are references, by account id. Three queries."""
    pool = Account.objects.filter(state__in=POOL, merged_into__isnull=True)
    if ids is not None:
        pool = pool.filter(pk__in=list(ids))
    askable = ExpressionWrapper(availability_q(at=at), output_field=BooleanField())
    rows = list(pool.only(*COLUMNS).annotate(askable=askable).order_by("pk"))
    keys = [row.pk for row in rows]
    licensed, people = _products(keys), _people(keys)
    return {row.pk: _fact(row, licensed[row.pk], people[row.pk], at) for row in rows}


def _products(keys: list[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    links = Account.products.through.objects.filter(account__in=keys)
    for account, product in links.values_list("account_id", "product_id"):
        found[account][str(product)] = 0
    return found


def _people(keys: list[int]) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Contact.objects.filter(who_speaks(), account__in=keys).values_list("account_id", "persona")
    for account, persona in rows:
        found[account][persona] += 1
    return found


def _fact(row: Account, products: dict[str, int], people: Counter[str], at: dt.datetime) -> Fact:
    everybody = sum(people.values())
    values: dict[str, dict[str, int]] = {
        Dimension.INDUSTRY.value: {row.industry: 0},
        Dimension.REGION.value: {str(row.region_id or ""): 0},
        Dimension.PRODUCT.value: products or {"": 0},
        Dimension.USE_CASE.value: dict.fromkeys(row.use_cases, 0) or {"": 0},
        Dimension.SIZE.value: {band_of(row.employees): 0},
        Dimension.PERSONA.value: dict(people) or {"": 0},
    }
    available = bool(row.askable)  # type: ignore[attr-defined]
    return Fact(available, everybody, values, changes_at(row, at), _free_on(row, at, available=available))


def changes_at(row: Account, at: dt.datetime) -> dt.datetime | None:
    """Return the next moment at which time alone may change whether the account may be asked; None: never."""
    ends: list[Any] = [_midnight(day) for day in (row.paused_until, row.rests_until) if day is not None]
    if row.verified_at is not None:
        ends.append(row.verified_at + policy.verify_every(row.tier) + policy.now().verify_grace)
    return min((end for end in ends if end > at), default=None)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=clock.zone())


def _free_on(row: Account, at: dt.datetime, *, available: bool) -> dt.date | None:
    """Return the day on which it may be asked again if nobody does anything; None where it hangs on people."""
    if available:
        return clock.today(at)
    if state_of(row, at=at) not in {Availability.PAUSED, Availability.RESTING} or row.open_asks:
        return None
    return max(day for day in (row.paused_until, row.rests_until) if day is not None)
