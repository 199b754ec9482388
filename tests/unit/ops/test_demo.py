"""The demo company: the same every time, never among real data, and sound. See also the company made once."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils.module_loading import import_string

from references.models import Account
from refprogram.ops.demo.maker import Maker
from refprogram.ops.management.commands.demo import build
from tests.demo import TODAY, facts, wanting_on_desks_of_the_field
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory

pytestmark = pytest.mark.django_db
SCALE = 40


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(TODAY, tick=False)


def demo(**options):
    call_command("demo", scale=SCALE, **options)


class UndoError(Exception):
    """Ends a demo whose facts have been read."""


def facts_of(seed):
    """Make the demo of a seed, read what one sees of it, and take it back."""
    found = {}
    try:
        with transaction.atomic():
            build(Maker(scale=SCALE, seed=seed))
            found = facts()
            raise UndoError
    except UndoError:
        return found


def test_a_seed_gives_its_own_company_and_always_the_same():
    first, second, other = facts_of(7), facts_of(7), facts_of(8)
    assert {key: first[key] == second[key] for key in first} == dict.fromkeys(first, True)
    assert first["accounts"] != other["accounts"]


def test_real_data_are_left_alone():
    UserFactory(email="anna@house.example")
    with pytest.raises(CommandError, match="real data"):
        demo()
    assert not Account.objects.exists()


def test_accounts_of_somebody_else_are_real_data():
    AccountFactory()
    with pytest.raises(CommandError, match="real data"):
        demo()


def test_if_empty_keeps_quiet_about_real_data():
    AccountFactory()
    demo(if_empty=True)
    assert Account.objects.count() == 1


def test_a_company_of_no_accounts_is_refused():
    with pytest.raises(CommandError, match="at least one"):
        call_command("demo", scale=0)


def test_each_field_desk_is_full_on_the_first_day_of_a_quarter(time_machine):
    time_machine.move_to("2026-10-01T12:00Z", tick=False)
    call_command("demo", scale=200)
    assert wanting_on_desks_of_the_field() == []


@pytest.mark.parametrize("scale", [1, 5])
def test_a_tiny_company_is_sound_as_well(settings, scale):
    call_command("demo", scale=scale)
    assert [p.name for path in settings.PROOFS for p in import_string(path)() if not p.holds] == []
