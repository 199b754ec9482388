"""Linked programs: who takes part, terms that end, and a cap that is shared."""

import datetime as dt

import pytest
from django.utils import timezone

from references.accounts import services as accounts
from references.accounts.models import Contact
from references.profiles import services
from references.profiles.models import Participation
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput
from tests.factories.profiles import participation_of, program_of
from tests.factories.references import reserved, speaker

pytestmark = pytest.mark.django_db


def rests(contact):
    return Contact.objects.get(pk=contact.pk).rests_until


def test_the_cap_of_a_program_binds_us_too(marketer):
    contact = speaker()
    accounts.spend_ask(ask=reserved(contact), actor=marketer)
    assert rests(contact) is None  # ours are two in three months

    council = program_of(cap_per_quarter=1)
    row = participation_of(contact, council)
    assert rests(contact) is None  # invited is not a member
    services.begin_participation(participation=row, by=marketer)
    assert rests(contact) is not None

    services.edit_program(program=council, by=marketer, cap_per_quarter=3)
    assert rests(contact) is None
    services.edit_program(program=council, by=marketer, cap_per_quarter=1)
    assert rests(contact) is not None
    services.end_program(program=council, by=marketer)
    assert rests(contact) is None


def test_once_in_a_program_until_it_ended(marketer):
    contact, council = speaker(), program_of()
    row = participation_of(contact, council)
    with pytest.raises(InvalidInput, match="already"):
        participation_of(contact, council)
    services.end_participation(participation=row, by=marketer)
    again = participation_of(contact, council, invited=False)
    assert again.state == "active"
    with pytest.raises(IllegalMove):
        services.begin_participation(participation=row, by=marketer)


def test_nobody_joins_what_has_ended(marketer):
    council = program_of()
    services.end_program(program=council, by=marketer)
    with pytest.raises(DomainError, match="ended"):
        participation_of(speaker(), council)


def test_a_term_that_is_over_ends_by_itself():
    today = timezone.localdate()
    over = participation_of(speaker(), since=today - dt.timedelta(days=9), until=today - dt.timedelta(days=1))
    runs = participation_of(speaker(), until=today)
    assert services.end_terms() == 1
    assert Participation.objects.get(pk=over.pk).state == "ended"
    assert Participation.objects.get(pk=over.pk).until == today - dt.timedelta(days=1)
    assert Participation.objects.get(pk=runs.pk).state == "invited"


def test_on_pages(clients, cast):
    contact = speaker(owner=cast.rep)
    council = program_of(name="Winter <b>council</b>", terms="Two days a year")
    url = f"/accounts/{contact.account.public_id}/programs/"
    form = {"program": council.public_id, "contact": contact.public_id}
    assert clients["rep"].post(f"{url}add/", form).status_code == 302
    page = clients["rep"].get(url).text
    assert "Winter &lt;b&gt;council" in page
    assert "at most 2 asks in three months" in page
    detail = clients["rep"].get(council.get_absolute_url()).text
    assert "Two days a year" in detail
    assert contact.person.name in detail
    assert "Winter" in clients["finance"].get("/linked-programs/").text
