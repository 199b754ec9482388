"""Standings: worked out by hand, and equal to a recount of the stream."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incentives.recognition.services import choose
from nominations.periods import Span
from nominations.standings import digest
from nominations.standings.proofs import differences
from nominations.standings.ranking import ENROLLED, By, place_of, standings
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.models import Rollup
from refprogram.kernel.stream import Subject, emit, sweep
from refprogram.people.models import User
from tests.cast import Cast
from tests.factories.people import UserFactory
from tests.mailbox import mails_to, subjects_to

pytestmark = pytest.mark.django_db
Q4 = (Period.QUARTER, dt.date(2026, 10, 1))
TOPICS = ("nomination.submitted", "nomination.approved", "nomination.enrolled")


def enrolled(user: User, times: int, day: str = "2026-11-10") -> None:
    """Let the standings know of so many enrolled nominations of one colleague."""
    keys = {"rep": user.person_id, "team": user.team_id, "region": user.team.region_id if user.team else None}
    at = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    rollups.add(metric=ENROLLED, at=at, keys=keys, value=times)


def shown(by: str, viewer: User | None = None) -> list[tuple[int, str, int]]:
    return [(line.rank, line.name, line.enrolled) for line in standings(by, *Q4, viewer=viewer).lines]


def test_equals_share_a_place_and_nobody_takes_the_next(cast: Cast) -> None:
    ann, ben, cid = (UserFactory(name=name) for name in ("Ann", "Ben", "Cid"))
    enrolled(ann, 9)
    enrolled(ben, 9)
    enrolled(cid, 7)
    assert shown("rep") == [(1, "Ann", 9), (1, "Ben", 9), (3, "Cid", 7)]


def test_what_passes_the_next(cast: Cast) -> None:
    ann, ben = UserFactory(name="Ann"), UserFactory(name="Ben")
    enrolled(ann, 9)
    enrolled(ben, 7)
    lines = standings("rep", *Q4).lines
    assert [(line.to_pass, line.passes) for line in lines] == [(0, ""), (3, "Ann")]


def test_movement_is_against_the_period_before() -> None:
    ann, ben, new = UserFactory(name="Ann"), UserFactory(name="Ben"), UserFactory(name="Newcomer")
    enrolled(ann, 5, "2026-08-01")
    enrolled(ben, 2, "2026-08-01")
    enrolled(ben, 4)
    enrolled(ann, 3)
    enrolled(new, 1)
    changes = {line.name: line.rank_change for line in standings("rep", *Q4).lines}
    assert changes == {"Ben": 1, "Ann": -1, "Newcomer": None}


def test_the_viewer_has_a_line_without_a_figure(rep: User) -> None:
    enrolled(UserFactory(name="Ann"), 1)
    table = standings("rep", *Q4, viewer=rep)
    assert table.mine is not None
    assert (table.mine.rank, table.mine.enrolled, table.mine.to_pass, table.of) == (2, 0, 2, 2)


def test_teams_count_a_head(cast: Cast) -> None:
    enrolled(cast.rep, 3)
    assert cast.support.team == cast.north
    lines = {line.name: (line.enrolled, line.per_head) for line in standings("team", *Q4).lines}
    assert lines["North"] == (3, 1.5)


def test_a_manager_stands_with_the_team(cast: Cast) -> None:
    enrolled(cast.rep, 3)
    table = standings("team", *Q4, viewer=cast.manager)
    assert table.mine is not None
    assert table.mine.name == "North"


def test_the_place_on_the_desk(time_machine: Any) -> None:
    time_machine.move_to("2026-11-19 09:00Z")  # Thursday; the week began on the 16th
    ann, ben, cid, dan = (UserFactory(name=name) for name in ("Ann", "Ben", "Cid", "Dan"))
    enrolled(ann, 9)
    enrolled(ben, 6)
    enrolled(cid, 5)
    enrolled(dan, 4)
    enrolled(dan, 3, "2026-11-17")
    place = place_of(dan)
    assert place is not None
    assert (place.mine.rank, place.week_change, place.words) == (2, 2, "3 more pass Ann.")
    assert [line.name for line in place.around] == ["Ann", "Dan", "Ben"]


def test_who_does_not_nominate_for_a_living_has_no_place(judge: User, executive: User) -> None:
    assert place_of(judge) is None
    assert place_of(executive) is None


events = st.lists(
    st.tuples(
        st.sampled_from(TOPICS), st.integers(0, 2), st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 2, 1))
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happened=events)
def test_standings_equal_a_recount_of_the_stream(cast: Cast, happened: list[tuple[str, int, dt.datetime]]) -> None:
    people = (cast.rep, cast.support, cast.other_team_rep)
    with transaction.atomic():
        for topic, who, at in happened:
            user = people[who]
            payload = {"nominator": user.person_id, "team": user.team_id, "region": user.team.region_id}
            emit(topic, subject=Subject("nomination", 0), payload=payload, occurred_at=at.replace(tzinfo=dt.UTC))
        only_count()
        assert list(differences()) == []
        for day in (dt.date(2026, 1, 1), dt.date(2026, 7, 1)):
            quarter = standings(By.REP, Period.QUARTER, day).enrolled
            months = (standings(By.REP, Period.MONTH, day.replace(month=day.month + n)).enrolled for n in range(3))
            assert quarter == sum(months)
        transaction.set_rollback(True)


def only_count() -> None:
    """Relay the counting alone: these events have no nomination that others could be told of."""
    from refprogram.kernel.stream import relay  # noqa: PLC0415

    while relay(handler="nominations.handlers.count"):
        pass


def test_a_wrong_figure_is_found(rep: User) -> None:
    enrolled(rep, 1)
    sentences = list(differences())
    assert len(sentences) == 12  # four periods of rep, team and region
    assert sentences[0] == (
        f"nominations.enrolled of region {rep.team.region_id}, month from 2026-11-01: kept 1, the stream says 0"
    )
    assert Rollup.objects.count() == 12
    assert sweep() == 0


def test_who_would_rather_not_be_named_is_a_colleague_for_others(cast: Cast) -> None:
    """The place stays; the name is for themselves, for who leads their team and for who sees every nomination."""
    enrolled(cast.rep, 5)
    enrolled(cast.other_team_rep, 7)
    choose(user=cast.rep, in_ranks=False, in_feed=True)

    named = {who: shown("rep", cast[who])[1][1] for who in ("rep", "manager", "marketer", "support", "other_team_rep")}
    assert named == {
        "rep": "Rhea Rep", "manager": "Rhea Rep", "marketer": "Rhea Rep",
        "support": "A colleague", "other_team_rep": "A colleague",
    }  # fmt: skip
    hidden = standings("rep", *Q4, viewer=cast.support).lines[1]
    assert (hidden.rank, hidden.enrolled, hidden.public_id, hidden.sub) == (2, 5, "", "")
    mail = digest.everyone(By.REP, Span(*Q4), dt.date(2026, 11, 16))
    assert [line.name for line in mail.lines][:2] == ["Olga Outsider", "A colleague"]


# ---------------------------------------------------------------- the Monday digest


def test_the_monday_mail(cast: Cast, drain: Callable[[], int], mailoutbox: Any, time_machine: Any) -> None:
    time_machine.move_to("2026-11-23 07:30Z")  # Monday
    enrolled(UserFactory(name="Jonas Weber"), 4)
    enrolled(cast.rep, 1)
    enrolled(cast.rep, 2, "2026-11-18")
    bystanders = cast.marketer, cast.judge
    leaders = cast.manager, cast.sales_head

    assert digest.send_weekly_digest() == 4  # Jonas, the rep, the manager, the head of sales
    assert digest.send_weekly_digest() == 0
    drain()

    (mine,) = mails_to(cast.rep, mailoutbox)
    assert mine.subject == "You are 2nd of 2 this quarter"
    assert "2 more pass Jonas Weber." in mine.body
    assert "1. Jonas Weber: 4\n2. Rhea Rep: 3  <" in mine.body
    assert subjects_to(cast.manager, mailoutbox) == ["Your team is 1st of 1 this quarter"]
    assert subjects_to(cast.sales_head, mailoutbox) == ["7 references enrolled this quarter"]
    assert [len(mails_to(reader, mailoutbox)) for reader in (*leaders, *bystanders)] == [1, 1, 0, 0]


def test_no_mail_about_nothing(cast: Cast) -> None:
    assert cast.rep
    assert digest.send_weekly_digest() == 0
