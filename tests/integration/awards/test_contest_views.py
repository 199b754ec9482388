"""The pages of contests: what they show and take, in how many queries."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.contests import selectors, services
from awards.contests.desk import desk_items
from awards.contests.enums import Audience, ContestState, Part
from awards.contests.tabs import head_of
from awards.contests.views.contest import ContestList
from awards.models import Category, Contest, PlanItem, Question
from references.accounts import clock
from tests.contracts import FormContract, ListContract
from tests.factories.contests import CategoryFactory, ContestFactory, PrizeFactory, QuestionFactory, moved, opened
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


class TestContests(ListContract):
    view = ContestList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        for _number in range(count):
            CategoryFactory(contest=ContestFactory(owner=cast.marketer))


class TestNewContest(FormContract):
    url, reader = "/contests/new/", "marketer"
    typed, broken = "The Proof Awards", {"event_at": "never"}

    @property
    def good(self):
        event = timezone.now() + dt.timedelta(days=400)
        return {
            "name": "The Proof Awards", "series": "Proof", "year": "2031", "audience": "customers",
            "event_at": f"{event:%Y-%m-%dT%H:%M}", "zone": "Europe/Berlin",
        }  # fmt: skip

    @staticmethod
    def count():
        return Contest.objects.count()


def page(contest, name):
    return reverse(f"awards:{name}", args=[contest.slug])


def test_a_contest_has_few_tabs_and_each_reader_only_theirs(marketer, rep):
    contest = opened(ContestFactory(owner=marketer))
    head = head_of(contest, marketer, "awards:invites")
    assert [tab["name"] for tab in head["tabs"]] == ["Overview", "Plan", "Entries", "Judging", "Winners"]
    assert [tab["name"] for tab in head["tabs"] if tab["current"]] == ["Entries"]
    assert [one["name"] for one in head["beside"] if one["current"]] == ["Invitations"]
    theirs = head_of(contest, rep, "awards:promotion")
    assert [tab["name"] for tab in theirs["tabs"]] == ["Overview", "Entries", "Promotion"]
    assert theirs["beside"] == []
    contest.audience = Audience.INTERNAL
    inside = head_of(contest, rep, "awards:entries")["beside"]
    assert [one["name"] for one in inside] == ["All entries", "Questions"]


def test_a_contests_page_costs_the_same_with_many_categories_and_lines(budget, clients, marketer):
    contest = opened(ContestFactory(owner=marketer))

    def make(count):
        for number in range(count):
            CategoryFactory(contest=contest)
            services.add_item(contest, step="launch", name=f"Line {number}", due_on=clock.today(), by=marketer)

    budget.flat("awards:contest", make=make, visit=lambda: clients["marketer"].get(contest.get_absolute_url()))


def test_the_plan_costs_the_same_with_many_lines(budget, clients, marketer):
    contest = ContestFactory(owner=marketer)

    def make(count):
        for number in range(count):
            owner = UserFactory(role="rep")
            services.add_item(
                contest, step="launch", name=f"Line {number}", due_on=clock.today(), owner=owner, by=marketer
            )
            services.add_member(contest, user=owner, part=Part.PRESS, by=marketer)

    budget.flat("awards:contest-plan", make=make, visit=lambda: clients["marketer"].get(page(contest, "contest-plan")))


def test_the_concept_costs_the_same_with_many_ideas_and_prizes(budget, clients, marketer):
    contest = ContestFactory(owner=marketer)

    def make(count):
        for _number in range(count):
            by = UserFactory(role="marketer")
            services.propose_name(contest, name=f"Name of {by.pk}", by=by)
            PrizeFactory(contest=contest, category=CategoryFactory(contest=contest))

    budget.flat(
        "awards:contest-concept", make=make, visit=lambda: clients["marketer"].get(page(contest, "contest-concept"))
    )


def test_the_questions_cost_the_same_when_there_are_many(budget, clients, marketer):
    contest = opened(ContestFactory(owner=marketer))

    def make(count):
        for _number in range(count):
            question = QuestionFactory(contest=contest, by=UserFactory().person)
            services.answer(question, text="Yes.", public=True, by=marketer)

    budget.flat(
        "awards:contest-questions", make=make, visit=lambda: clients["rep"].get(page(contest, "contest-questions"))
    )


def test_settings_that_were_not_touched_stay_to_the_second(clients, marketer):
    contest = ContestFactory(owner=marketer, zone="Asia/Kolkata")
    Contest.objects.filter(pk=contest.pk).update(closes_at=contest.closes_at + dt.timedelta(seconds=30))
    contest.refresh_from_db()
    form = clients["marketer"].get(page(contest, "contest-settings")).context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    said = {name: value for name, value in said.items() if value is not False}

    answer = clients["marketer"].post(page(contest, "contest-settings"), {**said, "cool_off_years": "3"})

    assert answer.status_code == 302
    changed = Contest.objects.get(pk=contest.pk)
    assert changed.cool_off_years == 3
    assert (changed.closes_at, changed.opens_at) == (contest.closes_at, contest.opens_at)


def test_a_time_that_clocks_jump_over_is_refused_beside_its_field(clients, marketer):
    contest = ContestFactory(owner=marketer, zone="Europe/Berlin")
    form = clients["marketer"].get(page(contest, "contest-settings")).context["form"]
    said = {name: form[name].value() or "" for name in form.fields if form[name].value() is not False}

    answer = clients["marketer"].post(page(contest, "contest-settings"), {**said, "votes_open_at": "2027-03-28T02:30"})

    assert answer.status_code == 422
    assert "votes_open_at" in answer.context["form"].errors


def test_steps_are_taken_by_buttons_and_by_reasons(clients, marketer):
    contest = ContestFactory(owner=marketer)
    CategoryFactory(contest=contest)
    client = clients["marketer"]

    client.post(reverse("awards:contest-step", args=[contest.slug, "announce"]))
    client.post(reverse("awards:contest-step", args=[contest.slug, "open"]))
    early = client.post(reverse("awards:contest-step", args=[contest.slug, "close"]), follow=True)
    assert "Say why" in early.content.decode()
    client.post(page(contest, "contest-close-early"), {"reason": "Legal asks for it."})
    assert Contest.objects.get(pk=contest.pk).state == ContestState.CLOSED
    later = f"{timezone.now() + dt.timedelta(days=9):%Y-%m-%dT%H:%M}"
    client.post(page(contest, "contest-reopen"), {"until": later, "reason": "It was not needed."})

    assert Contest.objects.get(pk=contest.pk).state == ContestState.OPEN


def test_who_owns_a_line_finds_it_on_their_desk_and_settles_it(clients, rep, marketer):
    contest = ContestFactory(owner=marketer)
    item = services.add_item(
        contest, step="launch", name="Call the press", due_on=clock.today(), owner=rep, by=marketer
    )

    duty = next(row for row in desk_items(rep) if row.title == "Call the press")
    answer = clients["rep"].post(duty.actions[0].url)

    assert answer.status_code == 302
    assert PlanItem.objects.get(pk=item.pk).done_at is not None
    assert clients["rep"].get(page(contest, "contest-plan")).status_code == 200
    other = contest.plan.exclude(pk=item.pk).first()
    refused = clients["rep"].post(reverse("awards:plan-verb", args=[contest.slug, other.public_id, "done"]))
    assert refused.status_code == 403


def test_questions_come_to_the_desk_of_who_runs_it_until_answered(clients, rep, marketer):
    contest = opened(ContestFactory(owner=marketer))
    clients["rep"].post(reverse("awards:question-ask", args=[contest.slug]), {"text": "May partners enter?"})
    question = Question.objects.get()

    assert any(row.title == "May partners enter?" for row in desk_items(marketer))
    clients["marketer"].post(
        reverse("awards:question-answer", args=[contest.slug, question.public_id]),
        {"asked": "May partners enter?", "text": "Yes, with a customer.", "public": "on"},
    )

    assert not any(row.title == "May partners enter?" for row in desk_items(marketer))
    assert "Yes, with a customer." in clients["rep"].get(page(contest, "contest-questions")).content.decode()


def test_categories_prizes_and_sponsors_are_kept_by_their_forms(clients, marketer):
    contest = ContestFactory(owner=marketer)
    client = clients["marketer"]
    said = {"name": "Supply", "kind": "application", "max_winners": "2", "min_entries": "3", "min_score": "60"}

    client.post(page(contest, "category-new"), said)
    category = Category.objects.get()
    client.post(
        page(contest, "prize-new"),
        {"item": "A dinner", "kind": "dinner", "category": category.public_id, "place": "1", "value": "500"},
    )
    client.post(page(contest, "sponsor-new"), {"name": "Nordvik", "tier": "lead", "url": "https://nordvik.example/"})

    assert (category.slug, category.max_winners, category.min_entries) == ("supply", 2, 3)
    assert [prize.category_id for prize in selectors.prizes_of(contest)] == [category.pk]
    assert [sponsor.name for sponsor in selectors.sponsors_of(contest)] == ["Nordvik"]
    client.post(reverse("awards:part-remove", args=[contest.slug, "categories", category.public_id]))
    assert not Category.objects.exists()


def test_a_contest_of_our_own_teams_has_no_public_page(clients, marketer):
    internal = opened(ContestFactory(owner=marketer, audience="internal"))

    assert clients["anonymous"].get(page(internal, "site")).status_code == 404
    assert page(internal, "site") not in clients["marketer"].get(internal.get_absolute_url()).content.decode()
    assert "Supply" not in clients["anonymous"].get(reverse("awards:sites")).content.decode()


def test_what_the_api_says_of_moments_is_what_was_meant(api, marketer):
    contest = moved(ContestFactory(owner=marketer), ContestState.OPEN)

    answer = api["marketer"].patch(
        f"/api/v1/contests/{contest.public_id}",
        {"closes_at": (contest.closes_at - dt.timedelta(days=1)).isoformat()},
        content_type="application/json",
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "closes_at"
