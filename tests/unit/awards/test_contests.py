"""Contests: planned backwards, announced, moved; their plan, team, concept and questions."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from awards.contests import selectors, services, shown
from awards.contests.enums import CONTEST_MOVES, ContestState, Part, PrizeKind, Step
from awards.contests.seeds import LINES
from awards.contests.tasks import remind_of_plans
from awards.models import Contest, ContestMember, PlanItem
from references.accounts import clock
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput
from refprogram.kernel.models import Event
from refprogram.people.enums import Role
from tests.factories.contests import CategoryFactory, ContestFactory, PrizeFactory, QuestionFactory, moved, opened
from tests.factories.people import UserFactory
from tests.mailbox import mails_to

pytestmark = pytest.mark.django_db
Drain = Callable[[], int]
S = ContestState


def event_in(days: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days)


def days_before(contest: Contest, at: dt.datetime) -> int:
    zone = contest.tz
    return (contest.event_at.astimezone(zone).date() - at.astimezone(zone).date()).days


def test_windows_and_ten_steps_are_counted_backwards_from_the_event() -> None:
    contest = ContestFactory(event_at=event_in(365))

    assert days_before(contest, contest.opens_at) == 225
    assert days_before(contest, contest.closes_at) == 105
    assert contest.closes_at.astimezone(contest.tz).hour == 18
    assert contest.announce_at == contest.event_at
    items = selectors.plan_of(contest)
    assert len(items) == len(LINES)
    assert {item.step for item in items} == set(Step.values)
    by_key = {item.key: item.due_on for item in items}
    assert by_key["launch.open"] == contest.opens_at.astimezone(contest.tz).date()
    assert by_key["announce.stage"] == contest.event_at.astimezone(contest.tz).date()
    assert by_key["promote.review"] > by_key["announce.stage"]
    assert not shown.warnings_of(contest, items, clock.today())


def test_a_near_event_squeezes_the_plan_and_is_warned_of() -> None:
    contest = ContestFactory(event_at=event_in(100))

    items = selectors.plan_of(contest)

    assert contest.opens_at < contest.closes_at < contest.announce_at
    assert min(item.due_on for item in items) >= clock.today()
    warnings = shown.warnings_of(contest, items, clock.today())
    assert any("before the event" in words for words in warnings)


@pytest.mark.parametrize("days", [-400, 0, 13])
def test_an_event_that_is_too_near_is_refused(days: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        ContestFactory(event_at=event_in(days))

    assert "event_at" in refused.value.errors


@pytest.mark.parametrize("days", range(14, 400, 23))
def test_whatever_the_time_left_dates_follow_each_other(days: int) -> None:
    contest = ContestFactory(event_at=event_in(days))

    assert contest.opens_at < contest.closes_at < contest.announce_at


def test_who_made_it_runs_it_and_two_of_different_roles_certify() -> None:
    legal, executive, other = (
        UserFactory(role=Role.LEGAL), UserFactory(role=Role.EXECUTIVE), UserFactory(role=Role.EXECUTIVE),
    )  # fmt: skip

    contest = ContestFactory()

    parts = {(row.user_id, row.part) for row in ContestMember.objects.filter(contest=contest)}
    assert parts == {
        (contest.owner_id, Part.MANAGER), (executive.pk, Part.CERTIFIER), (legal.pk, Part.CERTIFIER),
    }  # fmt: skip
    assert other.pk not in {user for user, _part in parts}


def test_addresses_differ_and_pages_of_ours_are_not_taken() -> None:
    one, two, new = ContestFactory(name="Proof"), ContestFactory(name="Proof"), ContestFactory(name="New")

    assert [one.slug, two.slug, new.slug] == ["proof", "proof-2", "new-2"]


def test_an_award_comes_once_a_year() -> None:
    ContestFactory(series="Proof", year=2027)

    with pytest.raises(InvalidInput) as refused:
        ContestFactory(series="Proof", year=2027)

    assert "year" in refused.value.errors


def test_nothing_is_announced_without_a_category() -> None:
    contest = ContestFactory()

    with pytest.raises(DomainError):
        services.announce(contest, by=contest.owner)


@pytest.mark.parametrize("state", [S.DRAFT, S.ANNOUNCED, S.OPEN, S.CLOSED, S.SCREENING, S.JUDGING, S.DECIDED])
def test_every_step_that_the_table_does_not_list_is_refused(state: ContestState) -> None:
    contest = ContestFactory()
    Contest.objects.filter(pk=contest.pk).update(state=state)
    contest.refresh_from_db()

    for to in S:
        if to in CONTEST_MOVES[state]:
            continue
        with pytest.raises(IllegalMove):
            services.move(contest, to, by=contest.owner, reason="Try")


def test_ways_back_and_an_end_need_a_reason() -> None:
    contest = moved(ContestFactory(), S.CLOSED)

    with pytest.raises(InvalidInput):
        services.move(contest, S.OPEN, by=contest.owner)
    with pytest.raises(InvalidInput):
        services.cancel(contest, reason="  ", by=contest.owner)

    row = services.reopen_entries(contest, until=event_in(20), reason="Mails were late.", by=contest.owner)
    assert row.state == S.OPEN
    event = Event.objects.filter(topic="contest.moved").latest("pk")
    assert event.payload == {"from": "closed", "to": "open", "reason": "Mails were late."}


def test_closing_early_needs_a_reason_and_moves_the_deadline() -> None:
    contest = opened(ContestFactory())

    with pytest.raises(InvalidInput):
        services.close_entries(contest, by=contest.owner)
    row = services.close_entries(contest, by=contest.owner, reason="Called for by legal.")

    assert row.state == S.CLOSED
    assert row.closes_at <= timezone.now() + dt.timedelta(minutes=1)
    assert not services.can_take_entries(row, at=timezone.now() + dt.timedelta(minutes=2))


def test_publishing_is_told_and_stamped() -> None:
    contest = moved(ContestFactory(), S.PUBLISHED)

    contest.refresh_from_db()
    assert contest.published_at is not None
    assert Event.objects.filter(topic="contest.published", subject_id=contest.pk).count() == 1


def test_a_contest_that_is_over_is_not_changed() -> None:
    contest = services.cancel(ContestFactory(), reason="No money.", by=UserFactory(role="marketer"))

    with pytest.raises(DomainError):
        services.change(contest, by=contest.owner, tagline="New")
    with pytest.raises(DomainError):
        CategoryFactory(contest=contest)


def test_the_plan_moves_along_with_the_event() -> None:
    contest = ContestFactory()
    done, open_one = selectors.plan_of(contest)[:2]
    services.finish_item(done, by=contest.owner)

    services.change(
        contest, by=contest.owner, event_at=contest.event_at + dt.timedelta(days=30),
        announce_at=contest.announce_at + dt.timedelta(days=30),
    )  # fmt: skip

    assert PlanItem.objects.get(pk=done.pk).due_on == done.due_on
    assert PlanItem.objects.get(pk=open_one.pk).due_on == open_one.due_on + dt.timedelta(days=30)


def test_a_change_of_the_rules_after_the_launch_is_another_version() -> None:
    contest = ContestFactory()
    services.change(contest, by=contest.owner, rules_text="One")
    contest = opened(contest)

    row = services.change(contest, by=contest.owner, rules_text="Two")

    assert row.rules_version == 2


def test_owners_are_reminded_once_for_each_day_they_are_given(
    drain: Drain, time_machine: Any, mailoutbox: list[Any]
) -> None:
    contest = ContestFactory()
    item = selectors.plan_of(contest)[0]
    PlanItem.objects.exclude(pk=item.pk).filter(contest=contest).delete()
    time_machine.move_to(dt.datetime.combine(item.due_on - dt.timedelta(days=4), dt.time(9), tzinfo=dt.UTC))
    remind_of_plans()
    drain()
    assert not mails_to(contest.owner.person, mailoutbox)

    time_machine.move_to(dt.datetime.combine(item.due_on - dt.timedelta(days=3), dt.time(9), tzinfo=dt.UTC))
    for _again in range(2):
        remind_of_plans()
        drain()
    assert len(mails_to(contest.owner.person, mailoutbox)) == 1


def test_lines_of_a_part_become_whose_part_it_is() -> None:
    contest = ContestFactory()
    press = UserFactory(role=Role.MARKETER)

    member = services.add_member(contest, user=press, part=Part.PRESS, by=contest.owner)
    theirs = PlanItem.objects.filter(contest=contest, owner=press)

    assert set(theirs.values_list("step", flat=True)) == {Step.OVERVIEW, Step.LAUNCH, Step.WEB, Step.PROMOTE}
    services.remove_member(member, by=contest.owner)
    assert not theirs.exists()


def test_only_some_roles_certify_and_the_owner_runs_it() -> None:
    contest = ContestFactory()

    with pytest.raises(InvalidInput):
        services.add_member(contest, user=UserFactory(role=Role.REP), part=Part.CERTIFIER, by=contest.owner)
    with pytest.raises(DomainError):
        services.remove_member(contest.members.get(part=Part.MANAGER), by=contest.owner)


def test_a_name_is_a_vote_and_votes_count_once() -> None:
    contest = ContestFactory()
    colleague = UserFactory(role=Role.MARKETER)
    idea = services.propose_name(contest, name="The Proof Awards", by=contest.owner)
    again = services.propose_name(contest, name="the proof awards", by=colleague)
    services.vote_name(idea, by=colleague, on=True)

    assert again.pk == idea.pk
    assert selectors.ideas_of(contest, colleague)[0].votes == 2  # type: ignore[attr-defined]
    with pytest.raises(DomainError):
        services.drop_name(idea, by=UserFactory(role=Role.REP))
    assert services.take_name(idea, by=contest.owner).name == "The Proof Awards"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": " "}, "name"),
        ({"name": "Supply"}, "name"),
        ({"name": "A", "max_winners": 0}, "max_winners"),
        ({"name": "A", "min_score": Decimal(101)}, "min_score"),
        ({"name": "A", "kind": "colour"}, "kind"),
        ({"name": "A", "closes_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, "closes_at"),
    ],
)
def test_what_a_category_cannot_be(fields: dict[str, Any], wrong: str) -> None:
    contest = ContestFactory()
    CategoryFactory(contest=contest, name="Supply")

    with pytest.raises(InvalidInput) as refused:
        services.add_category(contest, by=contest.owner, **fields)

    assert list(refused.value.errors) == [wrong]


def test_what_it_takes_to_win_is_fixed_once_judging_begins() -> None:
    contest = ContestFactory()
    category = CategoryFactory(contest=contest)
    moved(contest, S.JUDGING)

    with pytest.raises(DomainError):
        services.change_category(category, by=contest.owner, max_winners=3)
    with pytest.raises(DomainError):
        CategoryFactory(contest=contest)
    assert services.change_category(category, by=contest.owner, description="More words").description


def test_the_peoples_choice_is_a_prize_of_its_own() -> None:
    category = CategoryFactory()

    with pytest.raises(InvalidInput):
        PrizeFactory(contest=category.contest, category=category, people_choice=True)
    with pytest.raises(InvalidInput):
        PrizeFactory(category=category)
    assert PrizeFactory(contest=category.contest, people_choice=True, kind=PrizeKind.BUZZ).pk


def test_questions_are_asked_once_answered_once_and_told(drain: Drain, mailoutbox: list[Any]) -> None:
    contest = ContestFactory()
    asker = UserFactory(role=Role.REP)
    question = services.ask(contest, text="May partners enter?", by=asker.person)
    same = services.ask(contest, text="may partners  enter?", by=contest.owner.person)
    drain()
    assert same.pk == question.pk
    assert len(mails_to(contest.owner.person, mailoutbox)) == 1

    services.answer(question, text="Yes, together with a customer.", public=True, by=contest.owner)
    services.answer(question, text="Yes, with a customer.", public=True, by=contest.owner)
    drain()

    assert len(mails_to(asker.person, mailoutbox)) == 1
    assert [row.answer for row in selectors.questions_of(contest, public=True)] == ["Yes, with a customer."]


def test_questions_without_an_answer_are_not_public() -> None:
    question = QuestionFactory()

    assert selectors.questions_of(question.contest, public=True) == []
    with pytest.raises(InvalidInput):
        services.answer(question, text=" ", public=True, by=question.contest.owner)


def test_questions_are_put_in_order() -> None:
    contest = ContestFactory()
    first, second, third = (QuestionFactory(contest=contest) for _n in range(3))

    services.order(contest, questions=[third], by=contest.owner)

    assert selectors.questions_of(contest) == [third, first, second]
