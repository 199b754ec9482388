"""Results on their pages: what is read, signed, told, and hidden."""

import csv
import hashlib
import json
import re
from io import BytesIO, StringIO

import openpyxl
import pytest
import time_machine

from awards.contests.enums import ContestState
from awards.judging import services as judging
from awards.models import Award, Category, Certification, Contest, TallyRun
from awards.results import services
from awards.results.ballots import Ballots
from awards.results.computing import compute
from refprogram.kernel.models import Event
from refprogram.people.models import Person
from tests.factories.contests import CategoryFactory, ContestFactory
from tests.factories.results import judged
from tests.unit.awards.test_effects import TABLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest(marketer, executive, sales_head):
    """The oracle's contest, in deliberation; executive and head of sales certify it."""
    round_ = judged(TABLE, category=CategoryFactory(contest=ContestFactory(owner=marketer), name="Supply"))
    return round_.contest


def computed(contest, marketer):
    (tally,) = services.compute_all(contest=contest, by=marketer)
    services.review(tally=tally, by=marketer)
    services.propose_awards(contest=contest, by=marketer)
    return f"/contests/{contest.slug}/results/supply/"


def test_scores_are_closed_while_judging_goes_on(contest, clients):
    Contest.objects.filter(pk=contest.pk).update(state=ContestState.JUDGING)
    page = clients["marketer"].get(f"/contests/{contest.slug}/results/")
    assert b"Scores stay closed" in page.content
    page = clients["marketer"].get(f"/contests/{contest.slug}/results/supply/", follow=True)
    assert b"82.71" not in page.content


def test_the_page_says_the_order_and_why(contest, clients, marketer):
    text = clients["marketer"].get(computed(contest, marketer)).content.decode()
    assert "82.71" in text
    assert '<span class="rp-pill wait">Photo finish</span>' in text
    assert "“E2” leads on plain averages, 83.33 to 79.67." in text
    assert "J3, who read both, scored “E1” 5.00 higher." in text
    assert "Winner holds in 5 of 5" in text
    method = clients["marketer"].get(f"/contests/{contest.slug}/results/supply/method/").content.decode()
    assert "0.0620" in method
    assert "generous" in method


def test_a_certifier_asks_for_a_code_and_signs(contest, clients, marketer, settings, mailoutbox, drain):
    settings.DEMO = True
    page = f"{computed(contest, marketer)}certify/"
    for role in ("executive", "sales_head"):
        client = clients[role]
        assert client.get(page).status_code == 200
        client.post(page, {"act": "mail"})
        shown = client.get(page).content.decode()
        code = re.search(r"your code is <b>(\d{6})</b>", shown).group(1)
        assert "<td>Winner</td>" in shown
        seen = re.search(r'name="seen" value="(\w+)"', shown).group(1)
        wrong = client.post(page, {"code": "12", "seen": seen})
        assert (wrong.status_code, b"That is not the code" in wrong.content) == (422, True)
        assert client.post(page, {"code": code, "seen": seen}).status_code == 302
    drain()
    assert Certification.objects.count() == 2
    assert Contest.objects.get(pk=contest.pk).state == ContestState.DECIDED
    assert [mail.to for mail in mailoutbox if "code" in mail.subject]


def test_outside_a_demo_no_page_shows_a_code(contest, clients, marketer, settings):
    settings.DEMO = False
    page = f"{computed(contest, marketer)}certify/"
    clients["executive"].post(page, {"act": "mail"})
    assert b"your code is" not in clients["executive"].get(page).content


def test_under_embargo_nobody_else_reads_who_won(contest, clients, marketer, rep):
    computed(contest, marketer)
    Contest.objects.filter(pk=contest.pk).update(state=ContestState.DECIDED)
    Award.objects.update(state="embargoed")
    for address in (f"/contests/{contest.slug}/", f"/awards/{contest.slug}/", "/winners/"):
        for role in ("rep", "anonymous"):
            assert b"E1" not in clients[role].get(address).content
    assert clients["rep"].get(f"/contests/{contest.slug}/results/supply/").status_code == 403


def test_who_has_a_part_in_an_entry_reads_nothing_of_its_category(contest, clients, marketer, executive):
    page = computed(contest, marketer)
    account = contest.entries.get(title="E6").account
    account.owner = executive
    account.save()
    assert b"82.71" not in clients["executive"].get(page).content
    assert clients["executive"].get(f"{page}certify/").status_code == 403


