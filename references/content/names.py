"""What the customer of a story is called: by consent in front of strangers, by what they may know among colleagues."""

from collections.abc import Iterable, Sequence

from references.accounts.models import Account
from references.consents.enums import Scope
from references.consents.names import companies
from references.content.models import Asset, AssetNeed
from references.profiles.masks import cover
from refprogram.people.models import User


def for_strangers(assets: Sequence[Asset]) -> dict[int, str]:
    """Return the customer of each asset that the gate let through: named where it rests on consent to the name.

    Two queries at most.
    """
    needs = AssetNeed.objects.filter(asset__in=[row.pk for row in assets], part=None, scope=Scope.COMPANY)
    named = set(needs.values_list("asset__account", flat=True))
    return companies((row.account for row in assets), named)


def for_colleagues(accounts: Iterable[Account], viewer: User) -> None:
    """Put masks in place of the names that this colleague may not know: for rows that are only drawn."""
    cover(accounts, viewer)
