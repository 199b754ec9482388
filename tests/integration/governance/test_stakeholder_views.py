"""The register and the directory as people use them; the same few queries however many are in it."""

import pytest

from refprogram.governance.stakeholders.models import Launch, Stakeholder
from refprogram.governance.stakeholders.views import StakeholderList
from tests.contracts import FormContract, ListContract
from tests.factories.stakeholders import (
    DirectoryEntryFactory,
    RequirementFactory,
    StakeholderFactory,
    StakeholderGroupFactory,
)

pytestmark = pytest.mark.django_db


class TestStakeholders(ListContract):
    """The register."""

    view = StakeholderList
    reader = "executive"

    @staticmethod
    def make(count, cast):
        StakeholderFactory.create_batch(count, keeper=cast.marketer, every_days=30)


class TestAdd(FormContract):
    """Adding somebody."""

    url, reader, typed = "/stakeholders/new/", "marketer", "A number each month"
    broken = {"influence": "9"}

    @pytest.fixture(autouse=True)
    def _filled(self):
        group = StakeholderGroupFactory().public_id
        self.good = {"name": "Partner", "group": group, "influence": "4", "interest": "2",
                     "success": "A number each month"}  # fmt: skip

    @staticmethod
    def count():
        return Stakeholder.objects.count()


class TestLaunch(FormContract):
    """Planning a launch."""

    url, reader, typed = "/directory/launches/new/", "marketer", "Nightly sync"
    good = {"name": "Nightly sync", "on": "2027-03-15", "references": "3", "hours": "1.5"}
    broken = {"references": "many"}

    @staticmethod
    def count():
        return Launch.objects.count()


def test_pages_cost_the_same_however_many_are_there(budget, clients, marketer):
    group = StakeholderGroupFactory()

    def more(count):
        for row in StakeholderFactory.create_batch(count, group=group, keeper=marketer, every_days=10):
            RequirementFactory(stakeholder=row)

    visit = clients["marketer"].get
    budget.flat("governance:stakeholder-picture", make=more, visit=lambda: visit("/stakeholders/picture/"))
    budget.flat("governance:directory", make=DirectoryEntryFactory.create_batch, visit=lambda: visit("/directory/"))
    row = Stakeholder.objects.first()
    visit(row.get_absolute_url())
    with budget("governance:stakeholder"):
        visit(row.get_absolute_url())


def test_a_fourth_key_group_says_why_not(clients):
    groups = [StakeholderGroupFactory(is_key=place < 3) for place in range(4)]
    clients["marketer"].post(f"/stakeholders/groups/{groups[3].public_id}/key/")
    assert "Three groups are key already" in clients["marketer"].get("/stakeholders/picture/").text


def test_the_link_of_somebody_outside_is_shown_to_who_asked(clients):
    row = StakeholderFactory()
    clients["marketer"].post(f"{row.get_absolute_url()}pulse/")
    assert "/s/" in clients["marketer"].get(row.get_absolute_url()).text
    assert "/s/" not in clients["executive"].get(row.get_absolute_url()).text
