"""Pages about persons' data: what is shown before an erasure, what hinders it, how long things are kept."""

import io
import zipfile

import pytest

from refprogram.kernel import retention
from tests.factories.people import PersonFactory
from tests.factories.references import speaker

pytestmark = pytest.mark.django_db


def test_the_preview_counts_by_room(clients):
    contact = speaker(name="Kestrel Freight")

    page = clients["legal"].get(f"/privacy/{contact.person.public_id}/erase/").text

    assert f"Erase {contact.person.name}?" in page
    assert "Accounts and consent" in page
    assert 'Consents <b class="rp-num">1</b>' in page


def test_another_word_erases_nobody(clients):
    person = PersonFactory()

    answer = clients["admin"].post(f"/privacy/{person.public_id}/erase/", {"word": "yes"})

    assert answer.status_code == 422
    person.refresh_from_db()
    assert person.erased_at is None


def test_the_word_erases(clients):
    person = PersonFactory()

    answer = clients["legal"].post(f"/privacy/{person.public_id}/erase/", {"word": "Erase"}, follow=True)

    assert f"{person.name} is erased." in answer.text
    person.refresh_from_db()
    assert person.name == "someone"


def test_what_hinders_is_said_before_and_after(clients, cast):
    address = f"/privacy/{cast.manager.person.public_id}/erase/"

    assert "Give it another manager first" in clients["admin"].get(address).text
    answer = clients["admin"].post(address, {"word": "erase"})
    assert answer.status_code == 422
    assert "Give it another manager first" in answer.text


def test_over_the_api_it_is_refused_with_the_reason(api, cast):
    address = f"/api/v1/persons/{cast.manager.person.public_id}/erase"

    answer = api["admin"].post(address, {"word": "erase"}, content_type="application/json")

    assert answer.status_code == 409
    assert "Give it another manager first" in answer.json()["detail"]


def test_ones_own_data_come_as_a_zip(clients, cast):
    answer = clients["rep"].post(f"/privacy/{cast.rep.person.public_id}/export/")

    assert answer["Cache-Control"] == "no-store, private"
    assert zipfile.ZipFile(io.BytesIO(answer.content)).namelist() == ["person.json"]
    assert cast.rep.person.public_id in clients["rep"].get("/settings/").text


def test_kept_says_when_it_ran(clients):
    assert "not yet" in clients["legal"].get("/privacy/").text
    retention.run_all()
    assert "not yet" not in clients["legal"].get("/privacy/").text


def test_budgets(budget, clients):
    person = speaker().person
    clients["admin"].get(f"/privacy/{person.public_id}/erase/")
    with budget("ops:erase"):
        clients["admin"].get(f"/privacy/{person.public_id}/erase/")
    with budget("ops:kept"):
        clients["admin"].get("/privacy/")
