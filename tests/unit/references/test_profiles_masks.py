"""Masked names: who reads what, what a mask says, and that an outsider finds the name nowhere."""

import datetime as dt

import pgtrigger
import pytest
from django.db import DatabaseError, transaction
from django.urls import get_resolver
from django.utils import timezone

from references.accounts import services as accounts
from references.accounts.models import Contact
from references.accounts.selectors import account_labels, contact_labels, hidden_from, visible_to
from references.goodwill import services as goodwill
from references.profiles import masks, services
from references.profiles.models import Unmasking
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.lists import ListPage
from refprogram.kernel.models import ProgramSetting
from refprogram.notices.models import Notice
from tests.factories.content import story
from tests.factories.people import RegionFactory
from tests.factories.profiles import outcome_of
from tests.factories.references import OpportunityFactory, ReferenceFactory, speaker
from tests.factories.requests import accepted, in_review, invited, request_of
from tests.factories.surveys import answered

pytestmark = pytest.mark.django_db
NAME = "Zyxquartz Bancorp"
PERSON = "Ottilie Vandersnatch"


@pytest.fixture
def masked(cast):
    """A platinum reference of team north, with something in every room."""
    contact = speaker(owner=cast.rep, name=NAME, tier="platinum", city="Zyxtown", industry="Banking", employees=9000)
    Contact.objects.get(pk=contact.pk).person.__class__.objects.filter(pk=contact.person_id).update(
        name=PERSON, email="ottilie@zyxquartz.example"
    )
    return contact.account


def test_who_looks_after_them_and_the_overview_read_the_name(masked, cast):
    for part in ("rep", "manager", "marketer", "admin", "executive", "legal", "finance", "sales_head"):
        assert visible_to(cast[part]).filter(pk=masked.pk).exists(), part
    for part in ("other_team_rep", "other_team_manager", "support", "judge"):
        assert not visible_to(cast[part]).filter(pk=masked.pk).exists(), part


def test_the_sponsor_reads_it(masked, cast):
    accounts.edit_account(account=masked, actor=None, sponsor=cast.other_team_rep)
    assert visible_to(cast.other_team_rep).filter(pk=masked.pk).exists()


def test_who_sells_there_and_who_leads_them_read_it(masked, cast):
    """Their own deal with the customer came from the CRM with its name; a deal of somebody else does not help."""
    assert hidden_from(cast.other_team_rep).filter(pk=masked.pk).exists()
    OpportunityFactory(account=masked, owner=cast.other_team_rep)
    for part in ("other_team_rep", "other_team_manager"):
        assert not hidden_from(cast[part]).filter(pk=masked.pk).exists(), part
    assert hidden_from(cast.support).filter(pk=masked.pk).exists()


def test_answers_to_a_survey_say_no_name_to_who_may_not_know_it(masked, cast, clients, api):
    survey = answered(cast.marketer, masked.contacts.get(), 9).survey
    page, rows = survey.get_absolute_url(), f"/api/v1/surveys/{survey.public_id}/answers"
    for part, known in (("marketer", True), ("support", False), ("other_team_manager", False)):
        for text in (_text(clients[part].get(page)), _text(api[part].get(rows))):
            assert (NAME in text, PERSON in text) == (known, known), part
    assert "somebody there" in _text(clients["support"].get(page))


def test_labels_of_the_timeline_say_no_name(masked, cast):
    contact = masked.contacts.get()
    outside, inside = cast.other_team_rep, cast.rep
    assert account_labels([masked.pk], outside)[masked.pk].text == "a masked customer"
    assert contact_labels([contact.pk], outside)[contact.pk].text == "somebody at a masked customer"
    assert account_labels([masked.pk], inside)[masked.pk].text == NAME
    assert contact_labels([contact.pk], inside)[contact.pk].text == PERSON


def test_which_tiers_are_masked_is_a_figure(masked, cast):
    gold = ReferenceFactory(tier="gold", name="Golden")
    outside = cast.other_team_rep
    assert account_labels([gold.pk], outside)[gold.pk].text == "Golden"
    row = ProgramSetting(
        key="references.accounts.masked", changed_at=timezone.now(),
        value={"platinum": False, "gold": True, "silver": False},
    )  # fmt: skip
    row.save()
    assert account_labels([gold.pk], outside)[gold.pk].text == "a masked customer"
    assert visible_to(outside).filter(pk=masked.pk).exists()


def test_a_mask_says_what_at_least_three_share(cast):
    emea = RegionFactory(name="EMEA")
    for _number in range(3):
        ReferenceFactory(industry="Banking", employees=9000, region=emea)
    bank = ReferenceFactory(industry="Banking", employees=9000, region=emea, tier="platinum")
    assert masks.masks_of([bank])[bank.pk] == "Banking, 5,000 people and more, EMEA"

    small = ReferenceFactory(industry="Banking", employees=20, region=emea)  # the only small bank
    assert masks.masks_of([small])[small.pk] == "Banking, EMEA"
    alone = ReferenceFactory(industry="Whaling", employees=20, region=emea)  # the only whaler: five are of the region
    assert masks.masks_of([alone])[alone.pk] == "A customer, EMEA"
    nowhere = ReferenceFactory(industry="Sealing", employees=20)
    assert masks.masks_of([nowhere])[nowhere.pk] == "A customer"


