"""The pages of campaigns and waves: what they show and take, in how many queries."""

import datetime as dt

import pytest

from nominations.campaigns import services as campaigns
from nominations.campaigns.views import CampaignList
from nominations.models import Campaign, Cohort, Wave
from nominations.signals import links
from nominations.waves import policy, services
from nominations.waves.enums import WaveCut
from nominations.waves.views import WaveList
from references.accounts import clock
from refprogram.kernel import jobs
from refprogram.kernel.models import Job
from refprogram.kernel.program_settings.figures import room_of
from refprogram.kernel.program_settings.services import change
from tests.contracts import FormContract, ListContract
from tests.factories.campaigns import CampaignFactory, MessageFactory, WaveFactory, started, under_way
from tests.factories.nominations import NominationFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


class TestCampaigns(ListContract):
    view = CampaignList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        CampaignFactory.create_batch(count, actor=cast.marketer, sponsor=cast.executive)


class TestWaves(ListContract):
    view = WaveList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        for _number in range(count):
            WaveFactory(actor=cast.marketer, campaign=CampaignFactory(actor=cast.marketer))


class TestNewCampaign(FormContract):
    url, reader = "/campaigns/new/", "marketer"
    typed, broken = "Their words", {"goal": "none"}

    @property
    def good(self):
        first = clock.today() + dt.timedelta(days=3)
        days = {"starts_on": first.isoformat(), "ends_on": (first + dt.timedelta(days=20)).isoformat()}
        return {"name": "Spring", "goal": "12", "purpose": "Their words", **days}

    @staticmethod
    def count():
        return Campaign.objects.count()


class TestNewWave(FormContract):
    url, reader = "/waves/new/", "marketer"
    typed, broken = "Their wave", {"parts": "0"}

    @property
    def good(self):
        return {
            "name": "Their wave", "cut": "last_name", "parts": "3", "starts_on": clock.today().isoformat(),
            "days_each": "30", "in_work": "20", "per_day": "4", "pause_after_days": "10",
        }  # fmt: skip

    @staticmethod
    def count():
        return Wave.objects.count()


def test_a_campaigns_page_costs_the_same_with_many_messages_and_nominations(budget, clients, marketer):
    campaign = started(CampaignFactory(actor=marketer))

    def make(count):
        for number in range(count):
            MessageFactory(campaign=campaign, subject=f"Message {number}")
            NominationFactory()

    budget.flat("nominations:campaign", make=make, visit=lambda: clients["marketer"].get(campaign.get_absolute_url()))


def test_who_is_asked_reads_what_it_is_for_and_how_far_it_is_but_no_money(
    api, budget, clients, marketer, rep, executive
):
    campaign = CampaignFactory(
        actor=marketer, teams=[rep.team], roles=["rep"], goal=7, budget=4711, purpose="Carriers are missing.",
        sponsor=executive, sponsor_message="One customer each.",
    )  # fmt: skip
    url = campaign.get_absolute_url()
    assert clients["rep"].get(url).status_code == 404  # planned only: nobody's news yet
    started(campaign)
    links.make_link(label="Badge", holder=rep, campaign=campaign)

    def make(count):
        for number in range(count):
            NominationFactory(nominator=rep)
            campaigns.add_asset(campaign=campaign, actor=marketer, title=f"Deck {number}", url="https://deck.example/")

    page = f"{url}about/"
    budget.flat("nominations:campaign-about", make=make, visit=lambda: clients["rep"].get(page))
    led, text = clients["rep"].get(url), clients["rep"].get(page).text

    assert led.url == page
    assert all(words in text for words in (
        "Carriers are missing.", "One customer each.", "0 of 7", "You nominated", "Deck 0", "Badge",
        f"/nominations/new/?campaign={campaign.public_id}",
    ))  # fmt: skip
    assert "4711" not in text.replace(",", "")
    assert campaign.name in clients["rep"].get("/campaigns/").text
    asked = {"label": "Mail", "campaign": campaign.public_id}
    made, refused = (
        api[role].post("/api/v1/nomination-links", asked, content_type="application/json")
        for role in ("rep", "support")
    )
    assert (made.json()["campaign"]["id"], refused.status_code) == (campaign.public_id, 404)
    assert clients["support"].get(page).status_code == clients["support"].get(url).status_code == 404
    campaigns.end_campaign(campaign=campaign, actor=marketer)
    over = clients["rep"].get(page).text
    assert "Ended" in over
    assert "Your own link" not in over


