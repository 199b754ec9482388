"""Executive sponsors: promises and their rhythm, done on time / due, alerts, handing over, reminders."""

import datetime as dt

import pytest

from refprogram.governance.sponsors import kit, privacy, selectors, services
from refprogram.governance.sponsors.desk import desk_items, due_items
from refprogram.governance.sponsors.enums import Cause, PledgeKind, PledgeState
from refprogram.governance.sponsors.models import SponsorPledge, Sponsorship
from refprogram.governance.sponsors.rates import Rate
from refprogram.governance.sponsors.services.cadence import next_day
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from refprogram.kernel.stale import Stale
from refprogram.people.enums import LeaveKind, Role
from refprogram.people.services import change_role, deactivate_user, set_leave
from tests.factories.people import RegionFactory, UserFactory
from tests.factories.sponsors import SponsorPledgeFactory, SponsorshipFactory

pytestmark = pytest.mark.django_db
S = PledgeState
TODAY = dt.date(2026, 11, 2)  # of the fixture `november`
FACTS = {
    "kind": "announce", "words": "Open the kick-off", "channel": "Kick-off", "audience": "Sales",
    "due_on": dt.date(2026, 11, 16), "every_weeks": 0, "until": None,
}  # fmt: skip


def day(month, number):
    return dt.date(2026, month, number)


# ---------------------------------------------------------------- done on time / due


def test_the_rate_is_done_on_time_of_due_by_hand(november):
    row = SponsorshipFactory()

    def add(due_on, **more):
        SponsorPledgeFactory(sponsorship=row, due_on=due_on, **more)

    add(day(10, 5), done_on=day(10, 5), kind=PledgeKind.REPEAT)  # on time
    add(day(10, 12), done_on=day(10, 9))  # on time
    add(day(10, 19), done_on=day(10, 21))  # late
    add(day(10, 20), state=S.MISSED)
    add(day(10, 30), state=S.PROMISED)  # due, not done: it may still be kept late
    add(day(10, 21), state=S.RELEASED)
    add(day(10, 22), state=S.UNHELD)  # nobody's fault
    add(TODAY, state=S.PROMISED)  # the day is not over
    add(day(11, 20), done_on=day(11, 1))  # done early: not due yet
    add(day(9, 28), done_on=day(9, 30))  # the quarter before
    found = selectors.rates(SponsorPledge.objects.all(), TODAY)
    assert (found.now, found.now.share, found.now.not_done) == (Rate(due=5, on_time=2, late=1, released=1), 0.4, 2)
    assert found.quarters[1][1] == Rate(due=1, late=1)
    assert found.sponsors == [(row.user.name, Rate(due=6, on_time=2, late=2, released=1))]
    assert dict(found.kinds) == {"Announce": Rate(5, 1, 2, 1), "Repeat": Rate(1, 1)}
    assert selectors.delivery(day(10, 1) - dt.timedelta(days=1), TODAY) == {
        "due": 5, "on_time": 2, "late": 1, "released": 1,
    }  # fmt: skip


def test_nothing_due_is_no_value_and_not_nought(november):
    SponsorPledgeFactory(due_on=day(10, 5), state=S.RELEASED)
    found = selectors.rates(SponsorPledge.objects.all(), TODAY)
    assert (found.whole, found.whole.share) == (Rate(released=1), None)


# ---------------------------------------------------------------- promises and their rhythm


@pytest.mark.parametrize(
    ("due_on", "weeks", "until", "found"),
    [
        (day(11, 1), 0, None, None),
        (day(10, 26), 1, None, TODAY),
        (day(10, 5), 2, None, TODAY),
        (day(10, 6), 2, None, day(11, 3)),  # what passed meanwhile is not made up for
        (day(11, 16), 4, None, day(12, 14)),
        (day(11, 16), 4, day(12, 13), None),
        (day(11, 16), 4, day(12, 14), day(12, 14)),
    ],
)
def test_the_next_day_of_a_rhythm(due_on, weeks, until, found):
    assert next_day(due_on, weeks, until, TODAY) == found


