"""Reading rules, ledger, balances and the standing in points."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives import triggers
from incentives.enums import Book, RuleState
from incentives.models import Balance, Entry, Posting, Rule
from incentives.services.ledger import METRIC
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.labels import Label
from refprogram.kernel.models import Event
from refprogram.kernel.templatetags import rp
from refprogram.kernel.timeline import entries as sentences
from refprogram.people.enums import Role
from refprogram.people.models import Person, Region, Team, User

# ---------------------------------------------------------------- rules


def rules_visible_to(user: User) -> QuerySet[Rule]:
    """Return the rules this user may read: all, or none."""
    return Rule.objects.all() if user.has_perm("incentives.view_rules") else Rule.objects.none()


def with_payments(rules: QuerySet[Rule]) -> QuerySet[Rule]:
    """Add what each rule has given so far: `given`, `times`, `last_at`."""
    paid = Q(entries__postings__book=Book.AVAILABLE)
    return rules.annotate(
        given=Sum("entries__postings__amount", filter=paid),
        times=Count("entries", filter=paid & Q(entries__reverses__isnull=True), distinct=True),
        last_at=Max("entries__created_at", filter=Q(entries__reverses__isnull=True)),
    )


def rules_for(event: Event) -> QuerySet[Rule]:
    """Return the rules that were on when the event happened."""
    was_on = Q(live_since__isnull=True) | Q(live_since__lte=event.occurred_at)
    not_yet_off = Q(state=RuleState.LIVE) | Q(state=RuleState.STOPPED, stopped_at__gt=event.occurred_at)
    return Rule.objects.filter(was_on, not_yet_off, topic=event.topic).order_by("pk")


def sentence_of(rule: Rule) -> str:
    """Return the rule as one reads it: "When a nomination is enrolled, the nominator gets 150 points, …"."""
    trigger = triggers.of(rule.topic, rule.beneficiary)
    points = ngettext("%(n)s point", "%(n)s points", rule.points) % {"n": rp.number(rule.points)}
    words = {"when": trigger.when, "who": trigger.who, "points": points, "cap": rp.number(rule.cap_per_quarter)}
    if rule.cap_per_quarter is None:
        return _("When %(when)s, %(who)s gets %(points)s.") % words
    return _("When %(when)s, %(who)s gets %(points)s, at most %(cap)s a quarter.") % words


def live_sentences() -> list[str]:
    """Return the rules that are on, in words: for everybody who can earn by them."""
    return [sentence_of(rule) for rule in Rule.objects.filter(state=RuleState.LIVE).order_by("-points", "pk")]


def rule_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how rules are called in sentences."""
    may_open = viewer.has_perm("incentives.view_rules")
    return {
        pk: Label(name, reverse("incentives:rule", args=[public_id]) if may_open else "")
        for pk, name, public_id in Rule.objects.filter(pk__in=list(ids)).values_list("pk", "name", "public_id")
    }


def entry_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how ledger entries are called in sentences: by why they were made."""
    may_open = viewer.has_perm("incentives.view_ledger")
    return {
        pk: Label(memo, reverse("incentives:entry", args=[public_id]) if may_open else "")
        for pk, memo, public_id in Entry.objects.filter(pk__in=list(ids)).values_list("pk", "memo", "public_id")
    }


# ---------------------------------------------------------------- ledger and balances


def visible_to(user: User) -> QuerySet[Posting]:
    """Return the ledger's lines, one per person and entry; all for who reads the ledger, otherwise none."""
    lines = Posting.objects.exclude(book=Book.ISSUED)
    return lines if user.has_perm("incentives.view_ledger") else lines.none()


def balances_visible_to(user: User) -> QuerySet[Balance]:
    """Return everybody's balance to who reads the ledger, otherwise one's own."""
    balances = Balance.objects.filter(book=Book.AVAILABLE)
    if user.has_perm("incentives.view_ledger"):
        return balances
    return balances.filter(person=user.person_id)


def balance_of(person: Person) -> int:
    """Return how many points a person can spend."""
    kept = Balance.objects.filter(person=person, book=Book.AVAILABLE).values_list("amount", flat=True).first()
    return kept or 0


def earners() -> QuerySet[Person]:
    """Return everybody who ever had points, by name: whom the ledger can be narrowed to."""
    with_balance = Balance.objects.filter(book=Book.AVAILABLE).values("person")
    return Person.objects.filter(pk__in=with_balance).order_by("name")


@dataclass(frozen=True)
class Line:
    """One line of a statement: what came or went, by which rule, because of what."""

    posting: Posting
    rule: str
    why: Any
    taken_back: bool


def in_full(lines: QuerySet[Posting]) -> QuerySet[Posting]:
    """Add all that a line's reason needs."""
    return lines.select_related(
        "person", "entry__rule", "entry__event", "entry__actor__person", "entry__reversed_by", "entry__reverses"
    )


def statement(person: Person) -> QuerySet[Posting]:
    """Return a person's own lines, newest first."""
    return in_full(Posting.objects.filter(person=person, book=Book.AVAILABLE)).order_by("-id")


def last_paid(rule: Rule, n: int) -> list[Posting]:
    """Return the last lines that a rule caused, newest first."""
    return list(in_full(Posting.objects.filter(entry__rule=rule).exclude(book=Book.ISSUED)).order_by("-id")[:n])


def line_of(lines: QuerySet[Posting], public_id: str) -> Posting:
    """Return the line of an entry by that entry's public id; 404 if the reader may not see it."""
    return get_object_or_404(lines, entry__public_id=public_id)


