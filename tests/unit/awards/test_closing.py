"""After the announcement: thanks, feedback, a judge's own severity, names that go."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from awards.closing import keeping_times, letters, services
from awards.closing.enums import Band
from awards.closing.models import Closing, Feedback
from awards.closing.privacy import erase_person, export_person
from awards.closing.proofs import proofs
from awards.closing.selectors import feedback as reading
from awards.closing.selectors.circles import recipients
from awards.closing.selectors.leaning import leanings_of
from awards.contests.enums import ContestState
from awards.judging.enums import JudgeState
from awards.judging.models import Ballot, Score
from awards.judging.selectors.running import panel_of
from awards.models import Assignment, Contest, ContestEntry, Judge, TallyRun, WinnerKit
from awards.results.computing import compute
from awards.results.gathering import gather
from awards.results.stored import inputs_of, results_of
from references.accounts.services import freeze
from refprogram.kernel import retention
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.models import Event
from refprogram.notices.models import Mail, Notice
from refprogram.people.models import Person
from tests.factories.closing import announced, announced_with
from tests.factories.entries import mailable
from tests.factories.people import PersonFactory, UserFactory
from tests.unit.awards.test_effects import TABLE, near

pytestmark = pytest.mark.django_db
# Four entries of three judges each, and one that only two scored.
FEW = {**{name: TABLE[name] for name in ("E1", "E2", "E3", "E4")}, "E5": {"J1": 73, "J4": 68}}


def entry(contest, title):
    return contest.entries.get(title=title)


def comment(contest, title, judge="J3"):
    return Feedback.objects.get(entry__contest=contest, entry__title=title, text__startswith=judge)


def test_nothing_is_read_by_an_entrant_that_nobody_read_before(drain, marketer, mailoutbox):
    contest = announced(FEW, owner=marketer)
    drain()
    assert Feedback.objects.count() == 12  # E5 has two judges: its comments would tell who wrote them
    with pytest.raises(DomainError, match="12 comments were not read by anybody yet"):
        services.open_feedback(contest=contest, by=marketer)
    services.hold_back(feedback=comment(contest, "E1"), by=marketer)
    with pytest.raises(InvalidInput):
        services.pass_comment(feedback=comment(contest, "E2"), by=marketer, text="  ")
    services.pass_comment(feedback=comment(contest, "E2"), by=marketer, text="Show us the second quarter.")
    assert services.pass_many(rows=Feedback.objects.all(), by=marketer) == 10  # what was decided stays decided
    mailoutbox.clear()
    services.open_feedback(contest=contest, by=marketer)
    services.open_feedback(contest=contest, by=marketer)
    drain()
    letters.write_what_is_owed(now=timezone.now())
    letters.write_what_is_owed(now=timezone.now())
    drain()
    told = [mail for mail in mailoutbox if "judges said" in mail.subject]
    assert len(told) == 4
    assert all("J1" not in mail.body and "second quarter" not in mail.body for mail in told)
    assert sorted(reading.comments_for(entry(contest, "E1"))) == ["J2 on E1", "J5 on E1"]
    assert "Show us the second quarter." in reading.comments_for(entry(contest, "E2"))
    decided = Event.objects.filter(topic="feedback.decided", payload__changed=True)
    assert decided.count() == 1
    assert all(proof.holds for proof in proofs())


def test_bands_are_told_where_enough_judges_scored(marketer):
    contest = announced(FEW, owner=marketer)
    assert [reading.standings_of(entry(contest, name))[0].band for name in ("E1", "E2", "E3", "E4")] == [
        *(Band.UPPER, Band.UPPER, Band.LOWER), Band.LOWER,
    ]  # fmt: skip
    (few,) = reading.standings_of(entry(contest, "E5"))
    assert (few.few, few.band) == (True, None)
    assert {row.title for row in reading.readers(contest)} == {"E1", "E2", "E3", "E4"}


def test_before_the_announcement_and_without_an_offer_nothing_opens(marketer):
    contest = announced(FEW, owner=marketer)
    Contest.objects.filter(pk=contest.pk).update(state=ContestState.DECIDED)
    for act in (
        lambda: services.open_feedback(contest=contest, by=marketer),
        lambda: services.send_thanks(contest=contest, people=1, by=marketer),
        lambda: services.prepare(contest),
    ):
        with pytest.raises(DomainError, match="until the winners are announced"):
            act()
    Contest.objects.filter(pk=contest.pk).update(state=ContestState.PUBLISHED)
    services.offer_feedback(contest=contest, offers=False, by=marketer)
    assert services.prepare(contest) == 0
    with pytest.raises(DomainError, match="offers no feedback"):
        services.open_feedback(contest=contest, by=marketer)
    services.offer_feedback(contest=contest, offers=True, by=marketer)
    assert Feedback.objects.count() == 12


# ---------------------------------------------------------------- thanks


def test_everybody_is_thanked_once_and_whom_no_letter_reaches_is_named(drain, marketer, mailoutbox):
    contest = announced(TABLE, owner=marketer)
    both = contest.judges.get(person__name="J1").person  # judged, and entered
    ContestEntry.objects.filter(pk=entry(contest, "E1").pk).update(owner=both)
    Person.objects.filter(pk=entry(contest, "E2").owner_id).update(email="")
    frozen = mailable(person=entry(contest, "E3").owner)
    freeze(account=frozen.account, kind="legal", actor=marketer)
    gone = UserFactory(role="rep", is_active=False)
    ContestEntry.objects.filter(pk=entry(contest, "E4").pk).update(nominator=gone)
    found = {one.person.pk: one for one in recipients(contest)}
    assert found[both.pk].circle == "entrants"
    assert sorted(one.why_not.split()[0] for one in found.values() if one.why_not) == ["has", "has", "is"]
    reached = [one for one in found.values() if not one.why_not]

    services.save_letters(contest=contest, texts={"entrants": "Well done.\n\nAll of you.", "judges": "",
                                                  "helpers": "", "nominators": ""}, by=marketer)  # fmt: skip
    services.send_thanks(contest=contest, people=len(reached), by=marketer)
    drain()
    mailoutbox.clear()
    assert letters.write_what_is_owed(now=timezone.now()) == len(reached)
    assert letters.write_what_is_owed(now=timezone.now()) == 0
    drain()
    thanked = [mail for mail in mailoutbox if mail.subject.startswith("Thank you:")]
    assert len(thanked) == len(reached)
    (mine,) = [mail for mail in thanked if both.email in mail.to[0]]
    assert "Well done." in mine.body
    assert entry(contest, "E1").code in mine.body
    judges = [mail for mail in thanked if "thank you for judging" in mail.body]
    assert len(judges) == 4
    with pytest.raises(DomainError, match="were sent"):
        services.save_letters(contest=contest, texts=dict.fromkeys(["entrants"], ""), by=marketer)
    assert WinnerKit.objects.get(contest=contest).thanks.startswith("Well done.")
    assert "judging" in Closing.objects.get(contest=contest).to_judges  # what was sent is kept, drafts too
    assert Event.objects.get(topic="thanks.sent").payload == {"people": len(reached)}


def test_who_is_reachable_later_gets_the_letter_for_two_weeks(marketer):
    contest = announced(FEW, owner=marketer)
    silent = entry(contest, "E2").owner
    Person.objects.filter(pk=silent.pk).update(email="")
    services.send_thanks(contest=contest, people=9, by=marketer)
    letters.write_what_is_owed(now=timezone.now())
    Person.objects.filter(pk=silent.pk).update(email="now@their.example")
    later = timezone.now() + dt.timedelta(days=15)
    assert letters.write_what_is_owed(now=later) == 0
    assert letters.write_what_is_owed(now=timezone.now()) == 1
    assert Mail.objects.filter(person=silent, kind="awards.thanks").count() == 1


# ---------------------------------------------------------------- a judge's own severity


def test_a_judge_sees_their_own_severity_once_results_are_certified(marketer):
    contest = announced(TABLE, owner=marketer)
    j1, j2 = (contest.judges.select_related("contest").get(person__name=name) for name in ("J1", "J2"))
    (mine,), (theirs,) = leanings_of(j1), leanings_of(j2)
    assert (mine.points, mine.error, mine.ballots) == (near(6.0), near(0.652979), 4)
    assert theirs.points == near(-7.996711)
    assert (mine.sure, mine.adjusted, len(mine.panel)) == (True, True, 5)
    for state in (ContestState.JUDGING, ContestState.DELIBERATION):
        j1.contest.state = state
        assert leanings_of(j1) == []


def test_a_small_panel_is_not_shown(marketer):
    table = {name: {judge: score for judge, score in row.items() if judge != "J5"} for name, row in TABLE.items()}
    contest = announced(table, owner=marketer)
    (mine,) = leanings_of(contest.judges.select_related("contest").get(person__name="J1"))
    assert mine.panel == []


# ---------------------------------------------------------------- names that go


def test_ballots_lose_their_judges_names_and_compute_to_the_same(marketer):
    contest = announced(TABLE, owner=marketer)
    tally = TallyRun.objects.get(round__contest=contest)
    before, inputs = results_of(tally), gather(tally.round, tally.category)
    judge = contest.judges.get(person__name="J3")
    known = judge.public_id
    assert not keeping_times.named_judges(timezone.now()).exists()
    (policy,) = keeping_times.POLICIES
    with time_machine.travel(contest.announce_at + dt.timedelta(days=732), tick=False):
        assert keeping_times.named_judges(timezone.now()).count() == 5
        assert retention.run(policy) == 5
        assert retention.run(policy) == 0
    assert not Assignment.objects.filter(judge=judge).exists()
    judge.refresh_from_db()
    assert (judge.person.name, judge.state) == ("J3", JudgeState.COMPLETED)  # their place on the panel stays
    hidden = Judge.objects.select_related("person").get(public_id=known)
    assert hidden.person.name == f"Judge {hidden.number}"
    assert hidden.person.erased_at is not None
    assert not Ballot.objects.exclude(comment="", private_note="", session="").exists()
    assert not Score.objects.exclude(comment="").exists()
    assert panel_of(contest).said_yes == 5  # nobody was asked to be "Judge 3"
    again = gather(tally.round, tally.category)
    assert again == inputs
    told = compute(inputs_of(TallyRun.objects.get(pk=tally.pk)))
    assert [line["entry"] for line in told["entries"]] == [line["entry"] for line in before["entries"]]
    assert [line["score"] for line in told["entries"]] == [near(line["score"]) for line in before["entries"]]
    assert leanings_of(judge) == []
    assert Event.objects.get(topic="contest.pseudonymised").payload == {"judges": 5}


# ---------------------------------------------------------------- what is known of a person


def test_who_is_erased_is_in_no_comment(drain, marketer):
    contest = announced(FEW, owner=marketer)
    drain()
    services.pass_many(rows=Feedback.objects.all(), by=marketer)
    owner = entry(contest, "E1").owner
    assert export_person(owner.pk)["contest_feedback"].count() == 3
    assert export_person(marketer.person_id)["contest_comments_decided"].count() == 12
    erase_person(owner.pk)
    erase_person(marketer.person_id)
    assert set(reading.comments_for(entry(contest, "E1"))) == {"–"}
    assert not Feedback.objects.filter(passed_by=marketer).exists()


def test_entries_among_ourselves_thank_colleagues_by_their_own_page(marketer):
    contest, _rows = announced_with({}, owner=marketer)
    Contest.objects.filter(pk=contest.pk).update(audience="internal")
    contest.refresh_from_db()
    assert letters.page_for(contest, marketer.person) == contest.get_absolute_url()
    assert letters.page_for(contest, PersonFactory()) == ""
    assert not Notice.objects.filter(kind="awards.thanks").exists()
