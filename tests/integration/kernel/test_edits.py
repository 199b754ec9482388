"""The panel "Edits": on every detail page, asked for when unfolded, its cost the same whatever its length."""

import pytest

from references.models import Account, Contact
from refprogram.kernel.edit_history.keeping import acting
from refprogram.people.models import Person
from tests.factories.nominations import NominationFactory
from tests.factories.references import AccountFactory, ContactFactory
from tests.factories.requests import request_of

pytestmark = pytest.mark.django_db


def panel(noun, row):
    return f"/edits/{noun}/{row.public_id}/"


def test_pages_have_the_panel(clients, cast):
    contact = ContactFactory()
    rows = {
        "account": contact.account,
        "contact": contact,
        "request": request_of(cast.rep),
        "nomination": NominationFactory(),
        "user": cast.rep,
        "team": cast.north,
    }
    for noun, row in rows.items():
        assert f'hx-get="{panel(noun, row)}"' in clients["marketer"].get(row.get_absolute_url()).text
        assert clients["marketer"].get(panel(noun, row)).status_code == 200


def test_a_person_reads_who_and_what(clients, rep):
    account = AccountFactory(owner=rep, city="Porto")
    with acting(via="link", person=rep.person_id):
        Account.objects.filter(pk=account.pk).update(city="Lisbon")

    part = clients["rep"].get(panel("account", account), headers={"HX-Request": "true"}).text

    assert "<html" not in part
    assert rep.name in part
    assert "by a link from a mail" in part
    assert '<del class="rp-2">Porto</del>' in part
    assert "<ins>Lisbon</ins>" in part


def test_markup_in_values_is_text(clients, rep):
    account = AccountFactory(owner=rep)
    Account.objects.filter(pk=account.pk).update(city="<script>alert(1)</script>")

    assert "<script>alert" not in clients["rep"].get(panel("account", account)).text


def test_nonsense_as_the_place_to_go_on(clients):
    account = AccountFactory()
    for nonsense in ("x", "2027-13-45T00:00:00Z", "2027-01-01", "9999999999999"):
        assert clients["marketer"].get(panel("account", account), {"before": nonsense}).status_code == 200


def test_costs_the_same_whatever_its_length(budget, clients):
    contact = ContactFactory()

    def more(count):
        for number in range(count):
            Person.objects.filter(pk=contact.person_id).update(title=f"Head {number} {count}")
            Contact.objects.filter(pk=contact.pk).update(cap_per_quarter=number + 1)

    budget.flat("kernel:edits", make=more, visit=lambda: clients["marketer"].get(panel("contact", contact)))
