"""The real CRM export: known counts, dirt mended only when accepted, and a second run that changes nothing."""

import os
from collections import Counter
from pathlib import Path

import pytest

from references.accounts.models import Account, Opportunity, Product
from references.exchange.batch import Options, import_paths
from references.exchange.services import ImportRefused
from refprogram.people.models import Region, Team, User

pytestmark = [pytest.mark.django_db, pytest.mark.crm]


@pytest.fixture
def export() -> Path:
    folder = os.environ.get("CRM_EXPORT")
    if not folder:
        pytest.skip("CRM_EXPORT is not set")
    return Path(folder)


def test_without_repairs_nothing_at_all_is_written(export: Path) -> None:
    with pytest.raises(ImportRefused):
        list(import_paths(export, Options()))

    assert not Account.objects.exists()
    assert not User.objects.filter(external_ref__gt="").exists()


def test_with_repairs_all_of_it_arrives_and_then_nothing_changes(export: Path) -> None:
    first = list(import_paths(export, Options(accept_repairs=True)))
    second = list(import_paths(export, Options()))

    assert [line for line in first if "created" in line] == [
        "teams: 35 created, 0 updated, 0 unchanged, 0 rejected",
        "products: 7 created, 0 updated, 0 unchanged, 0 rejected",
        "accounts: 85 created, 0 updated, 0 unchanged, 0 rejected",
        "opportunities: 8800 created, 0 updated, 0 unchanged, 0 rejected",
    ]
    assert [line for line in second if "created" in line] == [
        "teams: 0 created, 0 updated, 35 unchanged, 0 rejected",
        "products: 0 created, 0 updated, 7 unchanged, 0 rejected",
        "accounts: 0 created, 0 updated, 85 unchanged, 0 rejected",
        "opportunities: 0 created, 0 updated, 8800 unchanged, 0 rejected",
    ]
    assert (Account.objects.count(), Product.objects.count(), Opportunity.objects.count()) == (85, 7, 8800)
    assert (Region.objects.count(), Team.objects.count()) == (3, 6)


def test_what_is_unknown_stays_unknown(export: Path) -> None:
    list(import_paths(export, Options(accept_repairs=True)))

    assert Opportunity.objects.filter(account=None).count() == 1425
    assert Opportunity.objects.filter(opened_on=None).count() == 500
    assert Opportunity.objects.filter(amount=None).count() == 2089
    assert set(Account.objects.values_list("industry", flat=True)) >= {"technology"}
    assert not Account.objects.filter(industry="technolgy").exists()


def test_owners_are_the_agents_with_most_deals(export: Path) -> None:
    list(import_paths(export, Options(accept_repairs=True)))

    kan = Account.objects.get(name="Kan-code")
    agents = Counter(Opportunity.objects.filter(account=kan).values_list("owner", flat=True))
    assert kan.owner is not None
    assert agents[kan.owner_id] == max(agents.values())
    assert kan.owner.is_active is False
    assert kan.owner.team is not None
    assert kan.region == kan.owner.team.region
    assert not Account.objects.filter(owner=None).exists()


def test_a_dry_run_tells_and_takes_back(export: Path) -> None:
    lines = list(import_paths(export, Options(accept_repairs=True, dry_run=True)))

    assert "opportunities: 8800 created, 0 updated, 0 unchanged, 0 rejected" in lines
    assert not Account.objects.exists()
