"""Nothing of an erased person is left anywhere: asked of every text of the database, whatever app it belongs to."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from nominations import services as nominations
from nominations.enums import OwnerAnswer
from references.accounts import services as accounts
from references.accounts.shown import contact_pill
from references.models import Account
from references.requests import services as requests
from references.requests.enums import Side
from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import ApprovalKind, Verdict, Via
from refprogram.kernel.custom_fields import services as custom_fields
from refprogram.kernel.custom_fields import values
from refprogram.kernel.edit_history.nouns import copies_of
from refprogram.kernel.enums import CustomType
from refprogram.kernel.errors import DomainError, NotAllowed
from refprogram.kernel.files import services as files
from refprogram.kernel.models import Event, SavedView, SignedLink, StoredFile
from refprogram.notices.models import Mail, Notice
from refprogram.ops import erasing, sweeping
from refprogram.people import services as people
from refprogram.people.enums import Role, Scope
from refprogram.people.models import Person
from tests.cast import signed_in
from tests.factories import approvals as asked
from tests.factories import gifts, surveys
from tests.factories import requests as wanted
from tests.factories.consequences import notified, task_of
from tests.factories.kernel import JobFactory
from tests.factories.nominations import CARD
from tests.factories.people import LeaveFactory, PersonFactory, TeamFactory, UserFactory
from tests.factories.references import AccountFactory, ContactFactory, speaker

pytestmark = pytest.mark.django_db

NAME, EMAIL, PHONE = "Ottoline Vanterpool", "ottoline.vanterpool@quillon.example", "+49 30 5550 7731"
OLD_NAME, OLD_EMAIL = "Ottoline Quackenbush", "o.quackenbush@quillon.example"
WORDS = (NAME, EMAIL, PHONE, OLD_NAME, OLD_EMAIL, "Vanterpool", "Quackenbush", "5550 7731")


def cells(*words):
    """Return (table, column, value) of every cell in the database that has one of the words; sessions are opened."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name, c.column_name FROM information_schema.columns c"
            " JOIN information_schema.tables t USING (table_schema, table_name)"
            " WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'"
            " AND (c.data_type IN ('text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY', 'bytea',"
            " 'USER-DEFINED', 'uuid'))"
        )
        for table, column in cursor.fetchall():
            for word in words:
                cursor.execute(f'SELECT "{column}"::text FROM "{table}" WHERE "{column}"::text ILIKE %s', [f"%{word}%"])
                found += [(table, column, value[:200]) for (value,) in cursor.fetchall()]
    return found


def named(text):
    """Return a sentence of a colleague that names the person."""
    return f"{text} {NAME} ({EMAIL}, {PHONE}) said so."


def renamed(person):
    """Give somebody the name and addresses of today, after they had others."""
    for name, email in ((OLD_NAME, OLD_EMAIL), (NAME, EMAIL)):
        person.name, person.email, person.phone, person.title = name, email, PHONE, "Head of Freight"
        person.save()


@pytest.fixture
def customer(cast, drain, api):
    """A customer's contact who has taken part in everything: nominated, invited, asked, heard, thanked, surveyed."""
    account = AccountFactory(owner=cast.rep, name="Quillon Traders")
    contact = ContactFactory(account=account, person=PersonFactory(name=OLD_NAME, email=OLD_EMAIL))
    renamed(contact.person)
    contact.refresh_from_db()
    custom_fields.add_field(noun="contact", key="hobby", label="Hobby", type=CustomType.TEXT)
    values.save_values(noun="contact", object_id=contact.pk, values={"hobby": named("Sails.")})
    nomination = nominations.submit(
        nominator=cast.other_team_rep, account=account, contact=contact, why=named("Great.")
    )
    drain()
    nominations.owner_answer(nomination=nomination, answer=OwnerAnswer.STILL_TRUE, actor=cast.rep, note=named("Yes."))
    nominations.approve(nomination=nomination, actor=cast.marketer, card=CARD, contact=contact)
    drain()
    accounts.record_consent(contact=contact, activities=["call", "quote"], wording=named("I agree."), actor=cast.rep)
    consent = contact.consents.get()
    letter = SimpleUploadedFile(f"{NAME}.txt", named("We agree.").encode())
    files.store(upload=letter, purpose="consent_evidence", subject=consent, user=cast.rep)
    drain()
    spoken(cast, contact, drain)
    elsewhere = speaker(ContactFactory(person=contact.person))  # where they are rested, and may be surveyed
    surveys.answered(cast.marketer, elsewhere, reason=named("Because."))
    gifts.delivered_gift(receiver=contact.person, label=named("Thanks."), requested_by=cast.rep)
    drain()
    return contact.person