def sides_of(entry: Entry) -> list[Posting]:
    """Return both sides of an entry, where it came from first."""
    return list(entry.postings.select_related("person").order_by("amount"))


def ledger_facts() -> list[str]:
    """Return how many points people hold, and how many people."""
    held = Balance.objects.filter(book=Book.AVAILABLE, amount__gt=0).aggregate(points=Sum("amount"), people=Count("pk"))
    points, people = held["points"] or 0, held["people"]
    return [
        ngettext("%(n)s point held", "%(n)s points held", points) % {"n": rp.number(points)},
        ngettext("by %(n)s person", "by %(n)s people", people) % {"n": rp.number(people)},
        _("append-only"),
    ]


@dataclass(frozen=True)
class Liability:
    """What the program owes in points, and how that moved since a moment."""

    held: int
    people: int
    given: int
    taken_back: int


def liability(*, since: dt.datetime) -> Liability:
    """Return what is owed now, and what counts since then: two queries."""
    owed = Balance.objects.filter(book=Book.AVAILABLE, amount__gt=0).aggregate(held=Sum("amount"), people=Count("pk"))
    lines = Posting.objects.filter(book=Book.AVAILABLE, entry__occurred_at__gte=since)
    moved = lines.aggregate(
        given=Sum("amount", filter=Q(entry__reverses__isnull=True)),
        back=Sum("amount", filter=Q(entry__reverses__isnull=False)),
    )
    return Liability(owed["held"] or 0, owed["people"], moved["given"] or 0, -(moved["back"] or 0))


def explained(postings: Sequence[Posting], viewer: User) -> list[Line]:
    """Return statement lines with their reasons in words; events are read in one go."""
    events = {p.entry.event.pk: p.entry.event for p in postings if p.entry.event is not None}
    told: dict[int | None, Any] = {line.event_id: line.text for line in sentences(events.values(), viewer)}
    return [
        Line(
            posting=posting,
            rule=sentence_of(posting.entry.rule) if posting.entry.rule else "",
            why=told.get(posting.entry.event_id, ""),
            taken_back=hasattr(posting.entry, "reversed_by"),
        )
        for posting in postings
    ]


# ---------------------------------------------------------------- the standing in points


@dataclass(frozen=True)
class Place:
    """One place of the leaderboard. `share` is of the first one's points."""

    rank: int
    key: int
    name: str
    detail: str
    points: int
    share: float
    me: bool


def leaderboard(*, by: str, period: str, starts_on: dt.date, viewer: User | None = None) -> list[Place]:
    """Return who got most points, best first; equal points share a rank (1, 1, 3). Two queries."""
    ranked = rollups.ranking(metric=METRIC, period=period, starts_on=starts_on, dimension=by)
    if not ranked:
        return []
    names = _names(by, [line.key for line in ranked])
    mine = _own_keys(viewer).get(by) if viewer else None
    most = max(int(line.value) for line in ranked) or 1
    return [
        Place(
            line.rank,
            line.key,
            *names.get(line.key, (_("someone"), "")),
            points=int(line.value),
            share=int(line.value) / most,
            me=line.key == mine,
        )
        for line in ranked
    ]


def population(by: str, places: Sequence[Place]) -> int:
    """Return how many could be on the leaderboard: sales and support, and everybody else who is on it; one query."""
    if by == "team":
        return Team.objects.count()
    if by == "region":
        return Region.objects.count()
    field = User.objects.filter(is_active=True, role__in=(Role.REP, Role.SUPPORT))
    return len(places) + field.exclude(person__in=[place.key for place in places]).count()


def _names(by: str, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return (name, what to say under it) by key."""
    if by == "person":
        people = Person.objects.filter(pk__in=keys).values_list("pk", "name", "user__team__name")
        return {pk: (name or _("someone"), team or "") for pk, name, team in people}
    if by == "team":
        teams = Team.objects.filter(pk__in=keys).values_list("pk", "name", "region__name")
        return {pk: (name, region or "") for pk, name, region in teams}
    return {pk: (name, "") for pk, name in Region.objects.filter(pk__in=keys).values_list("pk", "name")}


def _own_keys(user: User) -> dict[str, int | None]:
    team = user.team
    return {"person": user.person_id, "team": user.team_id, "region": team.region_id if team else None}


@dataclass(frozen=True)
class Position:
    """Where somebody stands: rank of how many, own points, and what is missing to the next better one."""

    rank: int | None
    of: int
    points: int
    gap: int | None

    @property
    def words(self) -> str:
        """The gap in words."""
        if self.rank is None:
            return _("No points yet in this time.")
        if self.gap is None:
            return _("Nobody has more.")
        return ngettext("%(n)d point to the next rank.", "%(n)d points to the next rank.", self.gap) % {"n": self.gap}


def position_among(places: Sequence[Place]) -> Position:
    """Return the viewer's (or the viewer's team's, region's) position in a leaderboard."""
    mine = next((place for place in places if place.me), None)
    if mine is None:
        return Position(None, len(places), 0, None)
    better = [place.points for place in places if place.points > mine.points]
    return Position(mine.rank, len(places), mine.points, min(better) - mine.points if better else None)


def points_to_next(user: User, *, period: str = Period.QUARTER) -> Position:
    """Return the user's position in the present period, and the points missing to the next rank: for desks."""
    starts_on = rollups.start_of(period, rollups.day_of(timezone.now()))
    return position_among(leaderboard(by="person", period=period, starts_on=starts_on, viewer=user))
