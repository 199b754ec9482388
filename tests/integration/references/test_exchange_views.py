"""The import pages and their API: bring a file, look at what it would do, decide."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from references.accounts.models import Account, Product
from references.exchange import services
from references.exchange.models import ImportFile, ImportState
from references.exchange.views import ImportList
from refprogram.kernel import jobs, sheets
from refprogram.kernel.models import Job
from tests.contracts import ListContract

pytestmark = pytest.mark.django_db
PRODUCTS = b"product,series,sales_price\nGTX Pro,GTX,4821\nMG Special,MG,55\n"
DEALS = b"opportunity_id,product,deal_stage\nA1,GTXPro,Won\nA2,GTX Pro,Lost\n"


def bring(client, content, name="file.csv", **fields):
    return client.post("/imports/add/", {"file": SimpleUploadedFile(name, content), **fields})


def work():
    for job in Job.objects.filter(state="queued"):
        jobs.run(job_id=job.pk)
    return ImportFile.objects.latest("pk")


class TestImports(ListContract):
    view = ImportList

    @staticmethod
    def make(count, cast):
        for number in range(count):
            services.take_in(name=f"{number}.csv", content=PRODUCTS, kind=None, user=cast.marketer)


# ---------------------------------------------------------------- the pages


def test_a_file_is_checked_shown_and_written(clients):
    client = clients["marketer"]
    page = bring(client, PRODUCTS, "products.csv").url
    assert "hx-get" in client.get(page).text  # the page asks again while the job waits for a worker
    work()
    assert "Write to the program" in client.get(page).text
    assert not Product.objects.exists()

    assert client.post(page, {"do": "apply"}).url == page
    work()
    assert "Done: 2 new, 0 changed, 0 as they were." in client.get(page).text
    assert set(Product.objects.values_list("name", flat=True)) == {"GTX Pro", "MG Special"}


def test_the_first_rows_are_shown_as_they_will_be_stored(clients, cast):
    cast.rep.external_ref = "Rhea R."
    cast.rep.save()
    client = clients["marketer"]
    lines = [f"Kestrel {n},Rhea R." for n in range(7)]
    page = bring(client, "\n".join(["account,account owner", *lines]).encode(), kind="accounts").url
    work()
    sample = client.get(page).context["sample"]
    assert sample["heads"] == ["Account", "Region", "Owner"]
    assert [row[0] for row in sample["rows"]] == [f"Kestrel {n}" for n in range(5)]
    assert {row[2] for row in sample["rows"]} == {"Rhea Rep"}
    assert "First rows, as they will be stored" in client.get(page).text


def test_deals_before_what_they_name_hear_which_files_come_first(clients):
    client = clients["marketer"]
    head = b"opportunity_id,sales_agent,product,account,deal_stage\n"
    deals = b"".join(b"A%d,Nobody %d,Thing %d,Company %d,Won\n" % (n, n, n, n) for n in range(60))
    page = bring(client, head + deals, "sales_pipeline.csv").url
    work()
    shown = client.get(page)
    assert shown.context["first"] == ["Teams and agents", "Products", "Accounts"]
    assert "Teams and agents, Products, Accounts" in shown.text
    assert 'value="apply" disabled' in shown.text
    assert "and 130 more" in shown.text  # 180 different errors, 50 shown


def test_a_file_that_is_no_table_is_called_so(clients):
    assert "This is a PDF, no table." in bring(clients["marketer"], b"%PDF-1.7\n1,2\n", "deals.pdf").content.decode()


def test_a_file_sent_twice_is_taken_once(clients):
    key = {"submit_key": "6f1b6a52-7f0c-4f4b-9a8e-0d1f6d0a4c11"}
    first, second = (bring(clients["admin"], PRODUCTS, **key) for _ in range(2))
    assert first.url == second.url
    assert ImportFile.objects.count() == 1


def test_an_error_is_shown_and_its_repair_accepted(clients):
    client = clients["marketer"]
    bring(client, PRODUCTS)
    work()
    client.post(ImportFile.objects.get().get_absolute_url(), {"do": "apply"})
    work()
    page = bring(client, DEALS).url
    work()
    shown = client.get(page)
    assert "is not known here" in shown.text
    assert shown.context["suggestions"][0]["meant"] == "GTX Pro"
    refused = client.post(page, {"do": "apply"}, follow=True)
    assert "1 row has an error; nothing was written." in refused.text

    client.post(page, {"do": "repairs", "repair": shown.context["suggestions"][0]["key"]})
    upload = work()
    assert (upload.report["good"], upload.report["bad_rows"]) == (2, 0)


def test_a_repair_that_was_not_offered_is_refused(clients):
    client = clients["marketer"]
    page = bring(client, PRODUCTS).url
    work()
    answer = client.post(page, {"do": "repairs", "repair": "product\x1fanything"}, follow=True)
    assert "was not offered" in answer.text


def test_columns_are_chosen_by_hand_and_remembered(clients):
    client = clients["marketer"]
    content = b"what,family,cost\nGTX Pro,GTX,4821\n"
    page = bring(client, content, kind="products").url
    assert work().state == ImportState.REFUSED
    assert "Which column means what" in client.get(page).text

    client.post(page, {"do": "columns", "column-name": "what", "column-line": "family", "column-price": "cost"})
    assert work().report["good"] == 1
    again = bring(client, content, kind="products").url
    assert work().state == ImportState.READY
    assert again != page


def test_a_discarded_file_writes_nothing_and_is_not_written_later(clients):
    client = clients["marketer"]
    page = bring(client, PRODUCTS).url
    work()
    assert "Nothing was written" in client.post(page, {"do": "discard"}, follow=True).text
    assert "is already" in client.post(page, {"do": "apply"}, follow=True).text
    assert not Product.objects.exists()


def test_a_button_that_is_not_there_does_nothing(clients):
    page = bring(clients["marketer"], PRODUCTS).url
    assert "Nothing was chosen." in clients["marketer"].post(page, {"do": "x"}, follow=True).text


def test_a_job_that_broke_is_told_on_the_files_page(clients, monkeypatch):
    client = clients["marketer"]
    page = bring(client, PRODUCTS).url
    upload = ImportFile.objects.get()
    upload.file.delete(save=False)  # the disk lost it
    upload.save()
    work()
    assert "Nothing was changed" in client.get(page).text
    assert client.post(page, {"do": "discard"}).status_code == 302


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "field", "sentence"),
    [
        (b"product\n\xff\xfe\x00\x00", "file", "known text encoding"),
        (b"\xef\xbb\xbf ", "file", "The file is empty."),
        (b"\xd0\xcf\x11\xe0old", "file", "old Excel file"),
        (b"PK\x03\x04cut off", "file", "damaged"),
        (bomb(), "file", "unpacks to far more"),
        (b"product,Product\nGTX,GTX\n", "file", "Two columns are called"),
        (b"x" * 70_000, "file", "does not end"),
        (b"colour,taste\nred,sweet\n", "kind", "none of the known kinds"),
    ],
    ids=["bytes", "empty", "xls", "cut", "bomb", "twice", "endless", "unknown"],
)
def test_a_hostile_file_is_refused_beside_its_field(content, field, sentence, clients):
    answer = bring(clients["marketer"], content)
    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors[field])
    assert not ImportFile.objects.exists()


def test_no_file_at_all_is_told(clients):
    answer = clients["marketer"].post("/imports/add/", {})
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors


def test_a_file_that_is_too_large_is_refused_unread(clients, monkeypatch):
    monkeypatch.setattr(sheets, "MAX_BYTES", 10)
    answer = bring(clients["marketer"], PRODUCTS)
    assert "too large" in str(answer.context["form"].errors["file"])


def test_formulas_are_text_and_come_out_harmless(clients):
    client = clients["marketer"]
    page = bring(client, b"account,sector\n=HYPERLINK(1),<script>alert(1)</script>\n").url
    work()
    shown = client.get(page).text
    assert "<script>alert(1)" not in shown
    assert not Account.objects.exists()


# ---------------------------------------------------------------- the API


def test_a_file_over_the_api(api):
    client = api["admin"]
    answer = client.post("/api/v1/accounts/import", {"file": SimpleUploadedFile("products.csv", PRODUCTS)})
    assert answer.status_code == 202
    work()
    upload = client.get("/api/v1/imports").json()["items"][0]
    assert (upload["state"], upload["report"]["good"]) == ("ready", 2)

    applied = client.post(f"/api/v1/imports/{upload['id']}/apply", {}, content_type="application/json")
    assert applied.status_code == 202
    work()
    told = client.get(f"/api/v1/imports/{upload['id']}").json()
    assert (told["state"], told["report"]["outcome"]["created"]) == ("applied", 2)


def test_a_hostile_file_over_the_api_is_a_problem(api):
    answer = api["admin"].post("/api/v1/accounts/import", {"file": SimpleUploadedFile("x.csv", b"PK\x03\x04cut off")})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "file", "message": "The Excel file is damaged and cannot be read."}]


# ---------------------------------------------------------------- cost


def test_the_page_of_a_file_asks_little(budget, clients, cast):
    upload = services.take_in(name="p.csv", content=PRODUCTS, kind=None, user=cast.marketer)
    jobs.run(job_id=upload.job_id)
    clients["marketer"].get(upload.get_absolute_url())
    with budget("references:import"):
        clients["marketer"].get(upload.get_absolute_url())


def test_errors_are_counted_whole_and_named_as_people_name_them(clients):
    content = b"opportunity_id,product,deal_stage\n" + b"".join(b"A%d,Nonsense,Won\n" % n for n in range(700))
    page = bring(clients["marketer"], content).url
    work()
    assert clients["marketer"].get(page).context["grouped"] == [("Product", "Nonsense", "is not known here", 700)]
