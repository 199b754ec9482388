"""Who sees which nomination, the queue, and the desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nominations import selectors, services
from nominations.enums import NominationState
from nominations.models import Nomination
from refprogram.people.models import User
from tests.cast import ROLES, Cast
from tests.factories.nominations import NominationFactory, screened
from tests.factories.references import AccountFactory

pytestmark = pytest.mark.django_db
SEE_ALL = {"marketer", "admin", "sales_head", "executive", "finance", "legal"}


@pytest.mark.parametrize("role", ROLES)
def test_who_sees_a_nomination_of_another_team(cast: Cast, role: str) -> None:
    NominationFactory(nominator=cast.other_team_rep)
    assert selectors.visible_to(cast[role]).exists() == (role in SEE_ALL)


def test_the_owner_and_the_manager_of_the_nominator_see_it(cast: Cast) -> None:
    nomination = NominationFactory(nominator=cast.rep, account=AccountFactory(owner=cast.other_team_rep))
    assert list(selectors.visible_to(cast.other_team_rep)) == [nomination]
    assert list(selectors.visible_to(cast.manager)) == [nomination]
    assert list(selectors.visible_to(cast.other_team_manager)) == []
    assert list(selectors.visible_to(cast.support)) == []


def queue_of(number: int) -> list[Nomination]:
    return [screened(NominationFactory()) for _number in range(number)]


def test_the_queue_begins_with_the_oldest(marketer: User) -> None:
    first, second, _third = queue_of(3)
    place = selectors.queue_place()
    assert (place.nomination, place.number, place.of, place.next_id) == (first, 1, 3, second.public_id)


def test_after_a_decision_comes_the_next(marketer: User) -> None:
    _first, second, third = queue_of(3)
    services.refuse(nomination=second, actor=marketer, reason="No need")
    place = selectors.queue_place(after=second.public_id)
    assert (place.nomination, place.number, place.of) == (third, 2, 2)


def test_after_the_last_comes_the_first(marketer: User) -> None:
    first, second = queue_of(2)
    services.refuse(nomination=second, actor=marketer, reason="No need")
    assert selectors.queue_place(after=second.public_id).nomination == first


def test_an_empty_queue_has_no_place() -> None:
    assert selectors.queue_place(wanted="nonsense", after="nonsense").nomination is None


def test_stages_are_all_named() -> None:
    queue_of(2)
    assert selectors.stage_counts() == {**dict.fromkeys(NominationState.values, 0), "screening": 2}


# ---------------------------------------------------------------- the desk


def titles(user: User) -> list[str]:
    return [item.title for item in selectors.desk_items(user)]


def test_the_owner_answers_on_the_desk(rep: User) -> None:
    NominationFactory(account=AccountFactory(name="Kestrel", owner=rep))
    (item,) = selectors.desk_items(rep)
    assert item.title == "Kestrel: still a happy customer?"
    assert [(action.label, action.post) for action in item.actions] == [
        ("Still true", True),
        ("Something changed", False),
    ]
    assert item.actions[0].fields == {"answer": "still_true", "next": "/"}


def test_the_queue_is_one_line_with_its_number(marketer: User, rep: User) -> None:
    queue_of(3)
    assert titles(marketer) == ["3 nominations to screen"]
    assert titles(rep) == []


def test_an_outcome_stays_for_some_days(rep: User, marketer: User, time_machine: object) -> None:
    nomination = screened(NominationFactory(nominator=rep, account=AccountFactory(name="Oriel Bank")))
    services.refuse(nomination=nomination, actor=marketer, reason="We have eleven")
    (item,) = selectors.desk_items(rep)
    assert (item.title, item.detail) == ("Oriel Bank: not approved", "We have eleven")


@pytest.mark.parametrize("role", ROLES)
def test_a_desk_costs_two_queries_at_most(cast: Cast, role: str) -> None:
    user = cast[role]
    queue_of(2)
    for _number in range(3):
        NominationFactory(account=AccountFactory(owner=user))
    with CaptureQueriesContext(connection) as sent:
        selectors.desk_items(user)
    assert len(sent) <= (0 if role == "judge" else 2)
