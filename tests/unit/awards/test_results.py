"""From ballots to certified, published winners, by the services."""

import datetime as dt
import hashlib
import json
import time

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from awards.contests.enums import ContestState
from awards.entries.enums import EntryState
from awards.judging.models import Ballot
from awards.models import Award, BallotSet, CategoryEntry, Contest, ContestEntry, Judge, TallyRun
from awards.results import selectors, services
from awards.results.computing import compute
from awards.results.enums import AwardKind, AwardState, TallyState
from awards.results.gathering import gather
from awards.results.stored import genuine, hash_of, inputs_of, results_of
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.models import Event
from refprogram.notices.models import Notice
from refprogram.people import second_factor
from tests.factories.contests import CategoryFactory, ContestFactory, WonFactory
from tests.factories.results import (
    CountedBallotFactory,
    JudgedPlaceFactory,
    JudgedRoundFactory,
    LockedAssignmentFactory,
    certifier,
    judged,
)
from tests.unit.awards.test_effects import TABLE, near

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"  # an authenticator's, as the standard's examples have it


@pytest.fixture
def oracle(marketer):
    category = CategoryFactory(contest=ContestFactory(owner=marketer))
    return judged(TABLE, category=category)


def tally_of(round_, by):
    (tally,) = services.compute_all(contest=round_.contest, by=by)
    return TallyRun.objects.get(pk=tally.pk)


def sign(tally, user):
    code = second_factor.new_code(user, f"certify:{tally.pk}:{tally.inputs_hash[:16]}", minutes=10)
    return services.certify(tally=tally, by=user, inputs_hash=tally.inputs_hash, code=code)


def test_categories_computed_together_come_out_as_each_alone(marketer):
    contest = ContestFactory(owner=marketer)
    one, other = CategoryFactory(contest=contest), CategoryFactory(contest=contest)
    round_ = judged(TABLE, category=one)
    judged({"F1": {"J1": 70, "J2": 60, "J3": 65}, "F2": {"J2": 80, "J3": 72, "J4": 75}}, category=other)

    found = services.compute_all(contest=round_.contest, by=marketer)

    assert len(found) == 2
    for tally in TallyRun.objects.filter(pk__in=[one.pk for one in found]):
        alone = gather(round_, tally.category)
        assert (inputs_of(tally), results_of(tally)) == (alone, compute(alone))
        assert len(alone["ballots"]) == Ballot.objects.count()  # they share judges, so they hang together
    assert BallotSet.objects.count() == 1


def ready(round_, marketer):
    tally = tally_of(round_, marketer)
    services.review(tally=tally, by=marketer)
    services.propose_awards(contest=round_.contest, by=marketer)
    return tally


def decided(round_, marketer, executive, sales_head):
    tally = ready(round_, marketer)
    for user in (executive, sales_head):
        sign(tally, certifier(round_.contest, user))
    return Contest.objects.get(pk=round_.contest_id)


def test_who_has_fewer_ballots_than_promised_wins_only_for_a_recorded_reason(marketer):
    round_ = judged({"E1": {"J1": 99}, "E2": {"J1": 80, "J2": 82, "J3": 81}, "E3": {"J1": 70, "J2": 71, "J3": 69}})
    services.review(tally=tally_of(round_, marketer), by=marketer)
    code = ContestEntry.objects.get(title="E1").code

    with pytest.raises(InvalidInput, match=f"{code} would win with fewer ballots"):
        services.propose_awards(contest=round_.contest, by=marketer)
    assert not Award.objects.exists()

    services.propose_awards(contest=round_.contest, by=marketer, all_the_same="Two judges fell ill;  the jury agreed")
    assert Award.objects.get(kind=AwardKind.WINNER).reason == "Two judges fell ill; the jury agreed"


def winner_of(contest):
    return Award.objects.get(contest=contest, kind=AwardKind.WINNER, state__in=["embargoed", "notified", "accepted"])


