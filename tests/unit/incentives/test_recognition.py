"""Recognition: levels by hand, thanks without rings, letters in one's own name, the feed by consent, two walls."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from incentives.badges import selectors as badges
from incentives.badges.services import revoke
from incentives.ledger.booking import METRIC
from incentives.recognition import desk, feed, levels, policy, proofs, selectors, services, walls, weekly
from incentives.recognition.enums import LetterState, RecognitionSide
from incentives.recognition.models import FeedPost, Letter
from incentives.recognition.services.thanking import EnoughThanks
from incentives.recognition.standings import leaderboard
from refprogram.kernel import rollups
from refprogram.kernel.errors import IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.stale import Stale
from refprogram.kernel.stream import drain as relay_to
from refprogram.kernel.stream import emit
from refprogram.notices.models import Mail, Notice
from tests.factories.incentives_badges import worn
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory

D = Decimal


def test_levels_by_hand():
    sums = {levels.SUBMITTED: D(13), levels.APPROVED: D(8), levels.ENROLLED: D("3.5"), levels.THANKS: D(20)}

    found = {one.dimension: one for one in levels.levels_from(sums, policy.Figures())}

    # Volume: 1 and 3 are reached of (1, 3, 8, 15), 4.5 are missing to 8. Quality: 8 / 13 = 61.5 %, to even 62.
    assert [(one.level, one.value, one.missing) for one in found.values()] == [
        (2, D("3.5"), D("4.5")), (2, D(62), D(8)), (0, D(0), D(1)), (4, D(20), None),
    ]  # fmt: skip
    too_few = levels.levels_from({levels.SUBMITTED: D(3), levels.APPROVED: D(3)}, policy.Figures())[1]
    assert (too_few.value, too_few.level, too_few.to_go) == (None, 0, "Counted from 4 nominations on.")
    assert levels.level_of(D(15), (1, 3, 8, 15)) == (4, None)
    assert levels.since(dt.date(2026, 11, 22)) == dt.date(2026, 1, 1)
    assert levels.since(dt.date(2026, 2, 1)) == dt.date(2025, 4, 1)


@pytest.mark.django_db
def test_levels_are_read_of_four_quarters(rep):
    now = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    for at, value in ((now, 2), (now - dt.timedelta(days=300), 1), (now - dt.timedelta(days=330), 40)):
        rollups.add(metric=levels.ENROLLED, at=at, keys={"rep": rep.person_id, "team": 1}, value=value)
    with time_machine.travel(now, tick=False):
        found = {one.dimension: one.value for one in levels.levels_of(rep.person_id)}
        everybody = levels.everybody()
    assert found[RecognitionSide.VOLUME] == 3
    assert everybody[rep.person_id][RecognitionSide.VOLUME] == 3


@pytest.mark.django_db
def test_thanks_are_few_never_to_oneself_and_a_ring_does_not_count(drain, cast):
    ann, bob, cem = cast.rep, cast.support, cast.manager
    with time_machine.travel(dt.datetime(2026, 11, 18, 10, tzinfo=dt.UTC), tick=False):  # a Wednesday
        there = services.give_thanks(to=bob, words="You lent me a customer", actor=ann)
        back = services.give_thanks(to=ann, words="You too", actor=bob)  # a ring of two
        on = services.give_thanks(to=cem, words="For the call", actor=bob)
        around = services.give_thanks(to=ann, words="For all", actor=cem)  # a ring of three: ann, bob, cem, ann
        assert [one.counts for one in (there, back, on, around)] == [True, False, True, False]
        with pytest.raises(InvalidInput, match="Thank somebody else"):
            services.give_thanks(to=ann, words="Me", actor=ann)
        with pytest.raises(EnoughThanks, match="have thanked Sami Support this week"):
            services.give_thanks(to=bob, words="Again", actor=ann)
        services.take_thanks_back(thanks=there, actor=ann)
        services.give_thanks(to=bob, words="Better words", actor=ann)
        services.give_thanks(to=cast.marketer, words="For the kit", actor=ann)
        assert selectors.thanks_left(ann) == 0  # what was taken back stays used
        with pytest.raises(EnoughThanks, match="all your thanks of this week: 3"):
            services.give_thanks(to=cem, words="For the call", actor=ann)
        with pytest.raises(NotAllowed):
            services.take_thanks_back(thanks=on, actor=ann)
        helped = {one.dimension: one.value for one in levels.levels_of(bob.person_id)}[RecognitionSide.HELP]
    with time_machine.travel(dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC), tick=False):  # Monday: three more
        assert selectors.thanks_left(ann) == 3
        drain()
    assert helped == 0  # the better words come back to who said “You too”
    assert Notice.objects.filter(person=bob.person, text__startswith="Rhea Rep thanks you: ").count() == 1
    assert [proof.rows for proof in proofs.proofs() if not proof.holds] == []


@pytest.mark.django_db
def test_a_letter_is_drafted_from_facts_and_sent_by_its_writer_alone(drain, cast, mailoutbox):
    writer, reader, _lead = cast.executive, cast.rep, cast.manager
    for _n in range(2):
        rollups.add(metric=levels.ENROLLED, at=dt.datetime.now(dt.UTC), keys={"rep": reader.person_id}, value=1)
    row = services.draft_letter(about=reader, writer=writer, actor=cast.marketer)
    drain()
    assert row.facts == ["2 customers you nominated became references."]
    assert row.body.startswith("Dear Rhea,\n\nI have seen")
    assert row.body.endswith(f"\n\n{writer.name}")
    assert [item.title for item in desk.desk_items(writer) if "waits" in item.title] == [
        "A letter to Rhea Rep waits for your words"
    ]
    services.change_letter(letter=row, actor=writer, subject="Bravo", body="Dear Rhea, bravo.", public=True, revision=0)
    with pytest.raises(Stale):
        services.change_letter(letter=row, actor=cast.marketer, subject="Hm", revision=0)
    with pytest.raises(NotAllowed, match="Only "):
        services.send_letter(letter=row, actor=cast.marketer)
    assert not mailoutbox

    services.send_letter(letter=row, actor=writer)
    drain()

    assert {(mail.person_id, mail.reply_to) for mail in Mail.objects.all()} == {
        (reader.person_id, writer.email), (cast.manager.person_id, writer.email),
    }  # fmt: skip
    # Every colleague reads it in the feed; its own page is for whom it concerns.
    assert {
        user.role: [(line.words, line.url != "") for line in feed.read(user).lines]
        for user in (cast.support, cast.rep, cast.manager)
    } == {
        "support": [("Dear Rhea, bravo.", False)],
        "rep": [("Dear Rhea, bravo.", True)],
        "manager": [("Dear Rhea, bravo.", True)],
    }
    with pytest.raises(IllegalMove):
        services.send_letter(letter=row, actor=writer)
    with pytest.raises(IllegalMove):
        services.change_letter(letter=row, actor=writer, body="Other words")
    assert Letter.objects.get().state == LetterState.SENT
    assert selectors.cadence()[0].sent == 1


@pytest.mark.django_db
def test_who_is_behind_with_letters_hears_so_in_the_last_month_of_a_quarter(executive, rep):
    with time_machine.travel(dt.datetime(2026, 11, 18, tzinfo=dt.UTC), tick=False):
        assert desk.desk_items(executive) == desk.desk_items(rep) == []
    with time_machine.travel(dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC), tick=False):
        assert [item.title for item in desk.desk_items(executive)] == ["6 letters are missing this quarter"]


@pytest.mark.django_db
def test_the_feed_leaves_out_who_would_rather_not_and_names_customers_only_by_consent(cast):
    account = AccountFactory(name="Acme Works", industry="Steel")
    emit("nomination.enrolled", subject=account, account_id=account.pk, payload={"nominator": cast.rep.person_id})
    grant = worn(person=cast.support.person)
    services.give_thanks(to=cast.other_team_rep, words="For the call", actor=cast.rep)
    carry()

    said = {feed.plain(line.said) for line in feed.read(cast.manager).lines}
    assert said == {
        "Rhea Rep brought in a reference: a customer in Steel",
        f"Sami Support has the badge {grant.badge.name}",
        "Rhea Rep thanks Olga Outsider",
    }
    services.choose(user=cast.other_team_rep, in_ranks=True, in_feed=False)
    revoke(grant=grant, reason="Wrong", actor=cast.marketer)
    services.hide_post(row=FeedPost.objects.get(kind="win"), actor=cast.rep)
    carry()

    assert feed.read(cast.manager).lines == []
    assert [line.words for line in feed.read(cast.other_team_rep).lines] == ["For the call"]  # oneself reads it
    assert not selectors.thanks_visible_to(cast.manager).exists()


@pytest.mark.django_db
def test_who_gave_thanks_or_wears_a_badge_and_keeps_to_themselves_is_named_to_nobody(cast):
    """Whoever gave them counts as whoever got them; whoever gave a badge by hand is not named, and hides none."""
    now = dt.datetime(2026, 11, 18, 10, tzinfo=dt.UTC)
    with time_machine.travel(now, tick=False):
        services.give_thanks(to=cast.support, words="For the call", actor=cast.rep)
        grant = worn(person=cast.support.person, actor=cast.rep)
        worn(badge=grant.badge, person=cast.rep.person, actor=cast.marketer)
        carry()
        services.choose(user=cast.rep, in_ranks=True, in_feed=False)

    assert [feed.plain(line.said) for line in feed.read(cast.manager).lines] == [
        f"Sami Support has the badge {grant.badge.name}"
    ]
    assert not selectors.thanks_visible_to(cast.manager).exists()
    assert {line.row.kind for line in feed.read(cast.rep).lines} == {"thanks", "badge"}
    wearers = {
        user.role: {one.person for one in badges.grants_visible_to(user)} for user in (cast.manager, cast.marketer)
    }
    both = {cast.rep.person, cast.support.person}
    assert wearers == {"manager": {cast.support.person}, "marketer": both}
    with time_machine.travel(now + dt.timedelta(days=7), tick=False):
        weekly.tell_of_week()
    assert Notice.objects.get(person=cast.manager.person).text == "Last week among colleagues: 1 badge."


def carry():
    """Carry the stream to this room alone: no nomination stands behind the event, and others look for it."""
    for name in ("post_reference", "post_badge", "post_thanks", "drop_badge"):
        relay_to(handler=f"incentives.recognition.handlers.{name}")


@pytest.mark.django_db
def test_the_week_is_told_once_to_colleagues(drain, cast):
    with time_machine.travel(dt.datetime(2026, 11, 18, 10, tzinfo=dt.UTC), tick=False):
        services.give_thanks(to=cast.support, words="For the call", actor=cast.rep)
        drain()
        assert weekly.tell_of_week() == 0  # last week was empty
    with time_machine.travel(dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC), tick=False):
        assert not cast.judge.has_perm("incentives.view_rewards")
        assert weekly.tell_of_week() == Notice.objects.filter(kind="incentives.feed").count() > 0
        assert weekly.tell_of_week() == 0
    assert not Notice.objects.filter(person=cast.judge.person).exists()
    assert Notice.objects.get(person=cast.rep.person).text == "Last week among colleagues: thanks to 1."


@pytest.mark.django_db
def test_who_would_rather_not_stand_in_ranks_is_left_out_for_others(rep, support, manager):
    for n, user in enumerate((rep, support)):
        rollups.add(metric=METRIC, at=dt.datetime.now(dt.UTC), keys={"person": user.person_id}, value=10 - n)
    services.choose(user=rep, in_ranks=False, in_feed=True)
    start = rollups.start_of("year", rollups.day_of(dt.datetime.now(dt.UTC)))

    seen = {
        user.role: [
            (one.rank, one.name) for one in leaderboard(by="person", period="year", starts_on=start, viewer=user)
        ]
        for user in (rep, manager)
    }

    assert seen == {"rep": [(1, "Rhea Rep"), (2, "Sami Support")], "manager": [(2, "Sami Support")]}


@pytest.mark.django_db
def test_the_wall_shows_the_best_and_the_other_wall_only_where_policy_says_so(monkeypatch):
    people = UserFactory.create_batch(10)
    now = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    last = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    for n, user in enumerate(people):
        for at in (now, last):
            rollups.add(metric=levels.ENROLLED, at=at, keys={"rep": user.person_id}, value=n)
    services.choose(user=people[9], in_ranks=False, in_feed=True)
    with time_machine.travel(now, tick=False):
        volume = walls.of_fame(people[7])[0]
        assert [(one.rank, one.name, one.value, one.me) for one in volume.places[:2]] == [
            (1, people[8].name, 16, False), (2, people[7].name, 14, True),
        ]  # fmt: skip
        assert walls.needs_help() is None
        monkeypatch.setattr(policy, "now", lambda: policy.Figures(show_needs_help=True))
        found = walls.needs_help()
        assert ([user.pk for user in found.people], found.of, found.owner) == ([people[0].pk], 9, "Head of sales")
        people[1].hired_on = dt.date(2026, 6, 1)  # new in that quarter
        people[1].save()
        people[2].is_active = False
        people[2].save()
        assert walls.needs_help().people == []  # seven are too few
