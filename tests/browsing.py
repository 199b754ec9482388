"""A real Chromium on a real server: signing in, axe, pictures. For tests marked `browser`."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from playwright.sync_api import Page

from refprogram.ops import chromium
from refprogram.ops.places import BASE_DIR
from tests.cast import Cast, signed_in

WIDTHS = {390: 844, 1440: 900}
PICTURES = BASE_DIR / "var" / "screenshots"
# Two frames for the theme to change, then the end of what moves because of it.
SETTLED = """async () => {
  for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
  await Promise.allSettled(document.getAnimations().map((one) => one.finished));
}"""
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Which Chromium, and how."""
    path, env = chromium.find()
    return {**browser_type_launch_args, "executable_path": path, "args": chromium.FLAGS, "env": {**os.environ, **env}}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A desk's window, high enough for every role's navigation: what is half scrolled away is no finding of axe's."""
    return {**browser_context_args, "viewport": {"width": 1440, "height": 1000}}


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """The program's address is that of the test's server: in links of mails, too."""
    settings.BASE_URL = live_server.url
    return str(live_server.url)


@pytest.fixture
def sign_in(cast: Cast, site: str) -> Callable[[Page, str], None]:
    """`sign_in(page, "rep")`: the browser becomes that colleague (the sign-in page has a test of its own)."""

    def come_in(page: Page, part: str) -> None:
        cookie = signed_in(cast[part]).cookies[django_settings.SESSION_COOKIE_NAME]
        sign_out(page)
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])

    return come_in


def sign_out(page: Page) -> None:
    """The browser becomes nobody's: first whatever its page still loads or asks for has ended."""
    page.wait_for_load_state()
    page.goto("about:blank")
    page.context.clear_cookies()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)`: nothing that WCAG 2.2 AA or good practice forbids."""

    def check(page: Page) -> None:
        found = Axe().run(page, options=AXE)
        assert not found.response["violations"], found.generate_report()

    return check


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Callable[..., list[Path]]:
    """`pictures(page, "desk")`: nothing sticks out at 390 or 1440; with PICTURES=1 drawn too, into var/screenshots/.

    The page is left dark: what follows in the same test is seen, and asked by axe, in the other scheme.
    """

    def take(page: Page, name: str) -> list[Path]:
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        taken = [file for width in WIDTHS for file in _look(page, name, width)]
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        return taken

    return take


def _look(page: Page, name: str, width: int) -> list[Path]:
    """Look at a page at one width: no sideways scroll. Pictures are for people and take long, so they are asked for."""
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.evaluate(SETTLED)
    too_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not too_wide, f"{name} scrolls sideways at {width} px"
    return [_take(page, name, width, scheme) for scheme in ("light", "dark")] if os.environ.get("PICTURES") else []


def _take(page: Page, name: str, width: int, scheme: Any) -> Path:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.evaluate(SETTLED)
    file = PICTURES / f"{re.sub(r'[^a-z0-9-]+', '-', name)}-{width}{'-dark' if scheme == 'dark' else ''}.png"
    page.screenshot(path=file, full_page=True, animations="disabled")
    return file


@pytest.fixture
def faults(page: Page) -> Iterator[list[str]]:
    """What the browser complains of while the test runs (scripts, blocked content); empty at its end."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    yield found
    assert found == []
