"""Results that no longer say what is so: what changed after they were computed is signed by nobody."""

import pytest
import time_machine

from awards.entries import services as entries
from awards.judging import services as judging
from awards.models import Award, Ballot, CategoryEntry, Certification, Contest, ContestEntry, Judge, TallyRun
from awards.results import services
from awards.results.desk import desk_items
from awards.results.enums import AwardKind, TallyState
from refprogram.kernel.errors import DomainError
from tests.factories.contests import CategoryFactory, ContestFactory
from tests.factories.judging import judging as under_way
from tests.factories.judging import scored
from tests.factories.people import UserFactory
from tests.factories.results import certifier, judged
from tests.unit.awards.test_effects import TABLE
from tests.unit.awards.test_results import decided, ready, sign, winner_of

pytestmark = pytest.mark.django_db
OUT_OF_DATE = "The results of %s are out of date: compute them again"


@pytest.fixture
def oracle(marketer):
    return judged(TABLE, category=CategoryFactory(contest=ContestFactory(owner=marketer)))


def winners():
    return set(Award.objects.filter(kind=AwardKind.WINNER).values_list("place__entry__title", flat=True))


def void(round_, judge, entry, by):
    ballot = Ballot.objects.get(assignment__judge__person__name=judge, assignment__place__entry__title=entry)
    judging.ask_void(ballot=ballot, reason="They are cousins.", by=by)
    judging.void_ballot(ballot=ballot, by=UserFactory(role="marketer"))


def test_what_changed_since_it_was_computed_is_signed_by_nobody(oracle, marketer, executive, sales_head):
    contest, tally = oracle.contest, ready(oracle, marketer)
    for user in (executive, sales_head):
        certifier(contest, user)
    sign(tally, executive)

    void(oracle, "J3", "E4", marketer)
    with pytest.raises(DomainError, match="changed since"):
        sign(tally, sales_head)
    with pytest.raises(DomainError, match="changed since"):
        services.ask_for_signatures(contest=contest, by=marketer)
    with pytest.raises(DomainError, match="changed since"):
        services.propose_awards(contest=contest, by=marketer)
    (again,) = services.compute_all(contest=contest, by=marketer)
    services.review(tally=again, by=marketer)
    with pytest.raises(DomainError, match="Propose the winners first"):
        sign(again, sales_head)  # what was proposed before went with the results it came from
    services.propose_awards(contest=contest, by=marketer)
    assert winners() == {"E2"}  # too few ballots to correct for who is strict

    first = ContestEntry.objects.get(title="E2")
    entries.withdraw(entry=first, by=first.owner)
    with pytest.raises(DomainError, match="changed since"):
        sign(again, sales_head)
    (last,) = services.compute_all(contest=contest, by=marketer)
    services.review(tally=last, by=marketer)
    services.propose_awards(contest=contest, by=marketer)
    for user in (executive, sales_head):
        sign(last, user)

    assert Contest.objects.get(pk=contest.pk).state == "decided"
    assert not Award.objects.filter(place__entry=first).exists()
    assert winners() == {"E1"}
    assert sorted(TallyRun.objects.values_list("state", flat=True)) == ["certified", "superseded", "superseded"]


def test_a_change_in_one_category_takes_back_what_was_signed_in_the_others(marketer, executive, sales_head):
    contest = ContestFactory(owner=marketer)
    one, other = CategoryFactory(contest=contest), CategoryFactory(contest=contest)
    judged(TABLE, category=one)
    judged({f"F{n}": {f"K{j}": 60 + 3 * n + j for j in range(3)} for n in range(4)}, category=other)
    for tally in services.compute_all(contest=contest, by=marketer):
        services.review(tally=tally, by=marketer)
    services.propose_awards(contest=contest, by=marketer)
    signed = TallyRun.objects.get(category=one)
    for user in (executive, sales_head):
        sign(signed, certifier(contest, user))

    void(contest.rounds.get(), "K1", "F2", marketer)
    services.compute_all(contest=contest, by=marketer)

    signed.refresh_from_db()
    assert signed.state == TallyState.SUPERSEDED  # its awards hang on those of the other: one award each
    anew = TallyRun.objects.exclude(state=TallyState.SUPERSEDED)
    assert sorted(anew.values_list("category", "state")) == [(one.pk, "computed"), (other.pk, "computed")]
    assert not Certification.objects.filter(tally__in=anew).exists()
    assert not Award.objects.exists()


def test_who_runs_the_contest_hears_once_for_each_computing_that_results_are_out_of_date(
    oracle, marketer, drain, mailoutbox
):
    contest, round_ = oracle.contest, oracle
    tally = ready(oracle, marketer)
    drain()
    mailoutbox.clear()

    void(round_, "J3", "E4", marketer)
    entry = ContestEntry.objects.get(title="E6")
    for user in (marketer, UserFactory(role="marketer")):
        entries.disqualify(entry=entry, by=user, reason="The figures were made up.")
    drain()

    tally.refresh_from_db()
    assert tally.stale_at is not None
    assert [mail.subject for mail in mailoutbox if marketer.email in mail.to[0]].count(OUT_OF_DATE % contest.name) == 1
    (item,) = desk_items(marketer)
    assert (item.title, item.actions[0].post) == (f"The results of {contest.name} are out of date", True)
    assert desk_items(UserFactory(role="marketer")) == []

    (again,) = services.compute_all(contest=contest, by=marketer)
    assert (again.stale_at, desk_items(marketer)) == (None, [])
    void(round_, "J5", "E5", marketer)
    drain()
    assert [mail.subject for mail in mailoutbox if marketer.email in mail.to[0]].count(OUT_OF_DATE % contest.name) == 2


