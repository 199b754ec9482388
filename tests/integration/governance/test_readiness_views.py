"""Changes and feedback as people use them; the same few queries however many there are."""

import datetime as dt

import pytest
import time_machine

from refprogram.governance.feedback.models import FieldNote
from refprogram.governance.feedback.views import FeedbackList
from refprogram.governance.readiness import services
from refprogram.governance.readiness.models import Change, ChangeStep
from refprogram.governance.readiness.views import ChangeList
from tests.contracts import FormContract, ListContract
from tests.factories.readiness import AudienceFactory, ChangeFactory, ChangeStepFactory, said

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


class TestChanges(ListContract):
    """What is introduced."""

    view = ChangeList
    reader = "rep"

    @staticmethod
    def make(count, cast):
        for change in ChangeFactory.create_batch(count, owner=cast.marketer):
            ChangeStepFactory(change=change)


class TestFeedback(ListContract):
    """What was said, for who runs the program."""

    view = FeedbackList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        change = ChangeFactory(owner=cast.support)
        FieldNote.objects.bulk_create(
            FieldNote(sender=cast.rep, kind="helps", words="The library is quick.", change=change, goes_to=cast.support)
            for _ in range(count)
        )
        FieldNote.objects.filter(goes_to=cast.support).update(created_at=dt.datetime(2026, 1, 5, tzinfo=dt.UTC))


class TestPlan(FormContract):
    """Planning a change."""

    url, reader, typed = "/readiness/new/", "marketer", "Deals wait for a name."
    broken = {"starts_on": "soon"}

    @pytest.fixture(autouse=True)
    def _filled(self, marketer):
        self.good = {"name": "Two names", "kind": "rule", "starts_on": "2027-01-11", "owner": marketer.public_id,
                     "why": "Deals wait for a name."}  # fmt: skip

    @staticmethod
    def count():
        return Change.objects.count()


class TestStep(FormContract):
    """Planning a session, with a link that is none."""

    reader, typed = "marketer", "How to name two"
    good = {"name": "How to name two", "due_on": "2027-01-04", "link": "https://house.example/two"}
    broken = {"link": "javascript:alert(1)"}

    @pytest.fixture(autouse=True)
    def _of_a_change(self):
        self.url = f"{ChangeFactory().get_absolute_url()}trainings/"

    @staticmethod
    def count():
        return ChangeStep.objects.count()


class TestSay(FormContract):
    """Saying something."""

    url, reader, typed = "/feedback/new/", "judge", "The form is long."
    good = {"kind": "hurts", "words": "The form is long."}
    broken = {"kind": "shouts"}

    @staticmethod
    def count():
        return FieldNote.objects.count()


def test_the_page_of_a_change_costs_the_same_however_long_its_plan(budget, clients, marketer, rep):
    change = ChangeFactory(owner=rep)
    AudienceFactory(change=change)
    ChangeStepFactory(change=change, owner=rep)
    visit = clients["marketer"].get
    budget.flat(
        "governance:change",
        make=lambda count: ChangeStepFactory.create_batch(
            count, change=change, owner=rep, audience=AudienceFactory(change=change)
        ),
        visit=lambda: visit(change.get_absolute_url()),
    )
    note = said(rep, change=change)
    visit(note.get_absolute_url())
    with budget("governance:field-note"):
        visit(note.get_absolute_url())


@time_machine.travel(MONDAY, tick=False)
def test_a_plan_from_nothing_to_done(clients, cast):
    mona, rep = clients["marketer"], clients["rep"]
    assert mona.get("/readiness/new/as-last/").url == "/readiness/new/"
    sent = {"name": "Two names", "kind": "rule", "starts_on": "2026-11-16", "owner": cast.rep.public_id}
    page = mona.post("/readiness/new/", sent).url
    assert "Nobody is named yet" in mona.get(page).text
    mona.post(f"{page}audiences/", {"role": "rep", "current": "They ask.", "desired": "They look.",
                                    "measure": "Two names each", "metric": "fill_rate"})  # fmt: skip
    mona.post(f"{page}messages/", {"name": "Why two", "channel": "mail", "due_on": "2026-10-30"})
    shown = rep.get(page).text
    assert "/dashboards/metrics/fill_rate/" not in shown  # a rep reads no dashboards
    assert all(words in shown for words in ("They look.", "Two names each", "overdue", "0 <span", "of 1 steps"))
    step = ChangeStep.objects.get()
    rep.post(f"/readiness/steps/{step.public_id}/done/")
    assert "done 2 Nov" in mona.get(page).text
    assert "Two names" in rep.get("/readiness/?late=no").text
    assert mona.get("/readiness/new/as-last/").url == f"{page}copy/"


