"""Added fields wherever their noun is: forms, pages, the API, their own page; lists have a file of their own."""

import pytest

from nominations.models import Nomination
from references.accounts.models import Account
from references.requests.models import ReferenceRequest
from refprogram.kernel.custom_fields import services, values
from refprogram.kernel.models import CustomField
from tests.factories.references import AccountFactory, ContactFactory, OpportunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def fields():
    """One field of each type on accounts, one on each other noun."""
    add = services.add_field
    add(noun="account", key="plants", label="Plants", type="number", unit="sites")
    add(noun="account", key="since", label="Customer since", type="date")
    add(noun="account", key="grade", label="Grade", type="choice", choices=["Gold", "Silver"])
    add(noun="account", key="critical", label="Critical", type="yes_no")
    add(noun="account", key="erp", label="ERP", type="text", searchable=True)
    for noun in ("contact", "opportunity", "nomination", "request"):
        add(noun=noun, key="code", label="House code", type="text", searchable=True)


def account(name, **said):
    row = AccountFactory(name=name)
    values.save_values(noun="account", object_id=row.pk, values=said)
    return row


def page(client, query):
    return client.get(f"/accounts/?{query}").text


# ---------------------------------------------------------------- their own page


def test_a_field_is_added_moved_archived_and_comes_back(clients):
    client = clients["marketer"]
    form = {
        "noun": "account",
        "label": "Plants",
        "key": "plants",
        "type": "number",
        "unit": "sites",
        "filterable": "on",
    }
    assert client.post("/custom-fields/new/", form).status_code == 302
    field = CustomField.objects.get()
    assert "Plants" in client.get("/custom-fields/").text

    assert client.post(field.get_absolute_url(), {"label": "Factories", "filterable": "on"}).status_code == 302
    client.post(f"{field.get_absolute_url()}archive/")
    assert "1 archived" in client.get("/custom-fields/").text
    client.post(f"{field.get_absolute_url()}restore/")

    field.refresh_from_db()
    assert (field.label, field.key, field.archived_at) == ("Factories", "plants", None)
    assert client.post(f"{field.get_absolute_url()}explode/").status_code == 404


@pytest.mark.parametrize(
    ("label", "key"), [("Favourite topic", "favourite_topic"), ("2nd office, town", "nd_office_town")]
)
def test_a_key_is_made_from_the_name(label, key, clients):
    clients["marketer"].post("/custom-fields/new/", {"noun": "account", "label": label, "type": "text"})
    assert CustomField.objects.get().key == key


def test_a_name_without_letters_for_a_key_asks_for_one(clients):
    answer = clients["marketer"].post("/custom-fields/new/", {"noun": "account", "label": "質問", "type": "text"})
    assert answer.status_code == 422
    assert "Small letters, figures and underscores only" in answer.text


def test_a_field_that_makes_no_sense_comes_back_with_its_error(clients):
    form = {"noun": "account", "label": "Grade", "key": "grade", "type": "choice", "choices": "Gold\n"}
    answer = clients["marketer"].post("/custom-fields/new/", form)

    assert answer.status_code == 422
    assert "at least two choices" in answer.text


# ---------------------------------------------------------------- forms and pages


@pytest.mark.usefixtures("fields")
def test_an_account_is_added_and_changed_with_them(clients):
    client = clients["marketer"]
    said = {"custom.plants": "12.5", "custom.grade": "Gold", "custom.critical": "no", "custom.since": "2020-01-31"}
    assert client.post("/accounts/add/", {"name": "Kestrel Freight", **said}).status_code == 302
    row = Account.objects.get()

    shown = client.get(row.get_absolute_url()).text
    assert "12.5 sites" in shown
    assert "Customer since" in shown
    form = client.get(f"{row.get_absolute_url()}edit/").text
    assert 'name="custom.plants" value="12.5"' in form.replace("  ", " ")

    changed = {"name": "Kestrel Freight", "gift_policy": "allowed", "custom.grade": "Silver"}
    assert client.post(f"{row.get_absolute_url()}edit/", changed).status_code == 302
    assert values.values_of_one("account", row.pk) == {"grade": "Silver"}


@pytest.mark.usefixtures("fields")
def test_a_wrong_value_is_said_beside_its_field(clients):
    answer = clients["marketer"].post("/accounts/add/", {"name": "Kestrel", "custom.plants": "twelve"})

    assert answer.status_code == 422
    assert 'id="id_custom.plants_error"' in answer.text
    assert not Account.objects.exists()


@pytest.mark.usefixtures("fields")
def test_contacts_nominations_and_requests_have_them_too(clients, rep):
    contact = ContactFactory(account__owner=rep)
    clients["rep"].post(f"{contact.get_absolute_url()}edit/", {"name": "Mia Berg", "custom.code": "C-1"})
    assert "C-1" in clients["rep"].get(contact.get_absolute_url()).text

    other = AccountFactory(owner=rep)
    why = {"why": "They grew by a third and tell everybody.", "custom.code": "N-1"}
    clients["rep"].post(f"/nominations/new/?account={other.public_id}", why)
    nomination = Nomination.objects.get()
    assert "N-1" in clients["rep"].get(nomination.get_absolute_url()).text
    clients["rep"].post(f"{nomination.get_absolute_url()}change/", {**why, "custom.code": "N-2"})

    need = {"purpose": "Fair", "activity": "call", "needed_by": "2099-01-01", "custom.code": "R-1"}
    clients["rep"].post("/requests/new/", need)
    request = ReferenceRequest.objects.get()
    assert "R-1" in clients["rep"].get(request.get_absolute_url()).text
    assert values.values_of_one("request", request.pk) == {"code": "R-1"}


