"""What blind, tied and unassigned judges must not learn: every page they reach is crawled for it."""

import re

import pytest
from django.urls import URLResolver, get_resolver

from awards.contests.enums import ContestState
from awards.judging import services
from awards.models import Assignment
from tests.factories.contests import moved
from tests.factories.entries import ANSWERS, METRIC, EntryFactory, eligible
from tests.factories.judging import OutsiderFactory, judging, ready
from tests.factories.people import PersonFactory
from tests.factories.references import AccountFactory, ContactFactory
from tests.jury_room import score_url

pytestmark = pytest.mark.django_db
PART = re.compile(r"<(?:\w+:)?(\w+)>")
LINK = re.compile(r'href="(/[^"#]*)"')


CANARY = "Zyxcanary"
HIDDEN_TEXT = "Quokkaword"


def crawl(browser, starts):
    """Return everything that a browser can read, from some pages on: page by page, header by header."""
    seen, waiting, read = set(), list(starts), {}
    while waiting and len(seen) < 120:
        path = waiting.pop(0)
        bare = path.partition("?")[0]
        if path in seen or bare.startswith(("/static/", "/auth/", "/styleguide/")):
            continue
        seen.add(path)
        answer = browser.get(path)
        body = b"".join(answer) if answer.streaming else answer.content
        text = f"{dict(answer.headers)}{body.decode(errors='replace')}"
        read[path] = text
        waiting += [found.replace("&amp;", "&") for found in LINK.findall(text)]
    return read


@pytest.fixture
def betraying():
    """A contest of two entries, judged blind; the first names its entrant in title, texts and results."""

    def make(people):
        contact = ContactFactory(
            account=AccountFactory(name=f"{CANARY} Logistics"),
            person=PersonFactory(name=f"Cleo {CANARY}", email=f"cleo@{CANARY.lower()}.example"),
        )
        entry = eligible(
            EntryFactory(contact=contact),
            title=f"How {CANARY} saved fuel",
            summary=f"At {CANARY} Logistics every truck is full. {HIDDEN_TEXT}",
            values={**ANSWERS, "challenge": f"{CANARY} drove empty. {HIDDEN_TEXT}"},
            metrics=[{**METRIC, "what": f"Fuel at {CANARY}", "method": f"Books of {CANARY}"}],
        )
        contest = entry.contest
        eligible(EntryFactory(contest=contest))
        services.first_round(contest=contest, by=contest.owner)
        moved(contest, ContestState.SCREENING)
        panel = [ready(contest=contest, person=person) for person in people]
        return entry, (services.begin_judging(contest=contest, by=contest.owner), panel)

    return make


STARTS = ("/judging/", "/", "/search/?q=Zyxcanary", "/search/?q=Quokkaword", "/contests/", "/notices/", "/settings/")


def reads_nothing(read, *words):
    """What was asked in a search is repeated on its page; nothing else may hold the words."""
    for path, text in read.items():
        words_of_others = [word for word in words if f"q={word}" not in path]
        assert [word for word in words_of_others if word.lower() in text.lower()] == [], path


def test_a_blind_judge_learns_no_name(betraying, cast, clients, api, drain, mailoutbox):
    entry, (round_, panel) = betraying([cast.judge.person])
    place = entry.places.get()
    services.assign_by_hand(round=round_, place=place, judge=panel[0], by=entry.contest.owner)
    drain()

    read = crawl(clients["judge"], STARTS)
    work = Assignment.objects.get(judge=panel[0])
    page = read[score_url(work)]

    assert HIDDEN_TEXT in page
    reads_nothing(read, CANARY)
    to_judge = [mail for mail in mailoutbox if cast.judge.email in mail.to[0]]
    assert to_judge
    assert not [mail for mail in to_judge if CANARY.lower() in f"{mail.subject}{mail.body}".lower()]
    for listing in ("judges", "assignments", "ballots", "criteria", "entries", "contests"):
        assert CANARY not in api["judge"].get(f"/api/v1/{listing}").content.decode()


