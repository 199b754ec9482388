"""Prepared queries return what the queryset would, for every value, and in one query."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import BigIntegerField, CharField, Value
from django.db.models.functions import Concat

from refprogram.kernel.addresses import row_url
from refprogram.kernel.prepared import Among, Given, Prepared, Written
from refprogram.people.models import User
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_the_same_statement_serves_every_value(django_assert_num_queries: Callable[..., Any]) -> None:
    """Joined rows and annotations come along; each call has its own values."""
    prepared = Prepared(
        lambda: (
            User.objects.select_related("person")
            .filter(pk=Given("pk", BigIntegerField()))
            .annotate(greeting=Concat(Given("word", CharField()), Value(" "), "person__name"))
        )
    )
    users = [UserFactory(), UserFactory()]
    with django_assert_num_queries(2):
        for user in users:
            (found,) = prepared(pk=user.pk, word="Dear %s")
            assert found == user
            assert found.greeting == f"Dear %s {found.person.name}"
    assert prepared(pk=0, word="") == []


def test_a_portion_is_what_a_call_asks_for() -> None:
    """One statement for every page of a list."""
    prepared = Prepared(lambda: User.objects.filter(pk__gt=Given("pk", BigIntegerField())).order_by("pk"), portion=True)
    users = [UserFactory() for _number in range(3)]
    assert prepared(pk=0, start=1, most=1) == users[1:2]
    assert prepared(pk=users[0].pk, start=0, most=5) == users[1:]


def test_a_value_that_is_not_given_is_an_error() -> None:
    """Nobody gets other rows because a name was misspelt."""
    prepared = Prepared(lambda: User.objects.filter(pk=Given("pk", BigIntegerField())))
    with pytest.raises(KeyError):
        prepared(id=1)


def test_among_takes_any_number_of_ids(django_assert_num_queries: Callable[..., Any]) -> None:
    """None, one and two ids go through one statement."""
    prepared = Prepared(lambda: User.objects.filter(Among("pk", "ids")))
    users = [UserFactory(), UserFactory(), UserFactory()]
    with django_assert_num_queries(3):
        assert prepared(ids=[]) == []
        assert prepared(ids=[users[0].pk]) == [users[0]]
        assert {user.pk for user in prepared(ids=[users[1].pk, users[2].pk])} == {users[1].pk, users[2].pk}


def test_behind_a_pool_nothing_stays_in_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next transaction may run on another connection, which would know no plan of this one."""
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    prepared = Prepared(lambda: User.objects.filter(pk=Given("pk", BigIntegerField()), is_active=True))
    user = UserFactory()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        before = cursor.fetchone()
        assert prepared(pk=user.pk) == [user]
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone() == before


def test_what_can_never_be_found_is_not_asked_for(django_assert_num_queries: Callable[..., Any]) -> None:
    """A queryset that is empty by itself asks nothing."""
    prepared = Prepared(User.objects.none)
    with django_assert_num_queries(0):
        assert prepared() == []


def test_row_url_is_what_reverse_says() -> None:
    """The address of a row, without working it out for each."""
    assert row_url("references:account", "abc123") == "/accounts/abc123/"


@pytest.mark.django_db(transaction=True)
def test_few_ids_are_planned_once_and_many_as_the_database_likes() -> None:
    """The plan for a few ids is kept; it is asked for by this statement alone."""
    prepared = Prepared(lambda: User.objects.filter(Among("pk", "ids"), last_login__isnull=True))
    user = UserFactory()
    for _ in range(7):
        assert prepared(ids=[user.pk]) == [user]
    assert prepared(ids=[user.pk, *range(-100, 0)]) == [user]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s",
            ["%ANY(%last_login%"],
        )
        assert cursor.fetchall() == [(7, 1)]
        cursor.execute("SHOW plan_cache_mode")
        assert cursor.fetchone() == ("auto",)


@pytest.mark.parametrize("pooled", [False, True])
def test_a_statement_written_by_hand_has_holes_by_name(pooled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name may stand twice, more may be given than it asks for, less may not; in a session or behind a pool."""
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", pooled)
    statement = Written("people_user", "SELECT %(word)s::text, id FROM people_user WHERE id = %(id)s OR %(id)s < 0")
    user = UserFactory()
    for word in ("100 %", "it's"):
        assert statement.ask({"word": word, "id": user.pk, "nothing": 1}) == [(word, user.pk)]
    with pytest.raises(KeyError):
        statement.ask({"word": ""})
