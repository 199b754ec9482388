"""A form is built, sent to a customer, answered on a phone by link; its score stands on account and results."""

import re

import pytest
from playwright.sync_api import Page, expect

from references.surveys import services
from refprogram.kernel import links
from refprogram.kernel.form_builder import services as forms
from refprogram.kernel.form_builder.fields import Condition, FieldSpec, Option
from refprogram.kernel.models import FormAnswer, FormDesign
from tests.browsing import sign_out
from tests.factories.forms import SCORE, published_form
from tests.factories.references import AccountFactory, ContactFactory
from tests.factories.surveys import answered, invited, running

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 1000}


def add(page: Page, kind: str, question: str) -> None:
    page.get_by_label("Kind of field").select_option(label=kind)
    page.get_by_role("button", name="Add a field").click()
    page.get_by_label("Question", exact=True).fill(question)


def keep(page: Page) -> None:
    page.get_by_role("button", name="Keep this field").click()
    expect(page.locator("#editing")).to_have_count(0)


def build_the_form(page: Page, site, axe, pictures) -> None:
    page.goto(f"{site}/forms/new/")
    axe(page)
    page.get_by_label("Name").fill("Autumn")
    page.get_by_role("button", name="Start building").click()
    add(page, "How likely to recommend (0 to 10)", "Would you recommend us?")
    page.get_by_label("Must be answered").check()
    keep(page)
    add(page, "Long text", "What should we do better?")
    expect(page.locator("#preview")).to_contain_text("What should we do better?")
    page.get_by_label("Which earlier answer").select_option(label="Would you recommend us?")
    page.get_by_label("How it must be").select_option(label="is at most")
    expect(page.get_by_label("How it must be").locator("option")).to_have_count(4)
    page.get_by_label("this answer").select_option(label="6")
    axe(page)
    pictures(page, "form-builder")
    keep(page)
    expect(page.get_by_text("Only if “Would you recommend us?” is at most “6”")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Publish version 1").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish version 1").click()
    expect(page.get_by_text("Version 1 is published.")).to_be_visible()


def start_the_survey(page: Page, site, axe, pictures) -> str:
    page.goto(f"{site}/surveys/new/")
    axe(page)
    page.get_by_label("Name").fill("Autumn wave")
    page.get_by_label("Form", exact=True).select_option(label="Autumn · 1")
    page.get_by_role("button", name="Prepare the survey").click()
    expect(page.get_by_text("of 1 would be asked today")).to_be_visible()
    page.get_by_label("By their last NPS").select_option(label="Promoters (9 and 10)")
    expect(page.get_by_text("of 0 would be asked today")).to_be_visible()
    page.get_by_label("By their last NPS").select_option(label="Never answered")
    expect(page.get_by_text("of 1 would be asked today")).to_be_visible()
    axe(page)
    pictures(page, "survey-wave")
    page.get_by_role("button", name="Add this wave").click()
    page.get_by_role("button", name="Start sending").click()
    page.get_by_role("dialog").get_by_role("button", name="Start sending").click()
    expect(page.get_by_text("Started.")).to_be_visible()
    return page.url


def answer_on_a_phone(page: Page, link: str, axe, pictures) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{link}?score=9")
    expect(page.get_by_label("9", exact=True)).to_be_checked()
    expect(page.get_by_label("What should we do better?")).to_be_hidden()
    axe(page)
    page.get_by_role("radio", name="5", exact=True).check()
    page.get_by_label("What should we do better?").fill("Call us back.")
    expect(page.get_by_text("2 of 2 answered")).to_be_visible()
    expect(page.get_by_text("saved")).to_be_visible()
    axe(page)
    pictures(page, "survey-answer")
    page.set_viewport_size(PHONE)
    page.goto(link)
    expect(page.get_by_label("What should we do better?")).to_have_value("Call us back.")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("heading", name="Thank you. Your answer has arrived.")).to_be_visible()
    axe(page)
    page.set_viewport_size(DESK)


