"""The roof's pages: each role's desk, the counters, search, figures, and what is shown when things go wrong."""

import re

import pytest
from django.urls import path

from nominations import services as nominating
from refprogram.dashboards import desk, figures, search
from refprogram.dashboards.views import Influenced
from tests.contracts import ListContract
from tests.factories.nominations import NominationFactory, screened
from tests.factories.references import AccountFactory, ContactFactory, OpportunityFactory, speaker
from tests.factories.requests import closed, in_review, request_of

pytestmark = pytest.mark.django_db


def influenced(count, cast):
    for _ in range(count):
        account = AccountFactory(owner=cast.rep)
        deal = OpportunityFactory(account=account, owner=cast.rep, amount=10_000)
        closed(request=request_of(cast.rep, opportunity=deal), contact=speaker(owner=cast.other_team_rep))


# ---------------------------------------------------------------- my desk


@pytest.mark.parametrize("role", ["rep", "support", "manager"])
def test_the_field_nominates_and_sees_its_standing(role, clients):
    page = clients[role].get("/")
    assert "data-nominate" in page.text
    assert (page.context["desk"].queues, page.context["desk"].program) == ([], None)


@pytest.mark.parametrize("role", ["marketer", "admin"])
def test_program_people_see_the_queues(role, clients, cast):
    screened(NominationFactory(account=AccountFactory(owner=cast.other_team_rep)))
    request_of(cast.rep)
    shown = clients[role].get("/").context["desk"]
    assert [queue.count for queue in shown.queues] == [0, 1, 1, 0]
    assert "data-nominate" not in clients[role].get("/").text


@pytest.mark.parametrize("role", ["sales_head", "executive", "finance", "legal"])
def test_the_overview_sees_figures(role, clients):
    shown = clients[role].get("/").context["desk"]
    assert shown.program is not None
    assert (shown.queues, shown.nominate) == ([], False)


def test_a_judge_sees_nothing_of_the_program(clients):
    shown = clients["judge"].get("/").context["desk"]
    assert (shown.items, shown.program, shown.figures, shown.balance) == ([], None, None, None)


def test_what_waits_for_an_owner_is_on_their_desk_and_nobody_elses(clients, cast, drain):
    NominationFactory(account=AccountFactory(name="Kestrel Freight", owner=cast.rep))
    drain()
    assert "Kestrel Freight" in clients["rep"].get("/").text
    assert "Kestrel Freight" not in clients["other_team_rep"].get("/").text


def test_every_queue_leads_to_as_many_rows_as_it_says(clients, cast):
    screened(NominationFactory(account=AccountFactory(owner=cast.other_team_rep)))
    request_of(cast.rep)
    in_review(request_of(cast.rep))
    client = clients["marketer"]
    for queue in client.get("/").context["desk"].queues:
        listed = client.get(queue.url)
        rows = listed.context["page"].count.number if "page" in listed.context else listed.context["place"].of
        assert (queue.name, rows) == (queue.name, queue.count)


def test_my_open_requests_say_how_far_they_are(cast, rep):
    waiting = request_of(rep)
    assert [step["state"] for step in desk.steps_of(waiting)] == ["now", "", "", ""]
    assert [mine.row for mine in desk.desk_of(rep).my_requests] == [waiting]


def test_nobody_leads_before_anybody_enrolled(clients):
    assert "<b>– <small>of 1</small></b>" in clients["rep"].get("/").text


def test_counters_come_out_of_band(clients, cast):
    screened(NominationFactory(account=AccountFactory(owner=cast.other_team_rep)))
    request_of(cast.rep)
    found = dict(
        re.findall(r'id="nav-n-(\w+)" hx-swap-oob="true">(\d*)<', clients["marketer"].get("/nav/counts/").text)
    )
    assert (found["requests"], found["nominations"]) == ("1", "1")
    assert 'id="nav-n-requests"' not in clients["rep"].get("/nav/counts/").text


