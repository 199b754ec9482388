"""Pilots: planned, sales asked, begun and ended by the clock, written about, judged, decided; who reads what."""

import datetime as dt

import pytest
from django.db import IntegrityError, InternalError, transaction

from refprogram.governance.pilots import features, privacy, selectors, services
from refprogram.governance.pilots.desk import desk_items
from refprogram.governance.pilots.enums import DECISIONS, OPEN, PILOT_MOVES, Answer, PilotState
from refprogram.governance.pilots.events import reads_pilot
from refprogram.governance.pilots.models import Pilot, PilotConsult, PilotNote
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from refprogram.kernel.stale import Stale
from tests.factories.incentives import RuleFactory, saying
from tests.factories.people import TeamFactory, UserFactory
from tests.factories.pilots import PilotMemberFactory, asked, blessed, judged, planned, running

pytestmark = pytest.mark.django_db
P = PilotState
DAY = dt.timedelta(days=1)


def _for_customers():
    more = {"definition": saying("reference.delivered", "contact", 50)}
    return RuleFactory(state="draft", **more)


@pytest.fixture
def touching(november, marketer, rep):
    """A pilot of a rule that gives to customers."""
    return planned(marketer, [rep], kind="rule", thing=_for_customers().public_id)


# ---------------------------------------------------------------- the table of moves


def test_every_move_leads_on_and_nothing_leaves_a_decision():
    assert set(PILOT_MOVES) == set(OPEN)
    assert all(to not in PILOT_MOVES for to in (*DECISIONS, P.CANCELLED))
    assert P.CANCELLED not in PILOT_MOVES[P.RUNNING]
    assert {before for before, to in PILOT_MOVES.items() if P.RUNNING in to} == {P.READY}
    assert {before for before, to in PILOT_MOVES.items() if P.ROLLED_OUT in to} == {P.RUNNING, P.ENDED}


# ---------------------------------------------------------------- planning


def test_planning_says_what_is_wrong_beside_its_cause(november, marketer, rep, judge):
    def refused(**more):
        with pytest.raises(InvalidInput) as refusal:
            planned(marketer, **({"people": [rep]} | more))
        return set(refusal.value.errors)

    assert refused(name=" ") == {"name"}
    assert refused(hypothesis=" ") == {"hypothesis"}
    assert refused(people=[]) == {"people"}
    assert refused(people=[judge]) == {"people"}
    assert refused(people=UserFactory.create_batch(13)) == {"people"}
    assert refused(ends_on=dt.date(2026, 11, 1)) == {"ends_on"}
    assert refused(ends_on=dt.date(2027, 11, 1)) == {"ends_on"}
    assert refused(owner=judge) == {"owner"}
    assert refused(kind="feature", thing="nothing") == {"thing"}
    assert refused(kind="rule", thing=RuleFactory().public_id) == {"thing"}
    with pytest.raises(NotAllowed):
        planned(rep, [rep])


def test_one_thing_is_tried_once_at_a_time(november, marketer, rep):
    planned(marketer, [rep])
    with pytest.raises(InvalidInput, match="not decided"):
        planned(marketer, [rep])


def test_a_change_of_what_sales_read_makes_it_a_draft_again(touching, marketer, manager, rep, support):
    row = blessed(touching, manager, marketer)
    assert row.state == P.READY
    facts = {"name": row.name, "hypothesis": row.hypothesis, "owner": marketer, "starts_on": row.starts_on,
             "ends_on": row.ends_on}  # fmt: skip
    assert services.change(pilot=row, by=marketer, people=[rep], **facts | {"name": "Other name"}).state == P.READY
    row = services.change(pilot=row, by=marketer, people=[rep, support], **facts)
    assert (row.state, row.version, selectors.present(row)) == (P.DRAFT, 2, [])
    with pytest.raises(DomainError, match="ask sales first"):
        services.settle(pilot=row, by=marketer)
    with pytest.raises(Stale):
        services.change(pilot=row, by=marketer, people=[rep], revision=1, **facts)


def test_it_is_not_ready_without_a_criterion(november, marketer, rep):
    row = planned(marketer, [rep])
    services.drop_criterion(criterion=row.criteria.get(), by=marketer)
    with pytest.raises(DomainError, match="exit criterion"):
        services.settle(pilot=row, by=marketer)


# ---------------------------------------------------------------- sales


