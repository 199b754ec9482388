"""Reading votes: who may be voted for, how many there are, what looks odd."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Exists, F, Func, IntegerField, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from awards.contests.enums import SHOWN, Audience, Part, VotesFor
from awards.contests.models import Contest
from awards.entries.enums import JUDGED, PlaceState
from awards.models import Award, CategoryEntry, ContestEntry, ContestMember, EntryConsent, EntryMetric
from awards.results.enums import AwardState
from awards.voting import policy
from awards.voting.enums import STANDING_VOTES, Flag, VoteState
from awards.voting.keys import code_of
from awards.voting.models import PublicVote, VoteCount
from references.accounts import clock
from references.accounts.enums import Membership
from references.consents.enums import Channel, Scope
from references.consents.enums import UseAudience as Readers
from references.consents.gate import Use
from references.consents.models import ConsentTerm
from refprogram.people.models import User

PUBLIC_VOTE: Final = "public_vote"
V = VoteState
MOST_ON_DESK: Final = 5
GONE = (AwardState.DECLINED, AwardState.REVOKED)


def public_contests() -> QuerySet[Contest]:
    """Return the contests whose vote the world may read about."""
    return Contest.objects.filter(state__in=SHOWN, audience=Audience.CUSTOMERS, people_choice=True)


# ---------------------------------------------------------------- who may be voted for


def up_for_vote(contest: Contest) -> QuerySet[ContestEntry]:
    """Return the entries that may be shown and voted for today: in the running, and as long as they agree to it."""
    account = "account__"
    places = CategoryEntry.objects.filter(entry=OuterRef("pk"))
    if contest.votes_for == VotesFor.FINALISTS:
        rounds = contest.rounds.order_by().values("contest").annotate(n=Max("number")).values("n")
        places = places.filter(round_number=Subquery(rounds)).exclude(state=PlaceState.NOT_ADVANCED)
    rows = ContestEntry.objects.filter(
        Exists(places),
        Exists(_agreed()),
        contest=contest,
        anchor=False,
        state__in=JUDGED,
        **{f"{account}frozen": False, f"{account}merged_into__isnull": True},
    )
    return rows.exclude(**{f"{account}state": Membership.DO_NOT_CONTACT}).select_related("account")


def _agreed() -> QuerySet[EntryConsent]:
    """Return the agreements to stand on this page that hold today, as the gate of references asks it."""
    use = Use(Channel.WEBSITE, Readers.PUBLIC, territory="", on=clock.today())
    terms = ConsentTerm.objects.filter(use.met_by(), consent=OuterRef("consent"), scope=Scope.COMPANY)
    rows = EntryConsent.objects.filter(entry=OuterRef("pk"), use=PUBLIC_VOTE, given=True)
    return rows.filter(Exists(terms), revoked_at__isnull=True)


def with_cards(rows: QuerySet[ContestEntry]) -> QuerySet[ContestEntry]:
    """Read what cards show of entries with them: their categories, and the results that may be published."""
    places = CategoryEntry.objects.select_related("category").order_by("category__precedence", "pk")
    metrics = EntryMetric.objects.filter(publishable=True, before__isnull=False, after__isnull=False)
    return rows.prefetch_related(Prefetch("places", places), Prefetch("metrics", metrics.order_by("position", "pk")))


def by_code(contest: Contest, code: str) -> ContestEntry | None:
    """Return who may be voted for under the code of the public page, with what is shown of them."""
    rows = up_for_vote(contest)
    found = next((pk for pk, said in rows.values_list("pk", "public_id") if code_of(said) == code), None)
    return with_cards(rows).filter(pk=found).first() if found is not None else None


def on_the_page(contest: Contest) -> list[ContestEntry]:
    """Return who may be voted for, with what is shown of them, in an order that is new each hour."""
    rows = with_cards(up_for_vote(contest))
    return sorted(rows, key=lambda row: _lot(row, timezone.now()))


def _lot(entry: ContestEntry, now: dt.datetime) -> str:
    """Return an entry's place in the row: whoever stands first is chosen more often, so nobody stays there."""
    return hashlib.sha256(f"{now:%Y%m%d%H}:{entry.public_id}".encode()).hexdigest()


