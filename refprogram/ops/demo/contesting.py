"""Four contests: one of last year with its winners known, one in judging, one open for entries, one of our own teams.

Rounds, judges, entries and results are the business of the files that come after; they find the contests by `found`.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from awards.contests import policy
from awards.contests.enums import ContestState, Part
from awards.contests.seeds import LINES
from awards.contests.zones import end_of_day, zone_of
from awards.models import Category, Contest, ContestMember, NameIdea, PlanItem, Prize, Question, Sponsor
from refprogram.ops.demo import contest_words as words
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.enums import Role
from refprogram.people.models import User

S = ContestState
ZONE: Final = "Europe/Amsterdam"
# How far each contest is: days from today to its event, and so many days before it entries open and close.
PAST, JUDGING, OPEN, DRAFT = (-190, 225, 105), (52, 225, 105), (150, 220, 105), (300, 225, 105)
MORNING, EVENING = dt.time(9), dt.time(19)


@dataclass(frozen=True)
class Contests:
    """The demo's contests."""

    past: Contest
    judging: Contest
    open: Contest
    draft: Contest


def found() -> Contests:
    """Return the contests that were made, for what comes after."""
    by_slug = {row.slug: row for row in Contest.objects.all()}
    return Contests(*(by_slug[slug] for slug in words.SLUGS))


def build(maker: Maker, company: Company) -> None:
    """Write them; nobody is written to because of them."""
    mine = maker.apart("contests")
    for said, far, state in (
        (words.PAST, PAST, S.PUBLISHED),
        (words.JUDGING, JUDGING, S.JUDGING),
        (words.OPEN, OPEN, S.OPEN),
        (words.DRAFT, DRAFT, S.DRAFT),
    ):
        contest = _contest(mine, company, said, far, state)
        _concept(mine, contest, said)
        _team(mine, company, contest)
        _plan(mine, contest)
    _names(mine, company, found().draft)
    mine.flush()


def _year(maker: Maker, said: words.Words, days: int) -> int:
    """Return which year a contest is of: last year’s is the one before the one in judging."""
    if said is words.PAST:
        return (maker.today + dt.timedelta(days=JUDGING[0])).year - 1
    return (maker.today + dt.timedelta(days=days)).year


def _at(maker: Maker, days: int, time: dt.time) -> dt.datetime:
    return end_of_day(maker.today + dt.timedelta(days=days), zone_of(ZONE), time)


def _contest(
    maker: Maker, company: Company, said: words.Words, far: tuple[int, int, int], state: ContestState
) -> Contest:
    event, opens, closes = far
    year = _year(maker, said, event)
    event_at = _at(maker, event, EVENING)
    row = Contest(
        name=f"{said.name} {year}", slug=said.slug, series=said.name, year=year, audience=said.audience, state=state,
        tagline=said.tagline, overview=said.overview, process=said.process, payoff=said.payoff, rules_text=said.rules,
        zone=ZONE, opens_at=_at(maker, event - opens, MORNING), closes_at=_at(maker, event - closes, dt.time(18)),
        announce_at=event_at, event_at=event_at, event_name=said.event, event_place=said.place, owner=company.marketer,
        cost=said.cost, people_choice=said.vote is not None,
        votes_beside_blind=said.beside, votes_open_at=_at(maker, said.vote[0], MORNING) if said.vote else None,
        votes_close_at=_at(maker, said.vote[1], dt.time(18)) if said.vote else None,
        announced_at=None if state == S.DRAFT else _at(maker, event - opens - 14, MORNING),
        published_at=event_at if state == S.PUBLISHED else None,
    )  # fmt: skip
    bulk(maker, [row])
    _past_of(maker, company, row)
    return row


def _past_of(maker: Maker, company: Company, row: Contest) -> None:
    """Write down how it came to where it is."""
    me = company.marketer.person_id
    planned = min(row.opens_at - dt.timedelta(days=60), timezone.now() - dt.timedelta(days=8))
    maker.tell("contest.started", row, planned, account_id=None, actor_id=me, series=row.series, year=row.year,
               audience=row.audience)  # fmt: skip
    way = [
        (S.ANNOUNCED, row.announced_at, me, "contest.announced", {}),
        (S.OPEN, row.opens_at, None, "contest.opened", {"again": False}),
        (S.CLOSED, row.last_moment, None, "contest.closed", {"by_itself": True}),
        (S.SCREENING, row.closes_at + dt.timedelta(days=1), me, "", {}),
        (S.JUDGING, row.closes_at + dt.timedelta(days=14), me, "", {}),
        (S.DELIBERATION, row.closes_at + dt.timedelta(days=50), me, "", {}),
        (S.DECIDED, row.closes_at + dt.timedelta(days=60), me, "", {}),
        (S.PUBLISHED, row.published_at, me, "contest.published", {}),
    ]
    before = S.DRAFT
    for state, at, actor, topic, facts in way:
        if row.state == S.DRAFT or at is None:
            return
        payload = {"from": before.value, "to": state.value, "reason": ""}
        maker.tell("contest.moved", row, at, account_id=None, actor_id=actor, **payload)
        if topic:
            maker.tell(topic, row, at, account_id=None, actor_id=actor, **facts)
        before = state
        if row.state == state:
            return


