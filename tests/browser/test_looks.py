"""What only a browser can tell of the design: nothing is cut off, and one button of a list stands out."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.street import PHONE

pytestmark = pytest.mark.browser

# The left edge of each line of text of a fact, against the edge at which the line is clipped.
LINES_CUT_OFF = """(line) => {
  const fact = line.querySelector("span"), words = document.createRange();
  fact.textContent = "a task: look through all of your accounts together with your manager";
  words.selectNodeContents(fact);
  const edge = line.getBoundingClientRect().left + parseFloat(getComputedStyle(line).marginLeft) * -1;
  const lines = [...words.getClientRects()];
  return [lines.length, lines.filter((one) => one.left < edge - 0.5).length];
}"""
FILLED = """(list) => [...list.children].map((line) => {
  const button = line.querySelector(".btn-primary");
  return button && getComputedStyle(button).backgroundColor;
}).filter(Boolean)"""


@pytest.fixture
def styleguide(page: Page, site, sign_in, settings, faults) -> Page:
    settings.DEBUG = True
    sign_in(page, "rep")
    page.goto(f"{site}/styleguide/")
    return page


def test_a_fact_that_wraps_is_not_cut_off(styleguide: Page) -> None:
    styleguide.set_viewport_size(PHONE)
    lines, cut_off = styleguide.locator(".rp-facts-line").first.evaluate(LINES_CUT_OFF)
    assert lines > 1
    assert cut_off == 0


def test_one_button_of_a_list_is_filled_and_it_goes_with_the_keyboard(styleguide: Page) -> None:
    tasks = styleguide.locator(".rp-tasks:has(.btn-primary)").first
    tasks.evaluate("(list) => list.append(...[...list.children].map((line) => line.cloneNode(true)))")
    first, *others = tasks.evaluate(FILLED)
    assert set(others) == {others[0]}
    assert first != others[0]

    first_button = tasks.locator(".btn-primary").first
    tasks.focus()
    for _key in range(len(others) + 4):
        styleguide.keyboard.press("j")
    expect(first_button).to_have_css("background-color", others[0])  # colours change within a moment