def test_the_oracle_through_the_database(oracle, marketer):
    tally = tally_of(oracle, marketer)
    lines = [(row.place.entry.title, row.rank, row.score) for row in tally.rows.select_related("place__entry")]
    assert lines == [
        ("E1", 1, near(82.709392)), ("E2", 2, near(80.165517)), ("E3", 3, near(75.537654)),
        ("E4", 4, near(70.075838)), ("E5", 5, near(65.844932)), ("E6", 6, near(60.524905)),
    ]  # fmt: skip
    first = results_of(tally)["entries"][0]
    assert (first["above_next"], first["p"], first["photo"]) == (near(0.964903), near(0.070193), True)
    assert tally.results["stability"] == {"of": 5, "same": 5, "pivotal": []}
    assert tally.results["methods"]["sensitive"] is True
    assert tally.results["reliability"]["alpha"] == near(0.642147)
    assert tally.method == "adjusted"


def test_computing_the_snapshot_again_gives_the_same(oracle, marketer):
    tally = tally_of(oracle, marketer)
    assert json.loads(json.dumps(compute(inputs_of(tally)))) == results_of(tally)
    assert hashlib.sha256(tally.ballots.content.encode()).hexdigest() == tally.snapshot["ballots"]


def test_a_tally_that_kept_each_ballot_as_a_text_is_read_and_computed_again(oracle, marketer):
    """As the first version of the program wrote them."""
    tally = tally_of(oracle, marketer)
    told, ballots = results_of(tally), inputs_of(tally)["ballots"]
    rows = [
        {"entry": vote.entry, "judge": vote.judge, "total": vote.score, "rank": None, "seconds": 240, "shares": {}}
        for vote in ballots.votes(ballots.total, ballots.entries)
    ]
    snapshot = tally.snapshot | {"ballots": rows}
    TallyRun.objects.filter(pk=tally.pk).update(state=TallyState.SUPERSEDED)
    made = TallyRun(
        round=oracle, category=tally.category, method=tally.method, snapshot=snapshot, results=told,
        inputs_hash=hash_of(snapshot), code_version="1", by=marketer,
    )  # fmt: skip
    made.save(force_insert=True)
    old = TallyRun.objects.get(pk=made.pk)
    again = compute(inputs_of(old))
    assert genuine(old)
    assert results_of(old) == told
    assert [line["entry"] for line in again["entries"]] == [line["entry"] for line in told["entries"]]
    assert [line["low"] for line in again["entries"]] == [near(line["low"]) for line in told["entries"]]
    effects = {one["judge"]: near(one["effect"]) for one in told["judges"]}
    assert {one["judge"]: one["effect"] for one in again["judges"]} == effects


def test_the_snapshot_names_nobody(oracle, marketer):
    tally = tally_of(oracle, marketer)
    text = json.dumps(tally.snapshot) + tally.ballots.content
    assert not any(name in text for name in ("J1", "E1", "Fewer"))


def test_the_database_refuses_to_change_a_tally(oracle, marketer):
    tally = tally_of(oracle, marketer)
    tally.results = {}
    with pytest.raises(InternalError), transaction.atomic():
        tally.save()
    with pytest.raises(InternalError), transaction.atomic():
        tally.rows.update(score=100)
    with pytest.raises(InternalError), transaction.atomic():
        BallotSet.objects.update(content="{}")
    with pytest.raises(InternalError), transaction.atomic():
        TallyRun.objects.update(ballots=None)


def test_what_was_tampered_with_behind_the_database_is_not_signed(oracle, marketer, executive):
    tally = ready(oracle, marketer)
    certifier(oracle.contest, executive)
    with connection.cursor() as cursor:  # as whoever owns the database could
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE awards_ballotset SET content = replace(content, '7', '8')")
        cursor.execute("SET session_replication_role = DEFAULT")
    with pytest.raises(DomainError, match="not what was kept"):
        sign(tally, executive)
    assert tally.certifications.count() == 0


def test_the_same_ballots_again_are_the_same_tally(oracle, marketer):
    assert tally_of(oracle, marketer).pk == tally_of(oracle, marketer).pk


