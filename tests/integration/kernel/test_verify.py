"""`manage.py verify` asks every room, and says what does not hold."""

import pytest
from django.core.management import CommandError, call_command

from incentives.models import Wallet
from tests.factories.incentives import booked
from tests.factories.nominations import NominationFactory

pytestmark = pytest.mark.django_db


def test_what_people_do_breaks_nothing(drain, rep, capsys):
    NominationFactory(nominator=rep)
    booked(30, person=rep.person)
    drain()

    call_command("verify")

    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "verify: all good"
    assert "  ok   wallets = postings" in lines
    assert "  ok   nothing is undelivered for 10 minutes without a recorded failure" in lines


def test_what_is_broken_is_shown_with_its_rows_and_the_exit_code_is_1(rep, capsys):
    booked(30, person=rep.person)
    Wallet.objects.update(available=31)

    with pytest.raises(CommandError) as refusal:
        call_command("verify")

    assert refusal.value.returncode == 1
    told = capsys.readouterr().out
    assert "  FAIL wallets = postings" in told
    assert "kept=31 posted=30" in told