def test_nothing_touches_customers_without_a_recorded_yes(touching, marketer):
    with pytest.raises(DomainError, match="ask sales first"):
        services.settle(pilot=touching, by=marketer)
    with pytest.raises(IllegalMove):
        services.begin(pilot=touching, by=marketer)


def test_sales_is_asked_by_mail_and_its_first_answer_stands(touching, marketer, manager, drain, mailoutbox, client):
    consult = asked(touching, manager, marketer)
    assert asked(touching, manager, marketer) == consult
    drain()
    mail = next(one for one in mailoutbox if "May we try this first?" in one.subject)
    path = next(line for line in mail.body.split() if "/s/" in line)
    path = path[path.index("/s/") :]
    assert "May it be tried?" in client.get(path).text
    assert PilotConsult.objects.get().answered_at is None  # a scanner that opens it answers nothing
    assert client.post(path, {"answer": "yes_if", "condition": ""}).status_code == 422
    assert client.post(path, {"answer": "yes", "words": "Go"}).status_code == 302
    assert "your answer stands" in client.post(path, {"answer": "no", "words": "No!"}, follow=True).text
    consult.refresh_from_db()
    touching.refresh_from_db()
    assert (consult.answer, consult.words, consult.by_mail, touching.state) == ("yes", "Go", True, P.READY)


def test_a_yes_with_an_if_waits_for_its_condition(touching, marketer, manager, rep):
    consult = asked(touching, manager, marketer)
    services.answer(consult=consult, answer=Answer.YES_IF, words="", condition="The price list is out", by=manager)
    with pytest.raises(DomainError, match="wait for its yes"):
        services.settle(pilot=touching, by=marketer)
    with pytest.raises(NotAllowed):
        services.meet_condition(consult=consult, by=rep)
    services.meet_condition(consult=consult, by=marketer)
    touching.refresh_from_db()
    assert touching.state == P.READY


def test_a_no_sends_it_back_and_one_of_two_is_enough(touching, marketer, manager, sales_head):
    first, second = asked(touching, manager, marketer), asked(touching, sales_head, marketer)
    services.answer(consult=first, answer=Answer.YES, words="", by=manager)
    touching.refresh_from_db()
    assert touching.state == P.CONSULTING
    with pytest.raises(InvalidInput, match="why not"):
        services.answer(consult=second, answer=Answer.NO, words=" ", by=sales_head)
    services.answer(consult=second, answer=Answer.NO, words="Not in December", by=sales_head)
    touching.refresh_from_db()
    assert (touching.state, selectors.present(touching)) == (P.DRAFT, [])


def test_who_asks_cannot_answer_and_only_sales_is_asked(touching, sales_head, marketer, support, manager):
    for nobody in (support, marketer):
        with pytest.raises(InvalidInput):
            asked(touching, nobody, marketer)
    Pilot.objects.filter(pk=touching.pk).update(owner=sales_head)
    with pytest.raises(InvalidInput):
        asked(touching, sales_head, sales_head)
    consult = asked(touching, manager, sales_head)
    with pytest.raises(NotAllowed):
        services.answer(consult=consult, answer=Answer.YES, words="", by=sales_head)


def test_what_was_answered_is_never_changed(touching, marketer, manager):
    consult = asked(touching, manager, marketer)
    services.answer(consult=consult, answer=Answer.YES, words="Go", by=manager)
    for change in ({"words": "No"}, {"answer": "no"}, {"asked_by": manager.pk + 1_000}):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            PilotConsult.objects.filter(pk=consult.pk).update(**change)
    with pytest.raises(InternalError), transaction.atomic():
        PilotConsult.objects.filter(pk=consult.pk).delete()


def test_what_became_a_matter_of_customers_is_asked_about_before_it_begins(november, marketer, rep, support):
    rule = RuleFactory(state="draft")
    row = planned(marketer, [rep], kind="rule", thing=rule.public_id)
    services.settle(pilot=row, by=marketer)
    rule.definition = saying("reference.delivered", "contact", 50)
    rule.save()
    with pytest.raises(DomainError, match="ask sales first"):
        services.begin(pilot=row, by=marketer)
    assert services.go_by_the_clock() == 0  # the clock does not either
    assert "was to begin" not in str(desk_items(marketer))
    november.shift(DAY)
    assert [item.title for item in desk_items(marketer)] == ["“Early birds” was to begin on 2 November"]
    assert desk_items(support) == []


# ---------------------------------------------------------------- time