def test_a_promise_is_made_by_the_sponsor_or_noted_for_them(november, marketer, rep):
    row = SponsorshipFactory()
    made = services.promise(sponsorship=row, facts=FACTS, by=row.user)
    assert (made.state, made.noted_by, made.words) == (S.PROMISED, row.user, "Open the kick-off")
    assert services.promise(sponsorship=row, facts=FACTS, by=marketer).noted_by == marketer
    with pytest.raises(NotAllowed):
        services.promise(sponsorship=row, facts=FACTS, by=rep)
    wrong = {"words": " ", "due_on": day(11, 1), "every_weeks": 99}
    with pytest.raises(InvalidInput) as refusal:
        services.promise(sponsorship=row, facts=FACTS | wrong, by=marketer)
    assert set(refusal.value.errors) == {"words", "due_on", "every_weeks"}
    services.end_sponsor(row=row, by=marketer)
    with pytest.raises(DomainError, match="does not back the program any more"):
        services.promise(sponsorship=row, facts=FACTS, by=marketer)


def test_done_makes_the_next_one_once(november, marketer):
    row = SponsorPledgeFactory(due_on=day(11, 3), every_weeks=4)
    services.finish(row=row, by=row.holder, proof="Forty people heard it")
    again = services.finish(row=row, by=marketer, proof="Somebody else's words")
    assert (again.done_on, again.proof, again.on_time) == (TODAY, "Forty people heard it", True)
    following = SponsorPledge.objects.get(follows=row)
    assert (following.due_on, following.state, following.every_weeks) == (day(12, 1), S.PROMISED, 4)
    assert SponsorPledge.objects.count() == 2


