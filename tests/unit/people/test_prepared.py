"""Prepared queries over what a viewer may see: the same rows as `visible_to`, for every role and viewer."""

import pytest
from django.db.models import TextField
from django.http import Http404

from references.accounts import selectors as accounts
from references.models import Account
from refprogram.kernel.prepared import Given
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor
from tests.factories.people import TeamFactory, UserFactory
from tests.factories.references import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    """A rep in a team, and accounts of theirs, of nobody, and a reference."""
    rep: User = UserFactory(role=Role.REP, team=TeamFactory())
    AccountFactory(owner=rep, state="identified")
    AccountFactory(state="identified")
    AccountFactory(state="active")
    return rep


@pytest.mark.parametrize("role", list(Role))
def test_a_viewer_sees_the_rows_of_visible_to(owner: User, role: Role) -> None:
    """Two viewers of one role share the statement and not the rows."""
    prepared = PreparedFor(accounts.visible_to)
    stranger, near = UserFactory(role=role), UserFactory(role=role)
    near.managed_teams.add(owner.team)
    AccountFactory(owner=near, state="identified")
    for viewer in (stranger, near, stranger):
        assert {row.pk for row in prepared(viewer)} == {row.pk for row in accounts.visible_to(viewer)}


def test_a_row_that_may_not_be_seen_is_not_there(owner: User) -> None:
    """404, as for one that does not exist."""
    prepared = PreparedFor(lambda viewer: accounts.visible_to(viewer).filter(public_id=Given("public_id", TextField())))
    own = Account.objects.get(owner=owner)
    assert prepared.or_404(owner, public_id=own.public_id) == own
    with pytest.raises(Http404):
        prepared.or_404(UserFactory(role=Role.REP), public_id=own.public_id)


def test_who_has_left_sees_what_visible_to_says(owner: User) -> None:
    """Access that ended is another statement: a room may ask for it."""
    seen = PreparedFor(lambda viewer: accounts.visible_to(viewer) if viewer.is_active else Account.objects.none())
    assert seen(owner)
    owner.is_active = False
    assert seen(owner) == []


def test_visibility_that_asks_for_more_than_role_and_id_is_refused(owner: User) -> None:
    """Rows by team would be kept for the first viewer's team: it fails instead."""
    prepared = PreparedFor(lambda viewer: Account.objects.filter(owner__team=viewer.team_id))
    with pytest.raises(AttributeError):
        prepared(owner)
