"""Reading sponsors and their promises: who may see them, who backs what, where nobody does, how well they are kept."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min, Prefetch, Q, QuerySet
from django.db.models.functions import TruncQuarter
from django.utils import timezone

from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.sponsors.enums import OPEN, Backs, PledgeKind, PledgeState
from refprogram.governance.sponsors.models import PledgeText, SponsorPledge, Sponsorship
from refprogram.governance.sponsors.policy import QUARTERS
from refprogram.governance.sponsors.rates import NOTHING, Rate, counts, rate_of, summed
from refprogram.kernel.labels import Label
from refprogram.people.enums import Role
from refprogram.people.models import Region, User
from refprogram.people.selectors import regions

GAP_DAYS = 366  # a contest that nobody backs any more is named for so long


def sponsors_for(user: User) -> QuerySet[Sponsorship]:
    """Return the sponsors that a colleague may read about: all, or what they back themselves."""
    rows = Sponsorship.objects.all()
    return rows if user.has_perm("governance.see_sponsors") else rows.filter(user=user.pk)


def visible_to(user: User) -> QuerySet[SponsorPledge]:
    """Return the promises that a colleague may read: all, or those that are theirs now."""
    rows = SponsorPledge.objects.all()
    return rows if user.has_perm("governance.see_sponsors") else rows.filter(sponsorship__user=user.pk)


def with_people(rows: QuerySet[SponsorPledge]) -> QuerySet[SponsorPledge]:
    """Add whose a promise is."""
    return rows.select_related("sponsorship__user__person", "sponsorship__region", "noted_by__person")


def in_full(rows: QuerySet[SponsorPledge]) -> QuerySet[SponsorPledge]:
    """Add what the page of one shows: its people, the one before and after, its words in all versions."""
    return with_people(rows).select_related("follows", "next_one").prefetch_related(
        Prefetch("texts", PledgeText.objects.select_related("by__person").order_by("-revision"))
    )  # fmt: skip


def sponsors_in_full(rows: QuerySet[Sponsorship]) -> QuerySet[Sponsorship]:
    """Add who it is, and what is open: how much, and the day of the next (`open_now`, `next_due`)."""
    is_open = Q(pledges__state__in=OPEN)
    return rows.select_related("user__person", "user__team", "region", "deputy__person").annotate(
        open_now=Count("pledges", filter=is_open), next_due=Min("pledges__due_on", filter=is_open)
    )


def search(rows: QuerySet[SponsorPledge], words: list[str]) -> QuerySet[SponsorPledge]:
    """Narrow to those with every word in what was promised, where, to whom, or in the sponsor's name."""
    for word in words:
        rows = rows.filter(
            Q(words__icontains=word)
            | Q(channel__icontains=word)
            | Q(audience__icontains=word)
            | Q(sponsorship__user__person__name__icontains=word)
        )
    return rows


def behind(day: dt.date) -> Q:
    """Say of promises that they should have been kept by a day: open and late, or missed."""
    return Q(state=PledgeState.PROMISED, due_on__lt=day) | Q(state=PledgeState.MISSED)


def watchers(*roles: Role) -> list[User]:
    """Return who has these roles, to be told."""
    return list(User.objects.filter(role__in=roles, is_active=True).select_related("person").order_by("pk"))


def handed_to(sponsorship: int) -> list[SponsorPledge]:
    """Return what waits for a new sponsor's word, the next due first."""
    rows = SponsorPledge.objects.filter(sponsorship=sponsorship, state=PledgeState.HANDED)
    return list(with_people(rows).order_by("due_on", "pk"))


def sponsor_behind(pk: int) -> QuerySet[Sponsorship]:
    """Return the sponsor of a signed link."""
    return Sponsorship.objects.filter(pk=pk).select_related("user__person", "region")


def pledge_behind(pk: int) -> QuerySet[SponsorPledge]:
    """Return the promise of a signed link."""
    return in_full(SponsorPledge.objects.filter(pk=pk))


def live_sponsors() -> QuerySet[Sponsorship]:
    """Return who backs something now, by name: for pickers."""
    rows = Sponsorship.objects.filter(ended_on__isnull=True, user__is_active=True)
    return rows.select_related("user__person", "region").order_by("user__person__name", "pk")


# ---------------------------------------------------------------- names, for the stream


def pledge_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how promises are called."""
    rows = visible_to(viewer).filter(pk__in=list(ids))
    return {row.pk: Label(row.words, row.get_absolute_url()) for row in rows}


def sponsor_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how what is backed is called."""
    rows = sponsors_for(viewer).filter(pk__in=list(ids)).select_related("region")
    return {row.pk: Label(row.label, row.get_absolute_url()) for row in rows}


# ---------------------------------------------------------------- who backs what