def test_the_clock_begins_reminds_and_ends_it_once(november, marketer, rep, drain, mailoutbox):
    row = planned(marketer, [rep], starts_on=dt.date(2026, 11, 4), ends_on=dt.date(2026, 11, 20))
    services.settle(pilot=row, by=marketer)
    assert services.go_by_the_clock() == 0
    november.move_to(dt.datetime(2026, 11, 4, 6, tzinfo=dt.UTC))
    assert [services.go_by_the_clock(), services.go_by_the_clock()] == [1, 0]
    november.move_to(dt.datetime(2026, 11, 17, 6, tzinfo=dt.UTC))
    assert [services.go_by_the_clock(), services.go_by_the_clock()] == [1, 0]
    november.move_to(dt.datetime(2026, 11, 21, 6, tzinfo=dt.UTC))
    assert [services.go_by_the_clock(), services.go_by_the_clock()] == [1, 0]
    row.refresh_from_db()
    assert row.state == P.ENDED
    topics = Event.objects.filter(topic__startswith="pilot.").order_by("pk").values_list("topic", flat=True)
    assert list(topics)[-4:] == ["pilot.ready", "pilot.begun", "pilot.ending", "pilot.ended"]
    assert [item.tone for item in desk_items(marketer)] == ["wait"]
    november.move_to(dt.datetime(2026, 11, 30, 6, tzinfo=dt.UTC))
    assert [item.tone for item in desk_items(marketer)] == ["stop"]


def test_its_people_hear_of_it_from_the_beginning_to_the_end(november, marketer, rep, drain, mailoutbox):
    row = planned(marketer, [rep], starts_on=dt.date(2026, 11, 4))
    services.settle(pilot=row, by=marketer)
    drain()
    november.shift(2 * DAY)
    services.go_by_the_clock()
    drain()
    services.decide(pilot=judged(row, marketer), to=P.STOPPED, because="Nobody needed it.", by=marketer)
    drain()
    told = [mail.subject for mail in mailoutbox if mail.to[0].endswith(f"<{rep.email}>")]
    assert told == [
        "You are one of the first to try: Early birds", "It begins: Early birds", "Early birds: Stopped. Thank you"
    ]  # fmt: skip
    assert "Nobody needed it." in mailoutbox[-1].body


# ---------------------------------------------------------------- log and decision


def test_the_log_is_for_few(november, marketer, rep, support, executive, admin, sales_head):
    row = running(marketer, [rep])
    services.write_down(pilot=row, text="It broke twice", by=rep)
    with pytest.raises(NotAllowed):
        services.write_down(pilot=row, text="I heard it broke", by=support)
    with pytest.raises(InvalidInput):
        services.write_down(pilot=row, text="  ", by=rep)
    assert [note.text for note in selectors.log_of(row, rep)] == ["It broke twice"]
    assert all(selectors.log_of(row, one) for one in (marketer, sales_head))
    assert all(selectors.log_of(row, one) is None for one in (support, executive, admin))
    event = Event.objects.get(topic="pilot.noted")
    assert "broke" not in str(event.payload)
    assert [reads_pilot(one, event) for one in (rep, executive, support)] == [True, True, False]


def test_who_sees_which_pilot(november, marketer, rep, support, executive, manager):
    row = planned(marketer, [rep])
    assert [selectors.visible_to(one).exists() for one in (executive, rep, support, manager)] == [True, *[False] * 3]
    asked(row, manager, marketer)
    assert selectors.visible_to(manager).exists()
    assert not selectors.visible_to(rep).exists()  # nobody is told before it is ready
    services.answer(consult=row.consults.get(), answer=Answer.YES, words="", by=manager)
    assert selectors.visible_to(rep).exists()


def test_it_is_decided_by_criteria_and_with_a_reason(november, marketer, rep):
    row = running(marketer, [rep])
    with pytest.raises(DomainError, match="each criterion"):
        services.decide(pilot=row, to=P.ROLLED_OUT, because="Good", by=marketer)
    judged(row, marketer)
    for said in ({"to": P.ROLLED_OUT, "because": " "}, {"to": P.READY, "because": "Good"}):
        with pytest.raises(InvalidInput):
            services.decide(pilot=row, by=marketer, **said)
    with pytest.raises(NotAllowed):
        services.decide(pilot=row, to=P.ROLLED_OUT, because="Good", by=rep)
    row = services.decide(pilot=row, to=P.ROLLED_OUT, because="Good", by=marketer)
    assert (row.state, row.because, row.decided_by) == (P.ROLLED_OUT, "Good", marketer)
    with pytest.raises(IllegalMove):
        services.decide(pilot=row, to=P.STOPPED, because="No, after all", by=marketer)


