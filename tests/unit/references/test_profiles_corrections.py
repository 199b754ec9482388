"""Whose word a field is, and corrections that go back to the CRM."""

import datetime as dt

import pytest

from references.accounts import provenance
from references.accounts import services as accounts
from references.accounts.models import Account
from references.exchange import services as exchange
from references.exchange.models import ImportKind
from references.exchange.specs import SPECS, guess_columns
from references.profiles import services
from references.profiles.models import Correction
from refprogram.kernel import sheets
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput
from refprogram.notices.models import Notice
from tests.factories.references import AccountFactory

pytestmark = pytest.mark.django_db


def brought(text: str) -> Account:
    """Import a file of accounts; return the one account there is."""
    spec, sheet = SPECS[ImportKind.ACCOUNTS], sheets.read(text.encode())
    columns = guess_columns(spec, sheet.header)
    checked = exchange.check(spec, sheet, columns)
    exchange.write(spec, checked, columns, keep_good=False, source=None)
    return Account.objects.get()


def from_crm(industry: str = "Freight", employees: int = 1200) -> Account:
    return brought(f"account,account id,industry,employees\nKestrel Freight,K-1,{industry},{employees}\n")


def test_what_the_import_wrote_is_the_crms_word():
    account = from_crm()
    assert provenance.owned(account) == ["name", "external_ref", "industry", "employees"]
    assert provenance.synced_at(account, "industry") is not None
    assert provenance.badge(account, "city") == ""


def test_an_account_that_was_here_becomes_the_crms_too():
    AccountFactory(name="Kestrel Freight", industry="Rail")
    account = from_crm()
    assert account.industry == "Freight"
    assert "industry" in provenance.owned(account)


def test_what_the_crm_owns_cannot_be_changed_here(marketer):
    account = from_crm()
    with pytest.raises(InvalidInput) as refused:
        accounts.edit_account(account=account, actor=marketer, industry="Rail")
    assert set(refused.value.errors) == {"industry"}

    accounts.edit_account(account=account, actor=marketer, industry="Freight", city="Rotterdam")
    account.refresh_from_db()
    assert (account.industry, account.city) == ("Freight", "Rotterdam")


def test_since_when_they_are_live_is_brought_by_the_crm_and_corrected_there(rep, marketer):
    text = "account,account id,go-live date\nKestrel Freight,K-1,{}\n"
    account = brought(text.format("2026-03-12"))
    assert (account.live_since, provenance.owned(account)[-1]) == (dt.date(2026, 3, 12), "live_since")
    with pytest.raises(InvalidInput, match="CRM owns this"):
        accounts.edit_account(account=account, actor=marketer, live_since=dt.date(2026, 4, 1))
    with pytest.raises(InvalidInput, match="Write a day as"):
        services.propose_correction(account=account, field="live_since", proposed="1 April", by=rep)
    row = services.propose_correction(account=account, field="live_since", proposed="2026-04-01", by=rep)
    assert row.stood == "2026-03-12"

    assert brought(text.format("01.04.2026")).live_since == dt.date(2026, 4, 1)
    row.refresh_from_db()
    assert row.state == "done"


def test_the_import_that_brings_the_value_closes_the_correction(rep, drain):
    account = from_crm()
    row = services.propose_correction(account=account, field="employees", proposed="1,500", by=rep)
    assert (row.stood, row.state) == ("1200", "proposed")

    from_crm()
    row.refresh_from_db()
    assert row.state == "proposed"  # the CRM says what it said

    from_crm(employees=1500)
    row.refresh_from_db()
    assert row.state == "done"
    drain()
    assert "Employees of Kestrel Freight" in Notice.objects.get(person=rep.person).text


def test_one_correction_of_a_field_at_a_time(rep, marketer):
    account = from_crm()
    services.propose_correction(account=account, field="industry", proposed="Rail", by=rep)
    with pytest.raises(DomainError, match="Rail"):
        services.propose_correction(account=account, field="industry", proposed="Logistics", by=marketer)
    services.propose_correction(account=account, field="employees", proposed="7", by=marketer)


@pytest.mark.parametrize(
    ("field", "proposed", "where"),
    [
        ("industry", "freight ", "proposed"),  # it says so already, letters aside
        ("employees", "1 200", "proposed"),
        ("employees", "many", "proposed"),
        ("employees", "NaN", "proposed"),
        ("city", "Rotterdam", "field"),  # not the CRM's: it is changed here
        ("made_up", "x", "field"),
    ],
)
def test_what_is_no_correction_is_refused_by_field(rep, field, proposed, where):
    with pytest.raises(InvalidInput) as refused:
        services.propose_correction(account=from_crm(), field=field, proposed=proposed, by=rep)
    assert set(refused.value.errors) == {where}


def test_the_author_is_told_why_it_was_refused(rep, marketer, drain):
    row = services.propose_correction(account=from_crm(), field="industry", proposed="Rail", by=rep, note="Their site")
    with pytest.raises(InvalidInput):
        services.refuse_correction(correction=row, by=marketer, reason=" ")
    services.refuse_correction(correction=row, by=marketer, reason="Finance bills them as freight")
    drain()
    assert "Finance bills them as freight" in Notice.objects.get(person=rep.person).text
    with pytest.raises(IllegalMove):
        services.refuse_correction(correction=row, by=marketer, reason="Again")


def test_sending_twice_is_sending_once(rep, marketer):
    row = services.propose_correction(account=from_crm(), field="industry", proposed="Rail", by=rep)
    assert services.send_corrections(corrections=[row], by=marketer) == 1
    assert services.send_corrections(corrections=[row], by=marketer) == 0
    assert Correction.objects.get().state == "sent"
