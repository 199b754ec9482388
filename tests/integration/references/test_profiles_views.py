"""What is known of customers, on pages and over the API."""

import pytest

from references.accounts.models import Account, Contact
from references.profiles import services
from references.profiles.models import Correction, Outcome
from references.profiles.views.corrections import CorrectionList
from references.profiles.views.masked import MaskedList, UnmaskingList
from references.profiles.views.outcomes import OutcomeList
from references.profiles.views.programs import MemberList, ProgramList
from tests.contracts import ListContract
from tests.factories.profiles import correction_of, from_crm, outcome_of, participation_of, program_of
from tests.factories.references import AccountFactory, ContactFactory, ReferenceFactory

pytestmark = pytest.mark.django_db


class TestOutcomes(ListContract):
    view = OutcomeList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        for number in range(count):
            outcome_of(cast.rep, metric=f"Measure {number}")


class TestCorrections(ListContract):
    view = CorrectionList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        for _number in range(count):
            correction_of(cast.rep)


class TestPrograms(ListContract):
    view = ProgramList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        for _number in range(count):
            program_of(owner=cast.marketer)


class TestMembers(ListContract):
    view = MemberList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        program = program_of(owner=cast.marketer)
        for _number in range(count):
            participation_of(ContactFactory(), program)


class TestMasked(ListContract):
    view = MaskedList
    reader = "other_team_rep"

    @staticmethod
    def make(count, cast):
        for _number in range(count):
            ReferenceFactory(owner=cast.rep, tier="platinum")


class TestUnmaskings(ListContract):
    view = UnmaskingList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        for _number in range(count):
            account = ReferenceFactory(owner=cast.rep, tier="platinum")
            services.unmask(account=account, by=cast.other_team_rep, reason="For a tender")


def test_an_outcome_is_noted_shown_and_verified_by_another(clients, cast):
    account = AccountFactory(owner=cast.rep)
    form = {"metric": "Time to close", "before": "12", "after": "3", "unit": "days", "direction": "down",
            "evidence_url": "https://customer.example/report"}  # fmt: skip
    assert clients["rep"].post(f"/accounts/{account.public_id}/outcomes/add/", form).status_code == 302
    outcome = Outcome.objects.get()

    own = clients["rep"].get(f"/accounts/{account.public_id}/outcomes/").text
    assert "−75 %" in own
    assert "12 → 3 days" in own
    assert f"/outcomes/{outcome.public_id}/verify/" not in own  # the author does not verify

    url = f"/outcomes/{outcome.public_id}/verify/"
    assert url in clients["marketer"].get(f"/accounts/{account.public_id}/outcomes/").text
    clients["marketer"].post(url)
    assert "Verified on" in clients["rep"].get(f"/accounts/{account.public_id}/outcomes/").text
    assert "Verified on" in clients["rep"].get("/outcomes/?view=verified").text


def test_markup_in_an_outcome_is_text(clients, cast):
    outcome = outcome_of(cast.rep, metric="<script>alert(1)</script>" + "x" * 90, unit="<b>", period="<i>")
    for url in (f"/accounts/{outcome.account.public_id}/outcomes/", "/outcomes/"):
        text = clients["marketer"].get(url).text
        assert "<script>alert" not in text
        assert "<i>" not in text


def test_an_address_that_is_a_script_is_refused(clients, cast):
    account = AccountFactory(owner=cast.rep)
    form = {"metric": "Time", "before": "1", "after": "2", "direction": "up", "evidence_url": "javascript:alert(1)"}
    assert clients["rep"].post(f"/accounts/{account.public_id}/outcomes/add/", form).status_code == 422
    sent = api_facts(evidence_url="javascript:alert(1)")
    with pytest.raises(Exception, match="URL"):
        services.record_outcome(account=account, by=cast.rep, **sent)


def api_facts(**facts):
    return {"metric": "Time", "before": 1, "after": 2, **facts}


def test_outcomes_over_the_api(api, cast):
    account = AccountFactory(owner=cast.rep)
    answer = api["rep"].post(
        f"/api/v1/accounts/{account.public_id}/outcomes",
        {"metric": "Orders a day", "before": "200", "after": "250", "evidence_url": "https://c.example/x"},
        content_type="application/json",
    )
    assert answer.status_code == 201
    assert (answer.json()["change"], answer.json()["better"]) == ("25.0", True)
    url = f"/api/v1/outcomes/{answer.json()['id']}"
    assert api["rep"].post(f"{url}/verify").status_code == 403
    assert api["marketer"].post(f"{url}/verify").json()["verified_by"]["name"] == cast.marketer.name
    listed = api["rep"].get("/api/v1/outcomes?verified=yes").json()
    assert [one["metric"] for one in listed["items"]] == ["Orders a day"]


