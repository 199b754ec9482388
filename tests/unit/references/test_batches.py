"""Several references for one purpose: each customer’s own word, kept for it alone, and nothing handed over without."""

import csv
import datetime as dt
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from references.accounts import clock
from references.accounts.askable import Wish
from references.accounts.enums import AskState
from references.accounts.services import freeze
from references.batches import naming, output, selectors, services
from references.batches.checks import exclusive as exclusive_check
from references.consents.models import ConsentTerm
from references.consents.services import revoke_terms
from references.requests.enums import BatchState, NameState
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError, InvalidInput, LinkRefused
from refprogram.people.enums import Role
from tests.factories.batches import RFP, allowed, asked, batch_of, name_of
from tests.factories.people import UserFactory
from tests.factories.references import activity, speaker

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def program():
    return UserFactory(role=Role.MARKETER)


def companies(batch):
    return [dict(facts)["Company"] for facts in output.sheets(batch)]


def path_of(name):
    url = links.issue(purpose="batch_name", subject=name, person_id=name.contact.person_id)
    return reverse("kernel:link", args=[url.rstrip("/").rpartition("/")[2]])


# ---------------------------------------------------------------- a customer's word


def test_asking_holds_goodwill_and_a_yes_goes_into_the_ledger():
    name = asked()
    assert (name.state, name.ask.state, name.ask.effort) == (NameState.ASKED, AskState.HELD, 15)
    services.allow(name=name)
    name.refresh_from_db()
    assert (name.state, name.ask.state) == (NameState.ALLOWED, AskState.BOOKED)
    terms = ConsentTerm.objects.filter(contact=name.contact)
    assert sorted(terms.values_list("scope", "channel", "ask_first")) == [
        ("company", "rfp", True), ("name", "rfp", True), ("title", "rfp", True),
    ]  # fmt: skip
    assert companies(name.batch) == [name.account.name]


def test_a_yes_to_one_purpose_is_none_to_the_next():
    first = allowed()
    services.hand_over(batch=first.batch, actor=first.batch.requester)
    second = batch_of(name="Tender of Southwind")
    other = name_of(second, first.contact)
    assert naming.usable(second, [other]) == []  # the ledger holds, but nobody asked for this one
    assert ConsentTerm.objects.filter(contact=first.contact).count() == 3


def test_the_link_shows_and_a_scanner_answers_nothing(anonymous):
    name = asked()
    path = path_of(name)
    for query in ("", "?answer=no", "?answer=yes"):
        assert anonymous.get(path + query).status_code == 200
    name.refresh_from_db()
    assert name.state == NameState.ASKED


def test_a_link_used_again_keeps_the_first_answer_and_takes_a_yes_back(anonymous):
    name = asked()
    path = path_of(name)
    anonymous.post(path, {"answer": "yes"})
    anonymous.post(path, {"answer": "yes"})
    assert ConsentTerm.objects.filter(contact=name.contact).count() == 3
    assert "You may be named" in anonymous.get(path).text
    anonymous.post(path, {"answer": "back"})
    name.refresh_from_db()
    assert (name.state, name.ask.state, companies(name.batch)) == (NameState.DROPPED, AskState.DECLINED, [])


def test_an_expired_link_or_one_of_something_else_answers_nothing(anonymous, time_machine):
    name = asked()
    path = path_of(name)
    other = links.issue(purpose="batch_name", subject=asked(), person_id=None).rstrip("/").rpartition("/")[2]
    with pytest.raises(LinkRefused):
        services.allow(name=name, token=other)
    time_machine.move_to(timezone.now() + dt.timedelta(days=61), tick=False)
    assert anonymous.post(path, {"answer": "yes"}).status_code >= 400
    assert "expired" in anonymous.get(path).text
    name.refresh_from_db()
    assert name.state == NameState.ASKED


def test_a_no_needs_no_reason_and_is_final():
    name = services.refuse(name=asked())
    assert (name.state, name.ask.state) == (NameState.REFUSED, AskState.DECLINED)
    with pytest.raises(DomainError):
        services.allow(name=name)


def test_a_freeze_before_the_yes_is_answered_kindly(anonymous, program):
    name = asked()
    freeze(account=name.account, kind="legal", actor=program)
    response = anonymous.post(path_of(name), {"answer": "yes"})
    name.refresh_from_db()
    assert (response.status_code, "Thank you for being ready" in response.text) == (409, True)
    assert name.state == NameState.ASKED


# ---------------------------------------------------------------- what is handed over


def test_only_who_may_be_named_at_this_moment_is_handed_over(program):
    batch = batch_of(embargo_until=clock.today() + 10 * DAY)
    names = [allowed(batch) for _n in range(4)]
    asked(batch)
    services.drop(name=names[1], actor=program)
    revoke_terms(terms=list(ConsentTerm.objects.filter(contact=names[2].contact)), actor=program)
    freeze(account=names[3].account, kind="legal", actor=program)
    assert companies(batch) == [names[0].account.name]
    services.hand_over(batch=batch, actor=program)
    batch.refresh_from_db()
    names[0].refresh_from_db()
    assert (batch.state, names[0].ask.state) == (BatchState.HANDED_OVER, AskState.SPENT)