def test_a_day_in_the_future_is_refused_and_one_before_it_counts(november, marketer):
    row = SponsorPledgeFactory(due_on=day(11, 1), created_at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
    with pytest.raises(InvalidInput):
        services.finish(row=row, on=day(11, 3), by=marketer)
    with pytest.raises(InvalidInput):
        services.finish(row=row, on=day(9, 30), by=marketer)
    assert services.finish(row=row, on=day(10, 31), by=marketer).on_time


def test_missed_by_the_clock_and_two_runs_make_one_next(november):
    row = SponsorPledgeFactory(due_on=day(10, 25), every_weeks=2)  # seven days to be late end on the 1st
    weekly = SponsorPledgeFactory(due_on=day(10, 26), every_weeks=1)  # its next one is due today
    young = SponsorPledgeFactory(due_on=day(10, 27))
    assert (services.miss_late(), services.miss_late()) == (2, 0)
    for one in (row, weekly, young):
        one.refresh_from_db()
    assert [one.state for one in (row, weekly, young)] == [S.MISSED, S.MISSED, S.PROMISED]
    assert [(one.follows, one.due_on) for one in SponsorPledge.objects.exclude(follows=None).order_by("pk")] == [
        (row, day(11, 8)), (weekly, TODAY),
    ]  # fmt: skip
    # killed before the second run could commit: the next one is there, and it is not made again
    SponsorPledge.objects.filter(pk=row.pk).update(state=S.PROMISED)
    assert services.miss_late() == 1
    assert SponsorPledge.objects.filter(follows=row).count() == 1
    # told late that it was done on its day
    told = services.finish(row=row, on=day(10, 25), by=row.holder)
    assert (told.state, told.on_time, SponsorPledge.objects.filter(follows=row).count()) == (S.DONE, True, 1)


def test_releasing_needs_a_reason_and_the_program(november, marketer, drain):
    row = SponsorPledgeFactory(every_weeks=4, due_on=day(11, 3))
    with pytest.raises(NotAllowed):
        services.release(row=row, because="Too much to do", ends=False, by=row.holder)
    with pytest.raises(InvalidInput):
        services.release(row=row, because="  ", ends=False, by=marketer)
    services.release(row=row, because="The event was called off", ends=False, by=marketer)
    following = SponsorPledge.objects.get(follows=row)
    services.release(row=following, because="The series ends", ends=True, by=marketer)
    assert SponsorPledge.objects.count() == 2
    with pytest.raises(DomainError):
        services.finish(row=row, by=row.holder)
    drain()
    assert row.holder.person.notices.filter(kind="sponsor.news").count() == 2


def test_who_is_slower_hears_what_is_kept_meanwhile(november, marketer):
    row = SponsorPledgeFactory()
    services.change(row=row, facts={"words": "Open the autumn kick-off"}, revision=1, by=marketer)
    with pytest.raises(Stale) as refusal:
        services.change(row=row, facts={"words": "Close it"}, revision=1, by=row.holder)
    assert "Open the autumn kick-off" in refusal.value.errors["words"]
    SponsorPledge.objects.filter(pk=row.pk).update(due_on=day(10, 30), reminded="after")
    kept = services.change(row=row, facts={"channel": "Mail"}, revision=2, by=marketer)  # its day may have passed
    assert (kept.due_on, kept.reminded, kept.channel) == (day(10, 30), "after", "Mail")
    moved = services.change(row=row, facts={"due_on": day(11, 9)}, revision=3, by=marketer)
    assert (moved.due_on, moved.reminded) == (day(11, 9), "")


# ---------------------------------------------------------------- reminders


def test_three_reminders_and_no_more(november, drain, mailoutbox):
    row = SponsorPledgeFactory(due_on=day(11, 9), words="Open the kick-off")
    for _day in range(12):
        services.follow_up()
        services.follow_up()  # beat ran twice
        drain()
        november.shift(dt.timedelta(days=1))
    assert [mail.subject for mail in mailoutbox] == [
        "By 9 November you wanted to: Open the kick-off",
        "Today is the day: Open the kick-off",
        "Did you do it? Open the kick-off",
    ]
    row.refresh_from_db()
    assert row.state == S.PROMISED
    november.shift(dt.timedelta(days=6))
    services.follow_up()
    drain()
    row.refresh_from_db()
    assert (row.state, len(mailoutbox)) == (S.MISSED, 3)


def test_the_link_shows_and_acts_once(november, client, drain, mailoutbox):
    row = SponsorPledgeFactory(due_on=TODAY, every_weeks=1)
    services.remind()
    drain()
    body = mailoutbox[0].body
    path = body[body.index("/s/") :].split()[0]
    assert "What happened?" in client.get(path).text
    assert SponsorPledge.objects.get(pk=row.pk).state == S.PROMISED
    assert client.post(path, {"answer": "done", "words": "All of them heard it"}).status_code == 302
    assert client.post(path, {"answer": "done", "words": "Again"}).status_code == 302
    page = client.get(path).text
    assert "Thank you: it is noted as done" in page
    assert "100" in page
    row.refresh_from_db()
    assert (row.state, row.proof, SponsorPledge.objects.count()) == (S.DONE, "All of them heard it", 2)
    november.shift(dt.timedelta(days=61))
    assert client.get(path).status_code == 410


def test_the_link_of_who_handed_over_opens_nothing(november, client, marketer, executive, drain, mailoutbox):
    row = SponsorPledgeFactory(due_on=TODAY)
    services.remind()
    drain()
    path = mailoutbox[0].body[mailoutbox[0].body.index("/s/") :].split()[0]
    services.hand_over(row=row.sponsorship, to=executive, by=marketer)
    assert client.get(path).status_code == 410
    assert client.post(path, {"answer": "done"}).status_code == 410


# ---------------------------------------------------------------- a sponsor may be lost


def leave(user, by, days):
    last = TODAY + dt.timedelta(days=days - 1)
    return set_leave(user=user, kind=LeaveKind.HOLIDAY, starts_on=TODAY, ends_on=last, actor=by)


CAUSES = {
    Cause.DEACTIVATED: lambda row, by: deactivate_user(user=row.user, actor=by),
    Cause.ROLE: lambda row, by: change_role(user=row.user, role=Role.FINANCE, actor=by),
    Cause.LEAVE: lambda row, by: leave(row.user, by, 28),
    Cause.TERM: lambda row, _by: services.end_terms(),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_alerts_once_and_stands_on_the_desk(
    cause, november, admin, marketer, sales_head, drain, mailoutbox
):  # fmt: skip
    row = SponsorshipFactory(until=day(11, 1) if cause == Cause.TERM else None)
    pledge = SponsorPledgeFactory(sponsorship=row)
    CAUSES[cause](row, admin)
    services.end_terms()
    drain()
    alerts = [mail for mail in mailoutbox if "A sponsor may be lost" in mail.subject]
    readers = {user.email for user in (marketer, sales_head)} | ({admin.email} if cause == Cause.TERM else set())
    assert {mail.to[0].split("<")[1].rstrip(">") for mail in alerts} >= readers
    assert len(alerts) == len({mail.to[0] for mail in alerts})
    row.refresh_from_db()
    pledge.refresh_from_db()
    gone = cause in (Cause.DEACTIVATED, Cause.TERM)
    assert (row.alert, row.is_live, pledge.state) == (cause, not gone, S.UNHELD if gone else S.PROMISED)
    assert Event.objects.filter(topic="sponsorship.alerted").count() == 1
    item = desk_items(marketer)[0]
    assert (row.user.name in item.title, item.detail) == (True, "1 promise needs a sponsor")


def test_a_short_leave_alerts_nobody(november, admin, marketer, drain, mailoutbox):
    row = SponsorshipFactory()
    leave(row.user, admin, 27)
    drain()
    assert (Sponsorship.objects.get().alert, len(mailoutbox), desk_items(marketer)) == ("", 0, [])


def test_they_stay_or_nothing_is_left_to_do(november, admin, marketer, executive, drain):
    row = SponsorshipFactory()
    pledge = SponsorPledgeFactory(sponsorship=row)
    leave(row.user, admin, 30)
    drain()
    services.keep_on(row=row, by=marketer)
    services.keep_on(row=row, by=marketer)
    assert (Sponsorship.objects.get().alert, desk_items(marketer)) == ("", [])
    deactivate_user(user=row.user, actor=admin)
    drain()
    with pytest.raises(DomainError, match="still need a new sponsor"):
        services.keep_on(row=row, by=marketer)
    services.release(row=pledge, because="It went with them", ends=True, by=marketer)
    assert services.keep_on(row=row, by=marketer).alert == ""
    with pytest.raises(NotAllowed):
        services.keep_on(row=row, by=executive)


# ---------------------------------------------------------------- handing over


def test_everything_goes_over_in_one_act_and_is_answered_one_by_one(
    november, client, admin, marketer, executive, drain, mailoutbox
):  # fmt: skip
    row = SponsorshipFactory(deputy=executive)
    soon = SponsorPledgeFactory(sponsorship=row, due_on=day(11, 4), words="Speak at the kick-off")
    later = SponsorPledgeFactory(sponsorship=row, due_on=day(12, 1), every_weeks=4, words="Write to all")
    done = SponsorPledgeFactory(sponsorship=row, due_on=day(10, 5), done_on=day(10, 5))
    deactivate_user(user=row.user, actor=admin)
    drain()
    mailoutbox.clear()
    target = services.hand_over(row=row, to=executive, by=marketer)
    drain()
    row.refresh_from_db()
    assert (target.user, target.label, row.alert, row.ended_for) == (executive, row.label, "", Cause.DEACTIVATED)
    assert list(target.pledges.order_by("due_on")) == [soon, later]
    assert set(target.pledges.values_list("state", flat=True)) == {S.HANDED}
    assert list(row.pledges.all()) == [done]
    assert [mail.subject for mail in mailoutbox] == [
        f"You take over as a sponsor from {row.user.name}: {target.label}"
    ]  # fmt: skip
    body = mailoutbox[0].body
    assert "Speak at the kick-off" in body
    path = body[body.index("/s/") :].split()[0]
    assert "2 promises wait for your word" in client.get(path).text
    client.post(path, {"pledge": soon.public_id, "answer": "yes"})
    client.post(path, {"pledge": later.public_id, "answer": "no", "words": "Not every month"})
    client.post(path, {"pledge": later.public_id, "answer": "yes"})  # answered already
    assert "you have answered everything" in client.get(path).text
    soon.refresh_from_db()
    later.refresh_from_db()
    assert (soon.state, soon.due_on) == (S.PROMISED, day(11, 9))  # some days at least
    assert (later.state, later.because) == (S.UNHELD, "Not every month")
    assert [item.title for item in desk_items(marketer)] == ["Needs a new sponsor: Write to all"]
    topics = Event.objects.filter(subject_type="sponsorpledge", subject_id=later.pk).order_by("pk")
    assert list(topics.values_list("topic", flat=True)) == [
        "pledge.unheld", "pledge.handed_over", "pledge.refused",
    ]  # fmt: skip


def test_one_promise_is_offered_to_another_sponsor(november, marketer, drain, mailoutbox):
    pledge = SponsorPledgeFactory(state=S.UNHELD)
    other = SponsorshipFactory(user=UserFactory(role=Role.SALES_HEAD))
    with pytest.raises(InvalidInput, match="theirs already"):
        services.offer(row=pledge, to=pledge.sponsorship, by=marketer)
    services.offer(row=pledge, to=other, by=marketer)
    drain()
    assert [mail.to[0].split("<")[1].rstrip(">") for mail in mailoutbox] == [other.user.email]
    assert [item.title for item in due_items(other.user)] == [f"Take this over? {pledge.words}"]
    with pytest.raises(NotAllowed):
        services.accept(row=pledge, by=marketer)
    assert services.accept(row=pledge, by=other.user).state == S.PROMISED
    assert services.accept(row=pledge, by=other.user).state == S.PROMISED
    with pytest.raises(DomainError, match="your own promise"):
        services.decline(row=pledge, because="", by=other.user)


def test_who_cannot_back_it_is_refused(november, marketer, judge, executive):
    row = SponsorshipFactory()
    gone = UserFactory(is_active=False)
    for to in (row.user, gone, judge):
        with pytest.raises(InvalidInput) as refusal:
            services.hand_over(row=row, to=to, by=marketer)
        assert set(refusal.value.errors) == {"to"}
    facts = {"backs": "program", "starts_on": TODAY}
    services.name_sponsor(user=executive, facts=facts, by=marketer)
    with pytest.raises(InvalidInput, match="back this already"):
        services.name_sponsor(user=executive, facts=facts, by=marketer)
    for wrong, field in (({"backs": "region"}, "region"), ({"backs": "contest"}, "part"),
                         ({"until": day(11, 1)}, "until"), ({"deputy": gone}, None)):  # fmt: skip
        with pytest.raises(InvalidInput) as refusal:
            services.name_sponsor(user=gone if field is None else row.user, facts=facts | wrong, by=marketer)
        assert field is None or set(refusal.value.errors) == {field}


# ---------------------------------------------------------------- who backs what


def test_gaps_say_since_when_nobody_backs_it():
    europe, asia = RegionFactory(name="Europe"), RegionFactory(name="Asia")
    live = SponsorshipFactory(backs="region", region=asia)
    SponsorshipFactory(backs="region", region=europe, ended_on=day(1, 9), ended_for="term")
    SponsorshipFactory(backs="region", region=europe, ended_on=day(3, 3), ended_for="term")
    SponsorshipFactory(backs="contest", part="Spring Awards", ended_on=day(2, 1), ended_for="term")
    SponsorshipFactory(backs="contest", part="Old Awards", ended_on=dt.date(2024, 2, 1), ended_for="term")
    rows = selectors.sponsors_in_full(Sponsorship.objects.all()).order_by("pk")
    found = {one.label: (one.alone_since, len(one.sponsors)) for one in selectors.parts(rows, [asia, europe], TODAY)}
    assert found == {
        "the whole program": (None, 0), "Asia": (None, 1), "Europe": (day(3, 3), 0),
        "Spring Awards": (day(2, 1), 0),
    }  # fmt: skip
    assert live.label == "Asia"


# ---------------------------------------------------------------- words to send


def test_words_leave_out_what_nobody_knows():
    told = {"name": "Edo", "part": "Europe", "references": "40", "nominated": "", "nominators": "", "coverage": ""}
    words = kit.written(PledgeKind.ANNOUNCE, told)
    assert "40 customers speak for us today." in words.text
    assert "nominated" not in words.text
    assert words.text.endswith("\n\nEdo")
    assert words.mailto.startswith("mailto:?subject=Why%20I%20back")
    for kind in PledgeKind:
        assert kit.written(kind, {"name": "Edo", "part": "Europe", "words": "The form"}).text


def test_each_change_of_the_words_is_a_version(november, marketer):
    row = SponsorPledgeFactory()
    first = services.write_text(row=row, subject="Hello", text="One", revision=0, by=row.holder)
    with pytest.raises(Stale):
        services.write_text(row=row, subject="Hello", text="Two", revision=0, by=marketer)
    second = services.write_anew(row=row, by=marketer)
    assert (first.revision, second.revision, row.texts.count()) == (1, 2, 2)
    assert row.holder.name in second.text
    with pytest.raises(InvalidInput):
        services.write_text(row=row, subject="", text="Two", revision=2, by=marketer)


def test_what_a_sponsor_wrote_is_exported_and_erased(november, marketer):
    row = SponsorPledgeFactory(done_on=TODAY, due_on=TODAY, proof="Forty people", words="Speak")
    no = SponsorPledgeFactory(sponsorship=row.sponsorship, state=S.UNHELD, because="No time")
    free = SponsorPledgeFactory(sponsorship=row.sponsorship, state=S.RELEASED)
    services.write_text(row=row, subject="Hello", text="One", revision=0, by=row.holder)
    person = row.holder.person_id
    found = privacy.export_person(person)
    assert [one["proof"] for one in found["promises"]] == ["Forty people", "", ""]
    assert [one["subject"] for one in found["words_of_promises"]] == ["Hello"]
    privacy.erase_person(person)
    for one in (row, no, free):
        one.refresh_from_db()
    assert (row.proof, no.because, row.words, row.texts.count()) == ("", "", "Speak", 0)
    assert free.because