def test_colleagues_read_when_it_is_their_turn(clients, marketer, rep, time_machine):
    time_machine.move_to("2026-11-02 09:00Z")  # a Monday
    campaign = started(CampaignFactory(actor=marketer, teams=[rep.team], roles=["rep"]))
    page = f"{campaign.get_absolute_url()}about/"

    def turn():
        return [line.strip() for line in clients["rep"].get(page).text.splitlines() if "turn" in line]

    wave = WaveFactory(actor=marketer, campaign=campaign, cut=WaveCut.TEAM)
    assert turn() == []  # planned only: its days may change
    services.start_wave(wave=wave, actor=marketer)
    assert "Your turn comes on 2 November, until 1 December" in "".join(turn())
    services.go_by_the_calendar(wave_id=wave.pk)
    assert "It is your turn now, until 1 December" in "".join(turn())
    time_machine.move_to("2026-12-03 09:00Z")
    services.go_by_the_calendar(wave_id=wave.pk)
    assert turn() == []  # the wave is over


def test_a_waves_page_costs_the_same_with_many_people(budget, clients, marketer, time_machine):
    time_machine.move_to("2026-11-18 09:00Z")  # a working day: on others less is asked
    wave = under_way(WaveFactory(actor=marketer, parts=3))

    budget.flat(
        "nominations:wave",
        make=UserFactory.create_batch,
        visit=lambda: clients["marketer"].get(wave.get_absolute_url()),
    )


def test_a_simulation_costs_the_same_with_many_people(budget, clients, marketer):
    wave = WaveFactory(actor=marketer)
    change(room=room_of(policy.Figures), values={"runs": 20}, user=marketer)

    budget.flat(
        "nominations:wave-simulation",
        make=UserFactory.create_batch,
        visit=lambda: clients["marketer"].get(f"{wave.get_absolute_url()}simulation/", headers={"HX-Request": "true"}),
    )


def test_the_simulation_says_how_it_counts_and_sets_other_figures_beside_the_plan(clients, marketer):
    wave = WaveFactory(actor=marketer)
    change(room=room_of(policy.Figures), values={"runs": 20}, user=marketer)
    url = f"{wave.get_absolute_url()}simulation/"

    alone, both = clients["marketer"].get(url).text, clients["marketer"].get(f"{url}?per_day=9&days_each=5").text
    part = clients["marketer"].get(url, headers={"HX-Request": "true"}).text

    assert f"Simulation of {wave.name}" in alone
    assert part.startswith('<div id="simulated"')
    assert alone.count('data-chart="line"') == 3
    assert both.count('data-chart="line"') == 6
    assert "assumed (program settings)" in alone
    assert "With other figures" in both


def test_a_large_wave_is_simulated_in_the_background(clients, marketer):
    wave = WaveFactory(actor=marketer)
    change(room=room_of(policy.Figures), values={"runs": 20, "large_from": 10}, user=marketer)
    url = wave.get_absolute_url()
    assert "in the background" in clients["marketer"].get(f"{url}simulation/").text

    answer = clients["marketer"].post(f"{url}simulate/", {"per_day": "9"})
    job = Job.objects.get(kind="simulate_wave")
    jobs.run(job_id=job.pk)

    assert answer.url == f"/jobs/{job.public_id}/"
    job.refresh_from_db()
    assert job.result["url"] == f"{url}?per_day=9#simulation"
    assert "With other figures" in clients["marketer"].get(f"{url}simulation/?per_day=9").text


def test_the_same_seed_gives_the_same_answer_over_the_api(api, marketer):
    wave = WaveFactory(actor=marketer)
    change(room=room_of(policy.Figures), values={"runs": 20}, user=marketer)
    url = f"/api/v1/waves/{wave.public_id}/simulation"

    first, again, other = (api["marketer"].get(f"{url}?seed={seed}").json() for seed in (5, 5, 6))

    assert first == again
    assert first["plan"] != other["plan"]


