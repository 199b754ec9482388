"""Pages of membership and merging: who sees what, and what they cost."""

import pytest

from references.accounts import services
from references.accounts.models import Account
from tests.factories.references import AccountFactory, ContactFactory, speaker

pytestmark = pytest.mark.django_db
PATH = "/accounts/attest/"


def waiting(owner) -> Account:
    account = speaker(owner=owner).account
    return services.ask_still_true(account=account, actor=None)


def test_the_page_shows_ones_own_and_costs_the_same_for_many(rep, other_team_rep, clients, budget) -> None:
    mine, theirs = waiting(rep), waiting(other_team_rep)
    shown = clients["rep"].get(PATH).content.decode()
    assert mine.name in shown
    assert theirs.name not in shown
    budget.flat(
        "references:attest", make=lambda n: [waiting(rep) for _ in range(n)], visit=lambda: clients["rep"].get(PATH)
    )


def test_the_list_of_twins_costs_the_same_for_many(clients, marketer, budget) -> None:
    def twins(n):
        for number in range(n):
            AccountFactory(name=f"Kestrel Freight {number}")

    budget.flat("references:merging", make=twins, visit=lambda: clients["marketer"].get("/merging/"))


def test_side_by_side_proposes_what_is_empty_here(clients, marketer) -> None:
    kept, other = AccountFactory(city=""), AccountFactory(city="Ghent", industry="Mining")
    ContactFactory(account=other)
    shown = clients["marketer"].get(f"/accounts/{kept.public_id}/merge/?with={other.public_id}").content.decode()
    assert 'value="city" checked' in shown
    assert 'value="industry">' in shown
    answer = clients["marketer"].post(
        f"/accounts/{kept.public_id}/merge/", {"other": other.public_id, "take": ["city"]}
    )
    kept.refresh_from_db()
    assert (answer.status_code, kept.city, kept.industry) == (302, "Ghent", "Logistics")


def test_a_step_on_the_page(clients, rep) -> None:
    contact = speaker(owner=rep)
    path = f"/contacts/{contact.public_id}/membership/"
    assert "Not now" not in clients["rep"].get(path).content.decode()  # leads nowhere from "active"
    assert clients["rep"].post(path, {"to": "retired", "reason": "Moved on"}).status_code == 302
    contact.refresh_from_db()
    assert contact.state == "retired"
    panel = clients["rep"].get(f"/accounts/{contact.account.public_id}/membership/panel/").content.decode()
    assert "Moved on" in panel
