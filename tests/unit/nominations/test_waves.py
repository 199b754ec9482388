"""Waves: who is asked when, changing one that runs, and the pace of intake. 2 November 2026 is a Monday."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from nominations.enums import NominationState
from nominations.models import Cohort, CohortMember, Nomination, Wave
from nominations.waves import selectors, services
from nominations.waves.enums import WaveCut, WaveState
from nominations.waves.services import Planned
from nominations.waves.tasks import run_waves
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.people.enums import Role
from refprogram.people.models import User
from tests.factories.campaigns import CampaignFactory, WaveFactory, under_way
from tests.factories.nominations import NominationFactory
from tests.factories.people import UserFactory
from tests.mailbox import mails_to

pytestmark = pytest.mark.django_db
Drain = Callable[[], int]
MONDAY = "2026-11-02 09:00Z"


@pytest.fixture(autouse=True)
def _on_a_monday(time_machine: Any) -> None:
    time_machine.move_to(MONDAY)


def planned(wave: Wave, **changes: Any) -> list[Planned]:
    """Return the cohorts as they are kept; `changes` name the second one's."""
    rows = wave.cohorts.order_by("number")
    found = [Planned(row.name, row.opens_on, row.closes_on, row.rule) for row in rows]
    second = {"name": found[1].name, "opens_on": found[1].opens_on, "closes_on": found[1].closes_on}
    found[1] = Planned(**{**second, "rule": found[1].rule, **changes})
    return found


def halves(wave: Wave) -> Wave:
    """Ask names up to M first, then the others."""
    rows = [("A–M", {"from": "", "to": "M"}), ("N–Z", {"from": "N", "to": ""})]
    dates = wave.cohorts.order_by("number").values_list("opens_on", "closes_on")
    cohorts = [Planned(name, *when, rule) for (name, rule), when in zip(rows, dates, strict=True)]
    services.plan_cohorts(wave=wave, actor=wave.owner, cohorts=cohorts)
    return wave


def members(wave: Wave, number: int) -> set[str]:
    return set(
        CohortMember.objects.filter(cohort__wave=wave, cohort__number=number).values_list(
            "user__person__name", flat=True
        )
    )


# ---------------------------------------------------------------- cohorts


def test_a_cohort_opens_on_its_day_with_its_people_and_they_are_told_once(drain: Drain, mailoutbox: Any) -> None:
    abel, zimmer = UserFactory(name="Ana Abel"), UserFactory(name="Zoe Zimmer")
    wave = under_way(halves(WaveFactory(actor=UserFactory(name="Mia Manager"))))
    run_waves()
    run_waves()
    drain()

    assert "Ana Abel" in members(wave, 1)
    assert not members(wave, 2)
    assert len(mails_to(abel, mailoutbox)) == 1
    assert not mails_to(zimmer, mailoutbox)


def test_nobody_is_in_two_cohorts_even_after_a_new_name(time_machine: Any) -> None:
    abel = UserFactory(name="Ana Abel")
    wave = under_way(halves(WaveFactory(days_each=10)))
    abel.person.name = "Ana Zimmer"
    abel.person.save()
    time_machine.move_to("2026-11-12 09:00Z")
    services.go_by_the_calendar(wave_id=wave.pk)

    assert CohortMember.objects.filter(wave=wave, user=abel).count() == 1
    assert "Ana Zimmer" in members(wave, 1)


def test_newcomers_join_their_own_cohort_or_the_next_one_when_that_is_over(time_machine: Any) -> None:
    wave = under_way(halves(WaveFactory(days_each=10)))
    UserFactory(name="Bo Brand")
    services.go_by_the_calendar(wave_id=wave.pk)
    assert "Bo Brand" in members(wave, 1)

    time_machine.move_to("2026-11-12 09:00Z")
    services.go_by_the_calendar(wave_id=wave.pk)
    UserFactory(name="Cy Carl")
    services.go_by_the_calendar(wave_id=wave.pk)

    assert "Cy Carl" in members(wave, 2)


