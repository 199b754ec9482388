"""Checking and writing files: mapping, repairs, errors by row, all or nothing, twice is once."""

import datetime as dt
from decimal import Decimal

import pytest

from references.accounts.models import Account, Contact, Opportunity, Product
from references.accounts.names import match_key
from references.exchange import services
from references.exchange.models import ImportFile, ImportKind, ImportState, Repair
from references.exchange.services import ImportRefused
from references.exchange.specs import SPECS, guess_columns, guess_kind
from refprogram.kernel import jobs, sheets
from refprogram.people.models import Team, User

pytestmark = pytest.mark.django_db

PRODUCTS = b"product,series,sales_price\nGTX Pro,GTX,4821\nMG Special,MG,55\n"
TEAMS = (
    b"sales_agent,manager,regional_office\n"
    b"Anna Snelling,Dustin Brinkmann,Central\n"
    b"Moses Frase,Dustin Brinkmann,Central\n"
)
ACCOUNTS = (
    b"account,sector,employees,office_location,subsidiary_of\n"
    b"Kan-code,software,34288,United States,\n"
    b"Acme,technolgy,5,Philipines,Kan-code\n"
)
DEALS = (
    b"opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
    b"A1,Moses Frase,GTX Pro,Kan-code,Engaging,2016-10-20,,\n"
    b"A2,Moses Frase,MG Special,Kan-code,Won,2016-10-20,2017-03-01,1054\n"
    b"A3,Anna Snelling,MG Special,,Lost,,2017-03-01,0\n"
)


def bring(content: bytes, **options: bool) -> services.Outcome:
    sheet = sheets.read(content)
    kind = guess_kind(sheet.header)
    assert kind is not None
    spec = SPECS[kind]
    columns = guess_columns(spec, sheet.header)
    checked = services.check(spec, sheet, columns)
    return services.write(spec, checked, columns, keep_good=options.get("keep_good", False), source=None)


def counts(done: services.Outcome) -> tuple[int, int, int, int]:
    return done.created, done.updated, done.unchanged, done.rejected


def test_a_folder_of_files_arrives_and_a_second_time_changes_nothing() -> None:
    first = [counts(bring(content)) for content in (TEAMS, PRODUCTS, ACCOUNTS, DEALS)]
    second = [counts(bring(content)) for content in (TEAMS, PRODUCTS, ACCOUNTS, DEALS)]

    assert first == [(2, 0, 0, 0), (2, 0, 0, 0), (2, 0, 0, 0), (3, 0, 0, 0)]
    assert second == [(0, 0, 2, 0), (0, 0, 2, 0), (0, 0, 2, 0), (0, 0, 3, 0)]
    assert Account.objects.get(name="Acme").parent == Account.objects.get(name="Kan-code")


def test_empty_cells_stay_unknown_and_values_are_read() -> None:
    for content in (TEAMS, PRODUCTS, ACCOUNTS, DEALS):
        bring(content)

    open_deal, won, nameless = Opportunity.objects.order_by("external_ref")
    assert (open_deal.closes_on, open_deal.amount) == (None, None)
    assert (won.stage, won.amount, won.closes_on) == ("won", Decimal("1054.00"), dt.date(2017, 3, 1))
    assert (nameless.account, nameless.opened_on) == (None, None)


def test_agents_become_inactive_users_under_their_manager() -> None:
    bring(TEAMS)

    moses = User.objects.get(external_ref="Moses Frase")
    assert (moses.is_active, moses.name) == (False, "Moses Frase")
    assert moses.team == Team.objects.get(manager__external_ref="Dustin Brinkmann", region__name="Central")


def test_the_agent_with_most_deals_is_proposed_as_owner_with_the_region_of_the_office() -> None:
    for content in (TEAMS, PRODUCTS, ACCOUNTS):
        bring(content)

    done = bring(DEALS)

    kan = Account.objects.get(name="Kan-code")
    assert done.owners_proposed == 1
    assert (str(kan.owner), str(kan.region)) == ("Moses Frase", "Central")


def test_what_was_won_was_bought() -> None:
    for content in (TEAMS, PRODUCTS, ACCOUNTS, DEALS, DEALS):
        bring(content)

    bought = Account.objects.filter(products__isnull=False).values_list("name", "products__name")
    assert list(bought) == [("Kan-code", "MG Special")]