def _concept(maker: Maker, contest: Contest, said: words.Words) -> None:
    categories = bulk(
        maker,
        [
            Category(
                contest=contest, name=name, slug=name.lower().replace(" ", "-"), kind=kind, description=text,
                eligibility=who, precedence=place, max_winners=1,
            )
            for place, (name, kind, text, who) in enumerate(said.categories, 1)
        ],
    )  # fmt: skip
    bulk(maker, [
        Prize(contest=contest, category=categories[0] if own else None, kind=kind, item=item, value=value,
              people_choice=voted)
        for item, kind, value, own, voted in said.prizes
    ])  # fmt: skip
    bulk(maker, [
        Sponsor(contest=contest, name=name, tier=tier, url=url, takes_leads=place == 0)
        for place, (name, tier, url) in enumerate(said.sponsors)
    ])  # fmt: skip
    asked = (contest.announced_at or timezone.now()) + dt.timedelta(days=3)
    bulk(maker, [_question(contest, place, text, answer, asked) for place, (text, answer) in enumerate(said.questions)])


def _question(contest: Contest, place: int, text: str, answer: str, asked: dt.datetime) -> Question:
    facts: dict[str, Any] = {}
    if answer:
        facts = {"answer": answer, "answered_by": contest.owner, "answered_at": asked + dt.timedelta(hours=20)}
    at = min(asked, timezone.now() - dt.timedelta(days=1))
    return Question(contest=contest, text=text, asked_at=at, position=place + 1, **facts)


def _team(maker: Maker, company: Company, contest: Contest) -> None:
    executive, head = User.objects.get(role=Role.EXECUTIVE), User.objects.get(role=Role.SALES_HEAD)
    lawyer = User.objects.get(role=Role.LEGAL)
    parts = [
        (company.marketer, Part.MANAGER), (company.marketer, Part.SCREENER), (executive, Part.CERTIFIER),
        (head, Part.CERTIFIER), (executive, Part.CHAIR), (company.managers[0], Part.FIELD),
        (company.managers[0], Part.SCREENER),  # two refuse an entry
        (lawyer, Part.CERTIFIER),  # the executive judges one of the contests, and signs nothing there
    ]  # fmt: skip
    ContestMember.objects.bulk_create(ContestMember(contest=contest, user=user, part=part) for user, part in parts)


def _plan(maker: Maker, contest: Contest) -> None:
    """The ten steps; what is over is done, but for one line of the contest that is under way."""
    figures, event_day = policy.now(), contest.event_at.astimezone(contest.tz).date()
    owner = contest.owner
    items = []
    for line in LINES:
        before = (getattr(figures, line.anchor) if line.anchor else 0) - line.after
        item = PlanItem(
            contest=contest, step=line.step, key=line.key, name=str(line.words), owner=owner,
            due_on=event_day - dt.timedelta(days=before),
        )  # fmt: skip
        items.append(item)
    over = [item for item in items if item.due_on < maker.today]
    if contest.state == S.OPEN and over:
        over.pop()  # the last one is late
    for item in over:
        item.done_by, item.done_at = owner, maker.moment(item.due_on)
    for item in items:
        item.due_on = max(item.due_on, maker.today + dt.timedelta(days=5)) if contest.state == S.DRAFT else item.due_on
    bulk(maker, items)


def _names(maker: Maker, company: Company, contest: Contest) -> None:
    """Names for the contest that is still a draft, with votes."""
    people = [company.marketer, *company.managers]
    ideas = bulk(maker, [
        NameIdea(contest=contest, name=name, by=people[at % len(people)]) for at, name in enumerate(words.IDEAS)
    ])  # fmt: skip
    votes = NameIdea.voters.through
    votes.objects.bulk_create(
        votes(nameidea_id=idea.pk, user_id=user.pk)
        for at, idea in enumerate(ideas)
        for user in people[: max(1, len(people) - 2 * at)]
    )