def test_tried_again_it_is_planned_anew_and_reaches_nobody_until_then(november, marketer, rep):
    row = judged(running(marketer, [rep]), marketer, met=False)
    services.decide(pilot=row, to=P.REPEATED, because="The button was too small", by=marketer)
    again = Pilot.objects.get(repeats=row)
    assert (again.state, again.thing, again.criteria.get().met) == (P.DRAFT, "directory", None)
    assert [member.user for member in again.members.all()] == [rep]
    assert again.ends_on - again.starts_on == row.ends_on - row.starts_on
    assert not features.may_use(rep, "directory")


# ---------------------------------------------------------------- features


def test_a_feature_is_shown_to_the_few_then_to_all_or_to_nobody(november, marketer, rep, support, clients):
    row = planned(marketer, [rep])
    assert clients["support"].get("/directory/").status_code == 200  # nothing has begun
    services.settle(pilot=row, by=marketer)
    services.begin(pilot=row, by=marketer)
    assert clients["rep"].get("/directory/").status_code == 200
    assert clients["support"].get("/directory/").status_code == 403
    assert features.pages_closed_to(support) == {"/directory/"}
    assert '"/directory/"' not in clients["support"].get("/feed/").text
    assert '"/directory/"' in clients["rep"].get("/feed/").text
    services.decide(pilot=judged(row, marketer), to=P.ROLLED_OUT, because="Good", by=marketer)
    assert clients["support"].get("/directory/").status_code == 200
    row = judged(running(marketer, [rep]), marketer)
    services.decide(pilot=row, to=P.STOPPED, because="Bad", by=marketer)
    assert clients["rep"].get("/directory/").status_code == 403
    services.cancel(pilot=planned(marketer, [rep]), by=marketer)
    assert not features.may_use(rep, "directory")


# ---------------------------------------------------------------- persons


def test_words_are_forgotten_and_answers_stay(touching, marketer, manager, rep):
    row = blessed(touching, manager, marketer)
    services.write_down(pilot=row, text="I shall try", by=rep)
    assert [one["text"] for one in privacy.export_person(rep.person_id)["pilots_log"]] == ["I shall try"]
    assert [one["words"] for one in privacy.export_person(manager.person_id)["pilots_answered"]] == ["Go ahead"]
    for one in (rep, manager):
        privacy.erase_person(one.person_id)
    assert (PilotNote.objects.get().text, PilotNote.objects.get().by) == ("", None)
    assert PilotConsult.objects.values_list("answer", "words").get() == ("yes", "")


def test_a_limit_is_said_in_words(november, marketer, rep, support):
    row = running(marketer, [rep])
    PilotMemberFactory(pilot=row)
    limit = selectors.limits_of("feature", ["directory", "feed"], marketer)
    assert list(limit) == ["directory"]
    assert (limit["directory"].words, limit["directory"].url) == (
        "Tried with 2 people until 29 November.", row.get_absolute_url(),
    )  # fmt: skip
    assert selectors.limits_of("feature", ["directory"], support)["directory"].url == ""


def test_before_it_begins_a_feature_stays_as_it_is_and_a_rule_reaches_nobody(november, marketer, rep, support):
    row = planned(marketer, [rep])
    assert features.may_use(support, "directory")
    said = selectors.limits_of("feature", ["directory"], marketer)["directory"].words
    assert said == "It is part of a pilot that has not begun: it stays as it is until then."
    Pilot.objects.filter(pk=row.pk).update(kind="rule", thing="r1")
    assert "it reaches nobody" in selectors.limits_of("rule", ["r1"], marketer)["r1"].words
    assert selectors.cohort_of("rule", "r1").users == frozenset()


def test_a_team_is_taken_in_whole(november, marketer, rep, clients):
    team = TeamFactory()
    users = UserFactory.create_batch(2, team=team)
    UserFactory(team=team, is_active=False)
    clients["marketer"].post("/pilots/new/", {
        "thing": "feature:feed", "name": "Feed", "hypothesis": "They read it", "people": [rep.public_id],
        "team": team.public_id, "starts_on": "2026-11-03", "ends_on": "2026-11-20", "owner": marketer.public_id,
    })  # fmt: skip
    members = Pilot.objects.get().members.values_list("user", flat=True)
    assert set(members) == {rep.pk, *(user.pk for user in users)}