@dataclass
class Part:
    """A part of the program: who backs it now, since when nobody does (None: nobody ever did)."""

    label: str
    backs: str
    sponsors: list[Any] = field(default_factory=list)
    alone_since: dt.date | None = None
    region: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether nobody backs it."""
        return not self.sponsors


def parts(rows: Iterable[Any], regions: Iterable[Region], today: dt.date) -> list[Part]:
    """Return the parts of the program, the whole first, then regions, then contests; of each who backs it."""
    whole = Part(str(Backs.PROGRAM.label), Backs.PROGRAM)
    found: dict[tuple[str, Any], Part] = {(Backs.PROGRAM, None): whole}
    found |= {
        (Backs.REGION, one.pk): Part(one.name, Backs.REGION, region=one.public_id) for one in regions
    }  # fmt: skip
    for row in rows:
        key = (row.backs, row.part.casefold() if row.backs == Backs.CONTEST else row.region_id)
        part = found.setdefault(key, Part(row.label, row.backs))
        if row.ended_on is None and row.starts_on <= today:
            part.sponsors.append(row)
        elif row.ended_on is not None:
            part.alone_since = max(row.ended_on, part.alone_since or row.ended_on)
    lately = today - dt.timedelta(days=GAP_DAYS)
    return [part for part in found.values() if not _over(part, lately)]


def _over(part: Part, lately: dt.date) -> bool:
    """Whether it is a contest that nobody has backed for long, or not yet: nothing to speak of."""
    return part.backs == Backs.CONTEST and part.is_gap and (part.alone_since is None or part.alone_since < lately)


def board() -> list[Part]:
    """Return who backs what now: two queries."""
    rows = sponsors_in_full(Sponsorship.objects.all()).order_by("starts_on", "pk")
    return parts(rows, regions(), timezone.localdate())


# ---------------------------------------------------------------- done on time / due


@dataclass(frozen=True)
class Rates:
    """How promises were kept, in the last quarters: together, by sponsor, by kind, by quarter (the newest first)."""

    whole: Rate
    sponsors: list[tuple[str, Rate]]
    kinds: list[tuple[str, Rate]]
    quarters: list[tuple[Quarter, Rate]]
    now: Rate

    @property
    def quarter_lines(self) -> list[tuple[str, Rate]]:
        """The quarters by their names."""
        return [(quarter.name, rate) for quarter, rate in self.quarters]


def rates(rows: QuerySet[SponsorPledge], today: dt.date) -> Rates:
    """Return the rates of these promises: one query."""
    present = Quarter.of(today)
    shown = [present]
    while len(shown) < QUARTERS:
        shown.append(shown[-1].before)
    told = (
        rows.filter(due_on__gte=shown[-1].starts_on, due_on__lte=today)
        .order_by()
        .values("kind", "sponsorship__user", "sponsorship__user__person__name", quarter=TruncQuarter("due_on"))
        .annotate(**counts(today))
    )
    lines = [(line, rate_of(line)) for line in told]
    names = {line["sponsorship__user"]: line["sponsorship__user__person__name"] for line, _rate in lines}
    people = summed((line["sponsorship__user"], rate) for line, rate in lines)
    kinds = summed((line["kind"], rate) for line, rate in lines)
    quarters = summed((line["quarter"], rate) for line, rate in lines)
    return Rates(
        whole=sum(people.values(), NOTHING),
        sponsors=sorted(((names[key], rate) for key, rate in people.items()), key=lambda pair: pair[0]),
        kinds=[(str(kind.label), kinds[kind]) for kind in PledgeKind if kind in kinds],
        quarters=[(one, quarters.get(one.starts_on, NOTHING)) for one in shown],
        now=quarters.get(present.starts_on, NOTHING),
    )


def delivery(after: dt.date, until: dt.date) -> dict[str, int]:
    """Return what fell due after a day until another, and what of it was done on time: for the dictionary."""
    found: dict[str, int] = SponsorPledge.objects.filter(due_on__gt=after, due_on__lte=until).aggregate(**counts(until))
    return found


def mine(user: User) -> list[SponsorPledge]:
    """Return what is open of a sponsor's own promises, the next due first."""
    rows = with_people(SponsorPledge.objects.filter(sponsorship__user=user))
    return list(rows.filter(state__in=OPEN).order_by("due_on", "pk"))


def settled_of(user: User, most: int) -> list[SponsorPledge]:
    """Return what was settled last of a sponsor's promises."""
    rows = with_people(SponsorPledge.objects.filter(sponsorship__user=user).exclude(state__in=OPEN))
    return list(rows.order_by("-due_on", "-pk")[:most])


def known_sponsors() -> list[tuple[str, str]]:
    """Return who ever backed something: id and name."""
    rows = User.objects.filter(sponsorships__isnull=False).order_by("person__name", "pk").distinct()
    return list(rows.values_list("public_id", "person__name"))


def of_sponsor(row: Sponsorship) -> QuerySet[SponsorPledge]:
    """Return what is or was promised by one sponsor, the latest day first."""
    return SponsorPledge.objects.filter(sponsorship=row).order_by("-due_on", "-pk")


def count_behind(user: User) -> int:
    """Return how many promises of this quarter should have been kept by now, and were not."""
    today = timezone.localdate()
    rows = visible_to(user).filter(due_on__gte=Quarter.of(today).starts_on)
    return rows.filter(behind(today)).count()


def backed_by(user: User) -> QuerySet[Sponsorship]:
    """Return what a colleague backs now, the oldest first."""
    rows = Sponsorship.objects.filter(user=user.pk, ended_on__isnull=True)
    return rows.select_related("user__person", "region").order_by("starts_on", "pk")


def all_of(user: User) -> QuerySet[SponsorPledge]:
    """Return every promise that is a colleague's now."""
    return SponsorPledge.objects.filter(sponsorship__user=user.pk)