def test_who_stands_in_for_a_manager_looks_their_category_through_and_no_other(contest, clients, marketer, rep):
    other = CategoryFactory(name="Finance")
    Category.objects.filter(pk=other.pk).update(contest=contest)
    services.compute_all(contest=contest, by=marketer)
    category = contest.categories.get(slug="supply")
    judging.name_delegate(category=category, user=rep, by=marketer)
    colleague, page = clients["rep"], f"/contests/{contest.slug}/results/supply/"
    way_in = colleague.get(f"/contests/{contest.slug}/").content.decode()
    assert "You run the judging of" in way_in
    assert page in way_in

    seen = colleague.get(f"/contests/{contest.slug}/results/", follow=True).content.decode()
    assert "82.71" in seen
    assert "I looked it through" in seen
    assert "Propose winners" not in seen
    assert other.name not in seen
    assert colleague.get(f"/contests/{contest.slug}/results/{other.slug}/").status_code == 404
    assert colleague.get(f"/contests/{contest.slug}/results/{other.slug}/method/").status_code == 404
    assert colleague.get(f"{page}method/").status_code == 200
    assert colleague.post(f"{page}review/").status_code == 302
    assert TallyRun.objects.get(category=category).state == "reviewed"
    for closed in ("compute", "propose"):
        assert colleague.post(f"/contests/{contest.slug}/results/do/{closed}/").status_code in (403, 404)

    judging.remove_delegate(category=category, by=marketer)
    assert colleague.get(page).status_code == 403
    assert "You run the judging of" not in colleague.get(f"/contests/{contest.slug}/").content.decode()