def test_a_voided_ballot_makes_a_new_tally_and_keeps_the_old(oracle, marketer):
    before = tally_of(oracle, marketer)
    Ballot.objects.filter(assignment__judge__person__name="J3", assignment__place__entry__title="E1").update(
        state="voided"
    )
    after = tally_of(oracle, marketer)
    before.refresh_from_db()
    assert (before.state, after.state) == (TallyState.SUPERSEDED, TallyState.COMPUTED)
    assert after.results["refusal"] == "entry_with_few"
    assert after.method == "raw"


def test_a_withdrawn_entry_is_left_out(oracle, marketer):
    CategoryEntry.objects.get(entry__title="E1").entry.__class__.objects.filter(title="E1").update(state="withdrawn")
    titles = tally_of(oracle, marketer).rows.values_list("place__entry__title", flat=True)
    assert "E1" not in titles


def test_results_wait_for_the_end_of_the_round(oracle, marketer):
    oracle.closed_at = None
    oracle.save()
    with pytest.raises(DomainError):
        services.compute_all(contest=oracle.contest, by=marketer)


def test_two_signatures_decide_and_nothing_is_seen_outside(oracle, marketer, executive, sales_head):
    contest = decided(oracle, marketer, executive, sales_head)
    assert contest.state == ContestState.DECIDED
    assert TallyRun.objects.get().state == TallyState.CERTIFIED
    assert winner_of(contest).place.entry.title == "E1"
    assert set(Award.objects.values_list("state", flat=True)) == {AwardState.EMBARGOED}


def test_one_signature_twice_is_one(oracle, marketer, executive):
    tally = ready(oracle, marketer)
    sign(tally, certifier(oracle.contest, executive))
    sign(tally, executive)
    assert tally.certifications.count() == 1
    assert TallyRun.objects.get().state == TallyState.REVIEWED


def test_who_was_not_named_may_not_sign(oracle, marketer, legal):
    tally = ready(oracle, marketer)
    with pytest.raises(PermissionDenied):
        sign(tally, legal)
    with pytest.raises(PermissionDenied):
        sign(tally, certifier(oracle.contest, marketer))


def test_who_owns_an_entrants_account_does_not_sign(oracle, marketer, executive):
    tally = ready(oracle, marketer)
    account = CategoryEntry.objects.get(entry__title="E4").entry.account
    account.owner = executive
    account.save()
    with pytest.raises(DomainError, match="part in an entry"):
        sign(tally, certifier(oracle.contest, executive))


def test_certifiers_are_asked_where_two_of_them_have_no_tie(oracle, marketer, executive, sales_head, legal):
    tally, contest = ready(oracle, marketer), oracle.contest
    Judge.objects.filter(pk=contest.judges.first().pk).update(person=certifier(contest, executive).person)
    certifier(contest, sales_head)
    with pytest.raises(DomainError, match="it has 1"):
        services.ask_for_signatures(contest=contest, by=marketer)
    certifier(contest, legal)
    assert services.ask_for_signatures(contest=contest, by=marketer) == 1
    asked = set(Notice.objects.filter(kind="awards.certify").values_list("person", flat=True))
    assert asked == {sales_head.person_id, legal.person_id}
    assert {one.user for one in selectors.signers_of(contest, tally)} == {sales_head, legal}


def test_a_wrong_code_signs_nothing_and_five_of_them_end_it(oracle, marketer, executive):
    tally = ready(oracle, marketer)
    certifier(oracle.contest, executive)
    act = f"certify:{tally.pk}:{tally.inputs_hash[:16]}"
    right = second_factor.new_code(executive, act, minutes=10)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        with pytest.raises(InvalidInput) as refused:
            services.certify(tally=tally, by=executive, inputs_hash=tally.inputs_hash, code=wrong)
        assert "code" in refused.value.errors
    with pytest.raises(InvalidInput):
        services.certify(tally=tally, by=executive, inputs_hash=tally.inputs_hash, code=right)
    assert tally.certifications.count() == 0