# ---------------------------------------------------------------- search


def found(user, words):
    return {hit.title for group in search.search(user, words) for hit in group.hits}


def test_a_slip_of_the_finger_is_forgiven(marketer):
    AccountFactory(name="Kestrel Freight")
    assert found(marketer, "kestral") == found(marketer, "KESTREL fr") == {"Kestrel Freight"}
    assert found(marketer, "Vantage") == set()


@pytest.mark.parametrize("words", ["", "k", " k ", "%", "__", "\x00", "'; drop table", "k" * 5000])
def test_odd_words_find_nothing_and_break_nothing(words, clients):
    AccountFactory(name="Kestrel Freight")
    page = clients["marketer"].get("/search/", {"q": words})
    assert page.status_code == 200
    assert page.context["groups"] == []


def test_what_may_not_be_opened_is_not_found(cast, rep, other_team_rep, marketer):
    theirs = AccountFactory(name="Kestrel Freight", owner=other_team_rep)
    ContactFactory(account=theirs, person__name="Kestra Klein")
    request_of(other_team_rep, purpose="Kestrel Foods")
    NominationFactory(account=theirs, nominator=other_team_rep)
    assert found(marketer, "kestrel") == {"Kestrel Freight", "Kestra Klein", "Kestrel Foods"}
    assert found(rep, "kestrel") == set()
    assert found(cast.judge, "kestrel") == set()


def test_every_hit_can_be_opened(clients, cast):
    account = speaker(name="Kestrel Freight", owner=cast.rep).account
    ContactFactory(account=account, person__name="Kestra Klein")
    request_of(cast.rep, purpose="Kestrel Foods")
    NominationFactory(account=AccountFactory(name="Kestrel Rail"), nominator=cast.rep)
    groups = clients["rep"].get("/search/?q=kestrel").context["groups"]
    urls = {hit.url for group in groups for hit in group.hits}
    assert len(urls) >= 3
    assert {clients["rep"].get(url).status_code for url in urls} == {200}


def test_the_field_gets_the_few_best(clients):
    AccountFactory.create_batch(9, name="Kestrel Freight")
    few = clients["marketer"].get("/search/?q=kestrel", headers={"HX-Request": "true"})
    assert len(few.context["groups"][0].hits) == search.A_FEW
    assert "<html" not in few.text
    assert len(clients["marketer"].get("/search/?q=kestrel").context["groups"][0].hits) == 9


# ---------------------------------------------------------------- the executive page


class TestInfluenced(ListContract):
    view = Influenced
    reader = "executive"
    make = staticmethod(influenced)


def test_figures_lead_to_their_rows(clients, cast, executive, drain):
    influenced(2, cast)
    OpportunityFactory(account=AccountFactory(), amount=99_000)  # no reference took place for it
    request_of(cast.rep)
    in_review(request_of(cast.rep))
    NominationFactory(account=AccountFactory(owner=cast.rep))
    drain()
    shown = {stat.name: stat for stat in figures.stats(executive)}
    rows = {
        name: clients["executive"].get(stat.url).context["page"].count.number
        for name, stat in shown.items()
        if stat.name != "Enrolled this quarter"
    }
    assert rows == {
        "Influenced pipeline": 2,
        "Influenced revenue": 0,
        "Requests open": 2,
        "Requests answered": 2,
        "Days to a yes": 2,
        "References": 3,
        "Free to be asked": int(shown["Free to be asked"].value),
    }
    assert (shown["Requests open"].value, shown["Requests answered"].value, shown["References"].value) == (
        "2",
        "2",
        "3",
    )
    assert shown["Influenced pipeline"].value.startswith("$20")


