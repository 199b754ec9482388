"""The last minute before a deadline, on one sync web worker: ten entries a second, then five hundred at once.

Each request is answered, what was answered with yes is there, and nothing that came too late is taken.
"""

import datetime as dt
import http.client
import re
import threading
import time
from collections import Counter
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.utils import timezone

from awards.entries.enums import EntryState
from awards.models import Contest, ContestEntry, EntryVersion
from refprogram.kernel import links
from refprogram.kernel.models import Event, FormAnswer
from refprogram.people.models import Person
from tests.factories.entries import EntryFactory, whole
from tests.soak.length import MINUTES, tell
from tests.soak.serving import served

pytestmark = pytest.mark.worker

RATE, AT_ONCE, AFTER = 10, 500, 20
SECONDS = max(5, round(min(1.0, MINUTES / 10) * 60))  # the whole minute where `make soak` has its ten
LEFT = dt.timedelta(seconds=5)  # so much is left when the five hundred come
WAITS = 600
TAKEN, REFUSED = 302, 409
COOKIE = "a" * 32


class Entrant(threading.Thread):
    """Somebody who hands their entry in, once; `sent` and `answered` are their own clock's."""

    def __init__(self, path, revision, port):
        super().__init__(name=path)
        self.path, self.port, self.status, self.sent, self.answered = path, port, 0, None, None
        self.page = ""
        said = {"act": "submit", "revision": revision, "tab": "t", "csrfmiddlewaretoken": COOKIE}
        self.body = urlencode(said)

    def run(self):
        headers = {"Cookie": f"csrftoken={COOKIE}", "Content-Type": "application/x-www-form-urlencoded"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAITS)
        self.sent = timezone.now()
        try:
            connection.request("POST", self.path, self.body, headers)
            answer = connection.getresponse()
            self.page = answer.read().decode()
            self.status = answer.status
        except OSError as fault:
            self.status = repr(fault)
        finally:
            self.answered = timezone.now()
            connection.close()


@pytest.fixture
def web(outside):
    """One process, one request at a time: what a small house has."""
    with served(outside, "--workers", "1") as port:
        yield port


def entrants(count, port):
    """Drafts that are whole, each of a person of their own, with the link that they were mailed."""
    like = whole(EntryFactory())
    people = Person.objects.bulk_create(
        Person(name=f"Entrant {n}", email=f"entrant{n}@rush.example") for n in range(count)
    )
    entries = ContestEntry.objects.bulk_create(
        ContestEntry(
            contest=like.contest, account=like.account, owner=person, code=f"R{n:06d}", title=like.title,
            summary=like.summary, revision=like.revision,
        )
        for n, person in enumerate(people)
    )  # fmt: skip
    answers = FormAnswer.objects.bulk_create(
        FormAnswer(
            version=like.answer.version, subject_type="contestentry", subject_id=entry.pk, person_id=entry.owner_id,
            values=like.answer.values, revision=like.answer.revision,
        )
        for entry in entries
    )  # fmt: skip
    for entry, answer in zip(entries, answers, strict=True):
        entry.answer = answer
    ContestEntry.objects.bulk_update(entries, ["answer"])
    made = [links.issue(purpose="entry", subject=entry, person_id=entry.owner_id) for entry in entries]
    paths = [address.removeprefix(settings.BASE_URL) for address in made]
    return like.contest, [Entrant(path, like.revision, port) for path in paths]


def _notes(page):
    """What a page that refuses says, for the reader of a failure."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())[:2000]


def test_the_last_minute(web, outside, capsys):
    contest, everybody = entrants(RATE * SECONDS + AT_ONCE + AFTER, web)
    first, late = everybody[: RATE * SECONDS], everybody[-AFTER:]
    at_once = everybody[len(first) : -AFTER]
    # Those of the last minute are in time however slow this machine is; the five hundred stand across the end.
    began = time.monotonic()
    for number, one in enumerate(first):
        time.sleep(max(0.0, began + number / RATE - time.monotonic()))
        one.start()
    for one in first:
        one.join()
    seconds = time.monotonic() - began
    end = timezone.now() + LEFT
    Contest.objects.filter(pk=contest.pk).update(closes_at=end, grace_minutes=0)
    for one in at_once:
        one.start()
    time.sleep(max(0.0, (end - timezone.now()).total_seconds()) + 0.1)
    for one in late:
        one.start()
    for one in (*at_once, *late):
        one.join()

    answers = Counter(one.status for one in everybody)
    slowest = max((one.answered - one.sent).total_seconds() for one in everybody)
    tell(
        capsys,
        f"{len(first)} entries in {seconds:.0f} s, then {AT_ONCE} at once across the end and {AFTER} after it:"
        f" {answers[TAKEN]} taken, {answers[REFUSED]} told that it is over, slowest answer {slowest:.1f} s",
    )
    assert answers.keys() <= {TAKEN, REFUSED}  # each was answered
    assert not [(one.status, _notes(one.page)) for one in first if one.status != TAKEN]
    assert {one.status for one in late} == {REFUSED}
    assert not [(one.status, _notes(one.page)) for one in at_once if one.answered < end and one.status != TAKEN]
    mine = ContestEntry.objects.filter(contest=contest, code__startswith="R")
    taken = mine.filter(state=EntryState.SUBMITTED, submitted_at__lte=end)
    assert taken.count() == answers[TAKEN]  # none lost, and none that came after the end
    assert mine.filter(state=EntryState.DRAFT, version=0, answer__isnull=False).count() == answers[REFUSED]
    assert EntryVersion.objects.filter(entry__in=mine).count() == answers[TAKEN]
    told = Event.objects.filter(topic="entry.submitted", subject_id__in=mine.values("pk"))
    assert told.count() == answers[TAKEN]
    log = (outside.state / "logs" / "web.log").read_text(encoding="utf-8")
    assert "Traceback" not in log, log[-4000:]