def spoken(cast, contact, drain):
    """Let a contact be asked, agree, speak, and say how it was."""
    need = wanted.request_of(cast.rep, purpose=f"Northwind wants {NAME}", topics=named("Freight."))
    candidate = wanted.in_review(need, contact, cast.marketer)
    candidate = wanted.invited(candidate)
    drain()
    candidate = requests.customer_accept(candidate=candidate, times=[timezone.now() + timedelta(days=3)])
    drain()
    candidate = requests.mark_delivered(candidate=candidate, actor=cast.rep)
    drain()
    requests.give_feedback(candidate=candidate, side=Side.CUSTOMER, rating=5, comment=named("Nice."))
    requests.give_feedback(candidate=candidate, side=Side.REQUESTER, rating=5, comment=named("So."), actor=cast.rep)
    drain()


@pytest.fixture
def colleague(cast, drain, settings):
    """A colleague who has done everything: signs in, has tokens and views, nominates, asks, decides, is away."""
    user = UserFactory(name=OLD_NAME, email=OLD_EMAIL, role=Role.REP, team=cast.north, external_ref=NAME)
    renamed(user.person)
    user.email = EMAIL
    user.save()
    client = signed_in(user)
    client.get("/")
    people.issue_token(user=user, name=f"Laptop of {NAME}", scope=Scope.WRITE)
    LeaveFactory(user=user)
    account = AccountFactory(owner=user, name="Quillon Traders")
    accounts.freeze(account=account, kind="legal", reason=named("Court."), actor=user)
    other = AccountFactory(owner=cast.other_team_rep)
    nomination = nominations.submit(nominator=user, account=other, why=named("They shine."))
    drain()
    nominations.owner_answer(
        nomination=nomination, answer=OwnerAnswer.STILL_TRUE, actor=cast.other_team_rep, note=named("Fine.")
    )
    need = wanted.request_of(user, purpose=f"{NAME} asks", topics=named("Ports."))
    requests.ask_back(request=need, question=named("Which one?"), actor=cast.marketer)
    requests.answer_question(request=need, answer=named("This one."), actor=user)
    finance = cast.finance
    approval = asked.asked(user, kind=ApprovalKind.MONEY, label=named("Coffee.")[:190], reason=named("Thirst."))
    approvals.decide(
        approval=approval, by=finance, verdict=Verdict.APPROVE, comment=named("Well earned."), via=Via.PAGE
    )
    task_of(user, title=f"Call {NAME}", detail=named("Soon."), given_by=cast.manager)
    notified(user=user)
    SavedView(user=user, page="references:accounts", name=NAME, query=f"q={EMAIL}").save()
    drain()
    return user.person


def test_of_a_customer_nothing_is_left(customer, cast):
    assert len({(table, column) for table, column, _value in cells(*WORDS)}) > 20
    facts = Event.objects.count()

    erasing.erase(person=customer, by=cast.legal)

    assert cells(*WORDS) == []
    assert Event.objects.count() > facts  # the stream stays, and says that it happened
    customer.refresh_from_db()
    assert (customer.name, customer.email, customer.phone) == ("someone", "", "")
    assert customer.erased_at is not None


def test_of_a_colleague_nothing_is_left(colleague, cast):
    assert len({(table, column) for table, column, _value in cells(*WORDS)}) > 15
    user = colleague.user

    erasing.erase(person=colleague, by=cast.admin)

    assert cells(*WORDS) == []
    user.refresh_from_db()
    assert not user.is_active
    assert not user.has_usable_password()
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert str(user.pk) not in {session.get("_auth_user_id") for session in sessions}


def test_what_others_wrote_stays_without_the_name(colleague, cast):
    erasing.erase(person=colleague, by=cast.admin)

    with connection.cursor() as cursor:
        cursor.execute("SELECT comment FROM governance_decision")
        assert cursor.fetchall() == [("Well earned. someone (someone, someone) said so.",)]


def test_pages_say_someone(colleague, cast, clients):
    user = colleague.user
    erasing.erase(person=colleague, by=cast.admin)

    page = clients["marketer"].get(f"/nominations/{user.nominations.get().public_id}/")

    assert page.status_code == 200
    assert "someone" in page.content.decode()


def test_copies_of_earlier_edits_are_emptied(customer, cast):
    erasing.erase(person=customer, by=cast.legal)

    copies = copies_of(Person).objects.filter(pgh_obj_id=customer.pk)
    assert copies.count() >= 2  # that something was changed stays
    assert set(copies.values_list("name", "email", "phone", "title")) == {("someone", "", "", "")}


