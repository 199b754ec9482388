"""Sponsors and promises as people use them; the same few queries however many there are."""

import datetime as dt

import pytest
from django.utils import timezone

from refprogram.governance.sponsors import services
from refprogram.governance.sponsors.enums import Cause
from refprogram.governance.sponsors.models import SponsorPledge, Sponsorship
from refprogram.governance.sponsors.pledge_views import PledgeList
from tests.contracts import FormContract, ListContract
from tests.factories.people import RegionFactory, UserFactory
from tests.factories.sponsors import SponsorPledgeFactory, SponsorshipFactory

pytestmark = pytest.mark.django_db


def later(days=30):
    return timezone.localdate() + dt.timedelta(days=days)


class TestPledges(ListContract):
    """All promises."""

    view = PledgeList
    reader = "executive"

    @staticmethod
    def make(count, cast):
        row = SponsorshipFactory()
        SponsorPledgeFactory.create_batch(count, sponsorship=row, noted_by=cast.marketer)


class TestName(FormContract):
    """Naming a sponsor."""

    url, reader, typed = "/sponsors/new/", "sales_head", "Spring Awards"
    broken = {"starts_on": "soon"}

    @pytest.fixture(autouse=True)
    def _filled(self):
        user = UserFactory().public_id
        self.good = {"user": user, "backs": "contest", "part": "Spring Awards", "starts_on": "2026-01-05"}

    @staticmethod
    def count():
        return Sponsorship.objects.count()


class TestPromise(FormContract):
    """Promising something."""

    reader, typed, broken = "executive", "Open the kick-off", {"due_on": "2026-01-05"}

    @pytest.fixture(autouse=True)
    def _filled(self, executive):
        self.url = f"{SponsorshipFactory(user=executive).get_absolute_url()}promise/"
        self.good = {"kind": "announce", "words": "Open the kick-off", "due_on": later().isoformat()}

    @staticmethod
    def count():
        return SponsorPledge.objects.count()


def test_pages_cost_the_same_however_many_are_there(budget, clients, marketer, executive):
    region = RegionFactory()

    def more(count):
        for place in range(count):
            row = SponsorshipFactory(backs="region", region=region, deputy=marketer)
            SponsorPledgeFactory(sponsorship=row, due_on=later(place), noted_by=marketer)
            mine = SponsorshipFactory(user=executive, backs="contest", part=row.public_id)
            SponsorPledgeFactory.create_batch(2, sponsorship=mine, due_on=later(), noted_by=marketer)

    visit = clients["executive"].get
    budget.flat("governance:sponsors", make=more, visit=lambda: visit("/sponsors/"))
    budget.flat("governance:my-pledges", make=more, visit=lambda: visit("/sponsors/mine/"))
    row, pledge = Sponsorship.objects.first(), SponsorPledge.objects.first()
    for page in (row, pledge):
        visit(page.get_absolute_url())
    with budget("governance:sponsor"):
        visit(row.get_absolute_url())
    with budget("governance:pledge"):
        visit(pledge.get_absolute_url())


def test_the_board_names_gaps_and_who_is_behind(clients, marketer):
    region = RegionFactory(name="Europe")
    SponsorshipFactory(backs="region", region=region, ended_on=later(-30), ended_for="term")
    page = clients["marketer"].get("/sponsors/")
    assert [part.label for part in page.context["gaps"]] == ["the whole program", "Europe"]
    assert "Nobody backs Europe since" in page.text
    assert "Nobody backs the whole program yet." in page.text


def test_what_somebody_wrote_is_a_version_and_the_one_before_is_kept(clients, executive):
    row = SponsorPledgeFactory(sponsorship=SponsorshipFactory(user=executive), due_on=later())
    url = row.get_absolute_url()
    page = clients["executive"].get(url)
    assert "mailto:?subject=" in page.text
    assert "figures of now" in page.text
    clients["executive"].post(f"{url}words/", {"subject": "Mine", "text": "My own words", "revision": "0"})
    stale = clients["marketer"].post(f"{url}words/", {"subject": "Mine", "text": "Others", "revision": "0"})
    assert (stale.status_code, "My own words" in stale.text) == (409, True)
    clients["executive"].post(f"{url}words/anew/")
    page = clients["executive"].get(url).text
    assert "Version 2" in page
    assert "My own words" in page


def test_sponsors_see_their_own_promises_and_nobody_elses(clients, rep):
    own = SponsorPledgeFactory(sponsorship=SponsorshipFactory(user=rep), due_on=later(3))
    other = SponsorPledgeFactory(due_on=later())
    assert own.words in clients["rep"].get("/sponsors/mine/").text
    assert clients["rep"].get(own.get_absolute_url()).status_code == 200
    assert clients["rep"].get(other.get_absolute_url()).status_code == 404
    assert clients["rep"].get("/sponsors/").status_code == 403
    assert own.words in clients["rep"].get("/").text
    assert clients["rep"].post(f"{own.get_absolute_url()}done/").status_code == 302
    assert SponsorPledge.objects.get(pk=own.pk).on_time


def test_the_api_says_and_does_the_same(api, executive):
    row = SponsorshipFactory(user=executive)
    said = {"sponsorship": row.public_id, "kind": "repeat", "words": "Write to all", "due_on": later().isoformat(),
            "every_weeks": 4}  # fmt: skip
    client = api["executive"]
    made = client.post("/api/v1/pledges", said, content_type="application/json").json()
    assert (made["state"], made["sponsor"]["name"], made["on_time"]) == ("promised", executive.name, None)
    done = client.post(f"/api/v1/pledges/{made['id']}/done", {}, content_type="application/json").json()
    assert (done["state"], done["on_time"]) == ("done", True)
    rows = client.get("/api/v1/pledges?state=promised").json()
    assert [one["follows"] for one in rows["items"]] == [made["id"]]
    wrong = client.patch(
        f"/api/v1/pledges/{rows['items'][0]['id']}", {"words": "Else", "revision": 7}, content_type="application/json"
    )
    assert wrong.status_code == 409


def test_due_promises_stand_on_the_executive_page(clients, executive):
    row = SponsorPledgeFactory(sponsorship=SponsorshipFactory(user=executive), due_on=later(2))
    page = clients["executive"].get("/dashboards/")
    assert f"You promised: {row.words}" in page.text


def test_a_lost_sponsor_is_followed_by_their_deputy_with_one_tap(clients, cast, marketer):
    row = SponsorshipFactory(deputy=cast.executive)
    pledge = SponsorPledgeFactory(sponsorship=row, due_on=later())
    services.see_change(user_id=row.user_id, cause=Cause.LEAVE)
    client = clients["marketer"]
    assert f"Hand over to {cast.executive.name}" in client.get("/").text
    assert "1 promise needs somebody who keeps it." in client.get(row.get_absolute_url()).text
    assert "is away for long" in client.get("/sponsors/").text
    client.post(f"{row.get_absolute_url()}to-deputy/")
    pledge.refresh_from_db()
    assert (pledge.state, pledge.holder) == ("handed", cast.executive)
    assert pledge.words in clients["executive"].get("/sponsors/mine/").text
    assert "Yes, I take it over" in clients["executive"].get(pledge.get_absolute_url()).text
    clients["executive"].post(f"{pledge.get_absolute_url()}no/", {"because": "No time"})
    assert "Find a sponsor for it" in client.get(pledge.get_absolute_url()).text
    client.post(f"{pledge.get_absolute_url()}release/", {"because": "Nobody was found", "ends": "on"})
    assert "Released, because" in client.get(pledge.get_absolute_url()).text
