"""What journeys begin with."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.street import MONDAY, Street


@pytest.fixture
def street(
    page: Page,
    site: str,
    sign_in: Any,
    axe: Any,
    pictures: Any,
    drain: Any,
    mailoutbox: Any,
    time_machine: Any,
    faults: list[str],
) -> Street:
    """A Monday morning."""
    time_machine.move_to(MONDAY)
    return Street(page, site, sign_in, axe, pictures, drain, mailoutbox, time_machine)
