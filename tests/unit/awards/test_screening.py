"""Screening by enough people, names that judges must not learn, entries judged and closed."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from awards.contests.enums import ContestState
from awards.entries import content, services
from awards.entries.enums import EntryState, PlaceState
from awards.entries.selectors import said
from awards.models import ContestEntry
from nominations.models import Nomination
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from tests.factories.contests import moved
from tests.factories.entries import EntryFactory, eligible, entries_in, handed_in, open_contest, whole
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ContactFactory

pytestmark = pytest.mark.django_db
E = EntryState


# ---------------------------------------------------------------- screened


def test_a_refusal_takes_two(marketer):
    row = handed_in()
    second = UserFactory(role="marketer")
    proposed = services.screen(entry=row, decision="ineligible", by=marketer, codes=["rules"])

    with pytest.raises(DomainError, match="You proposed this"):
        services.screen(entry=row, decision="ineligible", by=marketer)
    decided = services.screen(entry=row, decision="ineligible", by=second)

    assert (proposed.state, decided.state) == (E.SCREENING, E.INELIGIBLE)
    assert (decided.screened_by, decided.second_opinion_by) == (marketer, second)


def test_the_second_may_see_it_otherwise(marketer):
    row = handed_in()
    services.screen(entry=row, decision="ineligible", by=marketer, codes=["rules"])

    decided = services.screen(entry=row, decision="eligible", by=UserFactory(role="marketer"))

    assert (decided.state, decided.reason_codes) == (E.ELIGIBLE, [])


def test_a_reason_is_needed_to_send_it_back(marketer):
    with pytest.raises(InvalidInput):
        services.screen(entry=handed_in(), decision="needs_fix", by=marketer)


def test_what_is_sent_back_has_its_own_deadline_and_is_screened_anew(marketer, drain, mailoutbox):
    row = handed_in()
    services.screen(entry=row, decision="needs_fix", by=marketer, codes=["incomplete"])
    drain()
    assert any("Something is missing" in mail.body for mail in mailoutbox)
    within = timezone.now() + dt.timedelta(days=6)

    again = services.submit(entry=whole(ContestEntry.objects.get(pk=row.pk)), by=row.owner, at=within)

    assert (again.state, again.version, again.screened_by) == (E.SUBMITTED, 2, None)
    assert services.screen(entry=again, decision="ineligible", by=marketer, codes=["rules"]).state == E.SCREENING


def test_a_correction_that_never_came_needs_no_second(marketer):
    row = handed_in()
    services.screen(entry=row, decision="needs_fix", by=marketer, codes=["incomplete"])

    with time_machine.travel(timezone.now() + dt.timedelta(days=8), tick=False):
        assert services.screen(entry=row, decision="ineligible", by=marketer).state == E.INELIGIBLE


def test_who_brought_it_does_not_screen_it(rep):
    entry = EntryFactory(nominator=rep)

    with pytest.raises(NotAllowed):
        services.screen(entry=handed_in(entry), decision="eligible", by=rep)


def test_a_disqualification_takes_two_and_may_be_refused(marketer):
    row = eligible()
    asked = services.disqualify(entry=row, by=marketer, reason="Copied")
    assert asked.state == E.ELIGIBLE
    with pytest.raises(DomainError):
        services.disqualify(entry=row, by=marketer, reason="Copied")

    assert services.keep_in(entry=row, by=UserFactory(role="marketer")).disqualify_asked_by is None
    services.disqualify(entry=row, by=marketer, reason="Copied")
    gone = services.disqualify(entry=row, by=UserFactory(role="marketer"), reason="")

    assert gone.state == E.DISQUALIFIED


def test_a_duplicate_names_the_one_that_stays(marketer):
    first = handed_in()
    second = handed_in(EntryFactory(contest=first.contest, contact=first.contact, account=first.account))

    row = services.mark_duplicate(entry=second, of=first, by=marketer)

    assert (row.state, row.duplicate_of) == (E.DUPLICATE, first)


def test_an_ineligible_one_gets_a_second_look_with_a_reason(marketer):
    row = handed_in()
    services.screen(entry=row, decision="ineligible", by=marketer, codes=["rules"])
    services.screen(entry=row, decision="ineligible", by=UserFactory(role="marketer"))

    with pytest.raises(InvalidInput):
        services.look_again(entry=row, by=marketer, reason="")
    assert services.look_again(entry=row, by=marketer, reason="New facts").state == E.SCREENING


# ---------------------------------------------------------------- names that blind judges must not read


def test_names_are_found_where_judges_read_and_masked():
    account = AccountFactory(name="Nordwind Logistik GmbH")
    entry = EntryFactory(contact=ContactFactory(account=account))
    row = handed_in(entry, summary="Nordwind saved a quarter.", values={
        "challenge": "Late.", "solution": "Planned.", "team": "Nordwind’s own people",
    })  # fmt: skip
    told, specs = said(row)
    names = content.telling_names(row)

    found = content.names_left(told, specs, names)
    blind = content.for_blind_judges(told, specs, row)

    assert found == ["nordwind"]
    assert "Nordwind" not in str(blind)
    assert "team" not in blind["answers"]


# ---------------------------------------------------------------- judged, closed


def test_eligible_entries_are_locked_and_their_places_stand_in_the_round():
    row = eligible()
    contest = moved(row.contest, ContestState.SCREENING)

    assert services.lock_for_judging(contest, by=contest.owner) == 1

    row.refresh_from_db()
    assert row.state == E.LOCKED
    assert [place.state for place in row.places.all()] == [PlaceState.IN_ROUND]


def test_nothing_is_locked_while_something_waits_for_a_screener():
    row = handed_in()

    with pytest.raises(DomainError, match="not screened yet"):
        services.lock_for_judging(row.contest, by=row.contest.owner)


def test_closing_tells_of_each_entry_once():
    row = eligible()
    services.lock_for_judging(row.contest, by=row.contest.owner)

    assert services.close_all(row.contest, by=row.contest.owner) == 1
    assert services.close_all(row.contest, by=row.contest.owner) == 0

    event = Event.objects.get(topic="entry.closed")
    assert (event.payload["eligible"], event.payload["award"], event.account_id) == (True, "", row.account_id)


def test_locking_and_closing_take_as_many_statements_for_three_as_for_one():
    sent = []
    for count in (1, 3):
        contest = open_contest()
        entries_in(contest, count)
        with CaptureQueriesContext(connection) as captured:
            locked = services.lock_for_judging(contest, by=contest.owner)
            closed = services.close_all(contest, by=contest.owner)
        assert (locked, closed) == (count, count)
        sent.append(len(captured))

    assert sent[0] == sent[1]
    assert Event.objects.filter(topic="entry.closed").count() == 4


def test_a_closed_entry_becomes_a_nomination(drain, rep):
    row = eligible(EntryFactory(nominator=rep))
    services.lock_for_judging(row.contest, by=row.contest.owner)
    services.close_all(row.contest, by=row.contest.owner)

    drain()

    assert Nomination.objects.get(account=row.account).nominator == rep


def test_credits_name_who_brought_it(rep):
    row = handed_in(EntryFactory(nominator=rep))

    payload = Event.objects.get(topic="entry.submitted").payload
    assert payload["credits"] == [[rep.person_id, rep.team_id, rep.team.region_id, 100]]
    assert payload["category"] == list(row.places.values_list("category", flat=True))