def test_an_unknown_product_is_an_error_until_its_repair_is_accepted() -> None:
    for content in (TEAMS, PRODUCTS, ACCOUNTS):
        bring(content)
    dirty = DEALS.replace(b"GTX Pro", b"GTXPro")
    spec, sheet = SPECS[ImportKind.OPPORTUNITIES], sheets.read(dirty)
    checked = services.check(spec, sheet, guess_columns(spec, sheet.header))

    assert [(e.row, e.field, e.value) for e in checked.errors] == [(2, "product", "GTXPro")]
    assert [(s.found, s.meant, s.rows, s.blocking) for s in checked.suggestions] == [("GTXPro", "GTX Pro", 1, True)]
    with pytest.raises(ImportRefused):
        bring(dirty)
    assert not Opportunity.objects.exists()

    services.remember_repair(kind="opportunities", field="product", found="GTXPro", meant="GTX Pro", user=None)
    assert counts(bring(dirty)) == (3, 0, 0, 0)
    assert Opportunity.objects.get(external_ref="A1").product == Product.objects.get(name="GTX Pro")


def test_slips_in_words_are_suggested_and_not_silently_mended() -> None:
    sheet = sheets.read(ACCOUNTS)
    checked = services.check(SPECS[ImportKind.ACCOUNTS], sheet, guess_columns(SPECS[ImportKind.ACCOUNTS], sheet.header))
    bring(ACCOUNTS)

    assert {(s.found, s.meant, s.blocking) for s in checked.suggestions} == {
        ("technolgy", "technology", False),
        ("Philipines", "Philippines", False),
    }
    assert Account.objects.get(name="Acme").industry == "technolgy"


def test_good_rows_can_be_kept() -> None:
    for content in (TEAMS, PRODUCTS, ACCOUNTS):
        bring(content)

    done = bring(DEALS.replace(b"2016-10-20,,", b"yesterday,,"), keep_good=True)

    assert counts(done) == (2, 0, 0, 1)


@pytest.mark.parametrize(
    ("cell", "message"),
    [(b"=1+1", "formula"), (b"@SUM(A1)", "formula"), (b"+cmd", "formula"), (b"x" * 201, "longer than 200")],
)
def test_hostile_names_are_row_errors(cell: bytes, message: str) -> None:
    spec, sheet = SPECS[ImportKind.ACCOUNTS], sheets.read(b"account\n" + cell + b"\n")

    checked = services.check(spec, sheet, {"name": "account"})

    assert message in checked.errors[0].message


def test_twins_in_one_file_are_refused_with_the_first_row() -> None:
    spec, sheet = SPECS[ImportKind.ACCOUNTS], sheets.read(b"account\nKan-code\nKAN CODE Inc.\n")

    checked = services.check(spec, sheet, {"name": "account"})

    assert [(e.row, e.message) for e in checked.errors] == [(3, "stands in row 2 already")]


def test_an_account_known_by_another_spelling_is_updated_and_not_doubled() -> None:
    bring(ACCOUNTS)

    bring(b"account,employees\nKAN CODE Inc.,7\n")

    assert Account.objects.filter(match_key=match_key("Kan-code")).values_list("employees", flat=True).get() == 7


def test_contacts_join_person_and_account() -> None:
    bring(ACCOUNTS)
    file = b"name,email,account,title\nAda Li,Ada@kan.example,Kan-code,CIO\n"

    assert counts(bring(file)) == (1, 0, 0, 0)
    assert counts(bring(file)) == (0, 0, 1, 0)
    assert counts(bring(file.replace(b"CIO", b"CEO"))) == (0, 1, 0, 0)
    contact = Contact.objects.get()
    assert (contact.person.email, contact.person.title, contact.account.name) == ("ada@kan.example", "CEO", "Kan-code")