def test_a_code_serves_one_act(oracle, executive):
    cache.clear()
    code = second_factor.new_code(executive, "one", minutes=10)
    with pytest.raises(InvalidInput):
        second_factor.prove(executive, "other", code)
    assert second_factor.prove(executive, "one", code) == second_factor.MAIL
    with pytest.raises(InvalidInput):
        second_factor.prove(executive, "one", code)


def test_an_authenticator_signs_without_a_mail_and_is_not_guessed_at_leisure(oracle, executive):
    cache.clear()
    TOTP.activate(executive, SECRET)
    assert second_factor.way_of(executive) == second_factor.TOTP
    right = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    assert second_factor.prove(executive, "one", right) == second_factor.TOTP
    for _ in range(5):
        with pytest.raises(InvalidInput):
            second_factor.prove(executive, "two", "000000")
    with pytest.raises(InvalidInput, match="too often"):
        second_factor.prove(executive, "two", "000000")


def test_a_page_that_is_older_than_the_results_signs_nothing(oracle, marketer, executive):
    tally = ready(oracle, marketer)
    certifier(oracle.contest, executive)
    with pytest.raises(DomainError, match="computed anew"):
        services.certify(tally=tally, by=executive, inputs_hash="older", code="123456")


def test_nothing_is_published_before_its_moment(oracle, marketer, executive, sales_head):
    contest = decided(oracle, marketer, executive, sales_head)
    with pytest.raises(DomainError, match="set for later"):
        services.publish(contest=contest, by=marketer)
    assert services.publish_by_the_clock(now=timezone.now()) == 0


def test_the_clock_publishes_everything_at_once(oracle, marketer, executive, sales_head, time_machine):
    contest = decided(oracle, marketer, executive, sales_head)
    time_machine.move_to(contest.announce_at + dt.timedelta(seconds=30))
    assert services.publish_by_the_clock(now=timezone.now()) == 1
    contest.refresh_from_db()
    assert contest.state == ContestState.PUBLISHED
    states = dict(CategoryEntry.objects.values_list("entry__title", "state"))
    assert (states["E1"], states["E2"], states["E6"]) == ("won", "placed", "in_round")
    assert set(CategoryEntry.objects.values_list("entry__state", flat=True)) == {EntryState.CLOSED}
    assert not Award.objects.filter(kind=AwardKind.ALTERNATE, state=AwardState.PUBLISHED).exists()


def statements_to_announce(winners):
    """Return how many statements announce a contest with so many winners, and as many in reserve."""
    contest = ContestFactory()
    category = CategoryFactory(contest=contest)
    for place in JudgedPlaceFactory.create_batch(winners, category=category):
        WonFactory(place=place, state=AwardState.EMBARGOED)
    for place in JudgedPlaceFactory.create_batch(winners, category=category):
        WonFactory(place=place, state=AwardState.EMBARGOED, kind=AwardKind.ALTERNATE)
    Contest.objects.filter(pk=contest.pk).update(state=ContestState.DECIDED)
    contest.refresh_from_db()
    with time_machine.travel(contest.announce_at, tick=False), CaptureQueriesContext(connection) as sent:
        services.publish(contest=contest, by=None)
    assert CategoryEntry.objects.filter(category=category, state="won").count() == winners
    assert Award.objects.filter(contest=contest, state=AwardState.REVOKED, reason="not_needed").count() == winners
    return len(sent)


def test_announcing_takes_the_same_statements_for_any_number_of_winners():
    assert statements_to_announce(2) == statements_to_announce(7)


