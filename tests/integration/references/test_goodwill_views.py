"""The ask calendar, reservations, give and take on pages and over the API."""

import datetime as dt

import pytest
from django.utils import timezone

from references.accounts.models import Ask
from references.goodwill import selectors, services
from references.goodwill.models import AskOverride, GoodwillEntry, Reservation
from references.goodwill.selectors import feed
from tests.factories.references import activity, reserved, speaker
from tests.factories.requests import request_of

pytestmark = pytest.mark.django_db


def days(first=3, last=5):
    today = timezone.localdate()
    return {"starts_on": today + dt.timedelta(days=first), "ends_on": today + dt.timedelta(days=last)}


def kept(actor, **facts):
    contact = speaker(owner=actor)
    return services.reserve(
        account=contact.account, contact=contact, purpose="Q4 launch", team="pr", actor=actor, **days(), **facts
    )


def test_the_calendar_shows_asks_of_all_teams_and_who_is_kept(clients, marketer):
    contact = speaker(name="Kestrel Freight")
    ask = reserved(contact, planned_on=timezone.localdate(), actor=marketer)
    Ask.objects.filter(pk=ask.pk).update(team="pr")
    row = kept(marketer)

    page = clients["rep"].get("/asks/").text

    assert "Kestrel Freight" in page
    assert "Reference call" in page
    assert row.purpose in page
    assert "Kestrel Freight" in clients["rep"].get("/asks/?team=pr").text
    assert "Kestrel Freight" not in clients["rep"].get("/asks/?team=events").text
    week = clients["rep"].get(f"/asks/?week={timezone.localdate():%Y-%m-%d}").text
    assert "Kestrel Freight" in week


@pytest.mark.parametrize(
    "query",
    ["?month=2026-13", "?month=99999-01", "?month=%00", "?week=yesterday", "?week=0001-01-01", "?month=1900-01",
     "?team=%3Cscript%3E", "?kind=nothing", "?on_after=x", "?week=9999-12-31", "?month=9999-12", "?month=0001-01"],
)  # fmt: skip
def test_nonsense_in_the_address(clients, query):
    assert clients["marketer"].get(f"/asks/{query}").status_code in {200, 400}


def test_names_are_text_not_markup(clients, marketer):
    contact = speaker(name="<script>alert(1)</script>" + "x" * 150)
    reserved(contact, planned_on=timezone.localdate())
    assert "<script>alert" not in clients["marketer"].get("/asks/").text


def test_a_reservation_is_made_refused_and_set_free(clients, cast):
    contact = speaker(owner=cast.rep)
    url = f"/accounts/{contact.account.public_id}/reserve/"
    form = {"purpose": "Launch", "team": "pr", "points": "30", **{name: str(day) for name, day in days().items()}}
    answer = clients["rep"].post(url, form)
    row = Reservation.objects.get()
    assert answer["Location"] == f"/reservations/{row.public_id}/"
    assert "Launch" in clients["rep"].get(answer["Location"]).text

    again = clients["marketer"].post(url, form)
    assert again.status_code == 422
    assert f"{cast.rep.name} keeps {contact.account.name}" in again.text

    assert clients["support"].post(f"/reservations/{row.public_id}/release/").status_code == 403
    clients["rep"].post(f"/reservations/{row.public_id}/release/")
    assert Reservation.objects.get().state == "released"


def test_the_page_warns_of_what_is_asked_already(clients, cast):
    contact = speaker(owner=cast.rep)
    reserved(contact, planned_on=timezone.localdate() + dt.timedelta(days=4), actor=cast.marketer)
    page = clients["rep"].get(f"/accounts/{contact.account.public_id}/reserve/").text
    assert "Something is asked of them around these days already" in page
    assert f"Reference call with {contact.person.name}" in page


def test_which_customer_comes_first(clients):
    account = speaker().account
    answer = clients["marketer"].post("/asks/reserve/", {"account": account.public_id})
    assert answer["Location"] == f"/accounts/{account.public_id}/reserve/"
    assert clients["marketer"].post("/asks/reserve/", {"account": "nobody"}).status_code == 422


def test_what_was_given_stands_on_the_page_and_is_taken_back(clients, cast):
    account = speaker(owner=cast.rep).account
    form = {"kind": "training", "on": str(timezone.localdate()), "note": "Two seats"}
    assert clients["rep"].post(f"/accounts/{account.public_id}/give/", form).status_code == 302
    entry = GoodwillEntry.objects.get()
    assert (entry.points, entry.recorded_by) == (20, cast.rep)
    panel = clients["rep"].get(f"/accounts/{account.public_id}/goodwill/").text
    assert "140" in panel
    assert "Two seats" in panel
    assert "Uses 40 of 140 left" in panel
    assert clients["rep"].post(f"/goodwill/{entry.pk}/correct/").status_code == 403
    clients["marketer"].post(f"/goodwill/{entry.pk}/correct/")
    assert "Two seats" in clients["rep"].get(f"/accounts/{account.public_id}/goodwill/").text
    assert "Uses 40 of 120 left" in clients["rep"].get(f"/accounts/{account.public_id}/goodwill/").text


