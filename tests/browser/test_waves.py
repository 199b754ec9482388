"""A wave is planned: cohorts by last name, an overlap said beside its field, the simulation, the start."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from nominations.models import Wave
from nominations.waves.enums import WaveState
from tests.factories.people import UserFactory

pytestmark = pytest.mark.browser
NAMES = ("Ana Abel", "Bo Brand", "Cy Marsh", "Di Nolan", "Ed Zimmer")


def plan_it(page: Page, site: str, axe: Any) -> None:
    page.goto(f"{site}/waves/new/")
    axe(page)
    page.get_by_label("Name").fill("Autumn letters")
    page.get_by_label("Number of cohorts").fill("2")
    page.get_by_role("button", name="Make the cohorts").click()
    expect(page.get_by_role("heading", name="Cohorts of Autumn letters")).to_be_visible()


def set_the_ranges(page: Page, axe: Any, pictures: Any) -> None:
    """The calendar follows what is typed; an overlap is refused beside its field."""
    for name, letters in (("to_1", "P"), ("from_2", "N")):
        page.locator(f"#id_{name}").fill(letters)
        page.locator(f"#id_{name}").blur()
    expect(page.locator("#calendar")).to_contain_text("This overlaps with cohort 1.")
    page.get_by_role("button", name="Save the cohorts").click()
    expect(page.locator("#id_from_2")).to_have_class(re.compile("is-invalid"))
    axe(page)
    pictures(page, "wave-cohorts")
    page.locator("#id_to_1").fill("M")
    page.locator("#id_to_1").blur()
    expect(page.locator("#calendar")).to_contain_text("Last names up to M")
    page.get_by_role("button", name="Save the cohorts").click()
    expect(page.get_by_role("heading", name="Autumn letters")).to_be_visible()


def try_other_figures(page: Page, axe: Any, pictures: Any) -> None:
    expect(page.locator("#simulated figure[data-chart]")).to_have_count(3)
    page.locator("#simulated").get_by_label("Decisions on a working day").fill("9")
    page.get_by_role("button", name="What if?").click()
    expect(page.locator("#simulated figure[data-chart]")).to_have_count(6)
    expect(page.locator("#simulated")).to_contain_text("With other figures")
    page.get_by_text("How this is counted, with its numbers").click()
    axe(page)
    pictures(page, "wave")


def test_a_wave_is_planned_tried_and_started(
    page: Page, site: str, sign_in: Any, axe: Any, pictures: Any, faults: Any
) -> None:
    for name in NAMES:
        UserFactory(name=name)
    sign_in(page, "marketer")

    plan_it(page, site, axe)
    set_the_ranges(page, axe, pictures)
    assert all("422" in fault for fault in faults)  # the save that was refused
    faults.clear()
    try_other_figures(page, axe, pictures)
    page.get_by_role("button", name="Start the wave").click()
    page.get_by_role("dialog").get_by_role("button", name="Start the wave").click()
    expect(page.get_by_text("Started. Each cohort is told on its first day.")).to_be_visible()

    wave = Wave.objects.get()
    assert wave.state == WaveState.RUNNING
    rules = [{"from": "", "to": "M"}, {"from": "N", "to": ""}]
    assert list(wave.cohorts.order_by("number").values_list("rule", flat=True)) == rules