def cohorts_form(wave, **changes):
    found = {}
    for row in wave.cohorts.order_by("number"):
        found |= {
            f"name_{row.number}": row.name, f"from_{row.number}": row.rule["from"], f"to_{row.number}": row.rule["to"],
            f"opens_on_{row.number}": row.opens_on.isoformat(), f"closes_on_{row.number}": row.closes_on.isoformat(),
        }  # fmt: skip
    return {**found, **changes}


def test_a_range_that_overlaps_is_said_beside_its_field_and_nothing_is_saved(clients, marketer):
    wave = WaveFactory(actor=marketer)
    before = list(wave.cohorts.values_list("rule", flat=True))

    page = clients["marketer"].post(f"{wave.get_absolute_url()}cohorts/", cohorts_form(wave, to_1="Z"))

    assert page.status_code == 422
    assert "overlaps with cohort 1" in page.text
    assert list(Cohort.objects.filter(wave=wave).values_list("rule", flat=True)) == before


def test_dates_are_changed_on_the_page_while_the_wave_runs(clients, marketer):
    wave = under_way(WaveFactory(actor=marketer))
    later = clock.today() + dt.timedelta(days=70)
    said = cohorts_form(wave, opens_on_2=later.isoformat(), closes_on_2=(later + dt.timedelta(days=5)).isoformat())

    answer = clients["marketer"].post(f"{wave.get_absolute_url()}cohorts/", said)

    assert answer.status_code == 302
    assert wave.cohorts.get(number=2).opens_on == later


def test_the_calendar_shows_what_is_typed_before_it_is_saved(clients, marketer):
    wave = WaveFactory(actor=marketer)
    first = wave.cohorts.get(number=1)

    page = clients["marketer"].get(f"{wave.get_absolute_url()}preview/", cohorts_form(wave, name_1="The early ones"))

    assert "The early ones" in page.text
    first.refresh_from_db()
    assert first.name != "The early ones"


def test_a_pause_without_a_reason_is_refused_and_with_one_said(clients, marketer):
    wave = under_way(WaveFactory(actor=marketer))
    url = wave.get_absolute_url()

    clients["marketer"].post(f"{url}pause/", {"reason": ""})
    running = Wave.objects.get(pk=wave.pk).state
    clients["marketer"].post(f"{url}pause/", {"reason": "Two screeners are ill."})

    assert running == "running"
    assert "Two screeners are ill." in clients["marketer"].get(url).text
    services.end_wave(wave=wave, actor=marketer)


def test_a_campaign_is_planned_worded_started_and_read_over_the_api(api, marketer, rep):
    first = clock.today().isoformat()
    mine = api["marketer"]

    def send(method, url, data):
        return getattr(mine, method)(f"/api/v1/campaigns{url}", data, content_type="application/json")

    made = send("post", "", {
        "name": "Spring", "goal": 3, "starts_on": first, "ends_on": first, "teams": [rep.team.public_id],
    }).json()  # fmt: skip
    url = f"/{made['id']}"
    message = send("post", f"{url}/messages", {"channel": "mail", "send_on": first, "subject": "Who?", "body": "Say."})
    line = mine.get(f"/api/v1/campaigns{url}/kickoff").json()[0]
    named = send("patch", f"{url}/kickoff/{line['id']}", {"who": rep.public_id})
    refused = send("post", f"{url}/start", {})
    begun = send("post", f"{url}/start", {"anyway": "The launch is today."})
    NominationFactory(nominator=rep)

    assert (message.status_code, message.json()["copies"]) == (201, 0)
    assert named.json()["who"]["id"] == rep.public_id
    assert (refused.status_code, begun.json()["state"]) == (422, "running")
    assert mine.get(f"/api/v1/campaigns{url}/funnel").json() == [
        {"cohort": "", "team": rep.team.name, "nominated": 1, "approved": 0, "enrolled": 0, "first_act": 0}
    ]
