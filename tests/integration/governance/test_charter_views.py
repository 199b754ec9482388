"""The charter and the map as people use them; the same few queries however long they are."""

import pytest

from refprogram.governance.capacity.models import Demand
from refprogram.governance.charter.models import CharterVersion, ScopeLine
from refprogram.governance.plotting import services
from refprogram.governance.plotting.models import PlottedRequest
from refprogram.governance.plotting.views import PlottedList
from tests.contracts import FormContract, ListContract
from tests.factories.campaigns import CampaignFactory
from tests.factories.capacity import asked_of_us
from tests.factories.charter import ScopeLineFactory, charter_of, consulted, holding, passed_on, right_answers
from tests.factories.coverage import target_of

pytestmark = pytest.mark.django_db


class TestPlotted(ListContract):
    """The list of what was asked."""

    view = PlottedList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        for number in range(count):
            passed_on(by=cast.marketer, to=cast.manager, text=f"{number + 2} board names")


class TestWords(FormContract):
    """Writing the mission."""

    reader, typed = "marketer", "Happy customers speak"
    broken = {"mission": ""}

    @pytest.fixture(autouse=True)
    def _filled(self):
        self.url = f"{charter_of().get_absolute_url()}words/"
        self.good = {"mission": "Fair asks", "short_strategy": "Happy customers speak", "starts_on": "2026-11"}

    @staticmethod
    def count():
        return CharterVersion.objects.filter(mission="Fair asks").count()


def test_pages_cost_the_same_however_much_the_charter_says(budget, clients, marketer):
    version = holding()

    def more(count):
        for _number in range(count):
            ScopeLineFactory(version=version, redirect_to=marketer)

    budget.flat("governance:charter", make=more, visit=lambda: clients["marketer"].get("/charter/"))
    budget.flat("governance:plot", make=asked_of_us, visit=lambda: clients["rep"].get("/charter/plot/?q=9+board+names"))
    row = passed_on(by=marketer, to=marketer)
    for name, url in {
        "governance:charter-version": version.get_absolute_url(),
        "governance:charter-versions": "/charter/versions/",
        "governance:charter-links": "/charter/links/",
        "governance:charter-acknowledge": "/charter/acknowledge/",
        "governance:no-because": "/charter/no-because/",
        "governance:plotted": row.get_absolute_url(),
    }.items():
        clients["marketer"].get(url)
        with budget(name):
            clients["marketer"].get(url)


def test_wrong_answers_come_back_with_what_the_charter_says(clients, executive):
    version = holding()
    right = right_answers(version)
    typed = {"version": version.public_id, **{f"q{place}": str(one) for place, one in enumerate(right)}}
    page = clients["executive"].post("/charter/acknowledge/", typed | {"q2": str((right[2] + 1) % 3)})
    assert page.status_code == 422
    assert "One counts 1.5 working hours: Reference call." in page.text
    assert clients["executive"].post("/charter/acknowledge/", typed).url == "/charter/"
    assert "You answered its questions on" in clients["executive"].get("/charter/").text


def test_what_changed_while_it_was_read_is_said(clients, marketer):
    read = holding()
    typed = {"version": read.public_id, "q0": "0", "q1": "0", "q2": "0"}
    CharterVersion.objects.filter(pk=read.pk).update(state="superseded")
    ScopeLineFactory(version=holding(), name="Film")
    page = clients["executive"].post("/charter/acknowledge/", typed)
    assert page.status_code == 422
    assert "Film is in scope now." in page.text


def test_a_request_is_plotted_kept_and_passed_on(clients, marketer, manager):
    holding()
    page = clients["marketer"].get("/charter/plot/?q=24+board+names").text
    assert "Out of scope" in page
    assert "96 h" in page
    kept = clients["marketer"].post("/charter/plot/", {"q": "24 board names", "asked_by": "Board", "value": "1,200"})
    row = PlottedRequest.objects.get()
    assert (kept.url, row.count, row.value) == (row.get_absolute_url(), 24, 1200)
    form = clients["marketer"].get(f"{row.get_absolute_url()}redirect/").text
    assert "Boards are asked by the executives." in form