def test_a_name_is_shown_for_a_reason_on_record_for_a_day(masked, cast, drain):
    outside = cast.other_team_rep
    with pytest.raises(InvalidInput):
        services.unmask(account=masked, by=outside, reason="x")
    row = services.unmask(account=masked, by=outside, reason="A prospect wants a bank")
    assert row.until - row.at == dt.timedelta(hours=24)
    assert visible_to(outside).filter(pk=masked.pk).exists()
    with pytest.raises(DomainError):  # known already
        services.unmask(account=masked, by=outside, reason="Again, please")
    drain()
    assert "A prospect wants a bank" in Notice.objects.get(person=cast.rep.person, kind="references.unmasked").text

    with pgtrigger.ignore():  # the database's own clock says when it is over: the row is made older, not the day later
        Unmasking.objects.filter(pk=row.pk).update(until=timezone.now() - dt.timedelta(seconds=1))
    assert hidden_from(outside).filter(pk=masked.pk).exists()


def test_who_was_shown_a_name_stands_for_good(masked, cast):
    row = services.unmask(account=masked, by=cast.other_team_rep, reason="A prospect wants a bank")
    for change in (lambda: Unmasking.objects.filter(pk=row.pk).update(reason="Nothing"), row.delete):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            change()
    assert Unmasking.objects.get().reason == "A prospect wants a bank"


def test_an_outsider_finds_the_name_nowhere(masked, cast, clients, api, drain):
    """Every list page, its export, the search, every list of the API; and a request of their own that reached them."""
    contact, today = masked.contacts.get(), timezone.localdate()
    goodwill.reserve(
        account=masked, contact=contact, purpose="Launch", team="pr", actor=cast.rep,
        starts_on=today + dt.timedelta(days=60), ends_on=today + dt.timedelta(days=61),
    )  # fmt: skip
    outcome_of(cast.rep, account=masked)
    story(cast.rep, contact, title="A story")
    candidate = in_review(request_of(cast.other_team_rep), contact)
    drain()
    request = candidate.request.get_absolute_url()
    shown = {}
    for url in [*_list_urls(), "/", "/asks/", "/search/?q=Zyxquartz", "/search/?q=Ottilie", "/library/", request,
                "/accounts/options/?q=Zyxquartz", "/nominations/new/", masked.get_absolute_url(),
                contact.get_absolute_url(), f"/accounts/{masked.public_id}/timeline/"]:  # fmt: skip
        shown[url] = _text(clients["other_team_rep"].get(url))
    for url in _list_urls():
        shown[f"{url}?format=csv"] = _text(clients["other_team_rep"].get(f"{url}?format=csv"))
        shown[f"{url}?q=Zyxquartz"] = _text(clients["other_team_rep"].get(f"{url}?sort=-name")).replace("Zyxquartz", "")
    for path in _api_lists(api):
        for query in ("", "?format=csv"):
            shown[f"{path}{query}"] = _text(api["other_team_rep"].get(f"{path}{query}"))

    found = [url for url, text in shown.items() if NAME in text or PERSON in text or "zyxquartz.example" in text]
    assert found == []
    assert len(shown) > 80
    assert "A customer" in shown["/accounts/masked/"]
    assert "A customer" in shown[request]
    assert NAME in _text(clients["rep"].get("/accounts/"))  # the walk could have found it
    assert NAME in _text(api["rep"].get("/api/v1/accounts"))


def test_who_asked_reads_the_name_once_they_said_yes(masked, cast, clients, drain):
    candidate = accepted(invited(in_review(request_of(cast.other_team_rep), masked.contacts.get())))
    drain()
    assert NAME in _text(clients["other_team_rep"].get(candidate.request.get_absolute_url()))
    assert not Unmasking.objects.filter(user=cast.support).exists()
    assert Unmasking.objects.get().source_type == "candidate"


def _text(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace")


def _list_urls():
    found = []
    for pattern in _patterns(get_resolver()):
        view = getattr(pattern.callback, "view_class", None)
        if view is not None and issubclass(view, ListPage):
            found.append(pattern)
    return [f"/{route}" for route in sorted({_route(each) for each in found}) if "<" not in route]


def _api_lists(api):
    paths = api["admin"].get("/api/v1/openapi.json").json()["paths"]
    return [path for path, verbs in paths.items() if "get" in verbs and "{" not in path]


def _patterns(resolver):
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from _patterns(entry)
        else:
            yield entry


def _route(pattern):
    return str(pattern.pattern)