def test_build_send_answer_see(page: Page, site, sign_in, axe, pictures, cast, drain, mailoutbox) -> None:
    account = AccountFactory(name="Kestrel Freight", owner=cast.rep)
    ContactFactory(account=account, person__name="Ana Sousa")
    sign_in(page, "marketer")
    build_the_form(page, site, axe, pictures)
    survey_page = start_the_survey(page, site, axe, pictures)
    services.send_due()
    drain()
    sign_out(page)
    answer_on_a_phone(page, re.search(r"http\S+/s/[\w-]+/", mailoutbox[0].body)[0], axe, pictures)
    assert FormAnswer.objects.get().values == {
        "would_you_recommend_us": "5",
        "what_should_we_do_better": "Call us back.",
    }

    sign_in(page, "rep")
    page.goto(f"{site}{account.get_absolute_url()}")
    expect(page.get_by_text("5 of 10")).to_be_visible()
    expect(page.get_by_text("answered the survey")).to_be_visible()
    sign_in(page, "marketer")
    page.goto(survey_page)
    expect(page.get_by_text("−100").first).to_be_visible()
    expect(page.get_by_text("n = 1")).to_be_visible()
    axe(page)
    pictures(page, "survey")
    page.get_by_role("link", name="All answers").click()
    expect(page.get_by_text("Call us back.")).to_be_visible()
    axe(page)
    pictures(page, "survey-results")