def test_a_plot_that_makes_no_sense_is_said_beside_it(clients):
    line = holding().lines.first()
    assert clients["rep"].get("/charter/plot/").status_code == 200
    for typed, said in ((f"q=&line={line.public_id}", "Say in a few words"), ("q=2+calls&count=many", "whole number"),
                        ("q=&line=&count=&hours=", "Say in a few words")):  # fmt: skip
        page = clients["rep"].get(f"/charter/plot/?{typed}")
        assert (page.status_code, said in page.text) == (422, True)


def test_hours_are_told_so_that_one_of_them_reads_well(clients, marketer):
    holding()
    asked_of_us(200, hours=1)
    assert "h of work, the latest asked for first" in clients["rep"].get("/charter/plot/?q=1+board+name").text


def test_a_part_is_changed_and_shown_as_it_was_typed(clients):
    line = charter_of().lines.first()
    url = f"/charter/parts/line/{line.public_id}/"
    assert 'value="call"' in clients["marketer"].get(url).text
    typed = {"inside": "yes", "name": "Call", "words": "call, phone", "hours": "2"}
    assert clients["marketer"].post(url, typed).status_code == 302
    assert ScopeLine.objects.get(pk=line.pk).words == ["call", "phone"]
    assert clients["marketer"].get("/charter/parts/nonsense/bcdfghjkmnpq/").status_code == 404


def test_the_quarter_of_no_leads_to_its_rows(clients, marketer, manager):
    holding()
    assert "Nothing was said no to" in clients["executive"].get("/charter/no-because/").text
    passed_on(by=marketer, to=manager, text="3 board names")
    page = clients["executive"].get("/charter/no-because/").text
    assert "3 board names" in page
    rows = clients["executive"].get("/charter/requests/?state=redirected&format=csv").getvalue().decode()
    assert "3 board names" in rows
    assert clients["executive"].get("/charter/no-because/?quarter=soon").status_code == 422


def test_opinions_are_read_by_who_runs_it_and_ones_own_by_oneself(clients, marketer, rep, support):
    version = consulted(by=marketer, people=[rep, support])
    clients["support"].post(f"{version.get_absolute_url()}comment/", {"text": "Too much is out of scope"})
    assert "Too much is out of scope" in clients["marketer"].get(version.get_absolute_url()).text
    assert "Too much is out of scope" not in clients["rep"].get(version.get_absolute_url()).text


def test_plotting_needs_no_scripts_loses_nothing_and_keeps_once(clients, marketer):
    holding()
    page = clients["marketer"].get("/charter/plot/?q=24+board+names&hours=2")
    key = page.context["submit_key"]
    assert "hx-" not in page.text[page.text.index("<main") : page.text.index("</main")]
    typed = {"q": "24 board names", "hours": "2", "submit_key": str(key), "asked_by": "The board", "value": "much"}

    refused = clients["marketer"].post("/charter/plot/", typed)

    assert refused.status_code == 422
    assert all(words in refused.text for words in ("48 h", 'value="The board"', 'value="much"', "Out of scope"))
    kept = clients["marketer"].post("/charter/plot/", typed | {"value": "1200"})
    again = clients["marketer"].post("/charter/plot/", typed | {"value": "1200"})
    row = PlottedRequest.objects.get()
    assert kept.url == again.url == row.get_absolute_url()
    assert (row.hours, row.asked_by, row.value) == (48, "The board", 1200)


def test_what_is_plotted_from_a_target_or_a_campaign_says_what_it_asks_of_the_program(clients, marketer):
    version = holding()
    ScopeLineFactory(version=version, name="New reference", words=["recruiting"], hours=3)
    target = target_of(marketer, title="Hospitals in Spain", wanted=4)
    campaign = CampaignFactory(name="Spring", goal=10, owner=marketer, actor=marketer)
    for row, subject, hours in ((target, "target", "12 h"), (campaign, "campaign", "30 h")):
        address = f"/charter/plot/?subject={subject}:{row.public_id}"
        assert address in clients["marketer"].get(row.get_absolute_url()).text
        page = clients["marketer"].get(address).text
        assert all(words in page for words in (str(row), "New reference", hours, marketer.name))
    kept = clients["marketer"].post("/charter/plot/", {"q": "Spring", "subject": f"campaign:{campaign.public_id}"})
    services.take(row=PlottedRequest.objects.get(), by=marketer)
    assert Demand.objects.get().hours == 30
    assert campaign.get_absolute_url() in clients["marketer"].get(kept.url).text