def test_a_judge_with_a_tie_learns_nothing_of_the_entry(betraying, cast, clients, api, drain, mailoutbox):
    entry, (round_, panel) = betraying([cast.judge.person])
    services.assign_by_hand(round=round_, place=entry.places.get(), judge=panel[0], by=entry.contest.owner)
    work = Assignment.objects.get(judge=panel[0])
    services.set_conflict(judge=panel[0], entry=entry, reason="Client.", by=entry.contest.owner)
    drain()

    read = crawl(clients["judge"], (*STARTS, score_url(work), f"{score_url(work)}attachments/1/"))

    assert read[score_url(work)].count("There is a tie") == 1
    reads_nothing(read, CANARY, HIDDEN_TEXT)
    assert entry.code not in "".join(read.values())
    for listing in ("judges", "assignments", "ballots", "entries"):
        assert entry.code not in api["judge"].get(f"/api/v1/{listing}").content.decode()


def test_a_judge_without_the_entry_learns_nothing_of_it(betraying, cast, clients, drain, mailoutbox):
    entry, (round_, panel) = betraying([cast.judge.person, OutsiderFactory()])
    services.assign_by_hand(round=round_, place=entry.places.get(), judge=panel[1], by=entry.contest.owner)
    scored_by = Assignment.objects.get(judge=panel[1])
    drain()

    read = crawl(clients["judge"], (*STARTS, score_url(scored_by)))

    reads_nothing(read, CANARY, HIDDEN_TEXT)
    assert entry.code not in "".join(read.values())


def every_address(ids, **known):
    """Return each address that names something by these parts; `ids`: whose public id stands behind which beginning."""
    found = []

    def walk(patterns, before):
        for pattern in patterns:
            route = f"{before}{getattr(pattern.pattern, '_route', '')}"
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, route)
                continue
            begins = max((start for start in ids if route.startswith(start)), key=len, default="")
            parts = {**known, "public_id": ids[begins]} if begins else known
            names = PART.findall(route)
            if names and set(names) <= set(parts):
                found.append("/" + PART.sub(lambda name, parts=parts: parts[name[1]], route))

    walk(get_resolver().url_patterns, "")
    return sorted(found)


def answers(clients, api, addresses):
    """Return what the judge gets from each address."""
    read = {}
    for path in addresses:
        answer = (api if path.startswith("/api/") else clients)["judge"].get(path)
        read[path] = f"{dict(answer.headers)}{b''.join(answer) if answer.streaming else answer.content!r}"
    return read


def test_no_address_that_can_be_thought_of_tells_a_judge_what_is_hidden(betraying, cast, clients, api, drain):
    entry, (round_, panel) = betraying([cast.judge.person])
    place, contest = entry.places.get(), entry.contest
    services.assign_by_hand(round=round_, place=place, judge=panel[0], by=contest.owner)
    work = Assignment.objects.get(judge=panel[0])
    drain()
    addresses = every_address(
        {
            "contests/judging/rounds/": round_.public_id, "contests/judging/judges/": panel[0].public_id,
            "contests/judging/work/": work.public_id, "judging/work/": work.public_id, "judging/": panel[0].public_id,
            "entries/": entry.public_id, "accounts/": entry.account.public_id, "contacts/": entry.contact.public_id,
            "api/v1/contests": contest.public_id, "api/v1/entries": entry.public_id,
            "api/v1/accounts": entry.account.public_id, "api/v1/judges": panel[0].public_id,
            "api/v1/assignments": work.public_id,
        },
        slug=contest.slug, category=place.category.slug, code=entry.code, form="json",
    )  # fmt: skip

    blind = answers(clients, api, addresses)
    services.set_conflict(judge=panel[0], entry=entry, reason="Client.", by=contest.owner)
    tied = answers(clients, api, addresses)

    assert HIDDEN_TEXT in blind[score_url(work)]  # what they judge they read, without names
    assert len(blind) > 100
    reads_nothing(blind, CANARY)
    reads_nothing(tied, CANARY, HIDDEN_TEXT)


def test_who_runs_a_contest_and_judges_in_it_sees_nothing_of_the_category_they_are_tied_to(clients, marketer):
    room = judging(entries=2, owner=marketer)
    me = ready(contest=room.contest, person=marketer.person)
    tied = room.places[0].entry
    services.declare_conflict(judge=me, entry=tied)

    coverage = clients["marketer"].get(f"/contests/judging/rounds/{room.round.public_id}/coverage/").content.decode()
    theirs = clients["marketer"].get(room.judge.get_absolute_url()).content.decode()

    assert tied.code not in coverage
    assert tied.code not in theirs
    assert room.places[1].entry.code not in coverage  # how its rivals do would tell of it
