"""Notices, preferences, the unsubscribe link and the mail catcher, as people and mail programs use them."""

import re

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from refprogram.notices.enums import Channel
from refprogram.notices.models import Mail, Notice, Preference
from refprogram.notices.services import Letter, tell
from tests.factories.notices import NoticeFactory

pytestmark = pytest.mark.django_db


def say(user, key="k"):
    letter = Letter("It was approved", "notices/digest", {"lines": []})
    return tell(
        person=user.person,
        kind="nomination_outcome",
        key=key,
        text=f"Approved: {key}",
        url="/standings/",
        letter=letter,
    )


# ---------------------------------------------------------------- notices


def test_the_list_is_flat(budget, clients, rep):
    budget.flat(
        "notices:list",
        make=lambda n: NoticeFactory.create_batch(n, person=rep.person),
        visit=lambda: clients["rep"].get("/notices/"),
    )


def test_the_bell_is_flat(budget, clients, rep):
    budget.flat(
        "notices:recent",
        make=lambda n: NoticeFactory.create_batch(n, person=rep.person),
        visit=lambda: clients["rep"].get("/notices/recent/"),
    )


def test_following_a_notice_reads_it_and_leads_on(clients, rep):
    notice = say(rep)

    answer = clients["rep"].get(f"/notices/{notice.public_id}/")

    assert (answer.status_code, answer.url) == (302, "/standings/")
    rep.refresh_from_db()
    assert rep.unread_notices == 0


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_a_notice_never_leads_out_of_the_house(clients, rep, url):
    notice = NoticeFactory(person=rep.person, url=url)

    assert clients["rep"].get(f"/notices/{notice.public_id}/").url == "/notices/"


def test_htmx_gets_the_one_line_back(clients, rep):
    notice = say(rep)

    line = clients["rep"].post(f"/notices/{notice.public_id}/read/", headers={"HX-Request": "true"}).text

    assert line.startswith(f'<li id="n-{notice.public_id}">')
    assert "Mark read" not in line


def test_marking_all_read_leaves_what_came_after_the_page(clients, rep):
    say(rep, "early")
    shown = re.search(r'name="until" value="([^"]+)"', clients["rep"].get("/notices/").text)[1]
    say(rep, "late")

    clients["rep"].post("/notices/read-all/", {"until": shown})

    assert list(Notice.objects.filter(read_at__isnull=True).values_list("key", flat=True)) == ["late"]


@pytest.mark.parametrize("until", ["", "never", "2026-13-45", "2026-11-02"])
def test_marking_all_read_with_a_strange_moment_reads_all(clients, rep, until):
    say(rep)

    assert clients["rep"].post("/notices/read-all/", {"until": until}).status_code == 302


# ---------------------------------------------------------------- preferences


def test_the_hours_and_the_zone_stand_before_the_long_list(clients):
    page = clients["rep"].get("/notices/preferences/").text
    assert page.index("My time zone") < page.index("By mail")


@pytest.mark.parametrize(("reader", "asked"), [("marketer", True), ("rep", False)])
def test_only_who_runs_the_program_is_asked_about_its_weekly_mail(reader, asked, clients):
    assert ("How hard customers are asked" in clients[reader].get("/notices/preferences/").text) is asked


def test_preferences_cost_the_same_whatever_was_chosen(budget, clients, rep):
    clients["rep"].get("/notices/preferences/")
    with budget("notices:preferences"):
        clients["rep"].get("/notices/preferences/")


def test_what_i_choose_is_kept_and_shown(clients, rep):
    sent = {"nomination_outcome": "digest", "quiet_from": "19:00", "quiet_until": "08:30", "time_zone": "Asia/Tokyo"}

    page = clients["rep"].post("/notices/preferences/", sent, follow=True)

    rep.person.refresh_from_db()
    assert Preference.objects.get().channel == Channel.DIGEST
    assert (rep.person.quiet_from.hour, rep.person.quiet_until.minute, rep.person.time_zone) == (19, 30, "Asia/Tokyo")
    assert '<option value="digest" selected>' in page.text
    assert 'value="19:00"' in page.text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"quiet_from": "20:00"}, "Give both ends"),
        ({"quiet_from": "25:00"}, "Enter a valid time"),
        ({"nomination_outcome": "fax"}, "Select a valid choice"),
    ],
)
def test_a_mistake_is_said_and_nothing_typed_is_lost(clients, rep, sent, words):
    page = clients["rep"].post("/notices/preferences/", sent)

    assert page.status_code == 422
    assert words in page.text
    assert all(value in page.text for name, value in sent.items() if name != "nomination_outcome")


