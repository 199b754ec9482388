"""Results on their pages: what is read, signed, told, and hidden."""

import re

import pytest

from awards.contests.enums import ContestState
from awards.models import Award, Certification, Contest
from awards.results import services
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


def test_the_page_asks_the_same_for_any_number_of_entries(contest, clients, marketer, budget):
    page = computed(contest, marketer)
    clients["marketer"].get(page)
    with budget("awards:results-category"):
        clients["marketer"].get(page)