def test_a_cohort_whose_day_is_a_sunday_opens_on_monday(time_machine: Any) -> None:
    wave = WaveFactory(starts_on=dt.date(2026, 11, 8))
    services.start_wave(wave=wave, actor=wave.owner)
    opened = {}
    for day in ("2026-11-07", "2026-11-08", "2026-11-09"):
        time_machine.move_to(f"{day} 09:00Z")
        services.go_by_the_calendar(wave_id=wave.pk)
        opened[day] = wave.cohorts.filter(opened_at__isnull=False).count()

    assert opened == {"2026-11-07": 0, "2026-11-08": 0, "2026-11-09": 1}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2027-03-28 21:59Z", "2027-03-28 22:00Z"),  # the night of the 28th to 29th, summer time since that morning
        ("2026-10-25 22:59Z", "2026-10-25 23:00Z"),  # back in winter time since that morning
    ],
)
def test_a_cohort_opens_at_midnight_of_the_programs_zone_also_when_clocks_change(
    time_machine: Any, settings: Any, before: str, after: str
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    first = dt.datetime.fromisoformat(after).date() + dt.timedelta(days=1)
    time_machine.move_to(dt.datetime.fromisoformat(before) - dt.timedelta(days=3))
    wave = WaveFactory(starts_on=first)
    services.start_wave(wave=wave, actor=wave.owner)

    time_machine.move_to(before)
    services.go_by_the_calendar(wave_id=wave.pk)
    early = wave.cohorts.filter(opened_at__isnull=False).count()
    time_machine.move_to(after)
    services.go_by_the_calendar(wave_id=wave.pk)

    assert (early, wave.cohorts.filter(opened_at__isnull=False).count()) == (0, 1)


def test_a_wave_ends_by_itself_after_its_last_cohort(time_machine: Any) -> None:
    wave = under_way(WaveFactory(days_each=5))
    for day in range(3, 20):
        time_machine.move_to(f"2026-11-{day:02d} 09:00Z")
        services.go_by_the_calendar(wave_id=wave.pk)

    wave.refresh_from_db()
    assert wave.state == WaveState.ENDED
    assert not wave.cohorts.filter(closed_at__isnull=True).exists()


def test_a_wave_of_a_campaign_asks_its_audience_alone(rep: User, support: User) -> None:
    wave = under_way(WaveFactory(campaign=CampaignFactory(roles=[Role.REP]), parts=1))

    asked = set(CohortMember.objects.filter(wave=wave).values_list("user", flat=True))

    assert rep.pk in asked
    assert support.pk not in asked


@pytest.mark.parametrize("cut", [WaveCut.TEAM, WaveCut.REGION, WaveCut.HASH])
def test_every_cut_asks_everybody_once(cast: Any, cut: WaveCut) -> None:
    people = {cast.rep.pk, cast.other_team_rep.pk, cast.marketer.pk, cast.manager.pk}
    wave = under_way(WaveFactory(cut=cut, parts=2, days_each=1))
    Cohort.objects.filter(wave=wave, opened_at=None).update(opens_on=dt.date(2026, 11, 2))
    services.go_by_the_calendar(wave_id=wave.pk)

    assert people <= set(CohortMember.objects.filter(wave=wave).values_list("user", flat=True))


# ---------------------------------------------------------------- changing one that runs


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rule": {"from": "M", "to": ""}}, "from_2"),
        ({"rule": {"from": "P", "to": ""}}, "to_1"),
        ({"opens_on": dt.date(2026, 11, 1)}, "opens_on_2"),
        ({"closes_on": dt.date(2026, 11, 1)}, "closes_on_2"),
    ],
)
def test_a_wrong_plan_is_refused_beside_its_field(change: dict[str, Any], field: str) -> None:
    wave = halves(WaveFactory())

    with pytest.raises(InvalidInput) as refused:
        services.plan_cohorts(wave=wave, actor=wave.owner, cohorts=planned(wave, **change))

    assert field in refused.value.errors


def test_what_is_to_come_may_be_moved_while_it_runs_and_what_has_opened_stays() -> None:
    wave = under_way(halves(WaveFactory()))
    later = dt.date(2027, 1, 11)

    services.plan_cohorts(
        wave=wave, actor=wave.owner,
        cohorts=planned(wave, opens_on=later, closes_on=later + dt.timedelta(days=9)),
    )  # fmt: skip

    first, second = wave.cohorts.order_by("number")
    assert (first.opens_on, second.opens_on) == (dt.date(2026, 11, 2), later)


def test_a_change_that_would_move_an_opened_cohort_is_refused_and_changes_nothing() -> None:
    wave = under_way(halves(WaveFactory()))
    cohorts = planned(wave)
    first = cohorts[0]
    moved = [Planned(first.name, first.opens_on + dt.timedelta(days=1), first.closes_on, first.rule), cohorts[1]]
    other = [Planned(first.name, first.opens_on, first.closes_on, {"from": "", "to": "K"}), cohorts[1]]

    for wrong, field in ((moved, "opens_on_1"), (other, "to_1")):
        with pytest.raises(InvalidInput) as refused:
            services.plan_cohorts(wave=wave, actor=wave.owner, cohorts=wrong)
        assert field in refused.value.errors
    with pytest.raises(InvalidInput):
        services.change_wave(wave=wave, actor=wave.owner, cut=WaveCut.HASH)
    with pytest.raises(InvalidInput):
        services.change_wave(wave=wave, actor=wave.owner, parts=5)

    assert planned(wave) == cohorts


def test_other_days_between_openings_spread_what_is_to_come_alone() -> None:
    wave = under_way(WaveFactory(parts=3))

    services.change_wave(wave=wave, actor=wave.owner, days_each=10)

    opens = list(wave.cohorts.order_by("number").values_list("opens_on", flat=True))
    assert opens == [dt.date(2026, 11, day) for day in (2, 12, 22)]