def test_nothing_is_handed_over_without_a_name(program):
    batch = asked().batch
    with pytest.raises(DomainError, match="Nobody may be named"):
        services.hand_over(batch=batch, actor=program)


def test_the_table_and_the_document_hold_the_same_and_the_embargo():
    batch = batch_of(embargo_until=clock.today() + 10 * DAY)
    name = allowed(batch, speaker(activities=RFP, name="=Acme\x07 & <Sons>", industry="Retail"))
    rows = list(csv.DictReader(StringIO("".join(output.csv_text(batch)).lstrip("\ufeff"))))
    assert [row["Company"] for row in rows] == ["'" + name.account.name]  # never a formula
    assert rows[0]["Not to be published before"] == batch.embargo_until.isoformat()
    document = Document(BytesIO(output.docx_bytes(batch)))
    cells = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert (cells["Company"], cells["Industry"]) == ("=Acme & <Sons>", "Retail")
    assert cells["Person to speak to"] == name.contact.person.name
    assert any("Not to be published before" in paragraph.text for paragraph in document.paragraphs)


def test_closing_frees_who_had_not_answered(program):
    batch = batch_of()
    waiting = asked(batch)
    services.close(batch=batch, actor=program)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.ask.state) == (NameState.DROPPED, AskState.RELEASED)


# ---------------------------------------------------------------- for this alone


def exclusive(**more):
    today = clock.today()
    return batch_of(exclusive_from=today, exclusive_until=today + 20 * DAY, **more)


def test_another_batch_and_another_ask_find_them_kept(program):
    name = allowed(exclusive(), speaker(activities=("rfp", "call")))
    services.hand_over(batch=name.batch, actor=program)
    with pytest.raises(DomainError, match="is kept for “Tender of Northwind”"):
        name_of(batch_of(name="Another"), name.contact)
    wish = Wish(name.account, name.contact, activity("call"), clock.today())
    assert exclusive_check(wish).text.startswith(f"{name.account.name} is kept for “Tender of Northwind” until")
    assert exclusive_check(wish).free_on == name.batch.exclusive_until + DAY


def test_after_its_window_nobody_is_kept(program, time_machine):
    name = allowed(exclusive())
    services.hand_over(batch=name.batch, actor=program)
    time_machine.move_to(timezone.now() + dt.timedelta(days=21), tick=False)
    assert selectors.kept_for([name.account_id], clock.today()) == {}


def test_an_embargo_is_said_and_blocks_nothing(program):
    name = allowed(batch_of(embargo_until=clock.today() + 5 * DAY))
    other = batch_of(name="Another")
    assert selectors.under_embargo([name.account_id], clock.today(), but=other.pk) == {name.account_id: name.batch}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"wanted": 0}, "wanted"),
        ({"wanted": 51}, "wanted"),
        ({"name": "  "}, "name"),
        ({"needed_by": dt.date(2020, 1, 1)}, "needed_by"),
        ({"exclusive_from": dt.date(2030, 1, 2)}, "exclusive_until"),
        ({"exclusive_from": dt.date(2030, 1, 2), "exclusive_until": dt.date(2030, 1, 1)}, "exclusive_until"),
    ],
)
def test_what_makes_no_sense_is_refused(facts, field):
    with pytest.raises(InvalidInput) as refused:
        batch_of(**facts)
    assert list(refused.value.errors) == [field]


def test_an_account_stands_in_a_batch_once():
    name = name_of()
    with pytest.raises(DomainError, match="in the list already"):
        name_of(name.batch, name.contact)


def test_matches_leave_out_who_is_in_it():
    first, second = (speaker(activities=RFP) for _n in range(2))
    batch = name_of(contact=first).batch
    assert [match.account for match in selectors.matches(batch)] == [second.account]


# ---------------------------------------------------------------- pages


def test_the_page_leads_from_a_match_to_a_document(clients, cast, anonymous):
    contact = speaker(activities=RFP)
    client = clients["marketer"]
    client.post(
        reverse("references:batch-new"),
        {"name": "Tender", "kind": "rfp", "wanted": 2, "needed_by": clock.today() + 9 * DAY, "submit_key": "b"},
    )
    batch = selectors.visible_to(cast.marketer).get()
    page = batch.get_absolute_url()
    assert contact.account.name in client.get(f"{page}matches/").text
    client.post(f"{page}add/", {"account": contact.account.public_id})
    client.post(f"{page}ask-all/")
    anonymous.post(path_of(batch.names.get()), {"answer": "yes"})
    assert "1 of 2 may be named" in client.get(page).text
    client.post(f"{page}hand-over/")
    batch.refresh_from_db()
    assert batch.state == BatchState.HANDED_OVER
    assert client.get(f"{page}references.docx").content[:2] == b"PK"
    assert contact.account.name in b"".join(client.get(f"{page}references.csv").streaming_content).decode()


@pytest.mark.usefixtures("cast")
def test_the_customer_and_whoever_needs_it_are_told(drain, mailoutbox):
    name = asked()
    drain()
    (mail,) = (mail for mail in mailoutbox if "May we name" in mail.subject)
    assert "Tender of Northwind" in mail.body
    services.allow(name=name)
    drain()
    assert name.batch.requester.person.notices.filter(text__contains="may be named").exists()