def test_consents_are_taken_back_and_links_gone(customer, cast):
    erasing.erase(person=customer, by=cast.legal)
    customer.refresh_from_db()

    contact = customer.contacts.get(account__name="Quillon Traders")
    assert contact.left_company_at is not None
    assert contact_pill(contact).word == "Erased at their request"
    assert not contact.consents.filter(revoked_at__isnull=True).exists()
    assert not SignedLink.objects.filter(person_id=customer.pk).exists()
    assert not Notice.objects.filter(person=customer).exists()
    assert not Mail.objects.filter(person=customer).exists()
    assert set(StoredFile.objects.filter(removed_at__isnull=True).values_list("name", flat=True)) == set()
    assert Account.objects.get(name="Quillon Traders").activities_done == 1


def test_a_namesake_keeps_the_name(cast, drain):
    gone, stays = PersonFactory(name="Ann Lee"), PersonFactory(name="Joann Lees", email="ann@lee.example")

    erasing.erase(person=gone, by=cast.admin)

    stays.refresh_from_db()
    assert (stays.name, stays.email) == ("Joann Lees", "ann@lee.example")


def test_names_inside_of_json_and_of_unique_texts(cast):
    person = PersonFactory(name='Ann "Nan" Lee')
    job = JobFactory(result={"rows": ['Ann "Nan" Lee says "hello"', 3]})
    teams = [TeamFactory(name='Team of Ann "Nan" Lee'), TeamFactory(name='TEAM OF ANN "NAN" LEE')]

    done = erasing.erase(person=person, by=cast.admin)

    job.refresh_from_db()
    assert job.result == {"rows": ['someone says "hello"', 3]}
    for team in teams:
        team.refresh_from_db()
        assert team.name.lower().startswith("team of someone-")
    assert done.swept == {"kernel_job": 1, "people_team": 2}


def test_words_that_may_mean_anybody_are_not_swept():
    assert sweeping.tellable(["Ann", "Bank", "", "a@b.c", "Ann  Lee", "+49 30 1"]) == ["+49 30 1", "Ann Lee", "a@b.c"]


def test_the_last_administrator_stays(cast):
    with pytest.raises(DomainError, match="only administrator"):
        erasing.erase(person=cast.admin.person)


def test_nobody_erases_themselves(cast):
    UserFactory(role=Role.ADMIN)

    with pytest.raises(DomainError, match="yourself"):
        erasing.erase(person=cast.admin.person, by=cast.admin)


def test_only_admin_and_legal_erase(cast):
    with pytest.raises(NotAllowed):
        erasing.erase(person=cast.rep.person, by=cast.marketer)


def test_who_leads_a_team_hands_it_over_first(cast):
    assert "Give it another manager" in erasing.why_not(cast.manager.person)[0]


def test_what_waits_for_them_is_decided_first(cast):
    approver = UserFactory(role=Role.FINANCE)
    version = asked.chain_of(asked.StepPlan(1, asked.ApproverKind.PERSON, user=approver))
    asked.asked(cast.rep, kind=version.chain.kind, label="New chairs")

    assert "New chairs" in erasing.why_not(approver.person)[0]


def test_an_agreed_call_is_let_go_first(cast, drain):
    candidate = wanted.accepted(request=wanted.request_of(cast.rep))
    day = timezone.now() + timedelta(days=5)
    requests.schedule(candidate=candidate, at=day, actor=cast.rep)
    person = candidate.contact.person

    assert "Release them" in erasing.why_not(person)[0]
    requests.release(candidate=candidate, actor=cast.marketer)
    assert erasing.why_not(person) == []


def test_twice_is_refused(cast):
    person = PersonFactory()
    erasing.erase(person=person, by=cast.admin)

    with pytest.raises(DomainError, match="already"):
        erasing.erase(person=person, by=cast.admin)


def test_all_of_it_can_be_taken_out(customer):
    packed = zipfile.ZipFile(io.BytesIO(erasing.export(customer)))

    data = json.loads(packed.read("person.json"))
    assert data["Name and access"]["person"][0]["name"] == NAME
    assert data["Accounts and consent"]["consents"][0]["activities"] == ["call", "quote"]
    assert data["Nominations"]["nominated_as"][0]["account__name"] == "Quillon Traders"
    assert data["Gifts"]["gifts_received"][0]["item"] == "A book"


def test_a_file_sent_is_in_the_zip(cast):
    upload = SimpleUploadedFile("note.txt", b"Hello.")
    file = files.store(upload=upload, purpose="answer", person_id=cast.rep.person_id)

    packed = zipfile.ZipFile(io.BytesIO(erasing.export(cast.rep.person)))

    assert packed.read(f"files/{file.public_id}-note.txt") == b"Hello."


def test_by_command(cast, capsys, tmp_path):
    person = PersonFactory(email="gone@house.example")
    call_command("export_person", "gone@house.example", tmp_path / "out.zip")
    call_command("erase", person.public_id, "--yes")

    person.refresh_from_db()
    assert person.erased_at is not None
    assert zipfile.is_zipfile(tmp_path / "out.zip")
    assert "erased" in capsys.readouterr().out