# ---------------------------------------------------------------- unsubscribing


@pytest.fixture
def address(rep):
    say(rep)
    return "/s/" + Mail.objects.get().unsubscribe_url.rpartition("/s/")[2]


def test_opening_the_link_shows_and_does_nothing(anonymous, address):
    page = anonymous.get(address)

    assert "What became of your nominations" in page.text
    assert not Preference.objects.exists()
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page["Cache-Control"]


def test_a_mail_program_stops_the_kind_with_one_click(address):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(address, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert Preference.objects.get().channel == Channel.OFF


def test_a_reader_may_choose_the_digest_instead_and_come_back(anonymous, address):
    anonymous.post(address, {"channel": "digest"})
    assert Preference.objects.get().channel == Channel.DIGEST

    page = anonymous.post(address, {"channel": "now"})

    assert Preference.objects.get().channel == Channel.NOW
    assert "These mails come again" in page.text


# ---------------------------------------------------------------- the catcher


@pytest.fixture
def caught(settings, tmp_path):
    settings.EMAIL_BACKEND = "refprogram.notices.catcher.CatcherBackend"
    settings.MAIL_CATCHER_DIR = tmp_path
    message = EmailMultiAlternatives("Hello", "Plain https://x.example/s/abc/", to=["ann@x.example"])
    message.attach_alternative("<html><head></head><body><script>alert(1)</script>Styled</body></html>", "text/html")
    message.send()
    return next(tmp_path.glob("*.eml")).stem


def test_a_caught_mail_is_shown_in_a_sandbox(clients, caught):
    page = clients["rep"].get(f"/dev/mail/{caught}/")
    frame = clients["rep"].get(f"/dev/mail/{caught}/html/")

    assert 'sandbox="allow-top-navigation-by-user-activation"' in page.text
    assert '<a href="https://x.example/s/abc/"' in page.text
    assert "Styled" not in page.text
    assert '<base target="_top">' in frame.text
    policy = dict(part.strip().partition(" ")[::2] for part in frame["Content-Security-Policy"].split(";"))
    assert (policy["default-src"], policy["frame-ancestors"]) == ("'none'", "'self'")
    assert "script-src" not in policy
    assert frame["X-Frame-Options"] == "SAMEORIGIN"


def test_the_list_can_be_narrowed_to_a_recipient(clients, caught):
    assert "Hello" in clients["rep"].get("/dev/mail/?to=ann").text
    assert "No mail to this address" in clients["rep"].get("/dev/mail/?to=bob").text


@pytest.mark.parametrize("changes", [{"MAIL_CATCHER": False}, {"DEMO": False, "DEBUG": False}])
def test_without_catcher_or_demo_there_is_no_such_page(clients, settings, caught, changes):
    for name, value in changes.items():
        setattr(settings, name, value)

    for address in ("/dev/mail/", f"/dev/mail/{caught}/", f"/dev/mail/{caught}/html/"):
        assert clients["admin"].get(address).status_code == 404


def test_the_zones_most_people_live_in_come_first(clients, rep):
    rep.person.time_zone = "US/Pacific"  # an older name that is not on offer, and must not be lost
    rep.person.save()
    page = clients["rep"].get("/notices/preferences/").text
    assert page.index("Amsterdam (Europe)") < page.index("Abidjan (Africa)")
    assert '<option value="US/Pacific" selected>' in page
    assert "data-pickmany" in page


def test_a_zone_that_no_clock_knows_is_refused(clients, rep):
    answer = clients["rep"].post("/notices/preferences/", {"time_zone": "Mars/Olympus"})
    assert (answer.status_code, "There is no such zone" in answer.text) == (422, True)
    rep.person.refresh_from_db()
    assert rep.person.time_zone != "Mars/Olympus"
