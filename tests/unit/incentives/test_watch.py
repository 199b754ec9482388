"""The watch: what is odd is found once, and points are taken back by two people, never by who got them."""

import datetime as dt

import pytest

from incentives.ledger import sealing
from incentives.ledger.selectors import balance_of
from incentives.models import Look, WatchRound
from incentives.watch import policy, services, spotting
from incentives.watch.enums import LookState, Why
from refprogram.kernel.errors import IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.program_settings.figures import room_of
from refprogram.kernel.program_settings.services import change
from refprogram.kernel.stream import Subject, emit
from tests.factories.incentives import RuleFactory, saying

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _nobody_by_chance(settings, admin):
    settings.EVENT_HANDLERS = {
        topic: [name for name in names if name.startswith("incentives.handlers.")]
        for topic, names in settings.EVENT_HANDLERS.items()
    }
    figures(admin, sample=0, ring=2)


def figures(admin, **values):
    change(room=room_of(policy.Figures), values=values, user=admin)


@pytest.fixture
def rule():
    return RuleFactory(definition=saying("nomination.submitted", "nominator", 10))


def submitted(user, number, *, actor=None, at=NOON):
    who = {"payload": {"nominator": user.person_id}, "actor_id": (actor or user).person_id, "occurred_at": at}
    return emit("nomination.submitted", subject=Subject("nomination", number), **who)


def watched(drain):
    drain()
    assert spotting.watch_once() == 0  # what is not sealed yet waits
    sealing.seal()
    while spotting.watch_once():
        pass
    return {look.entry.event.subject_id: (look.person.name, look.why, look.facts) for look in Look.objects.all()}


def test_five_on_one_day_are_a_burst_and_looked_at_once(rule, rep, other_team_rep, drain):
    for number in range(5):
        submitted(rep, number)
    for number in range(5, 9):
        submitted(other_team_rep, number)
    submitted(other_team_rep, 9, at=NOON + dt.timedelta(days=1))

    found = watched(drain)

    assert found == {4: ("Rhea Rep", ["burst"], {"burst": 5})}
    assert spotting.watch_once() == 0
    assert WatchRound.objects.latest("upto").read == 10


def test_who_decides_about_their_own_points_is_found(rule, rep, marketer, drain):
    submitted(marketer, 1)
    submitted(rep, 2)
    for number in (1, 2):
        emit("nomination.approved", subject=Subject("nomination", number), actor_id=marketer.person_id, payload={})

    assert watched(drain) == {1: ("Mona Marlow", ["own"], {})}


def test_two_who_give_to_each_other_are_a_ring(rule, rep, other_team_rep, support, drain):
    for number in (1, 2):
        submitted(rep, number, actor=other_team_rep)
        submitted(other_team_rep, 10 + number, actor=rep)
        submitted(support, 20 + number, actor=rep)  # one way is no ring

    found = watched(drain)

    assert {(name, *why) for name, why, _facts in found.values()} == {("Rhea Rep", "ring"), ("Olga Outsider", "ring")}
    assert found[2][2] == {"ring": [other_team_rep.person_id, 2, 2]}


def test_a_part_is_drawn_by_a_key_that_nobody_knows(settings):
    drawn = [n for n in range(10_000) if spotting.drawn(n, 5)]
    settings.SECRET_KEY = "another"
    others = {n for n in range(10_000) if spotting.drawn(n, 5)}

    assert 400 < len(drawn) < 600
    assert len(others & set(drawn)) < 60


def look_at(user, admin, drain):
    submitted(user, 1)
    drain()
    figures(admin, sample=100)
    sealing.seal()
    spotting.watch_once()
    look = Look.objects.get()
    assert look.why == [Why.SAMPLE]
    return look


def test_taking_back_takes_two_and_never_who_gets_it(rule, rep, marketer, finance, admin, drain):
    look = look_at(rep, admin, drain)
    with pytest.raises(InvalidInput):
        services.doubt(look=look, reason=" ", actor=marketer)
    services.doubt(look=look, reason="Nobody there knows of it", actor=marketer)
    with pytest.raises(NotAllowed, match="somebody else"):
        services.confirm(look=look, actor=marketer)
    assert balance_of(rep.person) == 10

    ended = services.confirm(look=look, actor=finance)

    assert (balance_of(rep.person), ended.state, ended.reason) == (0, LookState.TAKEN_BACK, "Nobody there knows of it")
    with pytest.raises(IllegalMove):
        services.clear(look=look, reason="After all", actor=finance)
    with pytest.raises(NotAllowed):
        services.clear(look=look, reason="Mine", actor=rep)


def test_nobody_looks_at_their_own_points(rule, marketer, admin, drain):
    look = look_at(marketer, admin, drain)

    with pytest.raises(NotAllowed, match="your own"):
        services.clear(look=look, reason="Fine", actor=marketer)


def test_what_was_doubted_can_be_found_in_order(rule, rep, marketer, finance, admin, drain):
    look = look_at(rep, admin, drain)
    services.doubt(look=look, reason="Odd", actor=marketer)

    services.clear(look=look, reason="Seen the mail", actor=finance)

    assert balance_of(rep.person) == 10
    with pytest.raises(IllegalMove):
        services.confirm(look=look, actor=finance)
