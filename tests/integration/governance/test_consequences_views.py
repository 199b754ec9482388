"""Consequences as people use them: the board's list, one case, appeal and answer, policies, tasks, an exception."""

import datetime as dt
from decimal import Decimal

import pytest

from references.requests.models import ReferenceRequest
from refprogram.governance.approvals.models import Approval
from refprogram.governance.consequences import services
from refprogram.governance.consequences.enums import CaseState, TaskState
from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy, Task
from refprogram.governance.consequences.policy_views import PolicyList
from refprogram.governance.consequences.task_views import TaskList
from refprogram.governance.consequences.views import CaseList, ReviewList
from tests.contracts import FormContract, ListContract
from tests.factories import consequences as made
from tests.factories.people import RegionFactory, UserFactory
from tests.factories.references import OpportunityFactory

pytestmark = pytest.mark.django_db
S = CaseState


class TestCases(ListContract):
    """The list of cases."""

    view = CaseList

    @staticmethod
    def make(count, cast):
        made.proposed_many(count, made.policy_of(cast.admin))


class TestReview(ListContract):
    """The review board's list."""

    view = ReviewList
    reader = "sales_head"

    @staticmethod
    def make(count, cast):
        made.proposed_many(count, made.policy_of(cast.admin))


class TestPolicies(ListContract):
    """The list of policies."""

    view = PolicyList

    @staticmethod
    def make(count, cast):
        for _n in range(count):
            made.policy_of(cast.admin)


class TestTasks(ListContract):
    """The list of tasks."""

    view = TaskList
    reader = "rep"

    @staticmethod
    def make(count, cast):
        for _n in range(count):
            made.task_of(cast.rep, given_by=cast.sales_head)


class TestWriting(FormContract):
    """Writing a policy."""

    url, reader, typed = "/consequences/policies/new/", "marketer", "A quiet quarter"
    broken = {"notice_days": "2"}

    @pytest.fixture(autouse=True)
    def _filled(self, marketer):
        self.good = {
            **made.facts(name="A quiet quarter", deal_threshold="100,000"), "owner": marketer.public_id,
        }  # fmt: skip

    @staticmethod
    def count():
        return ConsequencePolicy.objects.count()


def test_the_board_works_through_its_list(clients, cast):
    policy = made.policy_of(cast.admin, min_cohort=2)
    made.proposed(cast.rep, policy)
    first, second = ConsequenceCase.objects.order_by("pk")
    board = clients["sales_head"]
    board.post("/consequences/review/", {"action": "notify", "ids": [first.public_id]})
    asked = board.post("/consequences/review/", {"action": "dismiss", "ids": [second.public_id]})
    assert second.user.name in board.get(asked.url).text
    assert board.post(asked.url, {"reason": ""}).status_code == 422
    board.post(asked.url, {"reason": "On a project."})
    states = dict(ConsequenceCase.objects.values_list("pk", "state"))
    assert states == {first.pk: S.NOTIFIED, second.pk: S.DISMISSED}


def test_a_case_from_notice_to_waiver(clients, cast, budget):
    cast.manager  # noqa: B018 - leads the team
    case = made.notified(cast.rep, policy=made.policy_of(cast.admin, min_cohort=2))
    url = case.get_absolute_url()
    rep = clients["rep"]
    rep.get(url)
    with budget("governance:case"):
        page = rep.get(url)
    assert "Appeal" in page.text
    assert "Waive it" not in page.text
    rep.post(f"{url}appeal/", {"text": "I was on a project."})
    assert "An appeal is open." in rep.get(url).text
    assert rep.get(f"{url}appeal/").status_code == 404
    clients["admin"].post(f"{url}answer/", {"grant": "yes", "text": "Right."})
    case.refresh_from_db()
    assert (case.state, case.reason) == (S.WAIVED, "Right.")
    assert "Waived" in rep.get(url).text


def test_a_policy_is_written_asked_for_changed_and_switched(clients, cast):
    policy = made.policy_of(cast.sales_head, live=False)
    marketer, url = clients["marketer"], policy.get_absolute_url()
    marketer.post(f"{url}ask/")
    assert "Waits for approval" in marketer.get(url).text
    kept = {**made.facts(name=policy.name, deal_threshold=""), "owner": cast.sales_head.public_id, "threshold": "4"}
    assert marketer.get(f"{url}edit/").status_code == 200
    assert marketer.post(f"{url}edit/", kept).status_code == 302
    policy.refresh_from_db()
    assert (policy.threshold, policy.deal_threshold) == (Decimal(4), None)
    marketer.post(f"{url}switches/", {"off_for": [cast.north.public_id]})
    assert list(policy.off_for.all()) == [cast.north]
    assert "North" in marketer.get(url).text


def test_a_policy_shows_what_it_found(clients, cast):
    policy = made.policy_of(cast.admin)
    UserFactory.create_batch(3)
    made.looked_at(policy)
    assert "too few to name anybody" in clients["marketer"].get(policy.get_absolute_url()).text


