"""What the customer of a story is called: by consent in front of strangers, by what they may know among colleagues."""

from collections.abc import Iterable, Sequence

from references.accounts.models import Account
from references.consents.enums import Scope
from references.consents.names import companies
from references.content.models import Asset, AssetNeed
from references.profiles.masks import cover
from refprogram.kernel.prepared import Among, PreparedValues
from refprogram.people.models import User


def for_strangers(assets: Sequence[Asset]) -> dict[int, str]:
    """Return the customer of each asset that the gate let through: named where it rests on consent to the name.

    Two queries at most.
    """
    named = {account for (account,) in _NAMED(ids=[row.pk for row in assets])}
    return companies((row.account for row in assets), named)


_NAMED = PreparedValues(
    lambda: AssetNeed.objects.filter(Among("asset", "ids"), part=None, scope=Scope.COMPANY).values_list(
        "asset__account"
    )
)


def for_colleagues(accounts: Iterable[Account], viewer: User) -> None:
    """Put masks in place of the names that this colleague may not know: for rows that are only drawn."""
    cover(accounts, viewer)
