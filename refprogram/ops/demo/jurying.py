"""Juries of the demo's contests: last year's round is closed and complete, this year's under way.

Nobody is written to because of them.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils import timezone

from awards.entries import services as entries
from awards.judging import policy, selectors, services
from awards.judging.enums import AssignmentState, BallotState, JudgeKind, JudgeState
from awards.judging.ordering import order_of
from awards.judging.services.rounds import starting_criteria
from awards.judging.totals import Scored, ballot_total
from awards.models import Assignment, Ballot, CategoryEntry, Contest, ContestEntry, Criterion, Judge, Round, Score
from refprogram.ops.demo import contesting
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.enums import Role
from refprogram.people.models import Person, User

A, B, J = AssignmentState, BallotState, JudgeState
K = JudgeKind
PER_ENTRY: Final = 3
# (name, mail, kind, where they work, who they are, how generous: added to a level of 1 to 5)
OUTSIDE: Final = (
    ("Dr Ana Sousa", "ana.sousa@sousa-research.example", K.ANALYST, "Sousa Research",
     "Follows logistics software for twenty years.", -0.5),
    ("Ibrahim Diallo", "ibrahim@diallo-talks.example", K.LUMINARY, "Diallo Talks",
     "Wrote the book that planners keep on their desks.", 0.2),
    ("Mei Lin Tan", "mei.lin@harbour-partners.example", K.PARTNER, "Harbour Partners",
     "Brings our software to ports in Asia.", 0.6),
    ("Oskar Nyberg", "oskar@theproofletter.example", K.BLOGGER, "The Proof Letter",
     "Asks for the numbers behind every story.", -0.3),
    ("Grace Oduya", "grace.oduya@oduya.example", K.ADMINISTRATOR, "Oduya Events",
     "Ran juries of three trade associations.", 0.0),
)  # fmt: skip
COMMENTS: Final = (
    "Letting the people on the floor decide is what made it last.",
    "A clear effect, and the controller signed for it.",
    "Sound work, though others have done it before.",
    "I would have liked to see the second quarter as well.",
    "The best told story of those I read.",
)
# What all judges of this year score first: (code, title, in a sentence, challenge, solution, result, how good it is)
ANCHORS: Final = (
    ("CAL2A4", "Night routes for a bakery chain", "Forty lorries drive a fifth less, and nobody starts before four.",
     "Bread left the bakery late because routes were planned by hand each evening.",
     "Routes are planned at midnight from what the shops ordered; drivers change them on a tablet when a road is shut.",
     {"factor": "cost", "what": "Kilometres in a week", "before": "31400", "after": "25100", "unit": "km",
      "period": "first half of the year", "method": "Trip recorders, checked by the controller"}, 4.4),
    ("CAL7K9", "A new screen in the depot", "The depot has a screen on which everybody sees the orders.",
     "People asked each other what came next.", "We hung up a screen.",
     {"factor": "process", "what": "Questions in an hour", "before": "12", "after": "10", "unit": "questions",
      "period": "one morning", "method": "Counted by hand"}, 2.2),
)  # fmt: skip
# How much of their work each judge of this year has done; the demo's own judge comes first.
DONE: Final = (0.4, 1.0, 0.8, 0.7, 0.5, 0.9, 0.6, 0.3, 0.0)


def _evening(now: dt.datetime) -> dt.datetime:
    """Return the last moment of this year's round: an evening in nine days."""
    return (now + dt.timedelta(days=9)).replace(hour=17, minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class Seat:
    """Somebody who judges, and how generous they are."""

    person: Person
    kind: JudgeKind
    house: str
    bio: str
    severity: float


def build(maker: Maker, company: Company) -> None:
    """Write the round of last year, the one of this year, and what is planned for the contest that is open."""
    mine = maker.apart("juries")
    found = contesting.found()
    outside = _outsiders(mine)
    past = _Jury(mine, company, found.past, outside)
    past.convene(over=True)
    now = _Jury(mine, company, found.judging, [*_house(mine, found.past), *outside])
    now.convene(over=False)
    _Jury(mine, company, found.open, outside[:3]).plan()
    mine.flush()


def _outsiders(maker: Maker) -> list[Seat]:
    people = bulk(maker, [Person(name=name, email=mail, time_zone="Europe/London") for name, mail, *_ in OUTSIDE])
    return [Seat(person, *facts[2:]) for person, facts in zip(people, OUTSIDE, strict=True)]


def _house(maker: Maker, past: Contest) -> list[Seat]:
    """The demo's own judge, our executive, and customers of last year's contest."""
    judge, executive = User.objects.get(role=Role.JUDGE), User.objects.get(role=Role.EXECUTIVE)
    seats = [Seat(judge.person, K.BLOGGER, "", "Edits a trade paper.", 0.1)]
    seats.append(Seat(executive.person, K.EXECUTIVE, "", "Answers for our customers.", 0.3))
    entrants = past.entries.filter(contact__isnull=False).select_related("contact__person", "account").order_by("pk")
    for entry, kind in zip(entrants[:2], (K.PAST_WINNER, K.CUSTOMER), strict=False):
        if entry.contact is not None and entry.account is not None:
            seats.append(Seat(entry.contact.person, kind, entry.account.name, "Entered last year.", 0.0))
    return seats


class _Jury:
    """One contest's round, panel and ballots."""

    def __init__(self, maker: Maker, company: Company, contest: Contest, seats: list[Seat]) -> None:
        self.maker, self.company, self.contest, self.seats = maker, company, contest, seats
        self.now = maker.moment(maker.today)

    def convene(self, *, over: bool) -> None:
        """Write it all."""
        round_ = self._round(over=over)
        criteria = self._criteria(round_)
        judges = self._panel(over=over)
        services.detect_conflicts(self.contest)
        work = self._work(round_, judges, over=over)
        worth: dict[int, float] = {}
        if not over:
            anchors, worth = self._anchors(round_, judges)
            work += anchors
        self._ballots(round_, criteria, work, worth, over=over)

    def plan(self) -> None:
        """Write a round that is to come, with what it scores, and who said so far that they judge in it."""
        opens, closes = (self.contest.closes_at + dt.timedelta(days=days) for days in (14, 50))
        round_ = Round(
            contest=self.contest, number=1, name="First round", opens_at=opens, closes_at=closes,
            hard_close_at=closes + dt.timedelta(days=1), per_entry=PER_ENTRY, min_ballots=PER_ENTRY,
            seed=self.maker.chance.randrange(1, 2**31 - 1),
        )  # fmt: skip
        bulk(self.maker, [round_])
        self._tell("round.added", round_, self.now - dt.timedelta(days=9), mode=round_.mode)
        self._criteria(round_)
        asked = self.now - dt.timedelta(days=8)
        rows = []
        states = (J.ONBOARDED, J.ACCEPTED, J.INVITED)
        for number, (seat, state) in enumerate(zip(self.seats, states, strict=True), 1):
            signed = asked + dt.timedelta(days=5) if state == J.ONBOARDED else None
            rows.append(
                Judge(
                    contest=self.contest, person=seat.person, kind=seat.kind, organisation=seat.house, bio=seat.bio,
                    state=state, load_cap=20, invited_by=self.company.marketer, invited_at=asked, number=number,
                    answered_at=None if state == J.INVITED else asked + dt.timedelta(days=2),
                    nda_at=signed, nda_version=policy.NDA_VERSION if signed else 0, ties_declared_at=signed,
                )
            )  # fmt: skip
        for judge in bulk(self.maker, rows):
            self._tell("judge.invited", judge, asked, kind=judge.kind)

    def _anchors(self, round_: Round, judges: list[Judge]) -> tuple[list[Assignment], dict[int, float]]:
        """Write the calibration entries and give them to all who are ready; return the work, and how good each is."""
        work, worth = [], {}
        for code, title, summary, challenge, solution, result, good in ANCHORS:
            answers = {"challenge": challenge, "solution": solution}
            entry = entries.add_anchor(
                contest=self.contest, title=title, summary=summary, answers=answers, by=self.company.marketer
            )
            typed = entries.Typed(metrics=[{**result, "id": code.lower()}])
            entry = services.write_anchor(entry=entry, typed=typed, revision=entry.revision)
            ContestEntry.objects.filter(pk=entry.pk).update(code=code)
            place = entry.places.select_related("entry").order_by("pk")[0]
            worth[place.pk] = good
            for judge in judges:
                order = order_of(seed=round_.seed, judge_id=judge.pk, place_id=place.pk, anchor=True)
                work.append(Assignment(round=round_, place=place, judge=judge, state=A.RELEASED, order=order,
                                       released_at=round_.released_at))  # fmt: skip
        return work, worth

    def _round(self, *, over: bool) -> Round:
        opened = self.contest.closes_at + dt.timedelta(days=14)
        closes = self.contest.closes_at + dt.timedelta(days=50) if over else _evening(self.now)
        round_ = Round(
            contest=self.contest, number=1, name="First round", opens_at=min(opened, self.now), closes_at=closes,
            hard_close_at=closes + dt.timedelta(days=1), per_entry=PER_ENTRY, min_ballots=PER_ENTRY,
            seed=self.maker.chance.randrange(1, 2**31 - 1), released_at=min(opened, self.now),
            anchors=0 if over else len(ANCHORS),
            closed_at=closes + dt.timedelta(days=1) if over else None,
        )  # fmt: skip
        bulk(self.maker, [round_])
        self._tell("round.added", round_, opened - dt.timedelta(days=40), mode=round_.mode)
        self._tell("round.released", round_, round_.released_at or self.now)
        return round_

    def _tell(self, topic: str, row: Round | Judge | Ballot, at: dt.datetime, **facts: object) -> None:
        actor = self.company.marketer.person_id
        if isinstance(row, Ballot):
            actor = row.assignment.judge.person_id
        self.maker.tell(
            topic, row, min(at, self.now), account_id=None, actor_id=actor, contest=self.contest.pk, **facts
        )

    def _criteria(self, round_: Round) -> list[Criterion]:
        rows = [
            Criterion(round=round_, lo=1, hi=5, position=place, **facts)
            for place, facts in enumerate(starting_criteria())
        ]
        return bulk(self.maker, rows)

    def _panel(self, *, over: bool) -> list[Judge]:
        asked = self.contest.closes_at - dt.timedelta(days=20)
        signed = asked + dt.timedelta(days=5)
        rows = []
        for place, seat in enumerate(self.seats):
            idle = not over and DONE[place % len(DONE)] == 0
            rows.append(
                Judge(
                    contest=self.contest, person=seat.person, kind=seat.kind, organisation=seat.house, bio=seat.bio,
                    state=J.COMPLETED if over else J.ONBOARDED if idle else J.ACTIVE, load_cap=24,
                    invited_by=self.company.marketer, invited_at=asked, answered_at=asked + dt.timedelta(days=2),
                    nda_at=signed, nda_version=policy.NDA_VERSION, ties_declared_at=signed, number=place + 1,
                )
            )  # fmt: skip
        for judge in bulk(self.maker, rows):
            self._tell("judge.invited", judge, asked, kind=judge.kind)
            self._tell("judge.accepted", judge, asked + dt.timedelta(days=2), cap=judge.load_cap)
            self._tell("judge.ready", judge, signed)
        if not over:
            self._still_asked(asked)
        return rows

    def _still_asked(self, asked: dt.datetime) -> None:
        """One was asked lately and has not answered; one declined and named somebody else."""
        people = bulk(self.maker, [
            Person(name="Paula Reyes", email="paula@reyes-advisory.example"),
            Person(name="Henk de Boer", email="henk@deboer-media.example"),
        ])  # fmt: skip
        lately = self.now - dt.timedelta(days=3)
        number = len(self.seats)
        bulk(self.maker, [
            Judge(contest=self.contest, person=people[0], kind=K.ANALYST, state=J.INVITED, invited_at=lately,
                  invited_by=self.company.marketer, number=number + 1),
            Judge(contest=self.contest, person=people[1], kind=K.BLOGGER, state=J.DECLINED, invited_at=asked,
                  invited_by=self.company.marketer, answered_at=asked + dt.timedelta(days=1), number=number + 2,
                  reason="On parental leave", suggests="Paula Reyes, paula@reyes-advisory.example"),
        ])  # fmt: skip

    def _work(self, round_: Round, judges: list[Judge], *, over: bool) -> list[Assignment]:
        """Give each entry to three judges, those with the least first and always others, and to nobody with a tie."""
        blocked = selectors.blocked_pairs(self.contest)
        load = {judge.pk: 0 for judge in judges}
        rows = []
        places = CategoryEntry.objects.filter(entry__contest=self.contest, entry__anchor=False)
        for at, place in enumerate(places.select_related("entry").order_by("pk")):
            free = [judge for judge in judges if (judge.pk, place.entry_id) not in blocked]
            mixed = sorted(free, key=lambda one: one.number * (at % 5 + 1) % 11)
            for judge in sorted(mixed, key=lambda one: load[one.pk])[:PER_ENTRY]:
                load[judge.pk] += 1
                rows.append(
                    Assignment(
                        round=round_, place=place, judge=judge, state=A.LOCKED if over else A.RELEASED,
                        order=order_of(seed=round_.seed, judge_id=judge.pk, place_id=place.pk),
                        released_at=round_.released_at,
                    )
                )  # fmt: skip
        return rows

    def _ballots(
        self, round_: Round, criteria: list[Criterion], work: list[Assignment], known: dict[int, float], *, over: bool
    ) -> None:
        """Score what is done: by how good an entry is (`known` of calibration), how generous the judge, and chance."""
        done = [row for row in work if over or self._is_done(row, work)]
        for row in done:
            row.state = A.LOCKED if over else A.SUBMITTED
        bulk(self.maker, work)
        unknown = sorted({row.place_id for row in work} - known.keys())
        worth = {**{place: self.maker.chance.uniform(2.2, 4.6) for place in unknown}, **known}
        ballots, scores = [], []
        for at, row in enumerate(done):
            levels = {one.pk: self._level(worth[row.place_id], self._severity(row)) for one in criteria}
            ballots.append(self._ballot(round_, row, criteria, levels, at, over=over))
            scores.append(levels)
        bulk(self.maker, ballots)
        Score.objects.bulk_create(
            Score(ballot=ballot, criterion_id=pk, value=Decimal(level))
            for ballot, levels in zip(ballots, scores, strict=True)
            for pk, level in levels.items()
        )
        for ballot in ballots:
            row = ballot.assignment
            self._tell(
                "ballot.submitted", ballot, ballot.submitted_at or timezone.now(), judge=row.judge_id,
                entry=row.place.entry_id, round=round_.pk, version=1,
            )  # fmt: skip

    def _is_done(self, row: Assignment, work: list[Assignment]) -> bool:
        mine = sorted((one for one in work if one.judge_id == row.judge_id), key=lambda one: one.order)
        share = DONE[(row.judge.number - 1) % len(DONE)]
        # One entry always waits: nobody of this year has finished before the days of the reminders.
        return mine.index(row) < min(round(share * len(mine)), len(mine) - 1)

    def _severity(self, row: Assignment) -> float:
        return self.seats[row.judge.number - 1].severity

    def _level(self, worth: float, severity: float) -> int:
        return max(1, min(5, round(worth + severity + self.maker.chance.gauss(0, 0.5))))

    def _ballot(
        self,
        round_: Round,
        row: Assignment,
        criteria: list[Criterion],
        levels: dict[int, int],
        at: int,
        *,
        over: bool,
    ) -> Ballot:
        days = max(1, (min(round_.closes_at, self.now) - round_.opens_at).days)
        sent = round_.opens_at + dt.timedelta(days=self.maker.chance.randrange(days), minutes=7 * (at % 40))
        scored = [Scored(one.weight, one.lo, one.hi, Decimal(levels[one.pk])) for one in criteria]
        return Ballot(
            assignment=row, state=B.LOCKED if over else B.SUBMITTED, total=ballot_total(scored),
            comment=COMMENTS[at % len(COMMENTS)], revision=3, opened_at=min(sent, self.now),
            submitted_at=min(sent, self.now), active_seconds=self.maker.chance.randint(180, 900),
        )  # fmt: skip