def test_a_task_is_finished_with_a_note(clients, cast):
    clients["manager"].post("/tasks/new/", {"assignee": cast.rep.public_id, "title": "Call Nordvik"})
    task = Task.objects.get()
    assert "Call Nordvik" in clients["rep"].get("/").text
    clients["rep"].post(f"{task.get_absolute_url()}finish/", {"note": "They are happy."})
    task.refresh_from_db()
    assert (task.state, task.note) == (TaskState.DONE, "They are happy.")
    assert "They are happy." in clients["manager"].get(task.get_absolute_url()).text


def test_managers_cannot_give_strangers_a_task(clients, cast):
    answer = clients["manager"].post("/tasks/new/", {"assignee": cast.other_team_rep.public_id, "title": "Call"})
    assert answer.status_code == 422


def test_a_restricted_rep_asks_for_an_exception(clients, cast, time_machine):
    cast.sales_head  # noqa: B018 - is asked
    case = made.notified(cast.rep, by=cast.marketer)
    time_machine.move_to(case.takes_effect_at + dt.timedelta(hours=1))
    rep = clients["rep"]
    assert "you may ask for an exception" in rep.get("/requests/new/").text
    need = {"purpose": "Northwind", "activity": "call", "needed_by": "2035-01-01", "exception_reason": "On Friday."}
    small, large = OpportunityFactory(owner=cast.rep, amount=5), OpportunityFactory(owner=cast.rep, amount=250_000)
    refused = rep.post("/requests/new/", {**need, "opportunity": small.public_id})
    assert refused.status_code == 422
    assert "You cannot ask for references until" in refused.text
    sent = rep.post("/requests/new/", {**need, "opportunity": large.public_id})
    assert sent.status_code == 302
    assert "It waits for an exception." in rep.get(sent.url).text
    assert ReferenceRequest.objects.get().exception_reason == "On Friday."


def test_a_restriction_without_exception_is_a_closed_door(clients, cast, time_machine):
    case = made.notified(cast.rep, by=cast.marketer, policy=made.policy_of(min_cohort=2, deal_threshold=None))
    time_machine.move_to(case.takes_effect_at + dt.timedelta(hours=1))
    page = clients["rep"].get("/requests/new/")
    assert page.status_code == 403
    assert case.policy.name in page.text


def test_the_api_tells_how_it_stands_now(api, cast, time_machine):
    case = made.notified(cast.rep)
    time_machine.move_to(case.takes_effect_at)
    found = api["rep"].get("/api/v1/consequences").json()["items"]
    assert [(one["id"], one["state"]) for one in found] == [(case.public_id, "in_force")]
    services.waive(case=case, by=cast.admin, reason="Enough.")
    assert api["rep"].get(f"/api/v1/consequences/{case.public_id}").json()["state"] == "waived"


def test_the_api_writes_changes_and_asks_for_a_policy(api, cast):
    json = {"content_type": "application/json"}
    body = {**made.facts(), "threshold": "1", "deal_threshold": "100000", "owner": cast.sales_head.public_id}
    written = api["admin"].post("/api/v1/consequences/policies", body, **json)
    assert (written.status_code, written.json()["owner"]["name"]) == (201, cast.sales_head.name)
    url = f"/api/v1/consequences/policies/{written.json()['id']}"
    changed = api["admin"].patch(url, {"threshold": "2.5", "roles": ["rep", "support"]}, **json).json()
    assert (changed["threshold"], changed["roles"], changed["name"]) == ("2.50", ["rep", "support"], body["name"])
    assert api["admin"].post(f"{url}/ask", {"reason": "It is time."}, **json).json()["live"] is False
    policy = ConsequencePolicy.objects.get()
    approval = Approval.objects.get(subject_type="consequencepolicy", subject_id=policy.pk)
    assert (approval.owner, approval.reason) == (cast.sales_head, "It is time.")
    north = RegionFactory()
    assert api["admin"].post(f"{url}/switches", {"off_in": [north.public_id]}, **json).status_code == 200
    assert list(policy.off_in.all()) == [north]
    edits = api["admin"].get(f"{url}/edits").json()
    assert edits["items"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"metric": "weather"}, "metric"),
        ({"roles": ["judge"]}, "roles"),
        ({"owner": "nobody"}, "owner"),
        ({"notice_days": 2}, "notice_days"),
    ],
)
def test_the_api_refuses_a_policy_field_by_field(api, cast, change, field):
    url = f"/api/v1/consequences/policies/{made.policy_of(cast.admin, live=False).public_id}"
    answer = api["admin"].patch(url, change, content_type="application/json")
    assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (422, [field])


def test_a_live_policy_is_not_changed_by_the_api(api, cast):
    url = f"/api/v1/consequences/policies/{made.policy_of(cast.admin).public_id}"
    assert api["admin"].patch(url, {"threshold": "3"}, content_type="application/json").status_code == 409
    assert api["admin"].post(f"{url}/switch-off", {}, content_type="application/json").json()["live"] is False
    assert api["admin"].patch(url, {"threshold": "3"}, content_type="application/json").status_code == 200


def test_a_rep_finds_their_own_notices_in_the_menu(clients, cast):
    page = clients["rep"].get("/").text
    assert "Notices and appeals" in page
    assert 'href="/consequences/"' in page


def test_the_review_list_says_its_keys_and_has_the_focus(clients):
    page = clients["marketer"].get("/consequences/review/").text
    assert "data-focus-list" in page
    assert "<kbd>n</kbd> send the notice" in page