# ---------------------------------------------------------------- how many


@dataclass(frozen=True)
class Totals:
    """How many votes there are; says nothing of for whom."""

    counted: int
    set_aside: int
    waiting: int
    voided: int


def totals_of(contest: Contest) -> Totals:
    """Return how many votes count, wait, are looked at, were taken out. One query."""
    since = timezone.now() - dt.timedelta(hours=policy.now().confirm_hours)
    found = PublicVote.objects.filter(contest=contest).aggregate(
        counted=Count("pk", filter=Q(state=V.COUNTED)),
        set_aside=Count("pk", filter=Q(state=V.QUARANTINED)),
        waiting=Count("pk", filter=Q(state=V.UNVERIFIED, cast_at__gt=since)),
        voided=Count("pk", filter=Q(state=V.VOIDED)),
    )
    return Totals(**found)


def ranking_of(contest: Contest) -> list[Any]:
    """Return who may be voted for, most votes first (`.counted`, `.aside`); those without one come last."""

    def votes(state: VoteState) -> Any:
        rows = PublicVote.objects.filter(entry=OuterRef("pk"), state=state).order_by().values("entry")
        return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)

    rows = with_cards(up_for_vote(contest)).annotate(counted=votes(V.COUNTED), aside=votes(V.QUARANTINED))
    return list(rows.order_by("-counted", "title", "pk"))


def figures_of(ranking: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the counted votes as they are kept and agreed to."""
    return [{"entry": row.public_id, "votes": row.counted} for row in ranking if row.counted]


def hash_of(figures: list[dict[str, Any]]) -> str:
    """Return sha256 over figures in one order, whatever order they were read in."""
    ordered = sorted((line["entry"], line["votes"]) for line in figures)
    return hashlib.sha256(json.dumps(ordered).encode()).hexdigest()


def count_of(contest: Contest) -> VoteCount | None:
    """Return the count that stands."""
    rows = VoteCount.objects.filter(contest=contest, replaced_at__isnull=True)
    return rows.select_related("by__person", "agreed_by__person").first()


def awards_of(contest: Contest) -> list[Award]:
    """Return what people's choice gave, the first first; also what was declined or taken back."""
    rows = Award.objects.filter(contest=contest, people_choice=True)
    rows = rows.select_related("contest", "place__entry__account", "place__entry__owner", "place__category")
    return list(rows.order_by("rank", "pk"))


def award_in(contest: Contest) -> QuerySet[Award]:
    """Return the people's-choice awards of a contest, to find one."""
    return Award.objects.filter(contest=contest, people_choice=True).select_related("contest", "place__entry")


# ---------------------------------------------------------------- what looks odd


@dataclass(frozen=True)
class Cluster:
    """Votes that have something in common; `key` finds them again."""

    flag: Flag
    key: str
    counted: int
    set_aside: int
    first: dt.datetime
    last: dt.datetime
    entries: int

    @property
    def votes(self) -> int:
        """How many stand."""
        return self.counted + self.set_aside


BY: Final = {Flag.NETWORK: "network_hash", Flag.DEVICE: "device_hash", Flag.EMPLOYER: "domain"}
MOST_CLUSTERS: Final = 20


def clusters_of(contest: Contest) -> list[Cluster]:
    """Return the groups that are larger than policy takes without a look: networks, browsers, companies, bursts."""
    figures = policy.now()
    found = [
        *_sharing(contest, Flag.NETWORK, figures.per_network),
        *_sharing(contest, Flag.DEVICE, figures.per_browser),
        *_sharing(contest, Flag.EMPLOYER, figures.per_employer),
        *_bursts(contest, figures.burst_votes),
    ]
    return sorted(found, key=lambda one: (-one.set_aside, -one.votes, one.key))


def _sharing(contest: Contest, flag: Flag, most: int) -> list[Cluster]:
    name = BY[flag]
    rows = PublicVote.objects.filter(contest=contest, state__in=STANDING_VOTES).exclude(**{name: ""})
    return _grouped(rows.order_by().values(key=F(name)), flag, most)


def _bursts(contest: Contest, most: int) -> list[Cluster]:
    start = _Binned(F("confirmed_at"), minutes=policy.now().burst_minutes)
    rows = PublicVote.objects.filter(contest=contest, state__in=STANDING_VOTES, confirmed_at__isnull=False)
    grouped = rows.order_by().annotate(start=start).values("entry__public_id", "start")
    return [
        Cluster(Flag.BURST, f"{row['entry__public_id']}:{int(row['start'].timestamp())}", **_facts(row))
        for row in _counted(grouped, most - 1)
    ]


class _Binned(Func):
    """The beginning of the stretch of minutes in which a moment lies."""

    function = "date_bin"

    def __init__(self, at: Any, *, minutes: int = 10, **extra: Any) -> None:
        super().__init__(at, **extra)
        self.template = f"date_bin('{int(minutes)} minutes', %(expressions)s, TIMESTAMPTZ '2000-01-01 00:00+00')"


def _grouped(rows: Any, flag: Flag, most: int) -> list[Cluster]:
    return [Cluster(flag, row["key"], **_facts(row)) for row in _counted(rows, most)]


def _counted(rows: Any, most: int) -> Any:
    return rows.annotate(
        counted=Count("pk", filter=Q(state=V.COUNTED)), set_aside=Count("pk", filter=Q(state=V.QUARANTINED)),
        n=Count("pk"), first=Min("cast_at"), last=Max("cast_at"), entries=Count("entry", distinct=True),
    ).filter(n__gt=most).order_by("-n")[:MOST_CLUSTERS]  # fmt: skip


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("counted", "set_aside", "first", "last", "entries")}


