"""Open links: whoever has one nominates without an account, and learns nothing of whom the program knows."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from nominations.models import Nomination
from nominations.signals import links
from nominations.signals.enums import LinkFor
from nominations.signals.links import Said
from references.models import Account
from refprogram.kernel.errors import InvalidInput, LinkRefused
from refprogram.notices.models import Notice
from refprogram.people.models import User
from tests.factories.references import AccountFactory, ReferenceFactory

pytestmark = pytest.mark.django_db
Drain = Callable[[], int]
ANA = Said("Ana Sousa", "ana@silis.example", "Silis", "Empty trucks down by a third", "COO", speaks=True)
FORM = {"name": ANA.name, "email": ANA.email, "company": ANA.company, "why": ANA.why, "title": "COO", "speaks": "on"}


def words(response: Any) -> str:
    """Return a page's words, without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def token_of(row: Any) -> str:
    return links.address_of(row).rstrip("/").rpartition("/")[2]


def path_of(row: Any) -> str:
    return f"/s/{token_of(row)}/"


def test_a_customer_nominates_and_the_holder_is_credited_and_told(rep: User, drain: Drain) -> None:
    row = links.make_link(label="User day", holder=rep)
    nomination = links.nominate(token=token_of(row), said=ANA)
    drain()
    row.refresh_from_db()
    assert nomination is not None
    assert (nomination.nominator, nomination.channel, row.brought) == (rep, "customer", 1)
    assert (nomination.account.name, nomination.contact.person.name) == ("Silis", "Ana Sousa")
    assert nomination.named_by == nomination.contact.person
    assert Notice.objects.filter(person=rep.person, text="Ana Sousa nominated Silis by your link.").exists()


def test_a_partner_who_names_another_company_is_not_its_speaker(rep: User) -> None:
    known = AccountFactory(name="Nordvale Dairies Ltd")
    row = links.make_link(label="Partners", holder=rep, made_for=LinkFor.PARTNER)
    said = Said("Pat Partner", "pat@partner.example", "nordvale dairies", "They are thrilled")
    nomination = links.nominate(token=token_of(row), said=said)
    assert nomination is not None
    assert (nomination.account, nomination.contact, nomination.channel) == (known, None, "partner")
    assert nomination.named_by.email == "pat@partner.example"


def test_who_names_a_reference_is_thanked_the_same_and_only_the_holder_knows(
    rep: User, drain: Drain, client: Client
) -> None:
    ReferenceFactory(name="Silis")
    row = links.make_link(label="User day", holder=rep)
    answer = client.post(path_of(row), FORM)
    other = client.post(path_of(row), {**FORM, "company": "Somebody New"})
    assert answer.status_code == other.status_code == 200
    assert words(answer) == words(other)
    assert [one.account.name for one in Nomination.objects.all()] == ["Somebody New"]
    assert Notice.objects.filter(person=rep.person, text__startswith="Ana Sousa named Silis by your link.").count() == 1


def test_a_machine_that_fills_in_everything_is_thanked_and_nothing_is_kept(rep: User, client: Client) -> None:
    row = links.make_link(label="User day", holder=rep)
    assert client.post(path_of(row), {**FORM, "website": "http://spam.example"}).status_code == 200
    assert not Nomination.objects.exists()
    assert not Account.objects.exists()


def test_what_is_missing_is_said_beside_its_field(rep: User, client: Client) -> None:
    row = links.make_link(label="User day", holder=rep)
    assert client.get(path_of(row)).status_code == 200
    answer = client.post(path_of(row), {**FORM, "why": " ", "email": "nonsense"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"why", "email"}
    taken = client.post(path_of(row), {**FORM, "email": rep.person.email})
    assert taken.status_code == 422
    assert not Nomination.objects.exists()


def test_too_many_within_an_hour_are_put_off(rep: User, client: Client) -> None:
    row = links.make_link(label="User day", holder=rep)
    most = 30
    answers = [client.post(path_of(row), {**FORM, "why": ""}).status_code for _n in range(3)]
    assert answers == [422] * 3  # what is not complete is not counted
    for number in range(most):
        assert client.post(path_of(row), {**FORM, "company": f"Company {number}"}).status_code == 200
    assert client.post(path_of(row), {**FORM, "company": "One more"}).status_code == 409
    assert Nomination.objects.count() == most


def test_an_ended_link_opens_nothing_and_keeps_what_came_in(rep: User) -> None:
    row = links.make_link(label="User day", holder=rep)
    links.nominate(token=token_of(row), said=ANA)
    assert links.works(row)
    ended = links.end_link(row=row)
    assert not links.works(ended)
    with pytest.raises(LinkRefused):
        links.nominate(token=token_of(row), said=ANA)
    assert Nomination.objects.count() == 1
    with pytest.raises(InvalidInput):
        links.make_link(label=" ", holder=rep)
