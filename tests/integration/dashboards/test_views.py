"""The roof's pages: each role's desk, the counters, search, figures, and what is shown when things go wrong."""

import datetime as dt
import re
from decimal import Decimal

import pytest
import time_machine
from django.urls import path
from django.utils import timezone

from nominations import services as nominating
from references.accounts.models import Opportunity
from references.accounts.services import record_consent
from refprogram.dashboards import desk, figures, history, search, services
from refprogram.dashboards.views import Influenced
from refprogram.kernel.models import Event
from refprogram.people.enums import Role
from refprogram.people.models import User
from tests.contracts import ListContract
from tests.factories.incentives import booked
from tests.factories.nominations import NominationFactory, screened
from tests.factories.references import AccountFactory, ContactFactory, OpportunityFactory, speaker
from tests.factories.requests import closed, in_review, request_of

pytestmark = pytest.mark.django_db


def influenced(count, cast):
    for _ in range(count):
        account = AccountFactory(owner=cast.rep)
        deal = OpportunityFactory(account=account, owner=cast.rep, amount=10_000)
        closed(request=request_of(cast.rep, opportunity=deal), contact=speaker(owner=cast.other_team_rep))


def agreed(name="Connie Consent", **days):
    contact = ContactFactory(person__name=name)
    return record_consent(contact=contact, activities=("call",), wording="I agree.", actor=None, **days)


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


def test_a_line_on_the_desk_is_one_thing_everywhere(clients, cast):
    for _ in range(3):
        screened(NominationFactory(account=AccountFactory(owner=cast.other_team_rep)))  # three wait, in one line
    page, counters = clients["marketer"].get("/"), clients["marketer"].get("/nav/counts/")
    assert len(page.context["desk"].items) == 1
    assert "1 thing needs you" in page.context["desk"].facts
    assert 'id="nav-n-desk" hx-swap-oob="true">1<' in counters.text


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("executive", ["Influenced pipeline", "Influenced revenue", "References", "Enrolled this quarter"]),
        ("sales_head", ["Influenced pipeline", "Influenced revenue", "Requests answered", "Enrolled this quarter"]),
        ("marketer", []),
    ],
)
def test_who_answers_for_the_program_has_its_figures_on_the_desk(role, names, clients):
    shown = clients[role].get("/").context["desk"]
    assert [stat.name for stat in shown.headlines] == names


def test_finance_sees_what_is_owed(clients, cast):
    booked(person=cast.rep.person, points=150)
    booked(person=cast.support.person, points=50)
    page = clients["finance"].get("/")
    shown = {stat.name: stat.value for stat in page.context["desk"].liability}
    assert (shown["Points owed"], shown["Colleagues who hold points"], shown["Given this quarter"]) == (
        "200",
        "2",
        "200",
    )
    assert [line.amount for line in page.context["desk"].booked] == [50, 150]
    assert {clients["finance"].get(stat.url).status_code for stat in page.context["desk"].liability} == {200}
    assert clients["legal"].get("/").context["desk"].liability == []


def test_legal_sees_what_ends_soon_and_what_came_lately(clients):
    today = timezone.localdate()
    ending = agreed(name="Ending Ela", expires_on=today + dt.timedelta(days=9))
    late = agreed(expires_on=today + dt.timedelta(days=200), given_on=today - dt.timedelta(days=90))
    page = clients["legal"].get("/")
    shown = page.context["desk"].agreements
    assert [consent.pk for consent in shown.ending] == [ending.pk]
    assert late.pk not in [consent.pk for consent in shown.recorded]
    assert "Ending Ela" in page.text
    assert clients["finance"].get("/").context["desk"].agreements is None


def test_a_judge_is_told_what_comes(clients):
    page = clients["judge"].get("/").text
    assert "No contest is open for judging" in page
    assert "Needs you" not in page


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


def counted(client):
    return dict(re.findall(r'id="nav-n-(\w+)" hx-swap-oob="true">(\d*)<', client.get("/nav/counts/").text))