def test_a_day_in_the_future_was_not_given(clients):
    account = speaker().account
    form = {"kind": "training", "on": str(timezone.localdate() + dt.timedelta(days=3))}
    assert clients["marketer"].post(f"/accounts/{account.public_id}/give/", form).status_code == 422


def test_the_contact_has_a_balance_of_its_own(clients):
    contact = speaker()
    services.record_give(account=contact.account, contact=contact, kind="thanks", actor=None)
    panel = clients["marketer"].get(f"/contacts/{contact.public_id}/goodwill/").text
    given = selectors.balance_of(contact.account, contact).given
    assert given > 0
    assert f"of {80 + round(given)} points left" in panel  # never "82 of 80"
    assert "Fatigue 0 of 100" in panel


def test_somebody_who_rests_is_asked_with_a_reason(clients, cast):
    contact = speaker()
    account = contact.account
    account.rests_until = timezone.localdate() + dt.timedelta(days=9)
    account.save()
    need = request_of(cast.rep)
    url = f"/requests/{need.public_id}/override/"
    form = {"account": account.public_id, "reason": "They offered it themselves at the fair."}
    assert clients["rep"].post(url, form).status_code == 403
    assert clients["marketer"].post(url, form).status_code == 302
    row = AskOverride.objects.get()
    assert row.rules == ["rest"]
    assert "They offered it themselves" in clients["marketer"].get("/asks/report/").text


def test_over_the_api(api, cast):
    contact = speaker(owner=cast.rep)
    account = contact.account
    here = f"/api/v1/accounts/{account.public_id}/goodwill"
    given = api["rep"].post(here, {"kind": "award", "contact": contact.public_id}, content_type="application/json")
    assert given.status_code == 201
    found = api["rep"].get(f"{here}?activity=call").json()
    assert (found["left"], found["price"], found["enough"]) == (180, 40, True)
    assert found["words"] == "Uses 40 of 180 left"
    assert api["rep"].get(f"{here}?activity=nothing").status_code == 422

    plan = {
        "account": account.public_id, "contact": contact.public_id, "purpose": "Launch", "team": "pr", "points": 30,
        **{name: str(day) for name, day in days().items()},
    }  # fmt: skip
    made = api["rep"].post("/api/v1/reservations", plan, content_type="application/json")
    assert made.status_code == 201
    twice = api["marketer"].post("/api/v1/reservations", plan, content_type="application/json")
    assert twice.status_code == 409
    assert "As many days are free from" in twice.json()["detail"]
    near = api["rep"].get(f"/api/v1/accounts/{account.public_id}/collisions?on={plan['starts_on']}&team=sales").json()
    assert "Launch" in near["near"][0]
    assert api["rep"].get("/api/v1/reservations").json()["items"][0]["purpose"] == "Launch"
    assert api["rep"].get("/api/v1/asks").json()["items"] == []


def test_the_calendar_feed_names_plans_and_waiting_asks(marketer):
    row = kept(marketer)
    reserved(speaker(name="Kestrel Freight"), planned_on=timezone.localdate(), actor=marketer)
    titles = [entry.title for entry in feed(marketer, timezone.now() - dt.timedelta(days=1))]
    assert titles == [f"Reserved: {row.contact.person.name}, Q4 launch", "Asked: Reference call, Kestrel Freight"]


# ---------------------------------------------------------------- what pages cost


def some_asks(n):
    for _one in range(n):
        reserved(speaker(), planned_on=timezone.localdate())


def test_budgets(clients, budget, marketer):
    client = clients["marketer"]
    budget.flat("references:asks", make=some_asks, visit=lambda: client.get("/asks/"))
    budget.flat("references:ask-list", make=some_asks, visit=lambda: client.get("/asks/list/"))
    budget.flat(
        "references:reservations",
        make=lambda n: [kept(marketer) for _one in range(n)],
        visit=lambda: client.get("/reservations/"),
    )
    budget.flat("references:ask-report", make=some_asks, visit=lambda: client.get("/asks/report/"))
    account = speaker().account
    budget.flat(
        "references:account-goodwill",
        make=lambda n: [services.record_give(account=account, kind="thanks", actor=marketer) for _one in range(n)],
        visit=lambda: client.get(f"/accounts/{account.public_id}/goodwill/"),
    )


def test_forty_asks_a_day_cost_no_more_statements(clients, django_assert_max_num_queries):
    contact, today = speaker(), timezone.localdate()
    first = today.replace(day=1)
    Ask.objects.bulk_create(
        Ask(
            account=contact.account, contact=contact, activity=activity("quote"), effort=10, state="spent",
            source_type="t", source_id=n, planned_on=first + dt.timedelta(days=n % 28), ended_at=timezone.now(),
        )
        for n in range(40 * 28)
    )  # fmt: skip
    client = clients["marketer"]
    client.get("/asks/")
    with django_assert_max_num_queries(8):
        page = client.get("/asks/").text
    assert page.count('class="e ') <= 42 * 4 + 4
    assert "36 more" in page  # forty on a day, four of them drawn
