"""What can be chosen in rules: (value, word), as it is today. A page asks for each once, however many rules it has."""

from collections.abc import Callable
from typing import Any

from incentives.badges.models import Badge
from incentives.draws.enums import DrawState
from incentives.draws.models import Draw
from incentives.ledger.enums import WalletKind
from incentives.ledger.models import Wallet
from references.accounts.selectors import industries as industries_of_accounts
from references.models import ActivityType
from refprogram.kernel.asked_once import once_per_answer
from refprogram.people.enums import Role
from refprogram.people.models import Region, Team

Choices = list[tuple[Any, str]]


def _by_name(rows: Any) -> Callable[[], Choices]:
    return lambda: list(rows.order_by("name").values_list("pk", "name"))


def regions() -> Choices:
    """Return the program's regions."""
    return once_per_answer("offered:regions", _by_name(Region.objects))


def teams() -> Choices:
    """Return the teams."""
    return once_per_answer("offered:teams", _by_name(Team.objects))


def activities() -> Choices:
    """Return what customers can do for the program."""
    return once_per_answer("offered:activities", _by_name(ActivityType.objects))


def industries() -> Choices:
    """Return the industries that accounts have."""
    return once_per_answer("offered:industries", lambda: [(name, name) for name in industries_of_accounts()])


def badges() -> Choices:
    """Return the badges, retired ones too: rules of old may name them."""
    return once_per_answer("offered:badges", _by_name(Badge.objects))


def badges_to_give() -> Choices:
    """Return the badges that are given today."""
    return once_per_answer("offered:badges to give", _by_name(Badge.objects.filter(retired_at__isnull=True)))


def draws() -> Choices:
    """Return the draws."""
    return once_per_answer("offered:draws", _by_name(Draw.objects))


def open_draws() -> Choices:
    """Return the draws that tickets can still be brought to."""
    return once_per_answer("offered:open draws", _by_name(Draw.objects.filter(state=DrawState.OPEN)))


def pots() -> Choices:
    """Return the pots that pay."""
    return once_per_answer("offered:pots", _by_name(Wallet.objects.filter(kind=WalletKind.POT)))


def roles() -> Choices:
    """Return the roles of colleagues who can be given something."""
    return [(role.value, str(role.label)) for role in Role if role != Role.JUDGE]