def test_stages_lead_to_their_rows(clients, cast, manager):
    mine = screened(NominationFactory(account=AccountFactory(owner=cast.other_team_rep), nominator=cast.rep))
    other = screened(NominationFactory(account=AccountFactory(owner=cast.rep), nominator=cast.other_team_rep))
    nominating.withdraw(nomination=other, actor=cast.other_team_rep)
    for reader in ("executive", "manager", "other_team_manager"):
        for name, number, url in clients[reader].get("/dashboards/").context["stages"]:
            listed = clients[reader].get(url).context["page"].count.number
            assert (reader, name, listed) == (reader, name, number)
    assert mine.state == "screening"


@pytest.mark.parametrize("place", ["dashboards:desk", "dashboards:executive", "dashboards:search"])
def test_pages_do_not_grow(place, budget, clients, cast):
    addresses = {
        "dashboards:desk": "/",
        "dashboards:executive": "/dashboards/",
        "dashboards:search": "/search/?q=kestrel",
    }

    def more(count):
        influenced(count, cast)
        AccountFactory.create_batch(count, name="Kestrel Freight")

    budget.flat(place, make=more, visit=lambda: clients["marketer"].get(addresses[place]))


def test_a_reps_desk_does_not_grow(budget, clients, cast):
    def more(count):
        influenced(count, cast)
        for _ in range(count):
            request_of(cast.rep)
            NominationFactory(account=AccountFactory(owner=cast.rep))

    budget.flat("dashboards:desk of a rep", make=more, visit=lambda: clients["rep"].get("/"))


# ---------------------------------------------------------------- health, metrics


def test_alive_and_ready(client):
    assert client.get("/health/live/").json() == {"status": "alive"}
    assert client.get("/health/ready/").json() == {"database": "ok", "cache": "ok"}


def test_not_ready_without_its_cache(client, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    answer = client.get("/health/ready/")
    assert (answer.status_code, answer.json()) == (503, {"database": "ok", "cache": "down"})


@pytest.mark.parametrize(
    ("token", "sent", "status"),
    [
        ("", "", 401),
        ("", "Bearer ", 401),
        ("secret", "", 401),
        ("secret", "Bearer wrong", 401),
        ("secret", "Bearer sécret", 401),
        ("secret", "Bearer secret", 200),
    ],
)
def test_metrics_are_for_who_has_the_token(token, sent, status, settings, client):
    settings.METRICS_TOKEN = token
    answer = client.get("/metrics", headers={"Authorization": sent})
    assert answer.status_code == status
    assert ("python_info" in answer.text) is (status == 200)


def test_the_styleguide_is_a_developers(clients, settings):
    settings.DEBUG = True
    assert clients["rep"].get("/styleguide/").status_code == 200
    assert clients["rep"].get("/styleguide/?sample=accounts&q=zzzz").json() == []
    assert clients["anonymous"].get("/styleguide/").url == "/auth/login/?next=/styleguide/"


# ---------------------------------------------------------------- what went wrong


def broken(_request):
    message = "a secret of the house"
    raise RuntimeError(message)


urlpatterns = [path("broken/", broken)]
handler500 = "refprogram.dashboards.errors.broken"


def test_a_page_that_breaks_gives_a_number_to_name(client, settings):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.text
    assert "secret of the house" not in answer.text


def test_what_is_not_there_and_what_is_not_mine_look_alike(clients, cast):
    hidden = AccountFactory(name="Kestrel Freight", owner=cast.other_team_rep)
    theirs, nothing = (clients["rep"].get(url) for url in (hidden.get_absolute_url(), "/accounts/000000000000/"))
    assert (theirs.status_code, nothing.status_code) == (404, 404)
    bare = [re.sub(r'[0-9a-f]{12}|"X-CSRFToken": "\w+"', "", answer.text) for answer in (theirs, nothing)]
    assert bare[0] == bare[1]
    assert theirs["X-Request-ID"] in theirs.text


def test_what_is_denied_says_so(clients):
    answer = clients["rep"].get("/dashboards/")
    assert answer.status_code == 403
    assert answer["X-Request-ID"] in answer.text
