"""The search: what is typed is found, slips forgiven, and nothing that may not be opened."""

import pytest

from refprogram.dashboards import search
from tests.factories.nominations import NominationFactory
from tests.factories.references import AccountFactory, ContactFactory, speaker
from tests.factories.requests import request_of

pytestmark = pytest.mark.django_db


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