def test_a_file_is_checked_then_applied_by_jobs_and_its_columns_are_remembered(marketer: User) -> None:
    upload = services.take_in(name="../evil/products.csv", content=PRODUCTS, kind=None, user=marketer)
    jobs.run(job_id=upload.job_id)
    upload.refresh_from_db()
    assert (upload.state, upload.report["good"], upload.original_name) == (ImportState.READY, 2, "products.csv")

    upload = services.choose_columns(upload=upload, columns={"name": "series", "line": "product"}, user=marketer)
    jobs.run(job_id=upload.job_id)
    upload.refresh_from_db()
    services.apply(upload=upload, keep_good=False, user=marketer)
    upload.refresh_from_db()
    jobs.run(job_id=upload.job_id)

    upload.refresh_from_db()
    assert upload.state == ImportState.APPLIED
    assert set(Product.objects.values_list("name", flat=True)) == {"GTX", "MG"}
    again = services.take_in(name="again.csv", content=PRODUCTS, kind="products", user=marketer)
    assert again.columns == {"name": "series", "line": "product"}


def test_applying_twice_is_told(marketer: User) -> None:
    upload = services.take_in(name="p.csv", content=PRODUCTS, kind=None, user=marketer)
    jobs.run(job_id=upload.job_id)
    services.apply(upload=upload, keep_good=False, user=marketer)

    with pytest.raises(services.IllegalMove):
        services.apply(upload=upload, keep_good=False, user=marketer)


def test_accepting_a_repair_on_the_page_remembers_it(marketer: User) -> None:
    upload = services.take_in(name="a.csv", content=ACCOUNTS, kind=None, user=marketer)
    jobs.run(job_id=upload.job_id)
    upload.refresh_from_db()

    upload = services.accept_repairs(upload=upload, accepted=[("industry", "technolgy")], user=marketer)
    jobs.run(job_id=upload.job_id)

    assert Repair.objects.get().accepted_by == marketer
    assert [s["found"] for s in ImportFile.objects.get().report["suggestions"]] == ["Philipines"]


def test_a_colleague_is_never_renamed_by_a_file_of_contacts(marketer: User) -> None:
    bring(ACCOUNTS)
    spec = SPECS[ImportKind.CONTACTS]
    sheet = sheets.read(f"name,email,account\nHacked,{marketer.email},Kan-code\n".encode())

    checked = services.check(spec, sheet, guess_columns(spec, sheet.header))

    assert [(e.row, e.field) for e in checked.errors] == [(2, "email")]
    assert "colleague" in checked.errors[0].message


def test_a_file_of_contacts_touches_only_its_columns_and_its_own_account() -> None:
    bring(ACCOUNTS)
    bring(b"name,email,account,title\nAda Li,ada@kan.example,Kan-code,CIO\n")

    assert counts(bring(b"name,email,account\nAda Lee,ada@kan.example,Kan-code\n")) == (0, 1, 0, 0)
    assert counts(bring(b"name,email,account\nSomebody,ada@kan.example,Acme\n")) == (1, 0, 0, 0)
    assert {(c.person.name, c.person.title) for c in Contact.objects.all()} == {("Ada Lee", "CIO")}


def test_a_spelling_in_use_here_is_suggested_for_another_case() -> None:
    bring(b"account,sector\nFirst,Retail\n")
    spec, sheet = SPECS[ImportKind.ACCOUNTS], sheets.read(b"account,sector\nSecond,retail\n")

    checked = services.check(spec, sheet, guess_columns(spec, sheet.header))

    assert [(s.found, s.meant, s.blocking) for s in checked.suggestions] == [("retail", "Retail", False)]


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    spec, sheet = SPECS[ImportKind.ACCOUNTS], sheets.read(b"account,sector\n\n\n\n=bad,retail\n")

    checked = services.check(spec, sheet, guess_columns(spec, sheet.header))

    assert [e.row for e in checked.errors] == [5]


def test_the_preview_says_what_writing_would_do_and_writes_nothing() -> None:
    for content in (TEAMS, PRODUCTS, ACCOUNTS):
        bring(content)
    upload = services.take_in(name="deals.csv", content=DEALS, kind=None, user=None)
    jobs.run(job_id=upload.job_id)
    upload.refresh_from_db()

    assert upload.report["would"]["created"] == 3
    assert upload.report["would"]["owners_proposed"] == 1  # Kan-code; Acme has no deal
    assert not Opportunity.objects.exists()
    assert not Account.objects.filter(owner__isnull=False).exists()
