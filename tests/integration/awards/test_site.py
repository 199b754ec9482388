"""The public pages of contests, and what account teams are told: nothing that is not meant for everybody."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.contests import policy, services
from awards.contests.enums import ContestState
from awards.field.services import lot_of, remind_field
from awards.judging.enums import JudgeState
from awards.models import Award, Contest, Criterion, Judge, Round
from awards.site import pictures, selectors, shown
from references.accounts.services import revoke_consent
from refprogram.people.enums import Role
from tests import hostile
from tests.factories.contests import (
    CategoryFactory,
    ContestFactory,
    PrizeFactory,
    QuestionFactory,
    SponsorFactory,
    WonFactory,
    moved,
    opened,
    over_and_published,
)
from tests.factories.entries import handed_in
from tests.factories.people import PersonFactory, UserFactory
from tests.factories.references import AccountFactory
from tests.mailbox import mails_to

pytestmark = pytest.mark.django_db


def judge(contest, name, state=JudgeState.ACCEPTED, **facts):
    return Judge.objects.bulk_create(
        [Judge(contest=contest, person=PersonFactory(name=name), kind="analyst", state=state, **facts)]
    )[0]


def rubric(contest, **weights):
    closes = contest.closes_at
    made = Round(
        contest=contest, name="Jury", opens_at=closes, closes_at=closes + dt.timedelta(days=20),
        hard_close_at=closes + dt.timedelta(days=20),
    )  # fmt: skip
    made.save()
    rows = [
        Criterion(round=made, name=name, weight=weight, position=at)
        for at, (name, weight) in enumerate(weights.items())
    ]
    Criterion.objects.bulk_create(rows)
    return made


def full(marketer):
    contest = opened(ContestFactory(owner=marketer, name="The Proof Awards"))
    services.change(
        contest, by=marketer, tagline="You changed a number. Show us which.", process="Judges see **no** names.",
        payoff="Reasons for all.", rules_text="# Rules\nBe *fair*.", overview="For people.\n\nMore of it.",
    )  # fmt: skip
    rubric(contest, Evidence=Decimal(3), Idea=Decimal(1))
    judge(contest, "Ana Sousa")
    PrizeFactory(contest=contest)
    SponsorFactory(contest=contest, name="Nordvik")
    services.answer(QuestionFactory(contest=contest, text="Who may?"), text="You.", public=True, by=marketer)
    contest.refresh_from_db()
    return contest


def test_the_page_says_what_it_is_how_it_is_judged_and_until_when(clients, marketer):
    contest = full(marketer)

    words = clients["anonymous"].get(reverse("awards:site", args=[contest.slug])).content.decode()

    for part in (
        "You changed a number.", "For people.", "<strong>no</strong>", "Evidence", "75", "Ana Sousa", "Nordvik",
        "Who may?", "Dinner with our chief executive", f"/awards/{contest.slug}/enter/", 'property="og:image"',
        f"/awards/{contest.slug}/share.png",
    ):  # fmt: skip
        assert part in words


def test_only_judges_who_agreed_and_may_be_named_are_named(clients, marketer):
    contest = full(marketer)
    judge(contest, "Invited Person", JudgeState.INVITED)
    judge(contest, "Shy Person", public=False)
    judge(contest, "Declined Person", JudgeState.DECLINED)

    words = clients["anonymous"].get(reverse("awards:site", args=[contest.slug])).content.decode()

    assert "Ana Sousa" in words
    assert not any(f"{who} Person" in words for who in ("Invited", "Shy", "Declined"))


def test_questions_for_colleagues_and_unanswered_ones_stay_inside(clients, marketer):
    contest = full(marketer)
    QuestionFactory(contest=contest, text="Not answered yet?")
    services.answer(QuestionFactory(contest=contest, text="Ours alone?"), text="Yes.", public=False, by=marketer)

    words = clients["anonymous"].get(reverse("awards:site", args=[contest.slug])).content.decode()

    assert "Not answered yet?" not in words
    assert "Ours alone?" not in words


def test_markup_that_somebody_typed_is_text(clients, marketer):
    contest = full(marketer)
    services.change(contest, by=marketer, process="<script>alert(1)</script>", tagline="<b>Bold</b>")

    words = clients["anonymous"].get(reverse("awards:site", args=[contest.slug])).content.decode()

    assert "<script>alert(1)" not in words
    assert "<b>Bold</b>" not in words


def test_the_page_costs_the_same_whatever_stands_on_it(budget, clients, marketer):
    contest = full(marketer)

    def make(count):
        for number in range(count):
            category = CategoryFactory(contest=contest)
            PrizeFactory(contest=contest, category=category)
            SponsorFactory(contest=contest)
            judge(contest, f"Judge {number} {category.pk}")
            question = QuestionFactory(contest=contest)
            services.answer(question, text="Yes.", public=True, by=marketer)

    address = reverse("awards:site", args=[contest.slug])
    budget.flat("awards:site", make=make, visit=lambda: clients["anonymous"].get(address))


def test_the_list_costs_the_same_with_many_contests(budget, clients, marketer):
    def make(count):
        for _number in range(count):
            opened(ContestFactory(owner=marketer))

    budget.flat("awards:sites", make=make, visit=lambda: clients["anonymous"].get(reverse("awards:sites")))


def test_drafts_and_cancelled_contests_are_nowhere(clients, marketer):
    draft = ContestFactory(owner=marketer)
    gone = services.cancel(opened(ContestFactory(owner=marketer)), reason="No money.", by=marketer)

    for contest in (draft, gone):
        for name in ("site", "site-rules", "site-share", "site-picture", "site-overview", "site-qr", "site-dates"):
            assert clients["anonymous"].get(reverse(f"awards:{name}", args=[contest.slug])).status_code == 404


@pytest.mark.parametrize(
    ("name", "kind", "begins"),
    [
        ("site-overview", "application/pdf", b"%PDF"),
        ("site-picture", "image/png", b"\x89PNG"),
        ("site-qr", "image/svg+xml", b"<?xml"),
        ("site-dates", "text/calendar; charset=utf-8", b"BEGIN:VCALENDAR"),
    ],
)
def test_what_is_there_to_take_along(clients, marketer, name, kind, begins):
    contest = full(marketer)

    answer = clients["anonymous"].get(reverse(f"awards:{name}", args=[contest.slug]))

    assert answer["Content-Type"] == kind
    assert answer.content.startswith(begins)


def test_the_overview_is_one_page_however_much_is_said(marketer):
    contest = full(marketer)
    for number in range(12):
        CategoryFactory(contest=contest, name=f"Category {number}", description="Move more with less. " * 30)
        PrizeFactory(contest=contest, item=f"Prize number {number}")
        judge(contest, f"Judge number {number}", organisation="A university with a long name")
    services.change(
        contest, by=marketer, process="How it works. " * 200, payoff="What you gain. " * 200,
        overview="What it is. " * 60, tagline="A headline that is as long as a headline may be here. " * 3,
    )  # fmt: skip
    contest.refresh_from_db()

    content = pictures.overview(lambda: selectors.site_of(contest), contest)

    assert pictures.pages_of(content) == 1


def test_calendar_and_page_say_the_same_moments(marketer):
    contest = full(marketer)

    opens, closes, announced = shown.calendar_entries(contest)

    assert opens.starts == contest.opens_at
    assert closes.ends == contest.closes_at
    assert announced.starts == contest.announce_at
    assert len({entry.uid for entry in (opens, closes, announced)}) == 3


def test_one_enters_only_while_entries_are_taken(clients, marketer):
    contest = ContestFactory(owner=marketer)
    CategoryFactory(contest=contest)
    services.announce(contest, by=marketer)
    address = reverse("awards:site", args=[contest.slug])

    before = clients["anonymous"].get(address).content.decode()
    assert "Entries open on" in before
    assert "Start your entry" not in before

    opened_now = services.open_entries(contest, by=marketer)
    assert "Start your entry" in clients["anonymous"].get(address).content.decode()

    moved(opened_now, ContestState.CLOSED)
    hour = dt.timedelta(hours=1)
    Contest.objects.filter(pk=contest.pk).update(
        opens_at=timezone.now() - 9 * hour, closes_at=timezone.now() - 2 * hour
    )
    after = clients["anonymous"].get(address).content.decode()
    assert "Entries are closed." in after
    assert "Start your entry" not in after


# ---------------------------------------------------------------- questions of the public, logos of sponsors


def test_the_public_asks_without_saying_who_it_is_and_reads_the_answer(clients, marketer, drain, mailoutbox):
    contest = full(marketer)
    address, anonymous = reverse("awards:site-ask", args=[contest.slug]), clients["anonymous"]
    most = policy.now().questions_per_hour
    assert anonymous.post(address, {"text": "A machine?", "website": "https://spam.example"}).status_code == 200
    assert anonymous.post(address, {"text": " "}).status_code == 422
    for number in range(most):
        assert b"Thank you for asking" in anonymous.post(address, {"text": f"May partners enter? {number}"}).content
    refused = anonymous.post(address, {"text": "Once more?"})
    assert (refused.status_code, b"try again in an hour" in refused.content) == (409, True)
    drain()
    assert len(mails_to(marketer, mailoutbox)) == most

    asked = contest.questions.get(text="May partners enter? 0")
    assert asked.asked_by is None
    site = reverse("awards:site", args=[contest.slug])
    assert asked.text not in anonymous.get(site).content.decode()
    services.answer(asked, text="They may.", public=True, by=marketer)
    assert "They may." in anonymous.get(site).content.decode()

    over = over_and_published(contest)
    assert b"The contest is over" in anonymous.get(reverse("awards:site-ask", args=[over.slug])).content
    assert anonymous.post(address, {"text": "Late?"}).status_code == 409


def test_a_sponsors_logo_is_a_washed_picture_that_goes_with_it(clients, marketer):
    contest, anonymous, client = full(marketer), clients["anonymous"], clients["marketer"]
    new = reverse("awards:sponsor-new", args=[contest.slug])
    said = {"name": "Lumen", "tier": "gold"}
    assert client.post(new, {**said, "logo": hostile.upload("logo.svg", hostile.SVG)}).status_code == 422
    assert client.post(new, {**said, "logo": hostile.upload("logo.png", hostile.HTML)}).status_code == 422
    picture = hostile.upload("logo.png", hostile.picture("PNG"))
    assert client.post(new, {**said, "logo": picture}).status_code == 302

    made = contest.sponsors.get(name="Lumen")
    address = reverse("awards:site-logo", args=[contest.slug, made.public_id])
    assert address in anonymous.get(reverse("awards:site", args=[contest.slug])).content.decode()
    answer = anonymous.get(address)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    draft = ContestFactory(owner=marketer)
    assert anonymous.get(reverse("awards:site-logo", args=[draft.slug, made.public_id])).status_code == 404

    edit = reverse("awards:sponsor-edit", args=[contest.slug, made.public_id])
    assert client.post(edit, {**said, "drop_logo": "on"}).status_code == 302
    assert anonymous.get(address).status_code == 404


# ---------------------------------------------------------------- who won


def won(**consents):
    """Return an entry that won, and its contest, whose winners are announced."""
    entry = handed_in(consents=consents)
    WonFactory(place=entry.places.get())
    return entry, over_and_published(entry.contest)


def named(clients, contest, entry):
    words = clients["anonymous"].get(reverse("awards:site", args=[contest.slug])).content.decode()
    return entry.account.name in words


def test_winners_who_agreed_are_named_with_their_measured_result(clients):
    entry, contest = won(winners_page=True)

    words = clients["anonymous"].get(reverse("awards:site", args=[contest.slug])).content.decode()

    assert named(clients, contest, entry)
    assert "12.5" in words


def test_winners_who_did_not_agree_are_not_named(clients):
    entry, contest = won(winners_page=False, case_study=True)

    assert not named(clients, contest, entry)


def test_a_winner_who_takes_it_back_is_named_no_longer(clients, marketer):
    entry, contest = won(winners_page=True)
    consent = entry.consents.get(use="winners_page").consent

    revoke_consent(consent=consent, actor=marketer)

    assert not named(clients, contest, entry)


def test_winners_under_embargo_or_revoked_are_not_named(clients):
    entry, contest = won(winners_page=True)

    for state in ("proposed", "approved", "embargoed", "notified", "accepted", "declined", "revoked"):
        Award.objects.update(state=state)
        assert not named(clients, contest, entry)
    Award.objects.update(state="published")
    Contest.objects.filter(pk=contest.pk).update(announce_at=timezone.now() + dt.timedelta(hours=1))
    assert not named(clients, contest, entry)


def test_frozen_customers_are_not_named(clients):
    entry, contest = won(winners_page=True)
    type(entry.account).objects.filter(pk=entry.account_id).update(frozen=True)

    assert not named(clients, contest, entry)


def test_next_years_page_names_last_years_winners(clients, marketer):
    entry, contest = won(winners_page=True)
    again = opened(ContestFactory(owner=marketer, series=contest.series, year=contest.year + 1))
    other = opened(ContestFactory(owner=marketer, year=contest.year + 1))

    assert named(clients, again, entry)
    assert not named(clients, other, entry)


# ---------------------------------------------------------------- the field


def test_owners_of_customers_who_could_enter_are_called_once_for_each_call(drain, marketer, mailoutbox, time_machine):
    owner, other = UserFactory(role=Role.REP), UserFactory(role=Role.REP)
    AccountFactory(owner=owner, state="active", name="Kestrel Freight")
    AccountFactory(owner=other, state="identified")
    contest = opened(ContestFactory(owner=marketer))

    for _again in range(2):
        remind_field(timezone.now())
        drain()
    assert len(mails_to(owner, mailoutbox)) == 1
    assert "Kestrel Freight" in mails_to(owner, mailoutbox)[0].body
    assert not mails_to(other, mailoutbox)

    time_machine.move_to(contest.closes_at - dt.timedelta(days=29))
    remind_field(timezone.now())
    drain()
    assert len(mails_to(owner, mailoutbox)) == 2


@pytest.mark.parametrize(
    ("days", "lot"),
    [(90, "opened"), (60, "opened"), (59, "60 days"), (29, "30 days"), (13, "14 days"), (0, "14 days"), (-1, "")],
)
def test_the_nearest_call_that_is_reached_is_due(marketer, days, lot):
    contest = opened(ContestFactory(owner=marketer))

    assert lot_of(contest, contest.closes_at - dt.timedelta(days=days)) == lot


def test_reps_read_what_to_say_and_whom_of_theirs_to_ask(clients, rep, marketer):
    AccountFactory(owner=rep, state="active", name="Kestrel Freight")
    AccountFactory(owner=UserFactory(role=Role.REP), state="active", name="Somebody Else")
    AccountFactory(owner=rep, state="active", name="Frozen Ltd", frozen=True)
    contest = opened(ContestFactory(owner=marketer))

    words = clients["rep"].get(reverse("awards:contest-field", args=[contest.slug])).content.decode()

    assert "Kestrel Freight" in words
    assert "Somebody Else" not in words
    assert "Frozen Ltd" not in words
    assert "Mail to a customer" in words


def test_the_page_for_the_field_costs_the_same_with_many_customers(budget, clients, rep, marketer):
    contest = opened(ContestFactory(owner=marketer))

    def make(count):
        AccountFactory.create_batch(count, owner=rep, state="active")

    address = reverse("awards:contest-field", args=[contest.slug])
    budget.flat("awards:contest-field", make=make, visit=lambda: clients["rep"].get(address))
