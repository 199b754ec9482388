"""Who answers for whom, who sees whom, how people are called."""

import datetime as dt

import pytest
from django.utils import timezone

from refprogram.people import selectors
from refprogram.people.enums import Privilege, UserState
from refprogram.people.models import User
from tests.factories.people import DelegationFactory, PersonFactory, RestrictionFactory, UserFactory

TODAY = dt.date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC), tick=False)


# ---------------------------------------------------------------- who answers


def test_one_answers_for_oneself(rep):
    assert selectors.who_answers_for(rep) == rep


def test_who_stands_in_answers(cast):
    DelegationFactory(principal=cast.rep, delegate=cast.support, starts_on=TODAY, ends_on=TODAY)
    assert selectors.who_answers_for(cast.rep) == cast.support
    assert list(selectors.acts_for(cast.support)) == [cast.rep]


@pytest.mark.parametrize("days", [(1, 5), (-5, -1)], ids=["later", "over"])
def test_only_on_the_days_named(cast, days):
    first, last = (TODAY + dt.timedelta(days=day) for day in days)
    DelegationFactory(principal=cast.rep, delegate=cast.support, starts_on=first, ends_on=last)
    assert selectors.who_answers_for(cast.rep) == cast.rep
    assert not selectors.acts_for(cast.support).exists()


def test_an_inactive_agents_manager_answers(cast):
    agent = UserFactory(team=cast.north, is_active=False)
    assert selectors.who_answers_for(agent) == cast.manager


def test_else_a_marketer_answers(cast):
    agent = UserFactory(is_active=False)
    cast.marketer  # noqa: B018 - comes in
    assert selectors.who_answers_for(agent) == cast.marketer


def test_an_inactive_manager_is_passed_over(cast):
    agent = UserFactory(team=cast.north, is_active=False)
    User.objects.filter(pk=cast.manager.pk).update(is_active=False)
    cast.marketer  # noqa: B018 - comes in
    assert selectors.who_answers_for(agent) == cast.marketer


def test_a_delegate_who_left_is_passed_over(cast):
    DelegationFactory(principal=cast.rep, delegate=UserFactory(is_active=False))
    assert selectors.who_answers_for(cast.rep) == cast.rep


def test_where_nobody_can_it_stays(db):
    agent = UserFactory(is_active=False)
    assert selectors.who_answers_for(agent) == agent


# ---------------------------------------------------------------- who sees whom


def test_program_people_see_all(cast):
    everybody = {cast.rep, cast.other_team_rep, cast.marketer, cast.manager}
    assert everybody <= set(selectors.visible_to(cast.marketer))


def test_a_manager_sees_the_team(cast):
    team = {cast.manager, cast.rep, cast.support}
    cast.other_team_rep  # noqa: B018 - comes in
    assert set(selectors.visible_to(cast.manager)) == team


def test_others_see_themselves(cast):
    cast.support  # noqa: B018 - comes in
    assert set(selectors.visible_to(cast.rep)) == {cast.rep}


def test_state(db):
    states = {
        UserState.ACTIVE: UserFactory(last_login=timezone.now()),
        UserState.INVITED: UserFactory(),
        UserState.INACTIVE: UserFactory(is_active=False, last_login=timezone.now()),
    }
    found = {user.pk: user for user in selectors.with_state(User.objects.all())}
    for state, user in states.items():
        assert found[user.pk].standing == state == user.state


# ---------------------------------------------------------------- names


def test_an_erased_person_is_someone(cast):
    erased = PersonFactory(name="", email="", erased_at=timezone.now())
    contact = PersonFactory(name="Marieke Jansen")
    wanted = [erased.pk, contact.pk, cast.rep.person_id]
    labels = selectors.person_labels(wanted, cast.other_team_rep)
    assert [labels[pk].text for pk in wanted] == ["someone", "Marieke Jansen", "Rhea Rep"]
    assert {label.url for label in labels.values()} == {""}


@pytest.mark.parametrize(
    ("viewer", "linked"),
    [("marketer", True), ("manager", True), ("rep", True), ("other_team_manager", False), ("executive", False)],
)
def test_a_name_is_a_link_for_who_may_open_it(cast, viewer, linked):
    label = selectors.user_labels([cast.rep.pk], cast[viewer])[cast.rep.pk]
    cast.north  # noqa: B018 - is led
    assert label == ("Rhea Rep", cast.rep.get_absolute_url() if linked else "")


# ---------------------------------------------------------------- restrictions


@pytest.mark.parametrize(
    ("fields", "binds"),
    [
        ({}, True),
        ({"ends_at": dt.datetime(2026, 11, 2, 9, 1, tzinfo=dt.UTC)}, True),
        ({"ends_at": dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)}, False),
        ({"starts_at": dt.datetime(2026, 11, 3, tzinfo=dt.UTC)}, False),
        ({"lifted_at": dt.datetime(2026, 11, 1, tzinfo=dt.UTC)}, False),
        ({"privilege": Privilege.SELF_SERVE}, False),
    ],
    ids=["open", "ends later", "has ended", "begins later", "lifted", "another"],
)
def test_restriction_of(rep, fields, binds):
    restriction = RestrictionFactory(user=rep, **fields)
    found = selectors.restriction_of(rep, Privilege.REQUEST_REFERENCES)
    assert found == (restriction if binds else None)
