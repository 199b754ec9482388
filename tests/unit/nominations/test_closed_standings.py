"""Credits, leagues, last places, and periods that are closed."""

import datetime as dt
import itertools
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nominations.periods import Span
from nominations.standings import closing, counting, policy
from nominations.standings.enums import By, League, ShownTo
from nominations.standings.models import StandingsSnapshot
from nominations.standings.proofs import proofs
from nominations.standings.ranking import standings
from refprogram.kernel.enums import Period
from refprogram.kernel.models import Event
from refprogram.kernel.program_settings.figures import room_of
from refprogram.kernel.program_settings.services import change
from refprogram.kernel.stream import Subject, emit, relay
from refprogram.people.models import User
from tests.cast import Cast
from tests.factories.people import LeaveFactory, UserFactory

pytestmark = pytest.mark.django_db
Q4 = (Period.QUARTER, dt.date(2026, 10, 1))
NOVEMBER = Span(Period.MONTH, dt.date(2026, 11, 1))
TOPICS = ("nomination.submitted", "nomination.approved", "nomination.enrolled", "nomination.first_act")
_numbers = itertools.count(1)


def happened(topic: str, at: str, *shared: tuple[User, int], in_gap: bool = False) -> Event:
    """Tell the stream of a nomination, and count it."""
    first = shared[0][0]
    told = [[user.person_id, user.team_id, user.team.region_id if user.team else None, n] for user, n in shared]
    return emit(
        topic,
        subject=Subject("nomination", next(_numbers)),
        payload={"nominator": first.person_id, "credits": told, "in_gap": in_gap},
        occurred_at=dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC),
    )


def count() -> None:
    while relay(handler=closing.COUNTER):
        pass


def broken() -> list[str]:
    return [row for proof in proofs() for row in proof.rows]


def test_who_shares_a_nomination_has_a_part_of_it(cast: Cast) -> None:
    happened("nomination.enrolled", "2026-11-10T12:00", (cast.rep, 70), (cast.other_team_rep, 30))
    happened("nomination.enrolled", "2026-11-11T12:00", (cast.other_team_rep, 100))
    count()
    lines = {line.name: (line.rank, float(line.enrolled)) for line in standings(By.REP, *Q4).lines}
    assert lines == {"Olga Outsider": (1, 1.3), "Rhea Rep": (2, 0.7)}
    assert broken() == []


def test_colleagues_of_one_team_share_one_for_the_team(cast: Cast) -> None:
    happened("nomination.enrolled", "2026-11-10T12:00", (cast.rep, 60), (cast.support, 40))
    count()
    (north,) = [line for line in standings(By.TEAM, *Q4).lines if line.name == "North"]
    assert (north.enrolled, north.per_head) == (1, 0.5)


def test_points_stand_beside_the_counts(cast: Cast) -> None:
    happened("nomination.approved", "2026-11-02T12:00", (cast.rep, 100), in_gap=True)
    happened("nomination.enrolled", "2026-11-10T12:00", (cast.rep, 100), in_gap=True)
    happened("nomination.enrolled", "2026-11-11T12:00", (cast.rep, 50), (cast.support, 50))
    happened("nomination.first_act", "2026-11-12T12:00", (cast.rep, 100))
    count()
    (mine, other) = standings(By.REP, *Q4).lines
    # Rhea: 1.5 approved in a gap, 4.5 enrolled in a gap, half of 3, and 2 for the first act.
    assert (float(mine.points), float(other.points)) == (9.5, 1.5)


def test_teams_are_ranked_by_what_a_head_brought(cast: Cast) -> None:
    UserFactory.create_batch(3, team=cast.south)
    for day in range(2, 5):
        happened("nomination.enrolled", f"2026-11-0{day}T12:00", (cast.other_team_rep, 100))
    happened("nomination.enrolled", "2026-11-10T12:00", (cast.rep, 100))
    count()
    lines = [(line.rank, line.name, line.enrolled, line.to_pass) for line in standings(By.TEAM, *Q4).lines]
    assert lines == [(1, "North", 1, 0), (2, "South", 3, 2)]  # 1 a head, 3/4 a head: five are more than one a head


def test_leagues(cast: Cast) -> None:
    novice = UserFactory(name="Nora New", hired_on=dt.date(2026, 6, 1))
    for user in (cast.rep, cast.support, novice):
        happened("nomination.enrolled", "2026-11-10T12:00", (user, 100))
    count()
    found = {
        league: sorted(line.name for line in standings(By.REP, *Q4, league=league).lines) for league in League.values
    }
    assert found[""] == ["Nora New", "Rhea Rep", "Sami Support"]
    assert (found["sales"], found["support"], found["new"]) == (
        ["Nora New", "Rhea Rep"],
        ["Sami Support"],
        ["Nora New"],
    )