# ---------------------------------------------------------------- API

JSON = {"content_type": "application/json"}


@pytest.mark.usefixtures("fields")
def test_written_and_read_over_the_api(api):
    client = api["marketer"]
    said = {"plants": 12.5, "since": "2020-01-31", "grade": "gold", "critical": False, "erp": "SAP"}
    made = client.post("/api/v1/accounts", {"name": "Kestrel", "custom": said}, **JSON).json()
    assert made["custom"] == {**said, "grade": "Gold"}

    changed = client.patch(f"/api/v1/accounts/{made['id']}", {"custom": {"plants": None, "erp": "own"}}, **JSON).json()
    assert changed["custom"] == {"since": "2020-01-31", "grade": "Gold", "critical": False, "erp": "own"}

    found = client.get("/api/v1/accounts?custom.grade=Gold&custom.since_before=2020-12-31&q=own").json()["items"]
    assert [one["custom"]["erp"] for one in found] == ["own"]
    assert client.get("/api/v1/accounts?custom.grade=Bronze").status_code == 422
    assert b"Gold" in client.get("/api/v1/accounts?format=csv").getvalue()


@pytest.mark.usefixtures("fields")
def test_mistakes_over_the_api_are_named_by_field(api):
    answer = api["marketer"].post("/api/v1/accounts", {"name": "K", "custom": {"plants": "x", "nowhere": 1}}, **JSON)

    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {"custom.plants", "custom.nowhere"}
    assert not Account.objects.exists()


@pytest.mark.usefixtures("fields")
def test_the_other_nouns_over_the_api(api, rep):
    contact = ContactFactory(account__owner=rep)
    deal = OpportunityFactory(owner=rep, account=contact.account)
    said = {"custom": {"code": "X"}}
    nominated = {"account": contact.account.public_id, "why": "They love it."}

    answers = [
        api["rep"].patch(f"/api/v1/contacts/{contact.public_id}", said, **JSON),
        api["marketer"].patch(f"/api/v1/opportunities/{deal.public_id}", said, **JSON),
        api["rep"].post("/api/v1/nominations", {**nominated, **said}, **JSON),
        api["rep"].post("/api/v1/requests", {"activity": "call", "opportunity": deal.public_id, **said}, **JSON),
    ]

    assert [(answer.status_code, answer.json()["custom"]) for answer in answers] == [
        (200, {"code": "X"}), (200, {"code": "X"}), (201, {"code": "X"}), (201, {"code": "X"}),
    ]  # fmt: skip
    for noun in ("contacts", "opportunities", "nominations", "requests"):
        items = api["marketer"].get(f"/api/v1/{noun}?custom.code=x").json()["items"]
        assert [item["custom"] for item in items] == [{"code": "X"}]


@pytest.mark.usefixtures("fields")
def test_the_fields_themselves_over_the_api(api):
    found = api["rep"].get("/api/v1/custom-fields").json()["items"]

    assert {(one["noun"], one["key"], one["type"]) for one in found} >= {("account", "grade", "choice")}


@pytest.mark.usefixtures("fields")
def test_the_list_over_the_api_costs_no_statement_per_row(api, django_assert_num_queries):
    account("Kestrel", plants=1)
    api["marketer"].get("/api/v1/accounts")
    with django_assert_num_queries(3):
        api["marketer"].get("/api/v1/accounts")
    for number in range(5):
        account(f"Customer {number}", plants=number)
    with django_assert_num_queries(3):
        api["marketer"].get("/api/v1/accounts")


# ---------------------------------------------------------------- the fields over the API


def test_fields_are_added_changed_and_archived_by_api(api):
    client, json_ = api["marketer"], "application/json"
    body = {"noun": "account", "key": "grade", "label": "Grade", "type": "choice", "choices": ["Gold", "Silver"]}

    made = client.post("/api/v1/custom-fields", body, content_type=json_)
    address = f"/api/v1/custom-fields/{made.json()['id']}"
    changed = client.patch(address, {"help": "As agreed"}, content_type=json_).json()

    assert made.status_code == 201
    assert (changed["help"], changed["choices"], changed["archived"]) == ("As agreed", ["Gold", "Silver"], False)
    assert client.post(f"{address}/archive").json()["archived"] is True
    assert client.get("/api/v1/custom-fields").json()["items"] == []
    assert client.post(f"{address}/restore").json()["archived"] is False


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"key": "owner"}, "key"),
        ({"label": "Industry"}, "label"),
        ({"key": "Not A Key"}, "key"),
        ({"noun": "universe"}, "noun"),
        ({"type": "choice"}, "choices"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_field_that_makes_no_sense_is_refused_by_api(api, wrong, field):
    body = {"noun": "account", "key": "plants", "label": "Plants", "type": "number", **wrong}

    answer = api["marketer"].post("/api/v1/custom-fields", body, content_type="application/json")

    assert answer.status_code == 422
    assert any(error["field"].endswith(field) for error in answer.json()["errors"])