def disqualified(title, *, by):
    entry = ContestEntry.objects.get(title=title)
    for user in (by, UserFactory(role="marketer")):
        entries.disqualify(entry=entry, by=user, reason="The figures were made up.")
    return entry


def test_who_is_disqualified_after_computing_wins_nothing_at_any_time(oracle, marketer, executive, sales_head, drain):
    """Before and after the first signature: out, and computed anew. Once decided: the award is taken back instead."""
    contest = oracle.contest
    tally = ready(oracle, marketer)
    disqualified("E1", by=marketer)  # who would have won
    drain()
    with pytest.raises(DomainError, match="changed since"):
        services.ask_for_signatures(contest=contest, by=marketer)
    (tally,) = services.compute_all(contest=contest, by=marketer)
    services.review(tally=tally, by=marketer)
    services.propose_awards(contest=contest, by=marketer)
    assert winners() == {"E2"}

    for user in (executive, sales_head):
        certifier(contest, user)
    sign(tally, executive)
    disqualified("E2", by=marketer)
    drain()
    with pytest.raises(DomainError, match="changed since"):
        sign(tally, sales_head)
    assert Certification.objects.filter(tally=tally).count() == 1  # of results that are set aside
    (tally,) = services.compute_all(contest=contest, by=marketer)
    assert not Award.objects.exists()
    services.review(tally=tally, by=marketer)
    services.propose_awards(contest=contest, by=marketer)
    for user in (executive, sales_head):
        sign(tally, user)
    assert (Contest.objects.get(pk=contest.pk).state, winners()) == ("decided", {"E3"})

    # Decided, and not announced: nobody is put out any more, a certifier takes the award back, and the next moves up.
    with pytest.raises(DomainError, match="revoke the outcome"):
        disqualified("E3", by=marketer)
    certified = TallyRun.objects.get(pk=tally.pk)
    services.revoke(award=winner_of(contest), reason="The figures were made up.", by=executive)
    drain()
    assert winner_of(contest).place.entry.title == "E4"
    with time_machine.travel(contest.announce_at, tick=False):
        services.publish(contest=contest, by=marketer)
        drain()
        # Announced: taken back for all to see, and given to nobody else. What was certified stands as it was signed.
        with pytest.raises(DomainError, match="revoke the outcome"):
            disqualified("E4", by=marketer)
        services.revoke(award=Award.objects.get(state="published", kind=AwardKind.WINNER), reason="Too.", by=executive)
    assert not Award.objects.filter(state="published", kind=AwardKind.WINNER).exists()
    tally.refresh_from_db()
    assert (tally.state, tally.stale_at, tally.inputs_hash) == (TallyState.CERTIFIED, None, certified.inputs_hash)


def test_an_award_taken_back_before_the_announcement_goes_to_the_next_and_afterwards_to_nobody(
    oracle, marketer, executive, sales_head
):
    contest = decided(oracle, marketer, executive, sales_head)
    award = Award.objects.get(contest=contest, kind=AwardKind.WINNER)
    with pytest.raises(DomainError, match="winners are decided"):
        entries.withdraw(entry=award.place.entry, by=award.place.entry.owner)

    services.revoke(award=award, reason="The figures were made up.", by=executive)

    risen = winner_of(contest)
    assert (risen.place.entry.title, risen.rank, risen.state, risen.reason) == ("E2", 1, "embargoed", "moved_up")
    with time_machine.travel(contest.announce_at, tick=False):
        services.publish(contest=contest, by=marketer)
        services.revoke(award=risen, reason="Theirs too.", by=executive)
    assert not Award.objects.filter(contest=contest, kind=AwardKind.WINNER, state="published").exists()
    assert dict(CategoryEntry.objects.values_list("entry__title", "state"))["E2"] == "in_round"


def test_once_scores_are_open_nobody_drops_ballots_alone(marketer):
    room = under_way(entries=2, judges=2, owner=marketer)
    done, late = (Judge.objects.get(pk=judge.pk) for judge in room.judges)
    for work in room.round.assignments.all():
        scored(room, work)
    done.refresh_from_db()
    assert done.state == "completed"
    judging.remove_judge(judge=done, reason="Wrote for the entrant.", by=marketer)  # while nobody sees a score
    work = late.assignments.get(place=room.places[0])
    judging.reopen_ballot(assignment=work, reason="A slip.", by=marketer)
    with pytest.raises(DomainError, match="never moved"):
        judging.take_from(assignment=work, by=marketer)
    judging.close_round(round=room.round, by=marketer)

    late = Judge.objects.get(pk=late.pk)
    with pytest.raises(DomainError, match="second person"):
        judging.remove_judge(judge=late, reason="I like another winner.", by=marketer)
    with pytest.raises(DomainError, match="second person"):
        judging.set_conflict(judge=late, entry=room.places[0].entry, reason="Cousin.", by=marketer)

    assert not late.conflicts.filter(kind="other").exists()
    assert Judge.objects.get(pk=late.pk).state == "completed"
    work.refresh_from_db()
    assert work.state == "locked"  # opened again and not sent: what was sent before counts