def test_fields_are_moved_by_keyboard_and_by_hand(page: Page, site, sign_in, cast) -> None:
    design = forms.create_design(
        name="Order", purpose="survey", by=cast.marketer,
        specs=[FieldSpec(key, "text", f"Field {key}") for key in ("a", "b", "c")],
    )  # fmt: skip
    sign_in(page, "marketer")
    page.goto(f"{site}{design.get_absolute_url()}")
    titles = page.locator(".rp-built b")

    page.locator("#down-a").focus()
    page.keyboard.press("Enter")
    expect(titles).to_have_text(["Field b", "Field a", "Field c"])
    expect(page.locator("#down-a")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(titles).to_have_text(["Field b", "Field c", "Field a"])
    page.locator("#line-a .handle").drag_to(page.locator("#line-b"))
    expect(titles).to_have_text(["Field a", "Field b", "Field c"])


def test_a_condition_is_chosen_by_keyboard(page: Page, site, sign_in, axe, cast) -> None:
    options = (Option("yes", "Yes, all of it"), Option("no", "No"))
    specs = [
        FieldSpec("happy", "choice", "Are you happy?", options=options),
        FieldSpec("since", "date", "Since when?"),
        FieldSpec("hours", "number", "Hours saved", unit="hours a week"),
        FieldSpec("why", "text", "Why?"),
    ]
    design = forms.create_design(name="Rules", purpose="survey", by=cast.marketer, specs=specs)
    sign_in(page, "marketer")
    page.goto(f"{site}{design.get_absolute_url()}?edit=why")
    which, how, value = page.locator("#e-if"), page.locator("#e-test"), page.locator("#e-value")

    which.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(value).to_have_attribute("type", "date")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#e-awaited")).to_contain_text("hours a week")
    expect(how.locator("option")).to_have_text(["is at least", "is at most", "is answered"])
    page.keyboard.press("Home")
    expect(how).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(how.locator("option")).to_have_text(["is", "is not", "is answered"])
    expect(value.locator("option")).to_have_text(["Choose an answer", "Yes, all of it", "No"])
    expect(which).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(how).to_have_value("is_not")
    expect(how).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    axe(page)
    expect(page.locator("#preview [data-field=why]")).to_be_hidden()
    page.locator("#preview").get_by_text("No", exact=True).click()
    expect(page.locator("#preview [data-field=why]")).to_be_visible()
    keep(page)
    expect(page.get_by_text("Only if “Are you happy?” is not “Yes, all of it”")).to_be_visible()


LONG = "How many hours a week does the whole of your order-to-cash department save since the introduction?"
WORDS = (Option("a", "Donaudampfschifffahrtsgesellschaftskapitaensmuetze"), Option("b", "Another answer"))


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_sticks_out_on_a_narrow_phone(page: Page, site, sign_in, cast, width) -> None:
    specs = [
        FieldSpec("hours", "number", LONG, unit="working hours a week", places=2),
        FieldSpec("many", "choices", LONG, options=WORDS),
        FieldSpec("gain", "metric", LONG, unit="working hours a week"),
        FieldSpec("ten", "rating", LONG, scale=10, low="Not at all to our liking", high="Entirely to our liking"),
        SCORE,
        FieldSpec("why", "text", "Why?", condition=Condition("hours", "at_least", "1")),
    ]
    version = published_form(specs, name="Narrow", purpose="colleagues", by=cast.marketer)
    sign_in(page, "marketer")
    page.set_viewport_size({"width": width, "height": 800})
    for part in ("answer/", "?edit=hours", "?edit=why"):
        page.goto(f"{site}{version.design.get_absolute_url()}{part}")
        assert page.evaluate("document.documentElement.scrollWidth") == width, part


def test_every_kind_of_field(page: Page, site, sign_in, axe, pictures, cast) -> None:
    options = (Option("a", "A first answer"), Option("b", "A second answer, with rather more words than the first"))
    specs = [
        FieldSpec("part", "section", "About you", help="Two minutes."),
        FieldSpec("name", "text", "Your name", required=True, help="As on your card."),
        FieldSpec("one", "choice", "Which one?", options=options, required=True),
        FieldSpec("many", "choices", "Which ones?", options=options, condition=Condition("one", "is", "a")),
        FieldSpec("hours", "number", "Hours saved a week", unit="h", least="0", most="40"),
        FieldSpec("gain", "metric", "What got better?"),
        FieldSpec("day", "date", "Since when?"),
        FieldSpec("proof", "file", "A chart or a report"),
        FieldSpec("stars", "rating", "How was it?", low="Poor", high="Excellent"),
        FieldSpec("ten", "rating", "And on ten?", scale=10),
        SCORE,
        FieldSpec("agree", "consent", "May we keep this?", text="I agree that you keep this.", required=True),
    ]
    version = published_form(specs, name="Everything", purpose="colleagues", by=cast.marketer)
    sign_in(page, "rep")
    page.goto(f"{site}/forms/{version.design.public_id}/answer/")
    axe(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("4 answers need another look")).to_be_visible()
    expect(page.locator(".rp-errors")).to_be_focused()
    page.get_by_role("radio", name="A first answer").check()
    expect(page.get_by_text("Which ones?")).to_be_visible()
    axe(page)
    pictures(page, "form-answer")


def test_two_tabs(page: Page, site, cast, axe) -> None:
    invitation = invited(cast.marketer, ContactFactory())
    page.goto(links.issue(purpose="survey", subject=invitation, person_id=invitation.contact.person_id))
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_role("radio", name="9", exact=True).check()
    expect(page.get_by_text("saved")).to_be_visible()
    other.get_by_role("radio", name="3", exact=True).check()
    expect(other.get_by_text("Your other tab or device saved something newer")).to_be_visible()
    axe(other)
    other.get_by_role("button", name="keep what stands here").click()
    expect(other.get_by_text("1 of 3 answered")).to_be_visible()
    assert FormAnswer.objects.get().values == {"score": "3"}


def test_lists_and_pages(page: Page, site, sign_in, axe, pictures, cast) -> None:
    answered(cast.marketer, ContactFactory(), 10, reason="They kept their word.")
    running(cast.marketer, ContactFactory())
    design = FormDesign.objects.get(name__endswith="(NPS)")
    sign_in(page, "marketer")
    for path, name in (
        ("/surveys/", "surveys"),
        ("/forms/", "forms"),
        (f"/forms/{design.public_id}/versions/", "form-versions"),
        (f"/forms/{design.public_id}/results/", "form-results"),
    ):
        page.goto(f"{site}{path}")
        axe(page)
        pictures(page, name)
