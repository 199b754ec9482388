"""Plotting a request: out of scope, what it costs, what it pushes out of the month, and whom it goes to instead."""

import pytest

from refprogram.governance.plotting.enums import PlotState
from refprogram.governance.plotting.models import PlottedRequest
from tests.factories.capacity import asked_of_us
from tests.factories.charter import holding

pytestmark = pytest.mark.browser


def test_a_request_is_plotted_and_says_what_it_displaces(page, site, sign_in, axe, pictures, cast):
    holding()
    executive = cast.executive
    asked_of_us(8, hours=20)
    sign_in(page, "marketer")
    page.goto(f"{site}/charter/")
    axe(page)
    page.get_by_role("link", name="Plot a request").click()
    page.get_by_label("What is asked for?").fill("24 board names for the annual meeting")
    page.get_by_role("button", name="Show where it lies").click()
    page.get_by_text("Out of scope").wait_for()
    assert page.locator("#verdict .v").inner_text() == "Board name"
    assert "96 h" in page.locator("#verdict").inner_text()
    falls = page.get_by_role("list", name="Pushes these").get_by_role("listitem")
    assert falls.count() > 1
    axe(page)
    pictures(page, "charter-plot")
    page.get_by_label("Who asks").fill("The board")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="Pass it on").click()
    page.get_by_role("combobox", name="Who can help").fill(executive.name)
    page.get_by_role("option", name=executive.name).click()
    page.get_by_role("button", name="Pass it on").click()
    page.get_by_text("Passed on. They get a mail").wait_for()
    axe(page)
    row = PlottedRequest.objects.get()
    assert (row.state, row.redirect_to, row.because) == (
        PlotState.REDIRECTED, executive, "Boards are asked by the executives.",
    )  # fmt: skip
