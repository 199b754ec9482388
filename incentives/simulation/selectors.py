"""Reading trials of rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from incentives.ledger.models import Wallet
from incentives.rulebook.models import Rule
from incentives.rulebook.selectors import rules_visible_to
from incentives.simulation.models import Simulation
from refprogram.people.models import Person, User


def visible_to(user: User) -> QuerySet[Simulation]:
    """Return the trials this user may read: all, or none."""
    rows = Simulation.objects.select_related("rule", "job", "created_by__person")
    return rows if user.has_perm("incentives.view_rules") else rows.none()


def rules_to_try(user: User) -> QuerySet[Rule]:
    """Return the rules that can be tried: all that the user may read; drafts first, then what is on, then the rest."""
    return rules_visible_to(user).order_by("state", "name")  # draft, live, stopped


def names_of(result: Mapping[str, Any]) -> dict[int, str]:
    """Return the names of the people whom a result names, by id."""
    named = {line[0] for gift in result["people"].values() for side in ("winners", "losers") for line in gift[side]}
    return dict(Person.objects.filter(pk__in=named).values_list("pk", "name"))


@dataclass(frozen=True)
class PotBurn:
    """A pot that pays for tried rules: all that was ever put in, and what they would take of it."""

    name: str
    filled: int
    taken: int

    @property
    def share(self) -> float:
        """How much of it they take, from 0 to 1."""
        return self.taken / self.filled if self.filled else 1.0


def pots_of(result: Mapping[str, Any]) -> list[PotBurn]:
    """Return the pots of a result."""
    names = dict(Wallet.objects.filter(pk__in=[pot for pot, *_rest in result["pots"]]).values_list("pk", "name"))
    return [PotBurn(names.get(pot, ""), filled, taken) for pot, filled, taken in result["pots"]]