def test_counters_are_kept_for_a_moment_and_forgotten_with_a_write_of_ones_own(
    clients, cast, django_assert_num_queries
):
    assert counted(clients["marketer"])["requests"] == ""
    request_of(cast.rep)
    with django_assert_num_queries(1):  # who asks, and nothing else
        assert counted(clients["marketer"])["requests"] == ""
    clients["rep"].post("/settings/", {"name": "Somebody Else"})
    assert counted(clients["marketer"])["requests"] == ""
    clients["marketer"].post("/settings/", {"name": "Marketer"})
    assert counted(clients["marketer"])["requests"] == "1"
    request_of(cast.rep)  # what the worker makes of the write comes a little later
    assert counted(clients["marketer"])["requests"] == "2"


def test_kept_counters_are_not_those_of_another_role_nor_of_who_may_no_longer_sign_in(clients, cast, marketer):
    client = clients["marketer"]
    assert set(counted(client)) == {"desk", "requests", "nominations"}
    User.objects.filter(pk=marketer.pk).update(role=Role.REP)
    assert set(counted(client)) == {"desk"}
    User.objects.filter(pk=marketer.pk).update(is_active=False)
    assert client.get("/nav/counts/").status_code == 302


# ---------------------------------------------------------------- search


def found(user, words):
    return {hit.title for group in search.search(user, words) for hit in group.hits}


def test_a_slip_of_the_finger_is_forgiven(marketer):
    AccountFactory(name="Kestrel Freight")
    assert found(marketer, "kestral") == found(marketer, "KESTREL fr") == {"Kestrel Freight"}
    assert found(marketer, "Vantage") == set()


@pytest.mark.parametrize("words", ["jadford", "jadeford biotch", "Jadefrod", "jadeford Biotehc"])
def test_one_slip_in_each_short_word_is_forgiven(words, marketer):
    AccountFactory(name="Jadeford Biotech")
    AccountFactory(name="Amber Foods")
    assert found(marketer, words) == {"Jadeford Biotech"}
    assert found(marketer, "jadford motors") == set()


def test_one_slip_in_a_name_of_four_letters_is_forgiven(marketer):
    ContactFactory(person__name="Arjun Berg")
    ContactFactory(person__name="Arjun Singh")
    assert found(marketer, "Arjun Brg") == {"Arjun Berg"}


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


def test_a_target_is_shown_beside_its_figure(clients, cast, executive, marketer):
    influenced(1, cast)
    quarter = history.Quarter.now()
    services.set_targets(
        actor=marketer, starts_on=quarter.starts_on, values={"pipeline": Decimal(20_000), "references": Decimal(1)}
    )
    shown = {stat.name: stat for stat in figures.stats(executive)}
    assert (shown["Influenced pipeline"].target, shown["Influenced pipeline"].share) == (
        "target $20,000: not yet met",
        0.5,
    )
    assert (shown["References"].share, shown["References"].tone) == (1.0, "ok")
    assert shown["Requests open"].target == ""
    assert "target $20,000" in clients["executive"].get("/dashboards/").text
    assert "target $20,000" not in clients["manager"].get("/dashboards/").text


def test_a_limit_says_in_words_whether_it_is_kept():
    days, quarter = figures.BY_KEY["days"], history.Quarter.now()
    missed = figures._against(days, Decimal(2), Decimal(1), quarter)
    assert missed["target"].startswith("at most")
    assert missed["target"].endswith(": missed")
    assert "share" not in missed  # a full bar would look achieved
    assert figures._against(days, Decimal(1), Decimal(1), quarter)["target"].endswith(": met")


def test_the_definition_fits_the_deals_shown(clients):
    page = clients["executive"]
    assert "open ones, and won ones" in page.get("/dashboards/influenced/").text
    assert "Amount of open deals" in page.get("/dashboards/influenced/?open=yes").text


