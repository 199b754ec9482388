"""Two at the same moment, and workers that die: nothing is signed, won, divided or announced twice, nothing lost."""

import datetime as dt

import pytest
from django.utils import timezone

from awards.assignment import services as panels
from awards.assignment.enums import RunKind, RunState
from awards.assignment.models import PanelRun
from awards.closing import services as closing
from awards.closing.models import Feedback
from awards.closing.selectors.circles import recipients
from awards.contests.enums import ContestState
from awards.models import Assignment, Award, CategoryEntry, Certification, Contest, TallyRun
from awards.prizes import services as prizes
from awards.prizes.enums import Answer
from awards.prizes.services.choosing import Choice
from awards.results import services
from awards.results.enums import AwardKind, AwardState, TallyState
from refprogram.celery import app
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.kernel.enums import JobState
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import Delivery, Event, Job
from refprogram.notices.models import Mail, Notice
from tests.factories.closing import announced
from tests.factories.contests import CategoryFactory, ContestFactory, moved
from tests.factories.prizes import SAID, offered
from tests.factories.results import JudgedPlaceFactory, JudgedRoundFactory, PanelJudgeFactory, certifier, judged
from tests.outside import blocked_sessions
from tests.racing import at_once, beside
from tests.unit.awards.test_effects import TABLE
from tests.unit.awards.test_results import decided, ready, sign, winner_of


def judged_round(cast):
    return judged(TABLE, category=CategoryFactory(contest=ContestFactory(owner=cast.marketer)))


def events(topic):
    return Event.objects.filter(topic=topic).count()


def nothing_is_owed():
    return not Delivery.objects.filter(done_at__isnull=True).exists()


@pytest.mark.django_db(transaction=True)
def test_a_yes_and_a_no_to_a_prize_at_once_are_one_answer(cast):
    grant = offered()
    owner = grant.award.place.entry.owner

    said = at_once(
        lambda: prizes.answer_offer(grant=grant, choice=Choice(Answer.TAKE, SAID[grant.kind]), person=owner),
        lambda: prizes.answer_offer(grant=grant, choice=Choice(Answer.REFUSE), person=owner),
    )

    grant.refresh_from_db()
    assert sum(isinstance(answer, DomainError) for answer in said) == 1
    assert (grant.state, grant.fulfilment_id is not None) in {("taken", True), ("refused", False)}
    assert Fulfilment.objects.count() == (grant.state == "taken")


@pytest.mark.django_db(transaction=True)
def test_thanks_sent_by_two_at_once_are_sent_once(cast):
    contest = offered().award.contest

    at_once(
        *(lambda u=user: closing.send_thanks(contest=contest, people=1, by=u) for user in (cast.marketer, cast.admin))
    )

    assert events("thanks.sent") == 1


@pytest.mark.django_db(transaction=True)
def test_what_one_moderator_holds_back_is_passed_by_no_other_who_passes_all(cast, drain, held, eventually):
    contest = announced(TABLE, owner=cast.marketer)
    drain()
    one = Feedback.objects.order_by("pk").first()
    lets_go = held(f"SELECT FROM awards_contest WHERE id = {contest.pk} FOR UPDATE")

    with beside(lambda: closing.hold_back(feedback=one, by=cast.admin)):
        eventually(lambda: blocked_sessions() == 1)  # it comes first
        with beside(lambda: closing.pass_many(rows=Feedback.objects.all(), by=cast.marketer)):
            eventually(lambda: blocked_sessions() == 2)
            lets_go()

    one.refresh_from_db()
    assert (one.held_back, one.passed_at) == (True, None)
    assert Feedback.objects.filter(passed_at__isnull=False).count() == Feedback.objects.count() - 1


@pytest.mark.worker
def test_a_worker_killed_while_thanks_go_out_writes_to_nobody_twice(cast, outside, eventually, drain, held):
    """It dies with the letters half written: the next one writes to everybody who has none."""
    contest = announced(TABLE, owner=cast.marketer)
    drain()
    table = held("LOCK TABLE notices_mail IN SHARE MODE")
    doomed = outside.start_worker()

    closing.send_thanks(contest=contest, people=1, by=cast.marketer)
    eventually(lambda: blocked_sessions() > 0)
    outside.kill(doomed)
    table()

    people = {one.person.pk for one in recipients(contest) if not one.why_not}
    assert len(people) > 5
    outside.start_worker()
    for _twice in range(2):
        app.send_task("awards.write_after_contests")
    app.send_task("kernel.sweep")
    told = Notice.objects.filter(key=f"contest-thanks:{contest.pk}")
    eventually(lambda: told.count() == len(people) and nothing_is_owed())
    assert set(told.values_list("person", flat=True)) == people
    mails = Mail.objects.filter(key=f"contest-thanks:{contest.pk}")
    assert mails.count() == mails.values("person").distinct().count() == len(people)
    assert events("thanks.sent") == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_the_last_tally_at_once_decide_the_contest_once(cast):
    round_ = judged_round(cast)
    tally = ready(round_, cast.marketer)
    signers = [certifier(round_.contest, user) for user in (cast.executive, cast.sales_head)]

    done = at_once(*(lambda u=user: sign(TallyRun.objects.select_related("round__contest").get(pk=tally.pk), u)
                     for user in signers))  # fmt: skip

    assert [one for one in done if isinstance(one, Exception)] == []
    assert Certification.objects.filter(tally=tally).count() == 2
    assert TallyRun.objects.get(pk=tally.pk).state == TallyState.CERTIFIED
    assert Contest.objects.get(pk=round_.contest_id).state == ContestState.DECIDED
    assert (events("tally.signed"), events("contest.decided")) == (2, 1)
    assert not Award.objects.filter(contest=round_.contest, state=AwardState.PROPOSED).exists()


