"""The pages of assignments: list, one assignment, what its buttons do."""

import pytest

from references.accounts import services as accounts
from references.assignment import services
from references.assignment.views import AssignmentList
from references.requests.models import Candidate
from refprogram.kernel.models import Job
from tests.contracts import ListContract
from tests.factories.people import UserFactory
from tests.factories.references import OpportunityFactory, speaker
from tests.factories.requests import request_of
from tests.integration.references.matrix_assignment import run_of

pytestmark = pytest.mark.django_db


class TestAssignments(ListContract):
    view = AssignmentList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        for _n in range(count):
            services.make(user=cast.marketer)


def test_the_page_says_pick_first_choice_cost_and_why(clients):
    speaker(name="Near <b>", industry="Energy", activities=("call", "quote"))
    speaker(name="Far", industry="Retail", activities=("call",))
    request_of(purpose="Calls", nice={"industry": "Energy"})
    request_of(purpose="Quotes", slug="quote", must_industry="Energy", opportunity=OpportunityFactory(amount=5000))
    text = clients["marketer"].get(services.make(user=None).get_absolute_url()).text
    assert "Near &lt;b&gt; (95) goes to “Quotes”, which has nobody else." in text
    assert "That costs this request 40 points." in text
    assert "Propose all 2" in text


def test_the_legend_has_the_order_of_the_bars(clients, cast):
    page = clients["marketer"].get(run_of(cast.rep).get_absolute_url())
    bar = [name for name, _points in page.context["lines"][0].parts]
    assert [name for name, _of in page.context["factors"]] == bar == ["Fit", "Availability", "Track record", "Fairness"]


def test_one_is_proposed_and_a_refusal_is_said(clients, cast):
    run = run_of(cast.rep)
    pick = run.picks.get()
    url = f"{run.get_absolute_url()}accept/{pick.pk}/"
    accounts.freeze(account=pick.account, kind="legal", actor=UserFactory())
    assert "frozen" in clients["marketer"].post(url, follow=True).text
    assert not Candidate.objects.exists()
    accounts.lift_freeze(freeze=pick.account.freezes.get(), actor=UserFactory())
    clients["marketer"].post(url)
    assert Candidate.objects.get().account == pick.account
    assert "Proposed" in clients["marketer"].get(run.get_absolute_url()).text


def test_buttons_start_jobs(clients, cast):
    run = run_of(cast.rep)
    made = clients["marketer"].post("/assignments/make/")
    taken = clients["marketer"].post(f"{run.get_absolute_url()}accept/")
    assert [f"/jobs/{job.public_id}/" for job in Job.objects.order_by("pk")] == [made.url, taken.url]
    assert "just now" in clients["marketer"].get(run.get_absolute_url()).text


def test_cost_of_the_page_is_flat(budget, clients, cast):
    pages = []

    def more(count):
        for _n in range(count):
            speaker()
            request_of(cast.rep)
        pages.append(services.make(user=None).get_absolute_url())

    more(1)
    budget.flat("references:assignment", make=more, visit=lambda: clients["marketer"].get(pages[-1]))
