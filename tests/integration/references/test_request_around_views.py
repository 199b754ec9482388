"""Pages around a conversation: the brief, promises, another time (page, link, API), thanks, the road of approvals."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from references.requests import services
from references.requests.enums import CandidateState
from refprogram.governance.approvals.models import Chain
from refprogram.kernel import links
from refprogram.people.enums import Role
from tests.factories.people import RegionFactory, UserFactory
from tests.factories.references import ProductFactory
from tests.factories.requests import accepted, delivered, in_review, owned_speaker, request_of

pytestmark = pytest.mark.django_db


def soon(days=5):
    return timezone.now().replace(hour=12, minute=0, second=0, microsecond=0) + dt.timedelta(days=days)


def arranged(rep, **need):
    candidate = accepted(request=request_of(rep, **need), times=(soon(),))
    return services.schedule(candidate=candidate, at=soon(), actor=rep)


def address(candidate, verb):
    return reverse(f"references:candidate-{verb}", args=[candidate.public_id])


def link_to(candidate):
    url = links.issue(purpose="customer_ask", subject=candidate, person_id=candidate.contact.person_id)
    return reverse("kernel:link", args=[url.rstrip("/").rpartition("/")[2]])


def test_the_brief_for_either_side(clients, rep):
    candidate = arranged(rep, topics="Cost after a year", must_persona="CFO")
    clients["rep"].post(address(candidate, "promise"), {"promised": "No names of suppliers"})
    ours = clients["rep"].get(address(candidate, "brief")).text
    theirs = clients["rep"].get(f"{address(candidate, 'brief')}?for=customer").text
    for page in (ours, theirs):
        assert "No names of suppliers" in page
        assert "Cost after a year" in page
    assert candidate.account.name in ours
    assert "Role of who speaks: CFO" in ours
    assert "What to expect" in theirs


def test_the_brief_costs_three_statements(clients, rep, budget):
    candidate = arranged(rep, topics="Cost after a year")
    clients["rep"].get(address(candidate, "brief"))
    with budget("references:candidate-brief"):
        assert clients["rep"].get(address(candidate, "brief")).status_code == 200


def test_no_brief_before_anybody_agreed(clients, rep):
    candidate = in_review(request_of(rep))
    assert clients["rep"].get(address(candidate, "brief")).status_code == 404


def test_the_customer_reads_the_brief_and_moves_the_time_by_link(anonymous, rep):
    candidate = arranged(rep, topics="Cost after a year")
    path = link_to(candidate)
    assert "Cost after a year" in anonymous.get(f"{path}?brief").text
    assert "I need another time" in anonymous.get(path).text
    assert anonymous.post(path, {"answer": "other"}).status_code == 422
    other = soon(9)
    sent = {"answer": "other", "slot": other.strftime("%Y-%m-%dT%H:%M"), "zone": "UTC"}
    assert anonymous.post(path, sent).status_code == 302
    candidate.refresh_from_db()
    assert (candidate.state, candidate.scheduled_at, candidate.times) == (CandidateState.ACCEPTED, None, [other])


def test_whoever_asked_moves_the_time_on_the_page(clients, rep):
    candidate = arranged(rep)
    assert "This time does not suit us any more" in clients["rep"].get(candidate.get_absolute_url()).text
    clients["rep"].post(address(candidate, "other-times"), {"text": "The board moved."})
    candidate.refresh_from_db()
    assert (candidate.state, candidate.scheduled_at) == (CandidateState.ACCEPTED, None)


def test_the_owner_sends_drafted_thanks_once(clients, support, drain, mailoutbox):
    candidate = delivered(contact=owned_speaker(support))
    page = clients["support"].get(address(candidate, "thanks"))
    assert candidate.contact.person.name in page.text
    clients["support"].post(address(candidate, "thanks"), {"words": "You were great."})
    drain()
    assert any("You were great." in mail.body for mail in mailoutbox)
    assert clients["support"].get(address(candidate, "thanks")).status_code == 404


def test_must_haves_and_what_would_be_nice_are_shown_by_name(clients, rep):
    region, product = RegionFactory(name="Nordics"), ProductFactory(name="Ledger")
    row = request_of(
        rep, must_use_case="Month-end close", must_persona="CFO", nice={"region": region.pk, "product": product.pk}
    )
    page = clients["rep"].get(row.get_absolute_url()).text
    for word in ("Month-end close", "CFO", "Nordics", "Ledger", "Would be nice"):
        assert word in page
    assert "Month-end close" in clients["rep"].get("/requests/").text


def test_the_road_is_written_tried_and_published(clients, rep, admin):
    UserFactory(role=Role.LEGAL)
    in_review(request_of(rep, purpose="Talk"))
    chain = Chain.objects.get(kind="reference_ask")
    url = chain.get_absolute_url()
    sent = {
        "rows": 2,
        "position_0": 1,
        "who_0": "owner",
        "hours_0": 8,
        "further_0": "role:marketer",
        "manager_0": "on",
        "skip_0": "own",
        "position_1": 2,
        "who_1": "role:legal",
        "hours_1": 8,
        "only_for_1": ["activity:call"],
        "skip_1": "",
        "passes": "on",
    }
    page = clients["admin"].get(f"{url}edit/").text
    assert "Only for" in page
    assert clients["admin"].post(f"{url}edit/", sent).status_code == 302
    tried = clients["admin"].get(f"{url}publish/").text
    assert "New: Legal" in tried
    assert "One of them would go another way than now." in tried
    clients["admin"].post(f"{url}publish/")
    shown = clients["admin"].get(url).text
    assert "Reference call" in shown
    assert "left out where they ask themselves" in shown
