"""Judging: rounds fixed once released, judges asked and ready, ties, ballots kept, sent, revised, corrected."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from awards.contests import services as contests
from awards.contests.enums import ContestState
from awards.entries import services as entries
from awards.judging import selectors, services
from awards.judging.enums import AssignmentState, BallotState, ConflictKind, ConflictStatus, JudgeKind, JudgeState, Mode
from awards.judging.ordering import order_of
from awards.judging.proofs import proofs
from awards.judging.selectors import work as room_selectors
from awards.judging.services import Given, reminding
from awards.models import Ballot, Comparison, Conflict, ContestEntry, Criterion, Judge
from references.models import Account
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.form_builder.services import StaleDraft
from refprogram.kernel.models import Event
from refprogram.kernel.stream import emit
from tests.factories.contests import ContestFactory, SponsorFactory, opened
from tests.factories.entries import EntryFactory, eligible
from tests.factories.judging import JudgeFactory, OutsiderFactory, accepted, judging, ready, scored, scores
from tests.factories.people import PersonFactory, UserFactory
from tests.factories.references import AccountFactory, ContactFactory

pytestmark = pytest.mark.django_db
A = AssignmentState


def save(room, work, *, revision=0, tab="t", level=4, **more):
    return services.save_ballot(
        assignment=work, scores=scores(room, level), comment="Because.", revision=revision, tab=tab, **more
    )


def state_of(row):
    row.refresh_from_db()
    return row.state


# ---------------------------------------------------------------- rounds


def test_a_first_round_is_planned_once_between_deadline_and_announcement():
    contest = opened(ContestFactory())

    row = services.first_round(contest=contest, by=contest.owner)

    assert services.first_round(contest=contest, by=contest.owner) == row
    assert contest.closes_at < row.opens_at < row.closes_at <= row.hard_close_at < contest.announce_at
    assert sum(one.weight for one in row.criteria.all()) == 100


def test_what_is_scored_is_fixed_once_the_round_is_released():
    room = judging()

    with pytest.raises(DomainError, match="fixed"):
        services.change_criterion(criterion=room.criteria[0], by=room.contest.owner, weight=Decimal(1))
    with pytest.raises(DomainError, match="fixed"):
        services.add_criterion(round=room.round, by=room.contest.owner, name="More", weight=Decimal(1))
    with pytest.raises(DomainError, match="fixed"):
        services.change_round(round=room.round, by=room.contest.owner, per_entry=9)


def test_the_end_of_a_released_round_moves_only_to_later():
    room = judging()
    later = room.round.closes_at + dt.timedelta(hours=3)

    row = services.change_round(round=room.round, by=room.contest.owner, closes_at=later)

    assert row.closes_at == later
    with pytest.raises(InvalidInput, match="later"):
        services.change_round(round=room.round, by=room.contest.owner, closes_at=later - dt.timedelta(hours=1))


def test_a_round_that_the_dates_of_the_contest_left_behind_follows(drain):
    contest = ContestFactory()
    row = services.first_round(contest=contest, by=contest.owner)
    drain()

    later = contest.event_at + dt.timedelta(days=120)
    dates = {"closes_at": row.hard_close_at, "announce_at": later, "event_at": later}
    contests.change(contest, by=contest.owner, **dates)
    drain()
    row.refresh_from_db()
    contest.refresh_from_db()

    assert contest.closes_at <= row.opens_at < row.hard_close_at < contest.announce_at


def test_a_further_round_begins_with_the_criteria_of_the_last():
    contest = opened(ContestFactory())
    first = services.first_round(contest=contest, by=contest.owner)
    facts = {name: getattr(first, name) for name in ("opens_at", "closes_at", "hard_close_at")}

    second = services.add_round(contest=contest, by=contest.owner, name="Final", **facts)

    assert second.number == 2
    assert [one.name for one in second.criteria.all()] == [one.name for one in first.criteria.all()]


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


# ---------------------------------------------------------------- ties


def tied(judge, entry):
    rows = Conflict.objects.filter(judge=judge, entry=entry, status=ConflictStatus.CONFIRMED)
    return set(rows.values_list("kind", flat=True))


def test_ties_of_company_group_domain_and_people_are_found():
    parent = AccountFactory()
    entry = eligible(EntryFactory(contact__account=AccountFactory(parent=parent)))
    contest, account = entry.contest, entry.account
    colleague = ContactFactory(account=account)
    cousin = ContactFactory(account=AccountFactory(parent=parent))
    neighbour = PersonFactory(email=f"x@{entry.owner.email.rpartition('@')[2]}")

    judges = {
        who: JudgeFactory(contest=contest, person=person)
        for who, person in {
            "colleague": colleague.person, "cousin": cousin.person, "neighbour": neighbour,
            "author": entry.owner, "stranger": PersonFactory(email="x@elsewhere.example"),
        }.items()
    }  # fmt: skip

    assert ConflictKind.ACCOUNT in tied(judges["colleague"], entry)
    assert ConflictKind.PARENT in tied(judges["cousin"], entry)
    assert ConflictKind.DOMAIN in tied(judges["neighbour"], entry)
    assert ConflictKind.ENTRANT in tied(judges["author"], entry)
    assert tied(judges["stranger"], entry) == set()


def test_ties_of_colleagues_are_found():
    owner, nominator = UserFactory(role="executive"), UserFactory(role="support")
    contest = opened(ContestFactory())
    contact = ContactFactory(account=AccountFactory(owner=owner))
    entry = eligible(EntryFactory(contest=contest, contact=contact, nominator=nominator))

    assert ConflictKind.OWNER in tied(JudgeFactory(contest=contest, person=owner.person), entry)
    assert ConflictKind.NOMINATOR in tied(JudgeFactory(contest=contest, person=nominator.person), entry)


def test_who_competes_judges_nobody_else_in_the_category():
    contest = opened(ContestFactory())
    mine, other = (
        eligible(EntryFactory(contest=contest, contact=ContactFactory(person=OutsiderFactory()))) for _n in range(2)
    )

    judge = JudgeFactory(contest=contest, person=mine.owner, kind=JudgeKind.CUSTOMER)

    assert tied(judge, other) == {ConflictKind.RIVAL}


def test_who_works_for_a_sponsor_does_not_judge_its_customer():
    entry = eligible()
    SponsorFactory(contest=entry.contest, name="Norbank Ltd", account=entry.account)

    judge = JudgeFactory(contest=entry.contest, organisation="NORBANK")

    assert ConflictKind.SPONSOR in tied(judge, entry)


def test_a_company_that_a_judge_names_is_matched_to_entrants():
    entry = eligible(EntryFactory(contact__account=AccountFactory(name="Kestrel Freight B.V.")))
    judge = accepted(contest=entry.contest)

    services.onboard(judge=judge, nda=True, ties=["kestrel freight"])

    assert tied(judge, entry) == {ConflictKind.DECLARED}


def test_ties_follow_either_side_and_what_is_pinned_stays(drain):
    contest = opened(ContestFactory())
    entry = eligible(EntryFactory(contest=contest))
    judge = JudgeFactory(contest=contest, person=entry.owner)
    row = Conflict.objects.get(judge=judge, entry=entry, kind=ConflictKind.ENTRANT)
    services.clear_conflict(conflict=row, reason="Signed as assistant only.", by=contest.owner)

    changed = services.detect_conflicts(contest)
    row.refresh_from_db()

    assert (changed, row.status, row.pinned) == (0, ConflictStatus.CLEARED, True)
    Conflict.objects.exclude(pk=row.pk).update(status=ConflictStatus.CLEARED, pinned=True)
    assert (judge.pk, entry.pk) not in selectors.blocked_pairs(contest)


def test_an_entry_that_comes_later_is_looked_at_and_so_are_its_rivals(drain):
    contest = opened(ContestFactory())
    early = eligible(EntryFactory(contest=contest))
    contact = ContactFactory(person=OutsiderFactory())
    judge = JudgeFactory(contest=contest, person=contact.person)
    assert tied(judge, early) == set()

    late = eligible(EntryFactory(contest=contest, contact=contact))
    drain()
    another = eligible(EntryFactory(contest=contest))
    drain()

    assert ConflictKind.ENTRANT in tied(judge, late)
    assert tied(judge, early) == {ConflictKind.RIVAL}
    assert tied(judge, another) == {ConflictKind.RIVAL}


def test_a_new_owner_is_a_new_tie(drain):
    executive = UserFactory(role="executive")
    entry = eligible()
    judge = JudgeFactory(contest=entry.contest, person=executive.person)

    Account.objects.filter(pk=entry.account_id).update(owner=executive)
    account_changed(entry.account)
    drain()

    assert tied(judge, entry) == {ConflictKind.OWNER}


def account_changed(account):
    with transaction.atomic():
        emit("account.changed", subject=account, account_id=account.pk, payload={"fields": ["owner"]})


def test_what_is_true_no_longer_goes():
    entry = eligible()
    contact = ContactFactory(account=entry.account, person=PersonFactory(email="x@new.example"))
    judge = JudgeFactory(contest=entry.contest, person=contact.person)
    assert tied(judge, entry)

    contact.account = AccountFactory()
    contact.save()
    services.detect_conflicts(judge)

    assert ConflictKind.ACCOUNT not in tied(judge, entry)


def test_a_new_tie_takes_work_back_and_the_ballot_counts_no_more():
    room = judging(entries=2)
    first, second = room.work
    scored(room, first)

    services.set_conflict(judge=room.judge, entry=first.place.entry, reason="Cousin.", by=room.contest.owner)

    assert (state_of(first), state_of(second)) == (A.RECUSED, A.RELEASED)
    assert selectors.ballots_of(room.round) == []
    assert room_selectors.work([room.judge], first.public_id) is None


def test_detection_costs_the_same_for_many():
    contest = opened(ContestFactory())
    for _n in range(2):
        JudgeFactory(contest=contest)
        eligible(EntryFactory(contest=contest))
    services.detect_conflicts(contest)
    with CaptureQueriesContext(connection) as few:
        services.detect_conflicts(contest)
    for _n in range(3):
        JudgeFactory(contest=contest)
        eligible(EntryFactory(contest=contest))
    services.detect_conflicts(contest)

    with CaptureQueriesContext(connection) as many:
        services.detect_conflicts(contest)

    assert len(many) == len(few)


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
    assert tied(room.judge, room.places[0].entry) == {ConflictKind.DECLARED}


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


# ---------------------------------------------------------------- ballots


def test_a_ballot_has_the_weighted_mean_of_its_scores():
    room = judging()

    ballot = scored(room, room.work[0], 3, c0=5)

    assert ballot.total == Decimal("67.500000")  # 35 % at the top, the rest in the middle
    assert room.work[0].state == A.SUBMITTED


def test_two_tabs_lose_nothing():
    room = judging()
    work = room.work[0]
    first = save(room, work, tab="one")

    with pytest.raises(StaleDraft):
        save(room, work, tab="two", level=1)

    assert save(room, work, tab="one", revision=first.revision, level=2).revision == 2
    assert Ballot.objects.get(assignment=work).scores.first().value == 2
    assert save(room, work, tab="two", revision=2, level=3).revision == 3


def test_sent_twice_is_one_ballot():
    room = judging()
    work = room.work[0]

    first, second = scored(room, work), scored(room, work)

    assert first == second
    assert Event.objects.filter(topic="ballot.submitted").count() == 1


def test_what_was_sent_counts_until_the_next_is_sent():
    room = judging()
    work = room.work[0]
    sent = scored(room, work, 4)

    draft = save(room, work, revision=sent.revision, level=2)
    before = selectors.ballots_of(room.round)[0].total
    services.submit_ballot(assignment=work, scores=scores(room, 2), comment="Less.", revision=draft.revision, tab="t")

    assert (before, selectors.ballots_of(room.round)[0].total) == (Decimal(75), Decimal(25))
    assert [one.state for one in Ballot.objects.order_by("version")] == [BallotState.REPLACED, BallotState.SUBMITTED]


def test_what_is_missing_is_said_beside_it():
    room = judging()

    with pytest.raises(InvalidInput) as missing:
        services.submit_ballot(assignment=room.work[0], scores={}, comment="", revision=0, tab="t")

    assert set(missing.value.errors) == {one.public_id for one in room.criteria}


def test_the_ends_of_a_scale_need_a_word():
    room = judging()
    said = scores(room, 5)

    with pytest.raises(InvalidInput) as missing:
        services.submit_ballot(assignment=room.work[0], scores=said, comment="", revision=0, tab="t")
    ballot = services.submit_ballot(
        assignment=room.work[0],
        scores={key: Given(5, comment="Seen it work.") for key in said},
        comment="",
        revision=0,
        tab="t",
    )

    assert set(missing.value.errors) == {"comment"}
    assert ballot.total == 100


def test_a_level_that_does_not_exist_and_a_na_that_is_not_allowed_are_refused():
    room = judging()
    key = room.criteria[0].public_id

    for given in (Given(9), Given(0), Given(na=True)):
        with pytest.raises(InvalidInput) as refused:
            services.save_ballot(assignment=room.work[0], scores={key: given}, comment="", revision=0, tab="t")
        assert set(refused.value.errors) == {key}


def test_what_does_not_apply_is_no_zero():
    room = judging()
    Criterion.objects.filter(pk=room.criteria[-1].pk).update(allow_na=True)
    said = {**scores(room, 4), room.criteria[-1].public_id: Given(na=True)}

    ballot = services.submit_ballot(assignment=room.work[0], scores=said, comment="x", revision=0, tab="t")

    assert ballot.total == 75


def test_after_the_end_only_what_was_begun_may_be_sent():
    room = judging(entries=2)
    begun, untouched = room.work
    save(room, begun)
    late = room.round.closes_at + dt.timedelta(minutes=1)
    said = {"scores": scores(room, 4), "comment": "x", "tab": "t"}

    ballot = services.submit_ballot(assignment=begun, revision=1, at=late, **said)

    assert ballot.state == BallotState.SUBMITTED
    with pytest.raises(DomainError, match="closed"):
        services.submit_ballot(assignment=untouched, revision=0, at=late, **said)


def test_the_moment_the_request_came_counts():
    room = judging()
    in_time = room.round.closes_at - dt.timedelta(seconds=1)

    with time_machine.travel(room.round.closes_at + dt.timedelta(seconds=5), tick=False):
        ballot = services.submit_ballot(
            assignment=room.work[0], scores=scores(room), comment="x", revision=0, tab="t", at=in_time
        )

    assert ballot.submitted_at == in_time


def test_yes_or_no_needs_a_reason_for_no():
    room = judging(mode=Mode.QUALIFY)
    said = {"assignment": room.work[0], "scores": {}, "revision": 0, "tab": "t"}

    with pytest.raises(InvalidInput):
        services.submit_ballot(**said, comment="", verdict="no")

    assert services.submit_ballot(**said, comment="", verdict="yes").total == 100


def test_an_order_is_sent_at_once_and_may_change():
    room = judging(entries=3, mode=Mode.RANKING)
    category = room.places[0].category
    ids = [row.public_id for row in room.work]

    services.rank_entries(round=room.round, judge=room.judge, category=category, best_first=ids)
    services.rank_entries(round=room.round, judge=room.judge, category=category, best_first=ids)
    services.rank_entries(round=room.round, judge=room.judge, category=category, best_first=ids[::-1])

    ranks = {row.place_id: row.rank for row in selectors.ballots_of(room.round)}
    assert [ranks[row.place_id] for row in room.work] == [3, 2, 1]
    assert Ballot.objects.count() == 5  # the middle one never changed
    with pytest.raises(InvalidInput):
        services.rank_entries(round=room.round, judge=room.judge, category=category, best_first=ids[:2])


def test_pairs_are_compared_tied_and_undone():
    room = judging(entries=3, mode=Mode.PAIRWISE)
    one, two, three = (row.place for row in room.work)
    pair = {"round": room.round, "judge": room.judge}

    said = services.compare(**pair, left=one, right=two, winner=one)
    assert services.compare(**pair, left=one, right=two, winner=one) == said
    services.compare(**pair, left=two, right=one, winner=None)
    last = services.compare(**pair, left=two, right=three, winner=three)
    services.undo_comparison(comparison=last)

    assert Comparison.objects.filter(undone_at__isnull=True).count() == 1
    with pytest.raises(DomainError, match="at least one pair"):
        services.finish_pairs(round=room.round, judge=room.judge)
    services.compare(**pair, left=two, right=three, winner=three)
    assert services.finish_pairs(round=room.round, judge=room.judge) == 3


def test_the_next_pair_is_one_that_was_not_seen():
    room = judging(entries=4, mode=Mode.PAIRWISE)
    category = room.places[0].category
    seen = set()

    for _n in range(6):
        rows = room_selectors.of_category(room.judge, room.round, category)
        pair = room_selectors.next_pair(rows, room_selectors.comparisons_of(room.judge, room.round, category))
        seen.add(frozenset(row.place_id for row in pair))
        left, right = (row.place for row in pair)
        services.compare(round=room.round, judge=room.judge, left=left, right=right, winner=left)

    rows = room_selectors.of_category(room.judge, room.round, category)
    assert len(seen) == 6
    assert room_selectors.next_pair(rows, room_selectors.comparisons_of(room.judge, room.round, category)) is None


# ---------------------------------------------------------------- the end, and afterwards


def test_closing_locks_what_was_sent_and_lets_the_rest_lapse():
    room = judging(entries=2)
    first, second = room.work
    ballot = scored(room, first)

    services.close_round(round=room.round, by=room.contest.owner)
    services.close_round(round=room.round, by=room.contest.owner)

    assert (state_of(first), state_of(second), state_of(ballot)) == (A.LOCKED, A.LAPSED, BallotState.LOCKED)
    assert state_of(room.contest) == ContestState.DELIBERATION
    with pytest.raises(DomainError):
        save(room, first)
    assert [proof.name for proof in proofs() if not proof.holds] == []


def test_a_round_closes_by_the_clock():
    room = judging()

    assert services.close_by_the_clock(now=room.round.hard_close_at - dt.timedelta(seconds=1)) == 0
    assert services.close_by_the_clock(now=room.round.hard_close_at) == 1


def test_the_manager_opens_a_ballot_again_with_a_reason():
    room = judging()
    work = room.work[0]
    scored(room, work, 4)
    services.close_round(round=room.round, by=room.contest.owner)

    with pytest.raises(InvalidInput):
        services.reopen_ballot(assignment=work, reason=" ", by=room.contest.owner)
    draft = services.reopen_ballot(assignment=work, reason="A page was missing.", by=room.contest.owner)
    assert selectors.ballots_of(room.round)[0].total == 75
    services.submit_ballot(assignment=work, scores=scores(room, 3), comment="x", revision=draft.revision, tab="t")

    assert selectors.ballots_of(room.round)[0].total == 50


def test_a_judge_is_told_that_a_ballot_is_open_again(drain, mailoutbox):
    room = judging()
    scored(room, room.work[0])
    services.close_round(round=room.round, by=room.contest.owner)
    drain()
    mailoutbox.clear()

    services.reopen_ballot(assignment=room.work[0], reason="A page was missing.", by=room.contest.owner)
    drain()

    mine = [mail for mail in mailoutbox if room.judge.person.email in mail.to[0]]
    assert room.places[0].entry.code in mine[0].subject
    assert "/s/" in mine[0].body


def test_a_ballot_is_voided_by_two():
    room = judging()
    ballot = scored(room, room.work[0])
    owner, second = room.contest.owner, UserFactory(role="marketer")

    with pytest.raises(DomainError):
        services.void_ballot(ballot=ballot, by=owner)
    services.ask_void(ballot=ballot, reason="Scored the wrong entry.", by=owner)
    with pytest.raises(NotAllowed):
        services.void_ballot(ballot=ballot, by=owner)
    services.void_ballot(ballot=ballot, by=second)

    assert state_of(ballot) == BallotState.VOIDED
    assert selectors.ballots_of(room.round) == []


def test_a_judge_has_finished_once_nothing_is_left(drain, mailoutbox):
    room = judging(entries=2)
    first, second = room.work
    scored(room, first)
    assert Judge.objects.get().state == JudgeState.ACTIVE
    mailoutbox.clear()

    scored(room, second)
    drain()

    assert Judge.objects.get().state == JudgeState.COMPLETED
    receipts = [mail for mail in mailoutbox if "Recorded" in mail.subject]
    assert all(row.place.entry.code in receipts[0].body for row in (first, second))


@pytest.mark.parametrize(("days", "mails"), [(14, 1), (10, 0), (7, 1), (2, 1), (-1, 1)])
def test_reminders_come_on_their_days_in_the_judges_own_zone(drain, mailoutbox, days, mails):
    room = judging(people=[OutsiderFactory(time_zone="Asia/Kolkata")])
    drain()
    mailoutbox.clear()
    day = (room.round.closes_at - dt.timedelta(days=days)).astimezone(dt.timezone(dt.timedelta(hours=5, minutes=30)))
    early, late = day.replace(hour=7, minute=0), day.replace(hour=9, minute=0)

    reminding.remind_judges(now=early)
    drain()
    assert mailoutbox == []
    reminding.remind_judges(now=late)
    reminding.remind_judges(now=late)
    drain()

    assert len(mailoutbox) == mails


def test_who_has_nothing_left_is_not_reminded(drain, mailoutbox):
    room = judging()
    scored(room, room.work[0])
    drain()
    mailoutbox.clear()

    reminding.remind_judges(now=room.round.closes_at - dt.timedelta(days=2))
    drain()

    assert mailoutbox == []


def test_an_illegal_step_is_refused():
    judge = ready()

    with pytest.raises(IllegalMove):
        services.decline(judge=judge)