def test_results_are_taken_along_as_a_workbook_and_as_a_record_that_computes_to_the_same(
    contest, clients, marketer, rep, executive, api
):
    Person.objects.filter(name="J3").update(name="=J3")
    page = computed(contest, marketer)
    other = CategoryFactory(name="Finance", contest__owner=marketer)
    Category.objects.filter(pk=other.pk).update(contest=contest)

    book = openpyxl.load_workbook(BytesIO(b"".join(clients["marketer"].post(f"{page}results.xlsx"))))
    lines = list(csv.reader(StringIO(clients["executive"].post(f"{page}results.csv").content.decode("utf-8-sig"))))
    told = json.loads(clients["executive"].post(f"{page}results.json").content)
    tally = TallyRun.objects.get()
    again = api["marketer"].get(f"/api/v1/contests/{contest.public_id}/results/{tally.public_id}/record").json()

    first = [cell.value for cell in book["Order"][2]]
    assert (first[0], first[2], round(first[4], 6), round(first[5], 6)) == (1, "E1", 82.709392, 79.666667)
    assert (lines[1][2], lines[1][0], lines[1][9]) == ("E1", "1", "winner")
    assert book["Ballots"].max_row == 1 + 18
    assert "'=J3" in [row[1].value for row in book["Ballots"].rows]
    said = [row[1].value.removeprefix("Mona Marlow ") for row in book["Log"].rows][1:]
    assert [words.partition(" results")[0] for words in said] == ["took", "looked through", "computed"]
    assert [row[1].value for row in book["Record"].rows][6] == tally.inputs_hash
    assert {**again, "computed_at": ""} == {**told, "computed_at": ""}
    canonical = json.dumps(told["snapshot"], sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(canonical.encode()).hexdigest() == told["inputs_hash"]
    assert hashlib.sha256(told["ballots"].encode()).hexdigest() == told["snapshot"]["ballots"]
    recomputed = compute({**told["snapshot"], "ballots": Ballots.of_text(told["ballots"])})["entries"]
    assert recomputed[0]["score"] == pytest.approx(told["results"]["entries"][0]["score"], abs=1e-6)
    assert Event.objects.filter(topic="tally.taken").count() == 3

    judging.name_delegate(category=contest.categories.get(slug="supply"), user=rep, by=marketer)
    assert clients["rep"].post(f"{page}results.csv").status_code == 200
    assert clients["rep"].post(f"{page}results.json").status_code == 403  # ballots of other categories stand in it
    listed = api["rep"].get(f"/api/v1/contests/{contest.public_id}/results").json()
    assert [one["category"]["name"] for one in listed] == ["Supply"]
    assert clients["support"].post(f"{page}results.csv").status_code == 403
    account = contest.entries.get(title="E6").account
    account.owner = executive
    account.save()
    assert clients["executive"].post(f"{page}results.csv").status_code == 403


def test_results_say_why_they_are_closed(contest, clients, marketer):
    page = f"/contests/{contest.slug}/results/"
    words = {
        ContestState.DRAFT: "once entries are judged", ContestState.SCREENING: "once entries are judged",
        ContestState.JUDGING: "while judging goes on", ContestState.CANCELLED: "called off: it has no results",
    }  # fmt: skip

    for state, said in words.items():
        Contest.objects.filter(pk=contest.pk).update(state=state)
        assert said in clients["marketer"].get(page).content.decode()


def test_the_page_asks_the_same_for_any_number_of_entries(contest, clients, marketer, budget):
    page = computed(contest, marketer)
    clients["marketer"].get(page)
    with budget("awards:results-category"):
        clients["marketer"].get(page)


def test_results_are_decided_over_the_api_as_on_the_pages(contest, api, settings, mailoutbox, drain, marketer):
    """Computed, looked through, proposed, signed by two with codes that were mailed, and published at its moment."""
    settings.DEMO = False
    root = f"/api/v1/contests/{contest.public_id}/"

    def posted(who, path, status=200, **body):
        answer = api[who].post(f"{root}results/{path}", body, content_type="application/json")
        assert answer.status_code == status, answer.content
        return answer.json()

    (result,) = posted("marketer", "compute")
    assert result["stale_at"] is None
    refused = posted("executive", f"{result['id']}/certify", 409, inputs_hash=result["inputs_hash"], code="1")
    assert "Look through the results" in refused["detail"]
    assert posted("marketer", f"{result['id']}/review")["state"] == "reviewed"
    winner, *_rest = posted("marketer", "propose", reason="")
    assert (winner["title"], winner["kind"], winner["state"]) == ("E1", "winner", "proposed")
    assert posted("marketer", "ask-signatures") == {"categories": 1}
    posted("marketer", f"{result['id']}/send-code", 403)
    for n, who in enumerate(("executive", "sales_head"), 1):
        mailoutbox.clear()
        assert posted(who, f"{result['id']}/send-code") == {"way": "mail", "shown": ""}
        drain()
        code = next(found for mail in mailoutbox if (found := re.search(r"\b\d{6}\b", mail.body)))[0]
        wrong = posted(who, f"{result['id']}/certify", 422, inputs_hash=result["inputs_hash"], code="no")
        assert [one["field"] for one in wrong["errors"]] == ["code"]
        signed = posted(who, f"{result['id']}/certify", inputs_hash=result["inputs_hash"], code=code)
        again = posted(who, f"{result['id']}/certify", inputs_hash=result["inputs_hash"], code="again")
        assert signed == again == {
            "signatures": n, "state": ["reviewed", "certified"][n - 1],
            "contest_state": ["deliberation", "decided"][n - 1],
        }  # fmt: skip
    posted("marketer", "publish", 409)
    contest.refresh_from_db()
    with time_machine.travel(contest.announce_at, tick=False):
        assert {one["state"] for one in posted("marketer", "publish") if one["kind"] == "winner"} == {"published"}
    assert Contest.objects.get(pk=contest.pk).state == ContestState.PUBLISHED


def test_the_same_ballots_are_counted_in_other_ways_beside(contest, clients, marketer):
    page = computed(contest, marketer)
    assert f'hx-get="{page}ways/"' in clients["marketer"].get(f"{page}method/").text
    part = clients["marketer"].get(f"{page}ways/").text
    assert "By trimmed averages, which leave strict judges strict, “E2” would come first." in part
    assert "However little odd ballots weigh, “E1” comes first." in part
    # E1 and E2: the score, plain, middle, trimmed (of three the middle), Huber.
    cells = re.findall(r'<td class="rp-num"[^>]*>(?:<b>)?([\d.]+)', part)
    assert cells[:4] == ["82.71", "79.67", "80.00", "80.00"]
    assert cells[5:9] == ["80.17", "83.33", "84.00", "84.00"]