def test_what_is_changed_after_certifying_changes_nothing_published(
    oracle, marketer, executive, sales_head, time_machine
):
    contest = decided(oracle, marketer, executive, sales_head)
    kept = results_of(TallyRun.objects.get())
    Ballot.objects.filter(assignment__place__entry__title="E6").update(total=100)
    with pytest.raises(DomainError):
        services.compute_all(contest=contest, by=marketer)
    time_machine.move_to(contest.announce_at)
    services.publish(contest=contest, by=marketer)
    tally = TallyRun.objects.get()
    assert results_of(tally) == kept
    assert json.loads(json.dumps(compute(inputs_of(tally)))) == kept
    assert CategoryEntry.objects.get(entry__title="E1").state == "won"


def test_a_winner_declines_and_the_next_moves_up(oracle, marketer, executive, sales_head, mailoutbox, drain):
    contest = decided(oracle, marketer, executive, sales_head)
    award = services.notify(award=winner_of(contest), by=marketer)
    services.decline(award=award, person=award.place.entry.owner)
    drain()
    risen = winner_of(contest)
    assert (risen.place.entry.title, risen.rank, risen.reason) == ("E2", 1, "moved_up")
    assert [mail.subject for mail in mailoutbox if "won" in mail.subject]
    assert contest.state == ContestState.DECIDED


def test_equal_entries_share_the_first_place(marketer):
    table = {"a": {"x": 70, "y": 80, "z": 75}, "b": {"x": 80, "y": 70, "z": 75}, "c": {"x": 50, "y": 50, "z": 50}}
    category = CategoryFactory(contest=ContestFactory(owner=marketer))
    round_ = judged(table, category=category)
    tally = ready(round_, marketer)
    assert [(row.rank, row.joint) for row in tally.rows.all()] == [(1, True), (1, True), (3, False)]
    assert Award.objects.filter(kind=AwardKind.JOINT, rank=1).count() == 2


def test_the_chairs_vote_parts_equals_and_is_kept_with_its_reason(marketer, sales_head):
    table = {"a": {"x": 70, "y": 80, "z": 75}, "b": {"x": 80, "y": 70, "z": 75}, "c": {"x": 50, "y": 50, "z": 50}}
    category = CategoryFactory(contest=ContestFactory(owner=marketer))
    tally = tally_of(judged(table, category=category), marketer)
    first, second = (CategoryEntry.objects.get(entry__title=title) for title in "ba")
    with pytest.raises(InvalidInput):
        services.vote_as_chair(tally=tally, first=first, second=second, reason=" ", by=sales_head)
    after = services.vote_as_chair(tally=tally, first=first, second=second, reason="Better proof.", by=sales_head)
    lines = [(row.place.entry.title, row.rank) for row in after.rows.select_related("place__entry")]
    assert lines[:2] == [("b", 1), ("a", 2)]
    third = CategoryEntry.objects.get(entry__title="c")
    with pytest.raises(DomainError):
        services.vote_as_chair(tally=after, first=third, second=first, reason="No.", by=sales_head)


def test_a_recused_judges_ballot_does_not_count(oracle, marketer):
    place = CategoryEntry.objects.get(entry__title="E1")
    judge = oracle.contest.judges.get(person__name="J1")
    work = LockedAssignmentFactory(round=oracle, place=place, judge=judge, state="recused")
    CountedBallotFactory(assignment=work, total=1)
    assert results_of(tally_of(oracle, marketer))["entries"][0]["ballots"] == 3


def test_the_best_go_on_to_the_next_round(oracle, marketer):
    oracle.advance_top = 3
    oracle.save()
    JudgedRoundFactory(contest=oracle.contest, number=2, name="Final", released_at=None, closed_at=None)
    tally = tally_of(oracle, marketer)
    with pytest.raises(DomainError):
        services.advance(round_=oracle, by=marketer)
    services.review(tally=tally, by=marketer)
    assert services.advance(round_=oracle, by=marketer) == 3
    places = dict(CategoryEntry.objects.values_list("entry__title", "round_number"))
    assert places == {"E1": 2, "E2": 2, "E3": 2, "E4": 1, "E5": 1, "E6": 1}
    assert Event.objects.filter(topic="entry.shortlisted").count() == 3
    assert CategoryEntry.objects.get(entry__title="E4").state == "not_advanced"
