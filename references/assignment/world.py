"""Everything that an assignment has to know, read once: who may be asked, what they are like, what is asked for."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.dateparse import parse_date

from references.accounts import clock, fatigue
from references.accounts import policy as account_policy
from references.accounts.enums import POOL, Membership, Stage
from references.accounts.kept import USES_CAP, YEAR
from references.accounts.models import Account, Ask, Contact, Opportunity
from references.assignment.policy import KEPT_BACK
from references.goodwill.enums import ReservationState
from references.goodwill.models import Reservation
from references.requests import matching
from references.requests import policy as request_policy
from references.requests.enums import MATCHABLE, OPEN_CANDIDATES, CandidateState, Side
from references.requests.models import Candidate, ReferenceRequest
from references.requests.selectors import standing

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
NONE: Final = -1


class Away(NamedTuple):
    """Days on which somebody is not asked: `contact` 0 is the whole account; `team` may all the same."""

    account: int
    contact: int
    first: dt.date
    last: dt.date
    team: str = ""


@dataclass(frozen=True)
class Speakers:
    """Who agreed to one activity and is free, by place of the account; the least used of an account first."""

    accounts: Numbers
    contacts: Numbers
    uses: Numbers


@dataclass(frozen=True)
class Person:
    """What is asked of a contact beside their agreement."""

    persona: str = ""
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Words:
    """A column of words, each kept once: `codes` says which stands at a place."""

    known: tuple[str, ...]
    codes: Numbers

    @classmethod
    def of(cls, column: list[str]) -> "Words":
        """Return a column of words."""
        numbers = {word: code for code, word in enumerate(dict.fromkeys(column))}
        return cls(tuple(numbers), np.array([numbers[word] for word in column], np.int64))

    def at(self, places: Numbers, word: str, *, exactly: bool = False) -> Flags:
        """Return where the word stands, small or large letters alike unless `exactly`."""
        wanted = word if exactly else word.casefold()
        same = [code for code, one in enumerate(self.known) if (one if exactly else one.casefold()) == wanted]
        found: Flags = np.isin(self.codes[places], same)
        return found


@dataclass
class World:
    """Accounts as columns: place `i` of each is one account, the older first."""

    today: dt.date
    ids: Numbers
    industries: Words
    competitors: Words
    regions: Numbers
    employees: Numbers
    readiness: Numbers
    asked: Numbers
    load: Numbers
    kept_back: Flags
    availability: Numbers
    track_record: Numbers
    fairness: Numbers
    recent: Numbers
    products: Mapping[int, Numbers] = field(default_factory=dict)
    use_cases: Mapping[str, Numbers] = field(default_factory=dict)
    won: tuple[list[Decimal], Numbers] = field(default_factory=lambda: ([], np.empty(0, np.int64)))
    speakers: dict[str, Speakers] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    away: list[Away] = field(default_factory=list)
    tried: Mapping[int, set[int]] = field(default_factory=dict)

    def place(self, account_id: int) -> int:
        """Return the place of an account; NONE if it may not be asked at all."""
        found = int(np.searchsorted(self.ids, account_id))
        return found if found < len(self.ids) and int(self.ids[found]) == account_id else NONE

    def places(self, account_ids: Any) -> Numbers:
        """Return the places of those accounts that are here."""
        wanted = np.asarray(account_ids, np.int64)
        found = np.searchsorted(self.ids, wanted)
        found[found == len(self.ids)] = 0
        here: Numbers = found[self.ids[found] == wanted] if len(self.ids) else found[:0]
        return here


def waiting() -> list[ReferenceRequest]:
    """Return the requests for which somebody has to be found, and nobody is asked yet; the oldest first."""
    asked = Candidate.objects.filter(state__in=OPEN_CANDIDATES).values("request")
    rows = ReferenceRequest.objects.filter(state__in=MATCHABLE).exclude(pk__in=asked)
    return list(rows.select_related("activity", "opportunity__account").order_by("pk"))


def load(requests: Collection[ReferenceRequest]) -> World:
    """Read who may be asked for any of these requests, and what is known of them."""
    speakers = {slug: standing.everybody(slug) for slug in sorted({one.activity.slug for one in requests})}
    ids = np.unique(np.fromiter((row[0] for rows in speakers.values() for row in rows), np.int64))
    world = _world(ids)
    world.speakers = {slug: _speakers(world, rows) for slug, rows in speakers.items()}
    world.products = _by_key(world, Account.products.through.objects.values_list("product_id", "account_id"))
    world.won = _won(world)
    _people(world)
    _reservations(world)
    world.tried = _tried(requests)
    return world


def _speakers(world: World, rows: list[tuple[int, int, int]]) -> Speakers:
    table = np.array(rows, np.int64).reshape(-1, 3)
    table = table[np.isin(table[:, 0], world.ids)]  # one may have left since
    return Speakers(np.searchsorted(world.ids, table[:, 0]), table[:, 1], table[:, 2])


def _world(ids: Numbers) -> World:
    figures, now, today = request_policy.now(), timezone.now(), clock.today()
    capacity = account_policy.now().capacity
    history, recent = _history(), _recent()
    rows = Account.objects.filter(state__in=POOL).order_by("pk").values_list(
        "pk", "industry", "competitor", "region_id", "employees", "readiness", "last_asked_at", "fatigue_key", "tier",
        "use_cases",
    )  # fmt: skip
    columns: dict[str, list[Any]] = defaultdict(list)
    use_cases: dict[str, list[int]] = defaultdict(list)
    kept, here = set(KEPT_BACK), set(ids.tolist())
    for place, row in enumerate(row for row in rows.iterator(chunk_size=5000) if row[0] in here):
        asked = clock.today(row[6]) if row[6] else None
        strain = fatigue.load(row[7], now) / capacity
        columns["ids"].append(row[0])
        columns["industries"].append(row[1])
        columns["competitors"].append(row[2])
        columns["regions"].append(row[3] or NONE)
        columns["employees"].append(row[4] or 0)
        columns["readiness"].append(row[5] or 0)
        columns["asked"].append(asked.toordinal() if asked else 0)
        columns["load"].append(round(100 * min(1.0, strain)))
        columns["kept_back"].append(row[8] in kept)
        columns["availability"].append(matching.availability(strain, figures))
        columns["track_record"].append(matching.track_record(*history.get(row[0], (0, 0, 0, 0)), figures))
        columns["fairness"].append(matching.fairness(asked, today, figures))
        columns["recent"].append(recent.get(row[0], 0))
        for use_case in row[9]:
            use_cases[use_case].append(place)
    facts: dict[str, Any] = {name: Words.of(columns[name]) for name in ("industries", "competitors")}
    facts |= {name: np.array(columns[name], np.int64) for name in _NUMBERS}
    world = World(today=today, kept_back=np.array(columns["kept_back"], np.bool_), **facts)
    world.use_cases = {name: np.array(places, np.int64) for name, places in use_cases.items()}
    return world


_NUMBERS: Final = (
    "ids", "regions", "employees", "readiness", "asked", "load", "availability", "track_record", "fairness", "recent",
)  # fmt: skip


def _history() -> dict[int, tuple[int, int, int, int]]:
    """Return (ratings, their sum, yes, no) by account, as `requests.selectors.ranking` counts them."""
    yes = [CandidateState.ACCEPTED, CandidateState.SCHEDULED, CandidateState.COMPLETED]
    rated = Q(feedback__side=Side.REQUESTER)
    rows = Candidate.objects.order_by().values("account").annotate(
        ratings=Count("feedback", filter=rated),
        rating_sum=Sum("feedback__rating", filter=rated, default=0),
        said_yes=Count("pk", filter=Q(state__in=yes), distinct=True),
        said_no=Count("pk", filter=Q(state=CandidateState.DECLINED), distinct=True),
    )  # fmt: skip
    return {
        account: (ratings, rating_sum, said_yes, said_no)
        for account, ratings, rating_sum, said_yes, said_no in rows.values_list(
            "account", "ratings", "rating_sum", "said_yes", "said_no"
        )
    }


def _recent() -> dict[int, int]:
    """Return how often each account was asked in the last year."""
    asks = Ask.objects.filter(
        activity__isnull=False, state__in=USES_CAP, planned_on__gt=clock.today() - YEAR
    )  # fmt: skip
    return dict(asks.order_by().values_list("account").annotate(n=Count("pk")))


def _by_key(world: World, rows: Any) -> dict[int, Numbers]:
    table = np.array(list(rows), np.int64).reshape(-1, 2)
    keys = np.unique(table[:, 0])
    return {int(key): world.places(table[table[:, 0] == key, 1]) for key in keys}


def _won(world: World) -> tuple[list[Decimal], Numbers]:
    deals = Opportunity.objects.filter(stage=Stage.WON, amount__isnull=False, account__isnull=False)
    rows = [
        (amount, place)
        for amount, account in deals.order_by("amount", "pk").values_list("amount", "account_id")
        if amount is not None and (place := world.place(account or 0)) != NONE
    ]
    return [amount for amount, _place in rows], np.array([place for _amount, place in rows], np.int64)


def _people(world: World) -> None:
    """Put in who they are and when they are away."""
    spoken = {int(contact) for speakers in world.speakers.values() for contact in speakers.contacts}
    rows = Contact.objects.filter(state=Membership.ACTIVE).values_list(
        "pk", "account_id", "persona", "languages", "blackouts"
    )
    for pk, account, persona, languages, blackouts in rows.iterator(chunk_size=5000):
        if pk not in spoken:
            continue
        if persona or languages:
            world.people[pk] = Person(persona.casefold(), frozenset(one.casefold() for one in languages))
        for days in blackouts:
            first, last = parse_date(str(days.get("from", ""))), parse_date(str(days.get("to", "")))
            if first and last:
                world.away.append(Away(world.place(account), pk, first, last))


def _reservations(world: World) -> None:
    """Put in whom a team keeps for a plan of its own."""
    rows = Reservation.objects.filter(state=ReservationState.ACTIVE, ends_on__gte=world.today)
    for row in rows.order_by("pk").values_list("account_id", "contact_id", "starts_on", "ends_on", "team"):
        place = world.place(row[0])
        if place != NONE:
            world.away.append(Away(place, row[1] or 0, row[2], row[3], row[4]))


def _tried(requests: Collection[ReferenceRequest]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = Candidate.objects.filter(request__in=requests).exclude(state=CandidateState.RELEASED)
    for request, account in rows.values_list("request_id", "account_id"):
        found[request].add(account)
    return found