def test_the_best_of_the_last_years(cast: Cast) -> None:
    for month, times in (("2026-02", 3), ("2026-08", 3), ("2026-11", 1)):
        for day in range(times):
            happened("nomination.enrolled", f"{month}-1{day}T12:00", (cast.rep, 100))
    count()
    best = standings(By.REP, *Q4, viewer=cast.rep).best
    assert best is not None
    assert (best.span.code, best.enrolled, best.now) == ("2026-Q3", 3, False)


def test_many_lines_are_cut_and_the_reader_is_shown_where_they_stand(cast: Cast) -> None:
    people = UserFactory.create_batch(60)
    for number, user in enumerate(people):
        for _again in range(1 + number // 10):
            happened("nomination.enrolled", "2026-11-10T12:00", (user, 100))
    happened("nomination.enrolled", "2026-11-10T12:00", (cast.rep, 50), (cast.other_team_rep, 50))
    count()
    table = standings(By.REP, *Q4, viewer=cast.rep)
    assert (len(table.lines), table.lines[0].rank, table.lines[0].enrolled) == (50, 1, 6)
    assert table.mine is not None
    assert (table.mine.rank, table.mine.to_pass, table.counted) == (61, 1, 62)
    assert [line.rank for line in table.around if line.rank < 61] == [51]
    further = standings(By.REP, *Q4, viewer=cast.rep, offset=50)
    assert {line.key for line in further.lines} | {line.key for line in table.lines} >= {
        user.person_id for user in (*people, cast.rep, cast.other_team_rep)
    }


# ---------------------------------------------------------------- the last places


def set_figures(cast: Cast, **values: Any) -> None:
    change(room=room_of(policy.Figures), values=values, user=cast.admin)


def ten(cast: Cast) -> list[User]:
    """Eight reps of north, who brought 0 to 7."""
    people = [UserFactory(name=f"Rep {n}", team=cast.north) for n in range(8)]
    for number, user in enumerate(people):
        for _again in range(number):
            happened("nomination.enrolled", "2026-11-10T12:00", (user, 100))
    count()
    return people


def test_managers_alone_read_the_last_places_of_their_team(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-11-20 09:00Z")
    ten(cast)
    found = {who: standings(By.REP, *Q4, viewer=cast[who]).last.lines for who in ("manager", "rep", "sales_head")}
    assert [line.name for line in found["manager"]][:3] == ["Rep 0", "Rep 1", "Rep 2"]
    assert (found["rep"], found["sales_head"]) == ((), ())
    assert standings(By.REP, *Q4, viewer=cast.other_team_manager).last.lines == ()


def test_who_is_on_leave_is_never_last(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-11-20 09:00Z")
    people = ten(cast)
    LeaveFactory(user=people[0], starts_on=dt.date(2026, 11, 16), ends_on=dt.date(2026, 11, 27))
    lines = standings(By.REP, *Q4, viewer=cast.manager).last.lines
    assert "Rep 0" not in [line.name for line in lines]


def test_nobody_is_last_among_few(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-11-20 09:00Z")
    happened("nomination.enrolled", "2026-11-10T12:00", (cast.rep, 100))
    count()
    last = standings(By.REP, *Q4, viewer=cast.manager).last
    assert (last.lines, "Too few" in last.why) == ((), True)


@pytest.mark.parametrize(
    ("mode", "rep", "outsider"),
    [
        (ShownTo.SELF, None, None),
        (ShownTo.ANONYMOUS, "", ""),
        (ShownTo.TEAM, "Rep 0", None),
        (ShownTo.PUBLIC, "Rep 0", "Rep 0"),
    ],
)
def test_who_reads_the_last_places_is_a_setting(
    cast: Cast, time_machine: Any, mode: ShownTo, rep: str | None, outsider: str | None
) -> None:
    time_machine.move_to("2026-11-20 09:00Z")
    ten(cast)
    set_figures(cast, last_shown_to=mode.value)
    for who, expected in (("rep", rep), ("other_team_rep", outsider)):
        names = [line.name for line in standings(By.REP, *Q4, viewer=cast[who]).last.lines]
        assert (expected in names) if expected is not None else names == []


# ---------------------------------------------------------------- closed periods


def closed(time_machine: Any, at: str = "2026-12-05 09:00Z") -> int:
    time_machine.move_to(at, tick=False)
    return closing.close_due()


def test_a_period_is_closed_some_days_after_its_end(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-11-10 09:00Z", tick=False)
    happened("nomination.enrolled", "2026-11-10T08:00", (cast.rep, 100))
    count()
    assert closed(time_machine, "2026-12-03 09:00Z") == 18  # the weeks of the 9th, 16th and 23rd: six rankings each
    assert closed(time_machine, "2026-12-04 09:00Z") == 6  # November
    assert closed(time_machine, "2026-12-04 10:00Z") == 0
    assert broken() == []


def test_a_closed_period_stays_as_it_was(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-11-10 09:00Z", tick=False)
    happened("nomination.enrolled", "2026-11-10T08:00", (cast.rep, 100))
    count()
    closed(time_machine)
    set_figures(cast, worth={"approved": 1, "enrolled": 30, "first_act": 2})
    late = happened("nomination.enrolled", "2026-11-28T08:00", (cast.support, 100))
    count()
    november = standings(By.REP, NOVEMBER.period, NOVEMBER.starts_on, viewer=cast.support)
    december = standings(By.REP, Period.MONTH, dt.date(2026, 12, 1))
    quarter = standings(By.REP, *Q4)
    assert [(line.name, line.enrolled, line.points) for line in november.lines if line.enrolled] == [("Rhea Rep", 1, 3)]
    assert november.closed_at is not None
    assert [(line.name, line.enrolled, line.late, line.points) for line in december.lines] == [
        ("Sami Support", 1, 1, 30)
    ]
    assert sorted((line.name, line.enrolled, line.late) for line in quarter.lines) == [
        ("Rhea Rep", 1, 0),
        ("Sami Support", 1, 0),
    ]
    assert late.pk > StandingsSnapshot.objects.latest("pk").last_event
    assert broken() == []


def test_nothing_is_closed_while_something_waits_to_be_counted(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-11-10 09:00Z", tick=False)
    happened("nomination.enrolled", "2026-11-10T08:00", (cast.rep, 100))
    count()
    happened("nomination.enrolled", "2026-11-10T08:30", (cast.rep, 100))
    assert closed(time_machine) == 0
    count()
    assert closed(time_machine) > 0
    assert standings(By.REP, NOVEMBER.period, NOVEMBER.starts_on).enrolled == 2


def test_a_changed_snapshot_is_found(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-11-10 09:00Z", tick=False)
    happened("nomination.enrolled", "2026-11-10T08:00", (cast.rep, 100))
    count()
    closed(time_machine)
    row = StandingsSnapshot.objects.get(by="rep", league="", period="month")
    row.lines[0]["enrolled"] = "7"
    row.save()
    assert any("closed with" in sentence for sentence in broken())


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(TOPICS),
        st.integers(0, 2),
        st.integers(1, 99),
        st.booleans(),
        st.integers(0, 80),
        st.sampled_from(["count", "close", "wait", "wait"]),
    ),
    max_size=10,
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS)
def test_standings_equal_a_recount_in_any_order(cast: Cast, time_machine: Any, events: list[Any]) -> None:
    """Shares, gaps, repeats, late ones, closings in between: what is kept is what the stream says."""
    people = (cast.rep, cast.support, cast.other_team_rep)
    with transaction.atomic():
        now = dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)
        for topic, who, percent, in_gap, days_back, then in events:
            now += dt.timedelta(days=9)
            time_machine.move_to(now, tick=False)
            at = (now - dt.timedelta(days=days_back)).replace(tzinfo=None).isoformat()
            event = happened(topic, at, (people[who], percent), (people[who - 1], 100 - percent), in_gap=in_gap)
            if then == "count":
                count()
                relay(handler=closing.COUNTER)  # a second time
            if then == "close":
                count()
                time_machine.move_to(now + dt.timedelta(hours=2), tick=False)
                closing.close_due()
            assert event.pk
        count()
        assert broken() == []
        year = standings(By.REP, Period.YEAR, dt.date(2026, 1, 1)).enrolled
        assert float(year) == sum(topic == "nomination.enrolled" for topic, *_rest in events)
        transaction.set_rollback(True)


def test_old_events_belong_to_their_nominator(cast: Cast) -> None:
    payload = {"nominator": cast.rep.person_id, "team": cast.rep.team_id, "region": None}
    assert counting.credits_of(payload) == [(cast.rep.person_id, cast.rep.team_id, None, 100)]
