"""An administrator invites an agent whom the CRM knows; she comes in by the mail's link and sets herself up."""

import re

import pytest

from refprogram.people import services
from tests.browsing import sign_out

pytestmark = pytest.mark.browser


def test_from_the_crm_to_the_first_token(page, site, sign_in, cast, drain, mailoutbox, axe, faults, time_machine):
    time_machine.move_to("2026-11-02T09:00Z")
    services.ensure_agent(external_ref="Darcel Schlecht", name="Darcel Schlecht", team=cast.north)

    sign_in(page, "admin")
    page.goto(f"{site}/people/?standing=inactive")
    axe(page)
    page.get_by_role("link", name="Darcel Schlecht").click()
    page.get_by_role("link", name="Invite").click()
    page.get_by_label("Work e-mail").fill("darcel@house.example")
    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_text("Darcel Schlecht is invited.").wait_for()
    axe(page)

    drain()
    link = re.search(r"http\S+/s/\S+/", mailoutbox[0].body)[0]
    sign_out(page)
    page.goto(link)
    axe(page)
    page.get_by_label("Choose a password").fill("a long enough phrase")
    page.get_by_role("button", name="Come in").click()
    page.wait_for_url(f"{site}/")

    page.goto(f"{site}/settings/")
    page.get_by_label("Title").fill("Account executive")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    axe(page)

    page.goto(f"{site}/settings/tokens/")
    page.get_by_label("What will use it").fill("Nightly export")
    page.get_by_role("button", name="Make the token").click()
    assert page.get_by_label("Your new token").input_value().startswith("rp_")
    axe(page)