def test_targets_are_set_changed_and_taken_back_on_their_page(clients, marketer):
    page = clients["marketer"]
    url = "/dashboards/targets/?on=2026-02-03"
    with time_machine.travel(dt.datetime(2026, 2, 10, 12, tzinfo=dt.UTC)):
        assert page.get(url).context["quarter"].starts_on == dt.date(2026, 1, 1)
        assert page.post(url, {"references": "200", "days": "4.5"}).url == "/dashboards/"
        assert figures.targets(history.Quarter.now()) == {"references": Decimal(200), "days": Decimal("4.5")}
        page.post(url, {"references": "200"})
        assert figures.targets(history.Quarter.now()) == {"references": Decimal(200)}
        assert page.post(url, {"references": "-3"}).status_code == 422
    told = [entry.topic for entry in Event.objects.filter(subject_type="target").order_by("pk")]
    assert told == ["target.set", "target.set", "target.removed"]


def test_a_change_is_told_against_the_quarter_before(cast, executive):
    with time_machine.travel(dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC)):
        AccountFactory.create_batch(2, state="active", member_since=timezone.now())
    with time_machine.travel(dt.datetime(2026, 8, 20, 12, tzinfo=dt.UTC)):
        AccountFactory(state="active", member_since=timezone.now())
        shown = {stat.name: stat for stat in figures.stats(executive)}
        assert (shown["References"].value, shown["References"].change) == ("3", "up 1 on Q2")
        assert shown["References"].good is True
        assert shown["References"].trend == (0, 0, 0, 2, 3)
        assert shown["Free to be asked"].change == "no figure of Q2 to compare"


def test_who_was_free_is_known_from_the_night_it_was_kept(executive):
    AccountFactory(state="active", member_since=timezone.now(), verified_at=timezone.now())
    with time_machine.travel(dt.datetime(2026, 6, 30, 21, 50, tzinfo=dt.UTC)):
        services.take_snapshot()
        services.take_snapshot()
    with time_machine.travel(dt.datetime(2026, 8, 20, 12, tzinfo=dt.UTC)):
        shown = {stat.name: stat for stat in figures.stats(executive)}
        assert shown["Free to be asked"].change == "as at the end of Q2"
        assert shown["Free to be asked"].trend == (None, None, None, 1, 1)


def test_won_deals_count_in_the_quarter_they_closed(clients, cast, executive):
    influenced(1, cast)
    deal = Opportunity.objects.get()
    deal.stage, deal.closes_on = "won", timezone.localdate()
    deal.save()
    shown = {stat.name: stat for stat in figures.stats(executive)}
    assert (shown["Influenced revenue"].value, shown["Influenced pipeline"].value) == ("$10,000", "$0")
    assert clients["executive"].get(shown["Influenced revenue"].url).context["page"].count.number == 1


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
def test_pages_do_not_grow(place, budget, clients, cast, monkeypatch):
    monkeypatch.setattr(history, "KEPT_SECONDS", 0)
    addresses = {
        "dashboards:desk": "/",
        "dashboards:executive": "/dashboards/",
        "dashboards:search": "/search/?q=kestrel",
    }

    def more(count):
        influenced(count, cast)
        AccountFactory.create_batch(count, name="Kestrel Freight")

    budget.flat(place, make=more, visit=lambda: clients["marketer"].get(addresses[place]))


def test_figures_are_counted_once_a_minute_for_each_reader(executive, marketer, django_assert_num_queries):
    AccountFactory(state="active", member_since=timezone.now())
    first = history.series(executive)
    AccountFactory(state="active", member_since=timezone.now())
    with django_assert_num_queries(0):
        assert history.series(executive) == first
    assert history.series(marketer)[history.REFERENCES][-1] == 2


@pytest.mark.parametrize("role", ["executive", "finance", "legal"])
def test_other_desks_do_not_grow(role, budget, clients, cast, monkeypatch):
    monkeypatch.setattr(history, "KEPT_SECONDS", 0)

    def more(count):
        influenced(count, cast)
        for _ in range(count):
            agreed(expires_on=timezone.localdate() + dt.timedelta(days=9))
            booked(person=cast.rep.person, points=10)

    budget.flat(f"dashboards:desk of {role}", make=more, visit=lambda: clients[role].get("/"))


def test_the_targets_page_costs_little(budget, clients):
    clients["marketer"].get("/dashboards/targets/")
    with budget("dashboards:targets"):
        clients["marketer"].get("/dashboards/targets/")


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
