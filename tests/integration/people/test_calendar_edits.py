"""Two people at one calendar, two tabs each: nobody's change is overwritten unseen, and nothing typed is lost."""

import datetime as dt

import pytest
from django.utils.html import escape

from refprogram.people.calendars import services
from refprogram.people.models import CalendarDay
from tests.factories.people import BusinessCalendarFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2199, 12, 27)


@pytest.fixture
def calendar():
    return BusinessCalendarFactory(name="Lisbon", time_zone="Europe/Lisbon")


def opened(client, calendar, page="edit"):
    """Return the form of a tab as it was opened."""
    form = client.get(f"{calendar.get_absolute_url()}{page}/").context["form"]
    return {name: value for name, value in form.initial.items() if value is not False and value != []}


def test_the_second_tab_hears_of_the_first_and_keeps_what_was_typed(clients, calendar):
    page = f"{calendar.get_absolute_url()}edit/"
    first, second = opened(clients["marketer"], calendar), opened(clients["admin"], calendar)

    clients["marketer"].post(page, {**first, "day_5": "10:00-14:00"})
    late = clients["admin"].post(page, {**second, "day_0": "7:00-15:00"})

    assert late.status_code == 422
    assert "Mona Marlow changed this calendar" in late.text
    assert "Saturday: 10:00-14:00" in late.text.replace("–", "-")
    assert 'value="7:00-15:00"' in late.text
    calendar.refresh_from_db()
    assert calendar.hours["5"] == [["10:00", "14:00"]]


def test_saving_again_knowingly_replaces(clients, calendar):
    page = f"{calendar.get_absolute_url()}edit/"
    first, second = opened(clients["marketer"], calendar), opened(clients["admin"], calendar)
    clients["marketer"].post(page, {**first, "name": "Lisboa"})
    late = clients["admin"].post(page, {**second, "name": "Porto"})

    again = {**second, "name": "Porto", "revision": late.context["form"]["revision"].value()}

    assert clients["admin"].post(page, again).status_code == 302
    calendar.refresh_from_db()
    assert calendar.name == "Porto"


def test_a_day_noted_meanwhile_is_not_overwritten_unseen(clients, calendar):
    page = f"{calendar.get_absolute_url()}days/"
    first, second = opened(clients["marketer"], calendar, "days"), opened(clients["admin"], calendar, "days")
    clients["marketer"].post(page, {**first, "on": DAY, "name": "Bridge day"})

    late = clients["admin"].post(page, {**second, "on": DAY, "name": "Stock-taking", "hours": "9:00-12:00"})

    assert late.status_code == 422
    assert escape("Mona Marlow noted 27 December 2199 meanwhile: “Bridge day”, closed.") in late.text
    assert CalendarDay.objects.get(calendar=calendar, on=DAY).name == "Bridge day"
    again = {**second, "on": DAY, "name": "Stock-taking", "revision": late.context["form"]["revision"].value()}
    assert clients["admin"].post(page, again).status_code == 302
    assert CalendarDay.objects.get(calendar=calendar, on=DAY).name == "Stock-taking"


def test_two_who_note_the_same_do_not_disturb_each_other(clients, calendar):
    page = f"{calendar.get_absolute_url()}days/"
    first, second = opened(clients["marketer"], calendar, "days"), opened(clients["admin"], calendar, "days")
    answers = [
        clients[who].post(page, {**form, "on": DAY, "name": "Bridge day"}).status_code
        for who, form in (("marketer", first), ("admin", second))
    ]
    assert answers == [302, 302]


def test_a_day_said_anew_is_not_cleared_unseen(clients, calendar, marketer):
    services.set_day(calendar=calendar, on=DAY, name="Bridge day", actor=marketer)
    seen = clients["admin"].get(calendar.get_absolute_url()).context["calendar"].revision
    services.set_day(calendar=calendar, on=DAY, name="Stock-taking", typed="9:00-12:00", actor=marketer)
    clear = f"{calendar.get_absolute_url()}days/{DAY}/clear/"

    answer = clients["admin"].post(clear, {"revision": seen}, follow=True)

    assert escape("“Stock-taking”") in answer.text
    assert CalendarDay.objects.filter(calendar=calendar, on=DAY).exists()
    clients["admin"].post(clear, {"revision": answer.context["calendar"].revision})
    assert not CalendarDay.objects.filter(calendar=calendar, on=DAY).exists()


def test_over_the_api_a_revision_guards_too(api, calendar):
    path, sent = f"/api/v1/calendars/{calendar.public_id}", {"content_type": "application/json"}
    read = api["admin"].get(path).json()["revision"]
    changed = api["marketer"].patch(path, {"name": "Porto", "revision": read}, **sent)
    late = api["admin"].patch(path, {"name": "Faro", "revision": read}, **sent)
    day = {"on": str(DAY), "name": "Bridge day"}
    api["marketer"].post(f"{path}/days", day, **sent)
    late_day = api["admin"].post(f"{path}/days", {**day, "name": "Other", "revision": read}, **sent)

    assert (changed.status_code, changed.json()["revision"]) == (200, read + 1)
    assert [(late.status_code, late.json()["code"]), (late_day.status_code, late_day.json()["code"])] == [
        (409, "stale"),
        (409, "stale"),
    ]
    assert api["admin"].patch(path, {"name": "Faro"}, **sent).json()["name"] == "Faro"
