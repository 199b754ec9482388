"""Gifts as people use them: the queue, one gift, the forms, the link, the files, the API."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import Verdict
from refprogram.governance.fulfilment import services
from refprogram.governance.fulfilment.enums import FulfilmentState, GiftPolicy
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.governance.fulfilment.views import FulfilmentList
from refprogram.kernel import links
from tests.contracts import ListContract
from tests.factories.gifts import approved_gift, asked_gift, delivered_gift, gift_fund
from tests.factories.people import PersonFactory
from tests.factories.references import AccountFactory, ContactFactory
from tests.factories.requests import delivered

pytestmark = pytest.mark.django_db
S = FulfilmentState


class TestGifts(ListContract):
    """The queue of gifts."""

    view = FulfilmentList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        for _ in range(count):
            asked_gift(requested_by=cast.rep)


def test_a_gift(budget, clients):
    row = delivered_gift()
    clients["marketer"].get(row.get_absolute_url())
    with budget("governance:fulfilment"):
        page = clients["marketer"].get(row.get_absolute_url())
    assert "Handed over at the fair" in page.text


@pytest.mark.parametrize("reader", ["marketer", "rep"])
def test_its_fund_is_a_link_for_who_may_open_it(reader, clients, cast):
    row = delivered_gift(requested_by=cast.rep)
    linked = f'href="{row.fund.get_absolute_url()}"' in clients[reader].get(row.get_absolute_url()).text
    assert linked is (clients[reader].get(row.fund.get_absolute_url()).status_code == 200)


def test_the_api_is_flat(budget, api):
    budget.flat(
        "api:list_fulfilments",
        make=lambda n: [approved_gift(10) for _ in range(n)],
        visit=lambda: api["finance"].get("/api/v1/fulfilments"),
    )


def test_several_are_noted_as_ordered_at_once(clients):
    rows = [approved_gift() for _ in range(2)] + [asked_gift()]
    clients["marketer"].post("/fulfilments/", {"action": "order", "ids": [row.public_id for row in rows]})
    assert sorted(Fulfilment.objects.values_list("state", flat=True)) == [S.IN_APPROVAL, S.ORDERED, S.ORDERED]


def test_the_excel_file_is_what_is_shown_and_nothing_runs(clients):
    asked_gift("12.50", item="=1+1")
    asked_gift(30, item="Tea")

    answer = clients["marketer"].get("/fulfilments/?format=xlsx&q=1%2B1")

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active.iter_rows())
    assert len(rows) == 2
    assert (rows[1][0].value, rows[1][0].data_type) == ("'=1+1", "s")
    assert rows[1][3].value == 12.5


def test_delivered_with_a_file_as_proof(clients):
    row = approved_gift()
    clients["marketer"].post(f"{row.get_absolute_url()}order/", {"reference": "A-1"})
    note = SimpleUploadedFile("note.txt", b"Signed for at the reception", content_type="text/plain")

    sent = clients["marketer"].post(f"{row.get_absolute_url()}deliver/", {"proof": note, "cost": "90"})

    row.refresh_from_db()
    assert sent.status_code == 302
    assert (row.state, row.cost, row.proof.name) == (S.DELIVERED, Decimal(90), "note.txt")
    assert "note.txt" in clients["marketer"].get(row.get_absolute_url()).text


def test_without_proof_the_form_comes_back(clients):
    row = approved_gift()
    clients["marketer"].post(f"{row.get_absolute_url()}order/", {})
    sent = clients["marketer"].post(f"{row.get_absolute_url()}deliver/", {"cost": "90"})
    assert sent.status_code == 422
    assert "Add a file, or say how" in sent.text


def path_of(row):
    url = links.issue(purpose="gift_receipt", subject=row, person_id=row.receiver_id)
    return reverse("kernel:link", args=[url.rstrip("/").rpartition("/")[2]])


def test_opening_the_link_says_nothing_and_answering_says_it_once(client):
    row = delivered_gift()
    path = path_of(row)

    opened = client.get(path)
    assert "Has it arrived?" in opened.text
    assert Fulfilment.objects.get(pk=row.pk).state == S.DELIVERED

    for _ in range(2):
        assert client.post(path, {"answer": "received"}).status_code == 302
    assert Fulfilment.objects.get(pk=row.pk).state == S.ACKNOWLEDGED
    assert "We are glad" in client.get(path).text
    assert client.post(path, {"answer": "refused"}).status_code == 422
    assert client.post(path, {"answer": "nonsense"}).status_code == 422


def test_charity_instead_needs_a_cause(client):
    row = delivered_gift()
    path = path_of(row)
    assert "which cause" in client.post(path, {"answer": "charity"}).text

    client.post(path, {"answer": "charity", "words": "Lifeboats"})

    assert Fulfilment.objects.get(replaces=row).cause == "Lifeboats"
    assert "A good choice" in client.get(path).text


# ---------------------------------------------------------------- how it stands


def test_a_gift_never_waits_for_an_approval_that_is_given(clients, executive):
    row = asked_gift(300, fund=gift_fund())
    page = clients["marketer"].get(row.get_absolute_url()).text
    assert "Waiting for approval" in page
    approvals.decide(approval=row.approval, by=executive, verdict=Verdict.APPROVE)  # carried out a moment later
    for url in (row.get_absolute_url(), "/fulfilments/"):
        page = clients["marketer"].get(url).text
        assert "Waiting for approval" not in page
        assert "Approved" in page


def test_an_order_is_cancelled_with_what_the_supplier_says(clients, marketer):
    fund = gift_fund(100)
    row = approved_gift(60, fund=fund)
    services.order(fulfilment=row, by=marketer)
    url = f"{row.get_absolute_url()}cancel-order/"
    page = clients["marketer"].get(row.get_absolute_url()).text
    assert (url in page, "Call it off" in page) == (True, False)
    assert clients["marketer"].post(url, {"reason": "Late"}).status_code == 422
    done = clients["marketer"].post(url, {"taken_back": "no", "cost": "15", "reason": "Late"}, follow=True).text
    assert "What it cost is booked as paid." in done
    fund.refresh_from_db()
    assert (fund.spent, fund.available) == (15, 85)


def test_paid_and_refunded_stand_side_by_side(clients, marketer, finance):
    row = delivered_gift(100)
    services.take_back(fulfilment=row, by=marketer, reason="Broken")
    services.refund(fulfilment=row, by=finance, amount=Decimal(60))
    page = " ".join(clients["marketer"].get(row.get_absolute_url()).text.split())
    assert "<dt>Paid</dt><dd>$100</dd><dt>Came back</dt><dd>$60</dd>" in page


def test_the_api_gives_once_for_one_key(api, cast):
    contact = ContactFactory(account=AccountFactory(owner=cast.rep))
    json = {"content_type": "application/json", "headers": {"Idempotency-Key": "thanks-1"}}
    url = f"/api/v1/contacts/{contact.public_id}/gifts"
    sent = {"item": "Book", "value": "40", "reason": "Three calls"}
    first, second = (api["rep"].post(url, sent, **json) for _ in range(2))
    assert (first.status_code, second.status_code, first.json()["id"]) == (201, 201, second.json()["id"])
    assert first.json()["state"] == "in_approval"
    assert Fulfilment.objects.count() == 1
    wrong = api["rep"].post(url, {**sent, "value": "10.005"}, content_type="application/json").json()
    assert wrong["errors"] == [{"field": "value", "message": "Money has at most two digits behind the point."}]


# ---------------------------------------------------------------- thanking a contact


def thank_url(contact):
    return reverse("references:contact-thank", args=[contact.public_id])


GIFT = {"kind": "appreciation", "item": "Book", "value": "40", "reason": "Three calls"}


def test_thanking_a_contact_asks_for_approval_under_the_rule_of_their_house(clients, marketer):
    account = AccountFactory(gift_policy=GiftPolicy.CEILING, gift_ceiling=Decimal(50), gift_note="Code, § 4")
    contact = ContactFactory(account=account)
    gift_fund()

    page = clients["marketer"].get(thank_url(contact)).text
    refused = clients["marketer"].post(thank_url(contact), {**GIFT, "value": "51"})
    sent = clients["marketer"].post(thank_url(contact), GIFT)

    row = Fulfilment.objects.get()
    assert "Gifts up to $50 are allowed (Code, § 4)." in page
    assert refused.status_code == 422
    assert "up to $50" in refused.text
    assert sent.url == row.get_absolute_url()
    assert (row.policy, row.ceiling, row.account_id, row.requested_by) == ("ceiling", 50, account.pk, marketer)
    assert "Book" in clients["marketer"].get(contact.get_absolute_url()).text


def test_a_house_that_allows_charity_only_is_offered_charity_only(clients):
    contact = ContactFactory(account=AccountFactory(gift_policy=GiftPolicy.CHARITY_ONLY))
    page = clients["marketer"].get(thank_url(contact)).text
    assert "Nothing for themselves" in page
    assert 'value="appreciation"' not in page

    sent = clients["marketer"].post(thank_url(contact), {**GIFT, "kind": "charity", "cause": "Lifeboats"})
    assert sent.status_code == 302


def test_a_house_that_allows_nothing_is_offered_nothing(clients):
    contact = ContactFactory(account=AccountFactory(gift_policy=GiftPolicy.NONE, gift_note="Civil service act"))
    page = clients["marketer"].get(thank_url(contact)).text
    assert "No gifts at all" in page
    assert "Civil service act" in page
    assert clients["marketer"].post(thank_url(contact), GIFT).status_code == 422
    assert not Fulfilment.objects.exists()


def test_who_spoke_is_thanked_for_that(clients, marketer):
    spoken = delivered()
    page = clients["marketer"].get(spoken.request.get_absolute_url()).text
    link = f"{thank_url(spoken.contact)}?request={spoken.request.public_id}"
    assert link in page

    clients["marketer"].post(link, GIFT)

    row = Fulfilment.objects.get()
    assert (row.subject_type, row.subject_id) == ("referencerequest", spoken.request_id)
    assert row.label == f"“{spoken.request.activity.name}”"  # stands within a sentence of the mail


def test_who_is_left_alone_gets_no_gift_and_is_said_before_anything_is_typed(clients):
    contact = ContactFactory(account=AccountFactory(frozen=True))
    page = clients["marketer"].get(thank_url(contact)).text
    assert "leave them alone" in page
    assert 'name="item"' not in page
    assert "leave them alone" in clients["marketer"].post(thank_url(contact), GIFT).text


def test_the_rule_is_kept_on_the_account_and_shown(clients):
    account = AccountFactory()
    form = clients["marketer"].get(f"{account.get_absolute_url()}edit/").text
    assert "What their own house allows" in form
    facts = {"name": account.name, "gift_policy": "ceiling", "gift_note": "Code, § 4"}

    refused = clients["marketer"].post(f"{account.get_absolute_url()}edit/", facts)
    clients["marketer"].post(f"{account.get_absolute_url()}edit/", {**facts, "gift_ceiling": "75"})

    assert "Up to which value are gifts allowed?" in refused.text
    assert "Gifts up to $75 are allowed (Code, § 4)." in clients["marketer"].get(account.get_absolute_url()).text


def test_gifts_of_a_person_nobody_else_reads(clients, rep):
    person = PersonFactory()
    mine = asked_gift(receiver=person, requested_by=rep)
    assert clients["rep"].get(mine.get_absolute_url()).status_code == 200
    assert clients["support"].get(mine.get_absolute_url()).status_code == 404


def test_the_desk_says_what_is_to_order(clients):
    approved_gift(item="Hamper")
    assert "1 gift to order" in clients["marketer"].get("/").text


def test_the_rule_is_kept_by_the_api_too(api):
    account = AccountFactory()
    path = f"/api/v1/accounts/{account.public_id}"

    def send(**facts):
        return api["marketer"].patch(path, facts, content_type="application/json")

    assert send(gift_policy="ceiling").status_code == 422
    assert send(gift_policy="ceiling", gift_ceiling="75").json()["gift_ceiling"] == "75.00"
    assert send(gift_policy="none").json()["gift_ceiling"] is None
