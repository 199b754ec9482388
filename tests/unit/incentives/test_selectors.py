"""Leaderboard and statement, with figures worked out by hand."""

import datetime as dt

import pytest
import time_machine

from incentives.ledger import proofs, services
from incentives.ledger.selectors import Statement
from incentives.models import Wallet
from incentives.recognition import standings
from incentives.rulebook.statements import explained
from refprogram.kernel.models import Rollup
from refprogram.kernel.stream import Subject, emit
from tests.factories.incentives import booked
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@time_machine.travel("2026-11-18 12:00Z")
def test_equal_points_share_a_rank_and_the_next_one_is_skipped(rep, support, other_team_rep):
    for user, points in ((rep, 100), (support, 150), (other_team_rep, 100), (UserFactory(), 40)):
        booked(points, person=user.person)

    places = standings.leaderboard(by="person", period="week", starts_on=dt.date(2026, 11, 16), viewer=rep)

    assert [(place.rank, place.points, place.me) for place in places] == [
        (1, 150, False),
        (2, 100, True),
        (2, 100, False),
        (4, 40, False),
    ]
    assert places[1].share == pytest.approx(2 / 3)
    position = standings.position(by="person", period="week", starts_on=dt.date(2026, 11, 16), viewer=rep)
    assert position == (standings.Position(rank=2, of=4, points=100, gap=50), sum(place.points for place in places))


@time_machine.travel("2026-11-18 12:00Z")
def test_teams_and_regions_count_as_they_were(rep, support, cast):
    booked(30, person=rep.person)
    booked(20, person=support.person)
    rep.team = cast.south
    rep.save()

    places = standings.leaderboard(by="team", period="quarter", starts_on=dt.date(2026, 10, 1))

    assert [(place.name, place.detail, place.points) for place in places] == [("North", "Europe", 50)]


def test_without_points_there_is_no_rank(rep):
    assert standings.points_to_next(rep) == standings.Position(rank=None, of=0, points=0, gap=None)


def test_a_statement_says_why(rep, finance, drain, settings):
    settings.EVENT_HANDLERS = {"nomination.enrolled": ["incentives.handlers.apply_rules"]}
    emit("nomination.enrolled", subject=Subject("nomination", 1), payload={"nominator": rep.person_id})
    drain()
    (line,) = Statement(rep.person)[0:2]
    services.reverse(entry=line.entry, reason="Not real", actor=finance)

    lines = explained(Statement(rep.person)[0:9], rep)

    assert [(line.posting.amount, line.taken_back) for line in lines] == [(-150, False), (150, True)]
    assert lines[1].rule.startswith("When a nomination is enrolled")
    assert "enrolled as a reference" in lines[1].why


def test_proofs_find_what_was_tampered_with(rep):
    booked(30, person=rep.person)
    Wallet.objects.update(available=31)
    Rollup.objects.filter(dimension="team", period="week").update(value=29)

    broken = {proof.name: proof.rows for proof in proofs.proofs() if not proof.holds}

    assert set(broken) == {"wallets = postings", "standings of points = postings"}
    assert "kept=31 posted=30" in broken["wallets = postings"][0]


@time_machine.travel("2026-11-18 12:00Z")
def test_who_stands_below_the_first_fifty_sees_their_own_place_beside_them(rep):
    others = UserFactory.create_batch(standings.TOP + 2, role="rep")
    for n, other in enumerate(others):
        booked(1000 + n, person=other.person)
    booked(7, person=rep.person)

    places = standings.leaderboard(by="person", period="year", starts_on=dt.date(2026, 1, 1), viewer=rep)

    assert len(places) == standings.TOP + 1
    assert (places[0].rank, places[49].rank, places[50].rank, places[50].me) == (1, 50, 53, True)
    assert standings.population("person", period="year", starts_on=dt.date(2026, 1, 1)) == 53
