"""The pages of the kernel: signed links, jobs, the stream."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from refprogram.kernel import jobs, links, links_views, stream
from refprogram.kernel.enums import JobState
from refprogram.kernel.models import Delivery
from refprogram.kernel.stream import Subject, emit
from tests.factories.kernel import JobFactory
from tests.factories.notices import MailFactory

pytestmark = pytest.mark.django_db
GONE = "nowhere.at.all"


# ---------------------------------------------------------------- links


def test_an_unknown_link_is_answered_kindly(anonymous):
    page = anonymous.get("/s/who-knows/")

    assert page.status_code == 410
    assert "We do not know this link." in page.text


def test_an_expired_and_a_withdrawn_link_say_which(anonymous):
    mail = MailFactory()
    address = "/s/" + links.issue(purpose="unsubscribe", subject=mail, person_id=mail.person_id).rpartition("/s/")[2]

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=366)):
        assert "This link has expired." in anonymous.get(address).text
    links.withdraw(subject=mail)
    assert "This link was withdrawn." in anonymous.get(address).text


def test_guessing_is_stopped_for_a_while_for_that_network_alone():
    guesser, neighbour = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")

    answers = [guesser.get(f"/s/guess{number}/").status_code for number in range(links_views.GUESSES + 1)]

    assert answers == [410] * links_views.GUESSES + [429]
    assert neighbour.get("/s/guess/").status_code == 410


def test_links_open_while_the_cache_sleeps(anonymous, settings, tmp_path):
    settings.CACHES = {
        "default": {
            "BACKEND": "refprogram.kernel.soft_cache.SoftCache",
            "LOCATION": f"unix://{tmp_path}/nobody?db=0",
        }
    }

    assert anonymous.get("/s/who-knows/").status_code == 410


# ---------------------------------------------------------------- jobs


def test_a_waiting_job_asks_again_and_a_finished_one_does_not(clients, rep):
    job = jobs.start(kind="import", params={}, user=rep)
    address = reverse("kernel:job", args=[job.public_id])
    assert f'hx-get="{address}"' in clients["rep"].get(address).text

    job.state, job.result, job.done, job.total = JobState.DONE, {"url": "/imports/x/"}, 85, 85
    job.save()
    fragment = clients["rep"].get(address, headers={"HX-Request": "true"}).text

    assert fragment.startswith('<div id="job"')
    assert "hx-get" not in fragment
    assert "85 of 85" in fragment
    assert 'href="/imports/x/"' in fragment


def test_a_finished_job_says_no_more_which_step_it_was_at(clients):
    job = JobFactory(state=JobState.DONE, message="Typesetting", done=1, total=2)
    page = clients["admin"].get(reverse("kernel:job", args=[job.public_id])).text
    assert ("Done." in page, "Typesetting" in page, "1 of 2" in page) == (True, False, False)


def test_a_failed_job_says_why(clients):
    job = JobFactory(state=JobState.FAILED, message="Line 3 has no name.")

    assert "Line 3 has no name." in clients["admin"].get(reverse("kernel:job", args=[job.public_id])).text


def test_a_job_page(budget, clients, rep):
    job = JobFactory(created_by=rep)
    clients["rep"].get(reverse("kernel:job", args=[job.public_id]))
    with budget("kernel:job"):
        clients["rep"].get(reverse("kernel:job", args=[job.public_id]))


# ---------------------------------------------------------------- the stream


@pytest.fixture
def gone(settings):
    """A topic whose handler is gone."""
    settings.EVENT_HANDLERS = {"rule.started": [GONE]}


def fail(n: int) -> None:
    for number in range(n):
        emit("rule.started", subject=Subject("rule", number), payload={"version": 1})
    stream.sweep()


def test_the_stream_page_is_flat(budget, clients, gone):
    budget.flat("kernel:stream", make=fail, visit=lambda: clients["admin"].get("/stream/"))


def test_a_failure_is_shown_with_its_error_and_can_be_tried_again(clients, gone):
    fail(2)
    page = clients["marketer"].get("/stream/").text
    assert "No module named &#x27;nowhere&#x27;" in page
    first = Delivery.objects.order_by("pk").first()

    clients["marketer"].post("/stream/retry/", {"delivery": first.pk})
    one = stream.sweep()
    clients["marketer"].post("/stream/retry/", {"handler": GONE})
    both = stream.sweep()

    assert (one, both) == (1, 2)


@pytest.mark.parametrize("wanted", ["", "0", "x", "99999999"])
def test_trying_again_what_is_not_there_is_not_found(clients, wanted):
    assert clients["admin"].post("/stream/retry/", {"delivery": wanted}).status_code == 404


def test_an_empty_stream_says_so(clients):
    assert "Nothing fails" in clients["admin"].get("/stream/").text


# ---------------------------------------------------------------- a sleeping cache


@pytest.mark.parametrize(
    "address",
    ["/", "/notices/", "/accounts/", "/ledger/?view=reversals", "/rewards/leaderboard/", "/stream/", "/nav/counts/"],
)
def test_people_go_on_working_while_cache_and_broker_sleep(clients, admin, settings, tmp_path, address):
    client = clients["admin"]
    client.get("/")
    settings.CACHES = {
        "default": {
            "BACKEND": "refprogram.kernel.soft_cache.SoftCache",
            "LOCATION": f"unix://{tmp_path}/nobody?db=0",
        }
    }

    assert client.get(address).status_code == 200
