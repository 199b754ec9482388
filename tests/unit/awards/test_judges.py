"""Judges: asked, ready, given work, giving it back."""

import datetime as dt

import pytest
import time_machine

from awards.entries import services as entries
from awards.judging import selectors, services
from awards.judging.enums import AssignmentState, ConflictKind, JudgeKind, JudgeState
from awards.judging.ordering import order_of
from awards.judging.services import reminding
from awards.models import ContestEntry, Judge
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.models import Event
from tests.factories.entries import eligible
from tests.factories.judging import JudgeFactory, accepted, judging, scored, scores
from tests.factories.people import PersonFactory
from tests.factories.references import ContactFactory

pytestmark = pytest.mark.django_db
A = AssignmentState


def save(room, work, *, revision=0, tab="t", level=4, **more):
    return services.save_ballot(
        assignment=work, scores=scores(room, level), comment="Because.", revision=revision, tab=tab, **more
    )


def state_of(row):
    row.refresh_from_db()
    return row.state


# ---------------------------------------------------------------- the panel


def test_a_judge_is_asked_by_mail_and_says_how_many(drain, mailoutbox):
    judge = JudgeFactory(person=PersonFactory(email="ana@analysts.example"))
    drain()

    judge = services.accept(judge=judge, cap=7)
    again = services.accept(judge=judge, cap=99)

    assert (again.state, again.load_cap) == (JudgeState.ACCEPTED, 7)
    assert "/s/" in mailoutbox[0].body


def test_who_declines_may_name_somebody_and_be_asked_again():
    judge = services.decline(judge=JudgeFactory(), reason="On leave", suggests="Bo Berg, bo@example.org")

    assert (judge.state, judge.suggests) == (JudgeState.DECLINED, "Bo Berg, bo@example.org")
    again = services.invite_judge(contest=judge.contest, person=judge.person, kind=judge.kind, by=judge.contest.owner)
    assert (again.pk, again.state) == (judge.pk, JudgeState.INVITED)


def test_nobody_is_ready_before_both_statements():
    judge = accepted()

    with pytest.raises(InvalidInput) as missing:
        services.onboard(judge=judge, nda=False, ties=[])

    assert set(missing.value.errors) == {"nda", "ties"}
    assert services.onboard(judge=judge, nda=True, ties=[], none=True).state == JudgeState.ONBOARDED


def test_an_invitation_runs_out_and_its_link_with_it():
    judge = JudgeFactory()

    with time_machine.travel(judge.invited_at + dt.timedelta(days=15), tick=False):
        reminding.chase_answers(now=judge.invited_at + dt.timedelta(days=15))

    assert state_of(judge) == JudgeState.EXPIRED


def test_who_is_silent_is_reminded_once(drain, mailoutbox):
    judge = JudgeFactory()
    drain()
    mailoutbox.clear()

    for day in (6, 7):
        reminding.chase_answers(now=judge.invited_at + dt.timedelta(days=day))
    drain()

    assert len(mailoutbox) == 1


def test_a_customer_who_may_not_be_written_to_is_not_asked():
    contact = ContactFactory(state="do_not_contact")

    with pytest.raises(DomainError):
        JudgeFactory(person=contact.person, kind=JudgeKind.CUSTOMER)


def test_who_is_removed_loses_open_work_and_keeps_what_they_scored():
    room = judging(entries=2)
    first, second = room.work
    scored(room, first)

    services.remove_judge(judge=room.judge, reason="Left the company.", by=room.contest.owner)

    assert (state_of(first), state_of(second)) == (A.SUBMITTED, A.REASSIGNED)
    assert len(selectors.ballots_of(room.round)) == 1


# ---------------------------------------------------------------- work


def test_nothing_is_given_where_a_tie_binds_or_beyond_the_load():
    room = judging(entries=2)
    tied_entry = eligible_later(room)
    services.set_conflict(judge=room.judge, entry=tied_entry.entry, reason="Client.", by=room.contest.owner)

    with pytest.raises(InvalidInput, match="tie"):
        services.assign_by_hand(round=room.round, place=tied_entry, judge=room.judge, by=room.contest.owner)

    services.change_judge(judge=room.judge, load_cap=2)
    third = eligible_later(room)
    with pytest.raises(InvalidInput, match="at most 2"):
        services.assign_by_hand(round=room.round, place=third, judge=room.judge, by=room.contest.owner)


def eligible_later(room):
    """Bring an entry into a contest that is being judged."""
    from_elsewhere = eligible()
    ContestEntry.objects.filter(pk=from_elsewhere.pk).update(contest=room.contest, state="locked")
    place = from_elsewhere.places.get()
    place.category = room.places[0].category
    place.save()
    return type(place).objects.select_related("entry").get(pk=place.pk)


def test_each_judge_has_an_order_of_their_own_with_calibration_first():
    places = list(range(1, 40))

    mine = sorted(places, key=lambda place: order_of(seed=7, judge_id=1, place_id=place))
    yours = sorted(places, key=lambda place: order_of(seed=7, judge_id=2, place_id=place))

    assert mine != yours
    assert mine == sorted(places, key=lambda place: order_of(seed=7, judge_id=1, place_id=place))
    anchor = order_of(seed=7, judge_id=1, place_id=99, anchor=True)
    assert anchor < min(order_of(seed=7, judge_id=1, place_id=place) for place in places)


def test_calibration_comes_before_live_entries():
    room = judging(anchors=1)
    owner = room.contest.owner
    anchor = entries.add_anchor(contest=room.contest, title="Model", summary="A model.", answers={}, by=owner)
    assert services.give_anchors(room.round, Judge.objects.get(pk=room.judge.pk)) == 1
    model, live = room.work

    assert model.place.entry == anchor
    with pytest.raises(DomainError, match="calibration"):
        save(room, live)
    scored(room, model)
    assert save(room, live).revision == 1


def test_one_tap_recuses_and_the_tie_is_kept():
    room = judging()

    services.recuse(assignment=room.work[0], reason="My sister works there.")

    assert room.work[0].state == A.RECUSED
    assert [tie.kind for tie in room.judge.conflicts.all()] == [ConflictKind.DECLARED]


def test_one_tap_gives_work_back():
    room = judging()

    services.decline_work(assignment=room.work[0])
    services.decline_work(assignment=room.work[0])

    assert room.work[0].state == A.DECLINED
    assert Event.objects.filter(topic="assignment.declined").count() == 1


def test_an_entry_that_leaves_the_contest_is_nobodys_work_any_more():
    room = judging(entries=2)
    first, second = room.work
    scored(room, first)
    ContestEntry.objects.filter(pk=first.place.entry_id).update(state="withdrawn")

    services.free_entry(entry_id=second.place.entry_id)

    assert state_of(second) == A.REASSIGNED
    assert selectors.ballots_of(room.round) == []