def test_a_wave_with_somebody_left_out_does_not_start(rep: User, marketer: User) -> None:
    wave = WaveFactory(cut=WaveCut.TEAM, roles=[Role.REP], actor=marketer)
    UserFactory(role=Role.REP, team=None)

    with pytest.raises(DomainError, match="Nobody asks"):
        services.start_wave(wave=wave, actor=wave.owner)


def test_there_is_one_wave_at_a_time() -> None:
    under_way(WaveFactory(name="First"))

    with pytest.raises(DomainError, match="First is under way"):
        under_way(WaveFactory())


# ---------------------------------------------------------------- pause and go on


def test_what_was_due_in_a_pause_opens_so_much_later(time_machine: Any) -> None:
    wave = under_way(WaveFactory(parts=3, days_each=10))
    services.pause_wave(wave=wave, actor=wave.owner, reason="Two screeners are ill.")
    time_machine.move_to("2026-11-16 09:00Z")
    services.go_by_the_calendar(wave_id=wave.pk)
    assert wave.cohorts.filter(opened_at__isnull=False).count() == 1

    services.resume_wave(wave=wave, actor=wave.owner)

    opens = list(wave.cohorts.order_by("number").values_list("opens_on", flat=True))
    assert opens == [dt.date(2026, 11, day) for day in (2, 16, 26)]


def test_a_pause_by_hand_needs_a_reason_and_is_not_ended_by_the_backlog() -> None:
    wave = under_way(WaveFactory())
    with pytest.raises(InvalidInput):
        services.pause_wave(wave=wave, actor=wave.owner, reason=" ")
    services.pause_wave(wave=wave, actor=wave.owner, reason="Two screeners are ill.")

    assert services.keep_pace() is None


def test_the_backlog_pauses_a_wave_and_lets_it_go_on_below_half_of_it(
    marketer: User, drain: Drain, mailoutbox: Any
) -> None:
    wave = under_way(WaveFactory(actor=marketer, in_work=50, per_day=1, pause_after_days=4))
    nominations = [NominationFactory() for _number in range(5)]
    services.keep_pace()
    wave.refresh_from_db()
    assert (wave.state, wave.pause_reason) == (WaveState.PAUSED, "")
    for nomination in nominations[:3]:
        Nomination.objects.filter(pk=nomination.pk).update(state=NominationState.WITHDRAWN)
    services.keep_pace()
    wave.refresh_from_db()
    assert wave.state == WaveState.PAUSED  # two of four days: not below half
    Nomination.objects.filter(pk=nominations[3].pk).update(state=NominationState.WITHDRAWN)
    services.keep_pace()
    services.keep_pace()
    drain()

    wave.refresh_from_db()
    assert wave.state == WaveState.RUNNING
    told = marketer.person.notices.filter(kind="nominations.wave").values_list("text", flat=True)
    assert [("pauses" in text, "goes on" in text) for text in told.order_by("pk")] == [(True, False), (False, True)]


# ---------------------------------------------------------------- intake


def test_without_a_wave_nothing_waits(rep: User) -> None:
    NominationFactory.create_batch(3)

    assert selectors.intake(rep) == selectors.Intake(queue=False)


def test_beyond_the_room_of_screening_it_waits_until_a_day_that_is_said(rep: User) -> None:
    wave = under_way(WaveFactory(parts=1, in_work=2, per_day=1))
    NominationFactory()
    assert not selectors.intake(rep).queue
    NominationFactory()

    found = selectors.intake(rep)

    assert found.queue
    assert found.cohort is not None
    assert found.cohort.wave_id == wave.pk
    assert found.expected_on == dt.date(2026, 11, 3)  # one must be decided: one working day


def test_a_paused_wave_queues_whatever_comes_in(rep: User) -> None:
    wave = under_way(WaveFactory())
    services.pause_wave(wave=wave, actor=wave.owner, reason="Two screeners are ill.")

    assert selectors.intake(rep).queue


def test_who_waits_longest_is_let_in_when_room_frees(marketer: User, drain: Drain) -> None:
    wave = under_way(WaveFactory(in_work=1))
    first, second, third = (NominationFactory() for _number in range(3))
    states = [Nomination.objects.get(pk=row.pk).state for row in (first, second, third)]
    assert states[1:] == [NominationState.QUEUED] * 2

    Nomination.objects.filter(pk=first.pk).update(state=NominationState.WITHDRAWN)
    assert services.admit() == 1
    assert services.admit() == 0

    second.refresh_from_db()
    third.refresh_from_db()
    assert second.state in selectors.IN_WORK
    assert third.state == NominationState.QUEUED
    services.end_wave(wave=wave, actor=marketer)
    assert services.admit() == 1
