"""Public votes of the demo: last year’s is counted and announced; this year’s runs, with some votes that look odd.

Nobody is written to because of them.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django.utils import timezone

from awards.contests.enums import Part
from awards.models import Award, Contest, ContestEntry, ContestMember, PublicVote, VoteCount
from awards.results.enums import AwardKind, AwardState
from awards.voting import keys, selectors
from awards.voting.enums import Flag, VoteState
from awards.voting.keeping_times import FORGOTTEN
from refprogram.ops.demo import contesting
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk

V = VoteState
PAST_VOTES, VOTES, WAITING = 210, 150, 9
HOUSES: Final = ("harbour-freight.example", "kestrel-foods.example", "lumen-bank.example", "norda-rail.example", "")
# Votes that have something in common: (flag, how many count, how many were set aside).
ODD: Final = (
    (Flag.EMPLOYER, 20, 4),
    (Flag.NETWORK, 12, 6),
    (Flag.DEVICE, 2, 3),
    (Flag.THROWAWAY, 0, 3),
)


def build(maker: Maker, company: Company) -> None:
    """Write the votes of both contests, and the result of the one that is over."""
    mine = maker.apart("votes")
    found = contesting.found()
    _announced(mine, company, found.past)
    _running(mine, company, found.judging)
    mine.flush()


def _drawn(maker: Maker, entries: Sequence[ContestEntry], n: int) -> list[ContestEntry]:
    """Return for whom n votes are: a few lead, and everybody has some."""
    weights = [3 + 40 // (2 + place) for place in range(len(entries))]
    return maker.chance.choices(entries, weights, k=n)


def _vote(maker: Maker, entry: ContestEntry, number: int, at: dt.datetime, **facts: Any) -> PublicVote:
    house = HOUSES[number % len(HOUSES)] if number % 3 == 0 else ""
    said: dict[str, Any] = {
        "voter_hash": keys.voter_of(entry.contest, f"voter{number}@{house or 'mail.example'}"),
        "domain": house,
        "network_hash": keys.network_of(entry.contest, f"203.{number % 200}.{number // 200}.7"),
        "device_hash": keys.device_of(entry.contest, f"browser {number}"),
        "state": V.COUNTED,
        "confirmed_at": at + dt.timedelta(minutes=maker.chance.randint(1, 50)),
    }
    return PublicVote(contest=entry.contest, entry=entry, cast_at=at, created_at=at, **{**said, **facts})


def _moments(maker: Maker, begin: dt.datetime, end: dt.datetime, n: int) -> list[dt.datetime]:
    seconds = int((end - begin).total_seconds())
    return sorted(begin + dt.timedelta(seconds=maker.chance.randrange(seconds)) for _n in range(n))


def _running(maker: Maker, company: Company, contest: Contest) -> None:
    """Write the votes of the days so far."""
    entries = list(selectors.up_for_vote(contest).select_related("contest").order_by("code"))
    if not entries or contest.votes_open_at is None:
        return
    until = timezone.now() - dt.timedelta(hours=2)
    odd = sum(counted + aside for _flag, counted, aside in ODD)
    moments = iter(_moments(maker, contest.votes_open_at, until, VOTES + odd))
    chosen = iter(_drawn(maker, entries, VOTES + WAITING))
    rows = [_vote(maker, next(chosen), number, next(moments)) for number in range(VOTES)]
    rows += [
        _vote(maker, next(chosen), 1_000 + number, until, state=V.UNVERIFIED, confirmed_at=None)
        for number in range(WAITING)
    ]
    number = 2_000
    for place, (flag, counted, aside) in enumerate(ODD):
        for at in range(counted + aside):
            number += 1
            facts = {**_common(contest, flag), **(_aside(flag) if at >= counted else {})}
            rows.append(_vote(maker, entries[place % len(entries)], number, next(moments), **facts))
    bulk(maker, rows)


def _common(contest: Contest, flag: Flag) -> dict[str, Any]:
    """Return what the votes of an odd group have in common."""
    if flag == Flag.EMPLOYER:
        return {"domain": "brightwater.example"}
    if flag == Flag.NETWORK:
        return {"network_hash": keys.network_of(contest, "198.51.100.9"), "domain": ""}
    if flag == Flag.DEVICE:
        return {"device_hash": keys.device_of(contest, "one and the same"), "domain": ""}
    return {"domain": "mailinator.com"}


def _aside(flag: Flag) -> dict[str, Any]:
    return {"state": V.QUARANTINED, "flag": flag, "why": str(flag.label)}


def _announced(maker: Maker, company: Company, contest: Contest) -> None:
    """Write the vote that is over: who voted is forgotten by now, the count and its winner stay."""
    entries = list(selectors.up_for_vote(contest).select_related("contest").order_by("code"))
    if not entries or contest.votes_open_at is None or contest.votes_close_at is None:
        return
    moments = _moments(maker, contest.votes_open_at, contest.votes_close_at, PAST_VOTES)
    nobody = {"domain": "", "network_hash": "", "device_hash": ""}
    rows = [
        _vote(maker, entry, number, at, **nobody)
        for number, (entry, at) in enumerate(zip(_drawn(maker, entries, PAST_VOTES), moments, strict=True))
    ]
    bulk(maker, rows)
    for row in rows:
        row.voter_hash = f"{FORGOTTEN}{row.public_id}"
    PublicVote.objects.bulk_update(rows, ["voter_hash"])
    _count(maker, company, contest)


def _count(maker: Maker, company: Company, contest: Contest) -> None:
    chair = ContestMember.objects.filter(contest=contest, part=Part.CHAIR).select_related("user").first()
    if chair is None or contest.votes_close_at is None:
        return
    ranking: list[Any] = selectors.ranking_of(contest)
    figures = selectors.figures_of(ranking)
    at = contest.votes_close_at + dt.timedelta(days=2)
    count = VoteCount(
        contest=contest, figures=figures, hash=selectors.hash_of(figures), by=company.marketer, counted_at=at,
        agreed_by=chair.user, agreed_at=at + dt.timedelta(hours=5),
    )  # fmt: skip
    first = [row for row in ranking if row.counted == ranking[0].counted]
    kind = AwardKind.WINNER if len(first) == 1 else AwardKind.JOINT
    bulk(maker, [count])
    bulk(maker, [
        Award(
            contest=contest, place=row.places.order_by("category__precedence", "pk")[0], kind=kind, rank=1,
            people_choice=True, state=AwardState.PUBLISHED, published_at=contest.announce_at,
            notified_at=contest.announce_at - dt.timedelta(days=6),
            answered_at=contest.announce_at - dt.timedelta(days=5),
        )
        for row in first
    ])  # fmt: skip
    told = [("choice.counted", at, company.marketer, {"votes": sum(line["votes"] for line in figures)}),
            ("choice.agreed", at + dt.timedelta(hours=5), chair.user, {"late": False})]  # fmt: skip
    for topic, when, who, facts in told:
        maker.tell(topic, contest, when, account_id=None, actor_id=who.person_id, **facts)
