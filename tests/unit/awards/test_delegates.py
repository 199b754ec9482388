"""A manager with a tie: what is masked for them, who runs the category instead, the glass that is broken in need."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from awards import visibility
from awards.judging import services
from awards.judging.selectors import running
from awards.models import GlassBroken
from awards.results.ties import may_look, with_ties
from refprogram.kernel.errors import DomainError, InvalidInput
from tests.factories.judging import judging
from tests.factories.people import UserFactory
from tests.factories.results import certifier
from tests.mailbox import mails_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def tied(marketer):
    """A round of two entries, one of a customer whom the contest's own manager looks after."""
    room = judging(entries=2, owner=marketer)
    account = room.places[0].entry.account
    account.owner = marketer
    account.save(update_fields=["owner"])
    return room


def category_of(room):
    return room.contest.categories.get()


def test_nothing_of_the_category_is_shown_to_a_manager_with_a_tie_and_all_to_another(tied, marketer):
    other = UserFactory(role="marketer")

    assert not running.visible_assignments(marketer).exists()
    assert not running.categories_for(tied.contest, marketer).exists()
    assert running.visible_assignments(other).count() == 2
    assert list(running.categories_for(tied.contest, other)) == [category_of(tied)]


def test_a_delegate_runs_that_category_and_nothing_else(tied, marketer, rep, drain, mailoutbox):
    category = category_of(tied)

    with pytest.raises(InvalidInput):
        services.name_delegate(category=category, user=marketer, by=marketer)
    services.name_delegate(category=category, user=rep, by=marketer)
    services.name_delegate(category=category, user=rep, by=marketer)
    drain()

    assert running.visible_assignments(rep).count() == 2
    assert list(running.covered_rounds(rep)) == [tied.round]
    assert not running.visible_rounds(rep).exists()
    assert not running.visible_judges(rep).exists()
    assert len(mails_to(rep, mailoutbox)) == 1
    assert f"/contests/judging/rounds/{tied.round.public_id}/coverage/" in mails_to(rep, mailoutbox)[0].body

    services.remove_delegate(category=category, by=marketer)
    assert not running.visible_assignments(rep).exists()


def test_the_glass_is_broken_with_a_reason_told_to_certifiers_and_closes_by_itself(
    tied, marketer, executive, drain, mailoutbox
):
    category = category_of(tied)
    certifier(tied.contest, executive)

    with pytest.raises(InvalidInput):
        services.break_glass(category=category, reason=" ", by=marketer)
    with pytest.raises(DomainError):
        services.break_glass(category=category, reason="Curious.", by=UserFactory(role="marketer"))
    first = services.break_glass(category=category, reason="A judge is stuck, nobody else is here.", by=marketer)
    again = services.break_glass(category=category, reason="Again.", by=marketer)
    drain()

    assert first == again
    assert running.visible_assignments(marketer).count() == 2
    assert may_look(with_ties(running.categories_in(tied.contest), marketer).get())
    (mail,) = mails_to(executive, mailoutbox)
    assert "in spite of a tie" in mail.subject
    assert "A judge is stuck" in mail.body
    assert not mails_to(marketer, mailoutbox)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=5), tick=False):
        assert visibility.masked_categories(marketer).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        GlassBroken.objects.update(reason="")
