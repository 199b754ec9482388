"""Accounts over the API: the same rows, refusals and words as on the pages."""

from references.accounts import services
from references.accounts.models import Account
from tests.factories.people import RegionFactory
from tests.factories.references import ContactFactory, ProductFactory, ReferenceFactory, speaker

LIST = "/api/v1/accounts"


def post(client, path, body):
    return client.post(path, body, content_type="application/json")


def test_the_list_costs_the_same_whatever_its_length(budget, api, cast):
    def make(count):
        for _ in range(count):
            account = ReferenceFactory(owner=cast.rep, csm=cast.support, region=RegionFactory())
            account.products.add(ProductFactory())

    budget.flat("api:list_accounts", make=make, visit=lambda: api["marketer"].get(LIST))


def test_filters_are_those_of_the_page(api):
    ReferenceFactory(name="Kestrel Freight", tier="gold")
    ReferenceFactory(name="Oriel Bank", tier="silver")
    found = api["marketer"].get(f"{LIST}?tier=gold&availability=available").json()
    assert [item["name"] for item in found["items"]] == ["Kestrel Freight"]
    assert api["marketer"].get(f"{LIST}?tier=tin").status_code == 422
    assert [item["name"] for item in api["marketer"].get(f"{LIST}?q=oriel").json()["items"]] == ["Oriel Bank"]


def test_a_filter_that_there_is_not_is_refused(api):
    ReferenceFactory(name="Kestrel Freight")
    refused = api["marketer"].get(f"{LIST}?bogus=1&limit=5")
    assert refused.status_code == 422
    assert refused["Content-Type"].startswith("application/problem+json")
    assert [error["field"] for error in refused.json()["errors"]] == ["bogus"]
    assert api["marketer"].get("/api/v1/events?bogus=1").status_code == 422
    assert api["marketer"].get("/api/v1/freezes?q=kestrel").status_code == 422  # a list that cannot be searched
    assert api["marketer"].get(f"{LIST}?limit=5&q=kestrel&format=json").status_code == 200


def test_added_by_names_and_found_by_the_crm_id(api, cast):
    region, product = RegionFactory(name="EMEA"), ProductFactory(name="Supply")
    body = {
        "name": "Kestrel Freight",
        "external_ref": "SF-1",
        "region": "EMEA",
        "products": ["Supply"],
        "owner": cast.rep.public_id,
    }
    created = post(api["marketer"], LIST, body)
    assert created.status_code == 201
    found = api["marketer"].get(f"{LIST}/SF-1").json()
    assert found["region"] == {"id": region.public_id, "name": "EMEA"}
    assert found["products"] == [{"id": product.public_id, "name": "Supply"}]
    assert found["owner"]["name"] == "Rhea Rep"
    assert found["state"] == "identified"
    assert found["availability"] == "not_a_reference"


def test_a_twin_is_refused(api):
    ReferenceFactory(name="Kestrel Freight")
    refused = post(api["marketer"], LIST, {"name": "Kestrel Freight Ltd"})
    assert refused.status_code == 409
    assert refused.json()["code"] == "twin-found"
    assert post(api["marketer"], LIST, {"name": "Kestrel Freight Ltd", "twin_ok": True}).status_code == 201


def test_an_unknown_owner_is_named_by_field(api):
    refused = post(api["marketer"], LIST, {"name": "Kestrel", "owner": "nobody"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "owner"
    assert not Account.objects.exists()


def test_availability_says_why_to_who_may_know(api, cast):
    account = ReferenceFactory(owner=cast.rep)
    services.freeze(account=account, kind="legal", actor=cast.marketer)
    path = f"{LIST}/{account.public_id}/availability"
    assert api["rep"].get(path).json()["reasons"][0]["text"] == "Legal matter"
    assert api["other_team_rep"].get(path).json()["reasons"][0]["text"] == "Frozen"


def test_the_timeline_has_no_markup(api):
    contact = speaker()
    lines = api["marketer"].get(f"{LIST}/{contact.account.public_id}/timeline").json()["items"]
    assert [line["text"] for line in lines] == [
        f"{contact.person.name} gave consent",
        f"{contact.person.name} agreed to take part",
    ]


def test_a_consent_makes_a_reference(api):
    contact = ContactFactory()
    body = {"contact": contact.public_id, "activities": ["call"], "wording": "I agree."}
    assert post(api["marketer"], "/api/v1/consents", body).status_code == 201
    assert api["marketer"].get(f"/api/v1/contacts/{contact.public_id}").json()["state"] == "active"


def test_a_refusal_is_a_problem_with_its_sentence(api):
    contact = speaker()
    path = f"/api/v1/contacts/{contact.public_id}/invite"
    refused = post(api["marketer"], path, {"activities": ["call"]})
    assert refused.status_code == 409
    assert refused.json()["detail"] == f"{contact.person.name} takes part already."
