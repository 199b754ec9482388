"""What one record lacks, and its score of 100. Pure: facts in, faults out."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from incentives.quality.enums import Attribute as At
from incentives.quality.enums import FaultKind
from incentives.quality.policy import Figures

_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_DIGITS_OF_A_PHONE: Final = 5


class Found(NamedTuple):
    """One fault of a record."""

    attribute: str
    kind: str


@dataclass(frozen=True)
class AccountFacts:
    """An account as it is looked at. `confirmed_on`: when somebody or the CRM last said that it is right."""

    industry: str = ""
    region: int | None = None
    city: str = ""
    employees: int | None = None
    owner: int | None = None
    reachable: bool = False
    confirmed_on: dt.date | None = None
    twin: bool = False


@dataclass(frozen=True)
class ContactFacts:
    """A contact as it is looked at."""

    email: str = ""
    title: str = ""
    phone: str = ""
    seniority: str = ""
    twin: bool = False


@dataclass(frozen=True)
class DealFacts:
    """An open deal as it is looked at."""

    account: int | None = None
    product: int | None = None
    amount: Decimal | None = None
    opened_on: dt.date | None = None
    closes_on: dt.date | None = None
    touched_on: dt.date | None = None
    twin: bool = False


Facts = AccountFacts | ContactFacts | DealFacts


def faults_of(facts: Facts, figures: Figures, today: dt.date) -> list[Found]:
    """Return what is wrong with a record, of what has any weight."""
    match facts:
        case AccountFacts():
            weights, found = figures.account, _account(facts, figures, today)
        case ContactFacts():
            weights, found = figures.contact, _contact(facts)
        case DealFacts():
            weights, found = figures.opportunity, _deal(facts, figures, today)
    return [fault for fault in found if weights.get(fault.attribute)]


def _missing(values: Mapping[str, object]) -> Iterator[Found]:
    yield from (Found(name, FaultKind.MISSING) for name, value in values.items() if value in (None, "", False))


def _account(facts: AccountFacts, figures: Figures, today: dt.date) -> Iterator[Found]:
    yield from _missing(
        {
            At.INDUSTRY: facts.industry.strip(),
            At.REGION: facts.region,
            At.CITY: facts.city.strip(),
            At.SIZE: facts.employees,
            At.OWNER: facts.owner,
            At.REACHABLE: facts.reachable,
        }
    )
    if facts.employees == 0:  # nobody works there?
        yield Found(At.SIZE, FaultKind.INVALID)
    if facts.confirmed_on is None or facts.confirmed_on + figures.confirmed_within < today:
        yield Found(At.CONFIRMED, FaultKind.STALE)
    if facts.twin:
        yield Found(At.TWIN, FaultKind.DUPLICATE)


def _contact(facts: ContactFacts) -> Iterator[Found]:
    yield from _missing(
        {
            At.EMAIL: facts.email,
            At.TITLE: facts.title.strip(),
            At.PHONE: facts.phone.strip(),
            At.SENIORITY: facts.seniority,
        }
    )
    if facts.email and not _ADDRESS.fullmatch(facts.email):
        yield Found(At.EMAIL, FaultKind.INVALID)
    if facts.phone.strip() and sum(letter.isdigit() for letter in facts.phone) < _DIGITS_OF_A_PHONE:
        yield Found(At.PHONE, FaultKind.INVALID)
    if facts.twin:
        yield Found(At.TWIN, FaultKind.DUPLICATE)


def _deal(facts: DealFacts, figures: Figures, today: dt.date) -> Iterator[Found]:
    yield from _missing(
        {At.ACCOUNT: facts.account, At.PRODUCT: facts.product, At.AMOUNT: facts.amount, At.CLOSES: facts.closes_on}
    )
    if facts.amount is not None and facts.amount <= 0:
        yield Found(At.AMOUNT, FaultKind.INVALID)
    if facts.closes_on is not None:
        before_it_began = facts.opened_on is not None and facts.closes_on < facts.opened_on
        if before_it_began or facts.closes_on < today:
            yield Found(At.CLOSES, FaultKind.INVALID)
    if facts.touched_on is None or facts.touched_on + figures.moved_within < today:
        yield Found(At.MOVED, FaultKind.STALE)
    if facts.twin:
        yield Found(At.TWIN, FaultKind.DUPLICATE)


def score(wrong: Iterable[str], weights: Mapping[str, int]) -> int:
    """Return a record's score: the share of its weights that is there and right, of 100, rounded down."""
    total = sum(weights.values())
    lost = sum(weights.get(name, 0) for name in set(wrong))
    return 100 * (total - lost) // total if total else 100