def test_somebody_older_does_not_write_over_somebody_newer(clients, marketer):
    change = ChangeFactory(owner=marketer)
    sent = {"name": "Newer", "kind": "rule", "starts_on": "2027-01-11", "owner": marketer.public_id, "revision": "0"}
    url = f"{change.get_absolute_url()}change/"
    assert clients["marketer"].post(url, sent).status_code == 302
    late = clients["marketer"].post(url, sent | {"name": "Older"})
    assert (late.status_code, "Kept meanwhile: “Newer”" in late.text) == (409, True)


def test_an_older_step_or_audience_does_not_write_over_a_newer_one(clients, marketer):
    change = ChangeFactory(owner=marketer)
    letter = {"name": "Newer", "channel": "mail", "due_on": "2027-01-11"}
    words = {"words": "newcomers", "current": "Newer", "desired": "They look."}
    parts = (("steps", ChangeStepFactory(change=change), letter, "name"),
             ("audiences", AudienceFactory(change=change), words, "current"))  # fmt: skip
    for where, row, typed, field in parts:
        url, read = f"/readiness/{where}/{row.public_id}/", {"revision": str(row.revision)}
        assert f'value="{row.revision}"' in clients["marketer"].get(url).text
        assert clients["marketer"].post(url, typed | read).status_code == 302
        late = clients["marketer"].post(url, typed | read | {field: "Older"})
        assert (late.status_code, "Kept meanwhile: “Newer”" in late.text) == (409, True)
        row.refresh_from_db()
        assert getattr(row, field) == "Newer"
        again = typed | {field: "Older", "revision": str(row.revision)}  # sent once more: it is theirs now
        assert clients["marketer"].post(url, again).status_code == 302


def test_a_reminder_of_a_step_is_no_change_of_it(marketer):
    step = ChangeStepFactory(change=ChangeFactory(owner=marketer), due_on=dt.date(2020, 1, 1))
    assert services.tell_of_late_steps() == 1
    assert ChangeStep.objects.get(pk=step.pk).revision == step.revision


def test_a_rep_says_what_hurts_and_reads_the_answer(clients, cast):
    change = ChangeFactory(name="Two names", owner=cast.marketer)
    form = clients["rep"].get(f"/feedback/new/?kind=hurts&change={change.public_id}").text
    assert f'value="{change.public_id}" selected' in form
    page = (
        clients["rep"]
        .post("/feedback/new/", {"kind": "hurts", "words": "<b>Long</b> form.", "change": change.public_id})
        .url
    )
    shown = clients["rep"].get(page).text
    assert "&lt;b&gt;Long&lt;/b&gt; form." in shown
    assert "It waits for the answer of Mona Marlow" in shown
    clients["marketer"].post(f"{page}reply/", {"words": "By Friday."})
    assert "That settles it" in clients["rep"].get(page).text
    assert clients["rep"].post(f"{page}settle/").status_code == 302
    assert "Settled" in clients["rep"].get("/feedback/").text
    again = clients["marketer"].post(f"{page}reply/", {"words": "Once more."})
    assert (again.status_code, "no longer possible" in again.text) == (422, True)


def test_reply_times_stand_above_the_list_for_who_runs_the_program(clients, cast):
    note = said(cast.rep)
    clients["marketer"].post(f"{note.get_absolute_url()}reply/", {"words": "By Friday."})
    assert "Answered in (median)" in clients["marketer"].get("/feedback/").text
    assert "Answered in (median)" not in clients["rep"].get("/feedback/").text


def test_the_api_takes_and_answers(api, cast):
    change = ChangeFactory(owner=cast.marketer)
    sent = {"kind": "idea", "words": "A button.", "change": change.public_id}
    made = api["rep"].post("/api/v1/feedback", sent, content_type="application/json").json()
    assert (made["goes_to"]["id"], made["reply"], made["change"]["name"]) == (
        cast.marketer.public_id, "", change.name
    )  # fmt: skip
    url = f"/api/v1/feedback/{made['id']}"
    answer = api["marketer"].post(f"{url}/reply", {"words": "Yes."}, content_type="application/json")
    assert (answer.json()["state"], answer.json()["reply_minutes"]) == ("replied", 0)
    assert api["marketer"].post(f"{url}/reply", {"words": "No."}, content_type="application/json").status_code == 409
    whole = api["rep"].get(f"/api/v1/changes/{change.public_id}").json()
    assert (whole["planned"], whole["audiences"], whole["steps"]) == (0, [], [])
