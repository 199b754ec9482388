"""Pages of quotas, the standings beside the figures, and what the Monday mail's buttons open."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from nominations import screening_mail
from nominations.models import Nomination
from nominations.quotas import services
from nominations.quotas.models import QuotaPlan, QuotaShare
from nominations.quotas.views import PlanList, ShareList
from nominations.standings import digest
from nominations.standings.counting import ENROLLED
from refprogram.kernel import links, rollups
from refprogram.people.models import User
from tests.budgets import Budget
from tests.cast import ApiClients, Cast, Clients
from tests.contracts import FormContract, ListContract
from tests.factories.nominations import NominationFactory, screened
from tests.factories.people import UserFactory
from tests.factories.quotas import facts, opened, planned, share_of
from tests.mailbox import mails_to, token_in

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    return str(answer.content.decode())


class TestShares(ListContract):
    """The list of shares."""

    view = ShareList
    reader = "sales_head"

    @staticmethod
    def make(count: int, cast: Cast) -> None:
        UserFactory.create_batch(count, team=cast.north)
        plan = QuotaPlan.objects.first() or opened(cast.sales_head)
        services.draw_up(plan=plan)


class TestPlans(ListContract):
    """The list of quotas."""

    view = PlanList
    reader = "sales_head"

    @staticmethod
    def make(count: int, cast: Cast) -> None:
        assert cast.rep
        for _number in range(count):
            planned(cast.sales_head)


class TestPlanAQuota(FormContract):
    """Planning one."""

    url, reader, typed = "/quotas/plans/new/", "sales_head", "Spring"
    broken = {"target": "0"}

    @pytest.fixture(autouse=True)
    def _owner(self, cast: Cast) -> None:
        given = facts(owner=cast.sales_head.public_id, name="Spring", wave="")
        dates = {name: given[name].isoformat() for name in ("starts_on", "ends_on")}
        self.good = {**given, **dates, "target": "4", "gap_weight": "1.5", "teams": [], "regions": []}

    @staticmethod
    def count() -> int:
        return QuotaPlan.objects.count()


def test_everybody_reads_their_own_share(clients: Clients, cast: Cast) -> None:
    assert cast.rep
    assert cast.other_team_rep
    plan = opened(cast.sales_head)
    page = text(clients["rep"].get("/quotas/"))
    assert ("0 of 4, 8 weeks left; one in a gap counts 1.5" in page, "Olga Outsider" in page) == (True, False)
    assert plan.name in text(clients["rep"].get("/"))
    assert "Rhea Rep" in text(clients["manager"].get("/quotas/"))
    assert "Olga Outsider" in text(clients["sales_head"].get("/quotas/"))


def test_the_export_is_what_its_reader_sees(clients: Clients, cast: Cast) -> None:
    assert cast.rep
    assert cast.other_team_rep
    opened(cast.sales_head)
    shown = b"".join(clients["manager"].get("/quotas/?format=csv").streaming_content).decode()
    assert ("Rhea Rep" in shown, "Olga Outsider" in shown) == (True, False)


def test_an_objection_and_its_answer(clients: Clients, cast: Cast) -> None:
    url = f"/quotas/{share_of(cast.rep, opened(cast.sales_head)).public_id}/"
    clients["rep"].post(f"{url}object/", {"text": "Two were joined to others."})
    assert "Two were joined to others." in text(clients["sales_head"].get(url))
    assert "objects to their count" in text(clients["sales_head"].get("/"))
    clients["sales_head"].post(f"{url}answer/", {"grant": "yes", "text": "They were."})
    share = QuotaShare.objects.get()
    assert (share.waived_by, share.waive_reason) == (cast.sales_head, "They were.")
    assert "They were." in text(clients["rep"].get(url))


def test_what_runs_is_not_made_harder(clients: Clients, cast: Cast) -> None:
    assert cast.rep
    plan = opened(cast.sales_head)
    page = clients["sales_head"].get(f"{plan.get_absolute_url()}edit/")
    said = {**{name: value for name, value in page.context["form"].initial.items() if value is not None}, "target": "9"}
    answer = clients["sales_head"].post(f"{plan.get_absolute_url()}edit/", said)
    assert (answer.status_code, "only its name, grace" in text(answer)) == (422, True)


@pytest.mark.parametrize("page", ["nominations:quota", "nominations:quota-share"])
def test_pages_are_flat(budget: Budget, clients: Clients, cast: Cast, page: str) -> None:
    plan = opened(cast.sales_head)

    def make(count: int) -> None:
        UserFactory.create_batch(count)
        services.draw_up(plan=plan)

    make(1)
    share = plan.shares.order_by("pk").first()
    url = plan.get_absolute_url() if page == "nominations:quota" else f"/quotas/{share.public_id}/"
    budget.flat(page, make=make, visit=lambda: clients["sales_head"].get(url))


# ---------------------------------------------------------------- standings


def enrolled(user: User, times: int) -> None:
    keys = {"rep": user.person_id, "team": user.team_id, "region": user.team.region_id if user.team else None}
    rollups.add(metric=ENROLLED, at=dt.datetime.now(dt.UTC), keys=keys, value=times)


def test_leagues_last_places_and_ones_own_best_are_on_the_page(clients: Clients, cast: Cast) -> None:
    for number in range(9):
        enrolled(UserFactory(name=f"Rep {number}", team=cast.north), number)
    page = text(clients["manager"].get("/standings/"))
    assert ("Last places" in page, "New here" in page) == (True, True)
    assert "Last places" not in text(clients["rep"].get("/standings/"))
    enrolled(cast.rep, 3)
    assert "Your best so far." in text(clients["rep"].get("/standings/?league=sales"))


def test_standings_by_the_api(api: ApiClients, cast: Cast) -> None:
    for number in range(6):
        enrolled(UserFactory(name=f"Rep {number}"), 6 - number)
    enrolled(cast.rep, 1)
    body = api["rep"].get("/api/v1/standings?limit=2&offset=2").json()
    assert [(line["name"], float(line["enrolled"])) for line in body["lines"]] == [("Rep 2", 4.0), ("Rep 3", 3.0)]
    assert (body["mine"]["rank"], body["counted"]) == (6, 7)
    assert api["rep"].get("/api/v1/standings?league=moon").status_code == 422


# ---------------------------------------------------------------- the buttons of the Monday mail


def monday(cast: Cast, drain: Callable[[], int], outbox: Any) -> None:
    assert cast.manager
    assert cast.sales_head
    enrolled(cast.rep, 2)
    UserFactory(name="Nils Nothing", team=cast.north)
    digest.send_weekly_digest()
    drain()


@pytest.fixture
def at_nine(time_machine: Any) -> None:
    time_machine.move_to("2026-11-23 09:00Z")


@pytest.mark.usefixtures("at_nine")
def test_a_manager_reminds_the_team_from_the_mail(
    cast: Cast, drain: Callable[[], int], mailoutbox: Any, anonymous: Any
) -> None:
    monday(cast, drain, mailoutbox)
    url = f"/s/{token_in(mails_to(cast.manager, mailoutbox)[0])}/"
    asked = text(anonymous.get(url))
    assert "Nils Nothing" in asked
    nils = User.objects.get(person__name="Nils Nothing")
    assert nils.person.notices.filter(key__startswith="team-reminder").count() == 0
    for _again in range(2):
        anonymous.post(url)
    assert nils.person.notices.filter(key__startswith="team-reminder").count() == 1


@pytest.mark.usefixtures("at_nine")
def test_who_leads_sales_thanks_the_first_team_from_the_mail(
    cast: Cast, drain: Callable[[], int], mailoutbox: Any, anonymous: Any
) -> None:
    monday(cast, drain, mailoutbox)
    url = f"/s/{token_in(mails_to(cast.sales_head, mailoutbox)[0])}/"
    assert "Thank North?" in text(anonymous.get(url))
    anonymous.post(url)
    assert "thanks you: North leads" in cast.rep.person.notices.get(key__startswith="team-thanks").text


@pytest.mark.usefixtures("at_nine")
def test_a_nomination_from_the_mail_is_made_once(
    cast: Cast, drain: Callable[[], int], mailoutbox: Any, anonymous: Any
) -> None:
    monday(cast, drain, mailoutbox)
    url = f"/s/{token_in(mails_to(cast.rep, mailoutbox)[0])}/"
    assert anonymous.post(url, {"account": "", "why": ""}).status_code == 422
    assert anonymous.post(url, {"account": "Kestrel Freight", "why": "Trucks are full."}).status_code == 200
    assert anonymous.post(url, {"account": "Oriel Bank", "why": "Again."}).status_code == 422
    assert [row.account.name for row in Nomination.objects.select_related("account")] == ["Kestrel Freight"]
    assert links.find(url.split("/")[2]).used_at is not None


@pytest.mark.usefixtures("at_nine")
def test_a_screener_decides_about_the_oldest_from_the_mail(
    cast: Cast, drain: Callable[[], int], mailoutbox: Any, anonymous: Any
) -> None:
    assert cast.marketer
    oldest, newer = (screened(NominationFactory(nominator=cast.rep)) for _number in range(2))
    for _again in range(2):
        screening_mail.send()
    drain()
    (mail,) = mails_to(cast.marketer, mailoutbox)
    assert mail.subject == "2 nominations to screen, the oldest has waited 0 days"
    url = f"/s/{token_in(mail)}/"
    assert oldest.account.name in text(anonymous.get(url))
    assert anonymous.post(url, {"decision": "refuse"}).status_code == 422  # without a reason
    assert anonymous.post(url, {"decision": "refuse", "reason": "We have eleven."}).status_code == 200
    assert "decided already" in text(anonymous.get(url))
    for row, state in ((oldest, "not_approved"), (newer, "screening")):
        row.refresh_from_db()
        assert row.state == state