def test_what_the_crm_owns_is_read_only_with_a_badge(clients, api, marketer, cast):
    account = from_crm(AccountFactory(owner=cast.rep, name="Kestrel Freight"))
    page = clients["rep"].get(account.get_absolute_url()).text
    assert "CRM, " in page
    assert "Propose a correction" in clients["rep"].get(f"/accounts/{account.public_id}/corrections/").text

    url = f"/accounts/{account.public_id}/edit/"
    assert "disabled" in clients["marketer"].get(url).text
    form = {"name": "Other", "industry": "Rail", "city": "Rotterdam", "gift_policy": "allowed",
            "use_cases": "Billing, Tracking, billing", "renews_on": "2027-03-01",
            "live_since": "2025-03-12"}  # fmt: skip
    assert clients["marketer"].post(url, form).status_code == 302
    kept = Account.objects.get()
    assert (kept.name, kept.industry, kept.city) == ("Kestrel Freight", "Logistics", "Rotterdam")
    assert kept.use_cases == ["Billing", "Tracking"]
    assert "12 March 2025" in clients["marketer"].get(kept.get_absolute_url()).text  # live since
    asked = {"live_since": "2026-04-01"}
    answer = api["marketer"].patch(f"/api/v1/accounts/{kept.public_id}", asked, content_type="application/json")
    assert answer.json()["live_since"] == "2026-04-01"


def test_a_correction_is_proposed_sent_and_refused_on_pages(clients, cast):
    account = from_crm(AccountFactory(owner=cast.rep))
    url = f"/accounts/{account.public_id}/corrections/add/"
    clients["rep"].post(url, {"field": "industry", "proposed": "Rail"})
    row = Correction.objects.get()
    assert "Rail" in clients["marketer"].get(f"/accounts/{account.public_id}/corrections/").text
    sheet = b"".join(clients["marketer"].get("/corrections/?view=to-send&format=csv").streaming_content).decode()
    assert "Rail" in sheet
    clients["marketer"].post("/corrections/", {"action": "send", "ids": [row.public_id]})
    assert Correction.objects.get().state == "sent"
    assert clients["rep"].post(f"/corrections/{row.public_id}/refuse/", {"reason": "No"}).status_code == 403
    clients["marketer"].post(f"/corrections/{row.public_id}/refuse/", {"reason": "No"})
    assert Correction.objects.get().state == "refused"


def test_the_profile_of_a_contact_is_edited_and_shown(clients, cast):
    account = ReferenceFactory(owner=cast.rep)
    contact, other = account.contacts.get(), ContactFactory(account=account)
    url = f"/contacts/{contact.public_id}/edit/"
    page = clients["rep"].get(url).text
    assert 'name="cap_call"' in page
    form = {"name": contact.person.name, "willing": ["call", "quote"], "persona": "CFO", "seniority": "executive",
            "languages": "en, nl", "topics_yes": "Billing", "topics_no": "Prices", "cap_call": "1",
            "away_from": "2026-12-20", "away_to": "2027-01-06", "assistant_name": "Ada",
            "stand_in": other.public_id}  # fmt: skip
    assert clients["rep"].post(url, form).status_code == 302
    kept = Contact.objects.get(pk=contact.pk)
    assert kept.caps == {"call": 1}
    assert kept.blackouts == [{"from": "2026-12-20", "to": "2027-01-06"}]
    assert kept.stand_in == other
    page = clients["rep"].get(contact.get_absolute_url()).text
    for words in ("CFO", "Executive", "en, nl", "Reference call: 1", "6 January 2027", "Ada", other.person.name):
        assert words in page

    again = {**form, "topics_no": "billing"}
    assert clients["rep"].post(url, again).status_code == 422


def test_the_profile_of_a_contact_over_the_api(api, cast):
    contact = ReferenceFactory(owner=cast.rep).contacts.get()
    body = {"caps": {"call": 0}, "blackouts": [{"first": "2026-12-24", "last": "2026-12-26"}], "persona": "CIO"}
    answer = api["rep"].patch(f"/api/v1/contacts/{contact.public_id}", body, content_type="application/json")
    assert answer.status_code == 200
    assert answer.json()["caps"] == {"call": 0}
    assert answer.json()["blackouts"] == [{"first": "2026-12-24", "last": "2026-12-26"}]
    wrong = {"caps": {"dance": 1}}
    refused = api["rep"].patch(f"/api/v1/contacts/{contact.public_id}", wrong, content_type="application/json")
    assert refused.status_code == 422