@pytest.mark.django_db(transaction=True)
def test_a_winner_who_says_yes_and_no_at_once_has_declined_and_one_moves_up(cast):
    """A yes may still be taken back, a no may not: in either order the no stands, and it is acted on once."""
    contest = decided(judged_round(cast), cast.marketer, cast.executive, cast.sales_head)
    award = services.notify(award=winner_of(contest), by=cast.marketer)
    person = award.place.entry.owner

    done = at_once(
        lambda: services.accept(award=award, person=person), lambda: services.decline(award=award, person=person)
    )

    refused = [one for one in done if isinstance(one, DomainError)]
    assert (events("award.accepted"), events("award.declined")) == (1 - len(refused), 1)
    award.refresh_from_db()
    assert award.state == AwardState.DECLINED
    risen = Award.objects.get(contest=contest, kind=AwardKind.WINNER, state=AwardState.EMBARGOED)
    assert risen.place_id != award.place_id


@pytest.mark.worker
def test_a_worker_killed_while_it_divides_leaves_nothing_and_the_next_divides_once(cast, outside, eventually, held):
    """It dies when the proposals are being written: the reaper tells of it, and who asks again gets it whole."""
    now = timezone.now()
    contest = moved(ContestFactory(owner=cast.marketer), ContestState.JUDGING)
    round_ = JudgedRoundFactory(
        contest=contest, per_entry=2, closed_at=None, closes_at=now + dt.timedelta(days=5),
        hard_close_at=now + dt.timedelta(days=6),
    )  # fmt: skip
    JudgedPlaceFactory.create_batch(6, category=contest.categories.get())
    PanelJudgeFactory.create_batch(4, contest=contest, state="active", load_cap=4)
    table = held("LOCK TABLE awards_assignment IN SHARE MODE")
    doomed = outside.start_worker()

    run = panels.start(round_=round_, kind=RunKind.FRESH, by=cast.marketer)
    eventually(lambda: blocked_sessions() > 0)
    outside.kill(doomed)
    table()

    assert not Assignment.objects.exists()
    assert PanelRun.objects.get(pk=run.pk).state == RunState.QUEUED
    Job.objects.filter(pk=run.job_id).update(started_at=now - dt.timedelta(hours=1))
    outside.start_worker()
    app.send_task("kernel.reap_jobs")  # as beat does
    eventually(lambda: Job.objects.get(pk=run.job_id).state == JobState.FAILED)
    again = panels.start(round_=round_, kind=RunKind.FRESH, by=cast.marketer)
    eventually(lambda: PanelRun.objects.get(pk=again.pk).state == RunState.PREVIEW)
    assert Assignment.objects.filter(run=again).count() == Assignment.objects.count() == 12
    assert PanelRun.objects.get(pk=run.pk).state == RunState.DISCARDED
    assert events("panel.divided") == 1


@pytest.mark.worker
def test_a_worker_killed_in_the_announcement_announces_nothing_and_the_next_announces_once(
    cast, outside, eventually, drain, held
):
    """It dies with some awards and entries moved: none is public, until all are."""
    contest = decided(judged_round(cast), cast.marketer, cast.executive, cast.sales_head)
    opened, closed, announced = (timezone.now() - dt.timedelta(minutes=n) for n in (3, 2, 1))
    Contest.objects.filter(pk=contest.pk).update(opens_at=opened, closes_at=closed, announce_at=announced)
    drain()
    place = winner_of(contest).place
    row = held(f"SELECT FROM awards_categoryentry WHERE id = {place.pk} FOR UPDATE")
    doomed = outside.start_worker()

    app.send_task("awards.announce_winners")  # as beat does
    eventually(lambda: blocked_sessions() > 0)
    outside.kill(doomed)
    row()

    assert Contest.objects.get(pk=contest.pk).state == ContestState.DECIDED
    assert not Award.objects.filter(state=AwardState.PUBLISHED).exists()
    outside.start_worker()
    app.send_task("awards.announce_winners")
    app.send_task("awards.announce_winners")
    app.send_task("kernel.sweep")
    eventually(lambda: Contest.objects.get(pk=contest.pk).state == ContestState.PUBLISHED and nothing_is_owed())
    assert (events("contest.published"), events("entry.closed")) == (1, len(TABLE))
    assert CategoryEntry.objects.get(pk=place.pk).state == "won"