def votes_in(contest: Contest, flag: str, key: str) -> QuerySet[PublicVote]:
    """Return the votes of one group; none for a group that does not exist."""
    rows = PublicVote.objects.filter(contest=contest)
    if flag in BY and key:
        return rows.filter(**{BY[Flag(flag)]: key})
    entry, _colon, start = key.partition(":")
    if flag != Flag.BURST or not start.isdecimal() or len(start) > 11:
        return rows.none()
    begin = dt.datetime.fromtimestamp(int(start), tz=dt.UTC)
    end = begin + dt.timedelta(minutes=policy.now().burst_minutes)
    return rows.filter(entry__public_id=entry, confirmed_at__gte=begin, confirmed_at__lt=end)


# ---------------------------------------------------------------- for lists and links


def for_list(contest: Contest) -> QuerySet[PublicVote]:
    """Return the votes of a contest as its list shows them."""
    return PublicVote.objects.filter(contest=contest).select_related("entry__account", "decided_by__person")


def for_link(pk: int) -> PublicVote | None:
    """Return the vote of a mailed link; None once somebody chose anew."""
    return PublicVote.objects.select_related("contest", "entry__account").filter(pk=pk).first()


def waits_for(user: User) -> QuerySet[Contest]:
    """Return the contests whose vote this colleague may have something to do with, and how far each is."""
    mine = ContestMember.objects.filter(contest=OuterRef("pk"), user=user.pk)
    aside = PublicVote.objects.filter(contest=OuterRef("pk"), state=V.QUARANTINED)
    count = VoteCount.objects.filter(contest=OuterRef("pk"), replaced_at__isnull=True)
    rows = Contest.objects.filter(Exists(mine), people_choice=True, state__in=["judging", "deliberation", "decided"])
    rows = rows.annotate(
        runs=Exists(mine.filter(part=Part.MANAGER)),
        signs=Exists(mine.filter(part__in=[Part.CHAIR, Part.CERTIFIER])),
        odd=Exists(aside),
        count_by=Subquery(count.values("by")[:1]),
        count_at=Subquery(count.values("counted_at")[:1]),
        agreed_at=Subquery(count.values("agreed_at")[:1]),
    )
    return rows.order_by("pk")[:MOST_ON_DESK]
