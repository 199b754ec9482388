"""Dashboards in a browser: readable by everybody, at both widths; the paper for the board is made and opened."""

import datetime as dt

import pytest

from refprogram.dashboards.metrics import counting
from refprogram.kernel import jobs
from refprogram.kernel.models import Job
from tests.factories.dashboards import closed_deals
from tests.factories.references import AccountFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CLOSED = dt.date(2026, 10, 5)
SEEN = (
    ("sales_head", ("sales/",)),
    ("support", ("support/",)),
    ("marketer", ("program/", "metrics/matched_lift/", "")),
)


def test_dashboards_are_readable_and_the_paper_is_made(page, site, sign_in, axe, pictures, cast, drain):
    for stage, number in (("won", 14), ("lost", 8)):
        closed_deals(number, on=CLOSED, stage=stage, reference=True, owner=cast.rep)
        closed_deals(number, on=CLOSED, stage=stage, owner=cast.rep)
    long = "Very Long and Winding Company Name of Several Continents and Their Islands Holding"
    AccountFactory(name=long, csm=cast.support, nps=10)
    counting.keep_nightly()
    counting.count_live()
    drain()
    for role, places in SEEN:
        sign_in(page, role)
        for place in places:
            page.goto(f"{site}/dashboards/{place}")
            axe(page)
        pictures(page, f"dashboards-{role}")
    page.goto(f"{site}/dashboards/")
    assert page.get_by_role("link", name="The deals that closed").is_visible()
    page.get_by_role("button", name="PDF").click()
    page.wait_for_url("**/jobs/**")
    job = Job.objects.get(kind="board_paper")
    jobs.run(job_id=job.pk)
    job.refresh_from_db()
    answer = page.request.get(f"{site}{job.result['url']}")
    assert answer.body().startswith(b"%PDF")
