"""Pages of requests: the list and its tabs, asking, the page as each party sees it, links without a password."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from references.accounts.services import freeze
from references.requests import services
from references.requests.models import Candidate, ReferenceRequest
from tests.factories.batches import allowed, batch_of
from tests.factories.content import approved
from tests.factories.people import RegionFactory, RestrictionFactory, UserFactory
from tests.factories.references import AccountFactory, ContactFactory, OpportunityFactory, ProductFactory, speaker
from tests.factories.requests import accepted, delivered, in_review, invited, owned_speaker, request_of

pytestmark = pytest.mark.django_db


def names(response):
    return [row.purpose for row in response.context["page"].rows.records]


# ---------------------------------------------------------------- the list


def test_tabs_hold_what_they_say(clients, rep):
    request_of(rep, purpose="New")
    in_review(request_of(rep, purpose="At owner"))
    invited(request=request_of(rep, purpose="At customer"))
    delivered(request=request_of(rep, purpose="Held"))
    services.refuse(request=request_of(purpose="Refused"), reason="No", actor=rep)
    open_ = clients["marketer"]
    found = {
        key: names(open_.get(f"/requests/?{query}"))
        for key, query in {
            "match": "waits=match",
            "owner": "waits=owner",
            "customer": "waits=customer",
            "held": "state=delivered",
            "closed": "state=rejected",
        }.items()
    }
    assert found == {
        "match": ["New"],
        "owner": ["At owner"],
        "customer": ["At customer"],
        "held": ["Held"],
        "closed": ["Refused"],
    }
    assert sorted(names(clients["rep"].get("/requests/?mine=yes"))) == ["At customer", "At owner", "Held", "New"]


def test_at_risk_is_what_is_due_within_a_day(clients, rep, time_machine):
    request_of(rep, purpose="Call")
    request_of(rep, "site-visit", purpose="Visit")
    time_machine.move_to(timezone.now() + dt.timedelta(days=5))
    assert names(clients["marketer"].get("/requests/?risk=yes")) == ["Call"]
    assert names(clients["marketer"].get("/requests/?risk=no")) == ["Visit"]


def test_a_rep_sees_own_requests_and_those_about_own_accounts(clients, rep, other_team_rep):
    request_of(rep, purpose="Mine")
    request_of(other_team_rep, purpose="Theirs")
    in_review(request_of(other_team_rep, purpose="My customer"), owned_speaker(rep))
    assert sorted(names(clients["rep"].get("/requests/"))) == ["Mine", "My customer"]


def test_search_finds_by_purpose_requester_and_prospect(clients, rep):
    deal = OpportunityFactory(account=AccountFactory(name="Kan-code"), owner=rep)
    request_of(rep, purpose="Board day", opportunity=deal)
    request_of(purpose="Other")
    searched = [names(clients["marketer"].get("/requests/", {"q": words})) for words in ("board", "rhea", "kan-co")]
    assert searched == [["Board day"]] * 3


# ---------------------------------------------------------------- asking


def need(**fields):
    soon = (timezone.localdate() + dt.timedelta(days=20)).isoformat()
    return {"activity": "call", "needed_by": soon, "purpose": "Northwind", **fields}


def test_asking_leads_to_the_requests_page(clients, rep):
    response = clients["rep"].post("/requests/new/", need(topics="Start-up"))
    request = ReferenceRequest.objects.get()
    assert (response.status_code, response.url, request.requester) == (302, request.get_absolute_url(), rep)


def test_a_form_sent_twice_asks_once(clients, rep):
    sent = need(submit_key="9a6d2f6e-6f0e-4d0e-8a53-2f1d6a1f0c11")
    assert clients["rep"].post("/requests/new/", sent).url == clients["rep"].post("/requests/new/", sent).url
    assert ReferenceRequest.objects.count() == 1


def test_a_deal_fills_in_the_rest(clients, rep):
    region, product = RegionFactory(), ProductFactory()
    account = AccountFactory(name="Kan-code", industry="Energy", region=region)
    deal = OpportunityFactory(account=account, owner=rep, product=product)
    form = clients["rep"].get(f"/requests/new/?opportunity={deal.public_id}").context["form"]
    assert {name: form[name].value() for name in ("purpose", "must_industry", "must_region", "must_product")} == {
        "purpose": "Kan-code",
        "must_industry": "Energy",
        "must_region": region.public_id,
        "must_product": product.public_id,
    }


def test_a_deal_of_somebody_else_is_not_offered_nor_taken(clients, rep, other_team_rep):
    deal = OpportunityFactory(owner=other_team_rep, name="Theirs")
    assert clients["rep"].get("/requests/new/deals/?q=Theirs").json() == {"results": []}
    response = clients["rep"].post("/requests/new/", need(opportunity=deal.public_id))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["opportunity"])


def test_who_is_restricted_reads_why(clients, rep):
    RestrictionFactory(user=rep, reason="Three were not used.")
    for method in ("get", "post"):
        response = getattr(clients["rep"], method)("/requests/new/", need())
        assert (response.status_code, "Three were not used." in response.text) == (403, True)
    assert not ReferenceRequest.objects.exists()


def test_while_filling_in_one_reads_how_many_could_be_asked(clients, rep):
    speaker(industry="Energy")
    fits = "/requests/new/fits/?activity=call"
    assert "One customer could be asked" in clients["rep"].get(f"{fits}&must_industry=Energy").text
    assert "Nobody could be asked" in clients["rep"].get(f"{fits}&must_employees=5").text


# ---------------------------------------------------------------- the page


def test_a_marketer_matches_and_proposes_in_one_click(clients, marketer, rep):
    contact = owned_speaker(name="Pacific Grid")
    request = request_of(rep)
    page = clients["marketer"].get(request.get_absolute_url())
    line = page.context["lines"][0]
    assert (line.name, line.total) == ("Pacific Grid", 95)
    sent = {"account": line.account_id, "contact": line.contact_id}
    clients["marketer"].post(f"{request.get_absolute_url()}propose/", sent)
    assert Candidate.objects.get().contact == contact


def test_the_rail_names_who_stands_in_line_before_the_next_best(clients, marketer, rep):
    first, second = owned_speaker(name="Pacific Grid"), owned_speaker(name="Baltic Grid")
    owned_speaker(name="Alpine Grid")
    candidate = in_review(request_of(rep), first)
    url = candidate.request.get_absolute_url()
    assert "is the next best match" in clients["marketer"].get(url).text
    services.line_up(request=candidate.request, account=second.account, actor=marketer)
    shown = clients["marketer"].get(url).text
    assert "Baltic Grid stands in line" in shown
    assert 'btn-primary" form="propose-' not in shown  # one thing at a time: the owner's answer comes first


def test_a_proposal_that_is_refused_says_why(clients, marketer, rep):
    contact = owned_speaker(name="Pacific Grid")
    request = request_of(rep)
    freeze(account=contact.account, kind="legal", actor=marketer)
    response = clients["marketer"].post(
        f"{request.get_absolute_url()}propose/", {"account": contact.account.public_id}, follow=True
    )
    assert "Pacific Grid: frozen." in response.text


def test_easing_a_must_have_shows_more_without_changing_the_need(clients, marketer, rep):
    speaker(name="Elsewhere", industry="Retail")
    request = request_of(rep, must_industry="Energy")
    page = clients["marketer"].get(f"{request.get_absolute_url()}matches/?ease=must_industry")
    request.refresh_from_db()
    assert ([line.name for line in page.context["lines"]], request.must_industry) == (["Elsewhere"], "Energy")


def test_who_is_left_out_and_how_many_are_possible_comes_after_the_page(clients, marketer, rep):
    owned_speaker(name="Pacific Grid")
    freeze(account=owned_speaker(name="Oriel").account, kind="legal", actor=marketer)
    url = request_of(rep).get_absolute_url()
    assert f'hx-get="{url}left-out/"' in clients["marketer"].get(url).text
    part = clients["marketer"].get(f"{url}left-out/").text
    assert ("Left out: 1 of 2" in part, "Frozen" in part, "One is possible" in part) == (True, True, True)


def test_where_nobody_is_ranked_the_page_itself_says_why(clients, marketer, rep):
    freeze(account=owned_speaker(name="Oriel").account, kind="legal", actor=marketer)
    page = clients["marketer"].get(request_of(rep).get_absolute_url())
    assert "One customer meets the must-haves, but cannot be asked." in page.text


def test_where_easing_one_must_have_does_not_help_the_page_says_so(clients, marketer, rep):
    speaker(name="Oriel", industry="Retail", employees=10)
    row = request_of(rep, must_industry="Energy", must_employees=5000)
    page = clients["marketer"].get(row.get_absolute_url())
    assert "Easing one of them would not help either." in page.text
    assert page.text.count(f'href="{row.get_absolute_url()}edit/"') == 2  # on top, and where it is needed


def test_why_not_my_pick_is_answered(clients, marketer, rep):
    account = speaker(name="Oriel", activities=("quote",)).account
    page = clients["marketer"].get(f"{request_of(rep).get_absolute_url()}matches/?pick={account.public_id}")
    assert page.context["pick_refused"] == "Oriel: Nobody agreed to this."


def test_a_customers_reason_is_for_the_program_and_the_owner(clients, rep):
    candidate = invited(request=request_of(rep))
    services.customer_decline(candidate=candidate, reason_code="not_happy", reason="The invoice is wrong")
    page = candidate.request.get_absolute_url()
    assert "The invoice is wrong" in clients["marketer"].get(page).text
    assert "The invoice is wrong" not in clients["rep"].get(page).text


def test_the_requester_chooses_a_time_and_fetches_the_entry(clients, rep):
    time = timezone.now().replace(second=0, microsecond=0) + dt.timedelta(days=3)
    candidate = accepted(request=request_of(rep), times=(time,))
    verb = reverse("references:candidate-schedule", args=[candidate.public_id])
    clients["rep"].post(verb, {"at": time.isoformat()})
    entry = clients["rep"].get(reverse("references:candidate-calendar", args=[candidate.public_id]))
    assert f"DTSTART:{time.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}" in entry.content.decode()


def test_an_old_tab_moves_no_time(clients, rep):
    first, second = (timezone.now().replace(microsecond=0) + dt.timedelta(days=days) for days in (5, 6))
    candidate = accepted(request=request_of(rep), times=(first, second))
    url = reverse("references:candidate-schedule", args=[candidate.public_id])
    assert 'name="seen" value=""' in clients["rep"].get(candidate.request.get_absolute_url()).text
    clients["rep"].post(url, {"at": first.isoformat(), "seen": ""})
    late = clients["rep"].post(url, {"at": second.isoformat(), "seen": ""}, follow=True)
    assert "The time was changed meanwhile." in late.text
    candidate.refresh_from_db()
    assert candidate.scheduled_at == first
    shown = clients["rep"].get(candidate.request.get_absolute_url()).text
    assert f'name="seen" value="{first.isoformat()}"' in shown
    clients["rep"].post(url, {"at": second.isoformat(), "seen": first.isoformat()})
    candidate.refresh_from_db()
    assert candidate.scheduled_at == second


def test_the_desk_button_comes_back_to_the_desk(clients, rep):
    candidate = in_review(contact=owned_speaker(rep))
    verb = reverse("references:candidate-approve", args=[candidate.public_id])
    assert clients["rep"].post(verb, {"next": "/"}).url == "/"
    assert clients["rep"].post(verb, {"next": "https://evil.example/"}).url == candidate.request.get_absolute_url()


def test_the_history_is_what_the_reader_may_know(clients, rep):
    candidate = in_review(request_of(rep))
    services.owner_decline(candidate=candidate, actor=candidate.approver, reason_code="bad_time", reason="Secret row")
    text = clients["rep"].get(f"{candidate.request.get_absolute_url()}history/").text
    assert "would rather not ask" in text
    assert "Secret row" not in text


# ---------------------------------------------------------------- budgets


def test_the_list_is_flat(budget, clients, marketer):
    def make(n):
        for _number in range(n):
            invited(request=request_of(UserFactory()))

    budget.flat("references:requests", make=make, visit=lambda: clients["marketer"].get("/requests/"))


def test_the_page_keeps_its_budget(budget, clients, marketer, rep):
    deal = OpportunityFactory(account=AccountFactory(industry="Energy"), owner=rep, product=ProductFactory())
    request = request_of(rep, opportunity=deal, must_industry="Logistics")
    in_review(request)

    def make(n):
        for _number in range(n):
            speaker()

    url = request.get_absolute_url()
    budget.flat("references:request", make=make, visit=lambda: clients["marketer"].get(url))


def test_who_is_left_out_keeps_its_budget(budget, clients, marketer, rep):
    url = f"{request_of(rep).get_absolute_url()}left-out/"
    budget.flat(
        "references:request-left-out",
        make=lambda n: [speaker() for _ in range(n)],
        visit=lambda: clients["marketer"].get(url),
    )


def test_asking_keeps_its_budget(budget, clients, rep):
    budget.flat(
        "references:request-new",
        make=lambda n: OpportunityFactory.create_batch(n, owner=rep),
        visit=lambda: clients["rep"].get("/requests/new/"),
    )


# ---------------------------------------------------------------- rough edges


def test_what_was_eased_is_in_the_address_and_there_after_a_reload(clients, marketer, rep):
    speaker(name="Elsewhere", industry="Retail")
    request = request_of(rep, must_industry="Energy")
    fragment = clients["marketer"].get(
        f"{request.get_absolute_url()}matches/?ease=must_industry", headers={"HX-Request": "true"}
    )
    shared = fragment.headers["HX-Push-Url"]
    page = clients["marketer"].get(shared)
    assert shared == f"{request.get_absolute_url()}?ease=must_industry"
    assert [line.name for line in page.context["lines"]] == ["Elsewhere"]
    assert "Shown with any industry." in page.text


def test_a_batch_keeps_its_budget(budget, clients):
    batch = batch_of()
    budget.flat(
        "references:batch",
        make=lambda n: [allowed(batch) for _ in range(n)],
        visit=lambda: clients["marketer"].get(batch.get_absolute_url()),
    )


def test_the_list_of_batches_keeps_its_budget(budget, clients):
    budget.flat(
        "references:batches",
        make=lambda n: [allowed(batch_of()) for _ in range(n)],
        visit=lambda: clients["marketer"].get("/batches/"),
    )


def test_the_catalogue_and_the_queue_keep_their_budgets(budget, clients, rep):
    clients["marketer"].get("/activities/")
    with budget("references:activities"):
        clients["marketer"].get("/activities/")
    budget.flat(
        "references:requests-at-risk",
        make=lambda n: [
            ReferenceRequest.objects.filter(pk=request_of(rep).pk).update(due_at=timezone.now()) for _ in range(n)
        ],
        visit=lambda: clients["marketer"].get("/requests/at-risk/"),
    )


def test_what_may_answer_instead_keeps_its_budget(budget, clients, rep):
    request = request_of(rep, must_industry="Retail")
    budget.flat(
        "references:request-ladder",
        make=lambda n: [approved(contact=ContactFactory(account__industry="Retail")) for _ in range(n)],
        visit=lambda: clients["rep"].get(f"{request.get_absolute_url()}instead/"),
    )
