"""Who could nominate in a cell: colleagues with customers there who are no references yet, and why they.

Bounded: of a cell at most `policy.LOOKED_AT` customers are looked at, so the cost does not grow with the company.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.accounts import clock
from references.accounts.enums import FreezeKind, Membership, Stage
from references.accounts.models import Account, Freeze, Opportunity
from references.accounts.segments import Cell, Dimension, cell_q
from references.coverage import policy
from refprogram.people.enums import Role
from refprogram.people.models import User

# Whom a nomination could be about; who said no, or must be left alone, is not.
FREE: Final = (Membership.IDENTIFIED, Membership.NOT_NOW, Membership.RETIRED)
NOMINATE: Final = frozenset(role for role in Role if role != Role.JUDGE)


@dataclass
class Nominator:
    """A colleague who could nominate in a cell."""

    user: User
    owns: int = 0
    happy: int = 0
    won: int = 0
    solved: int = 0
    accounts: list[Account] = field(default_factory=list)

    def points(self, figures: policy.Figures) -> int:
        """How likely they are to bring somebody."""
        parts = (
            (self.owns, figures.weight_owns),
            (self.won, figures.weight_won),
            (self.solved, figures.weight_solved),
            (self.happy, figures.weight_happy),
        )
        return sum(number * weight for number, weight in parts)

    @property
    def reason(self) -> str:
        """Why they, in a sentence."""
        parts = [
            self._part(self.owns, ngettext("%(n)d customer here", "%(n)d customers here", self.owns)),
            self._part(
                self.happy,
                ngettext("%(n)d of them would recommend us", "%(n)d of them would recommend us", self.happy),
            ),
            self._part(self.won, ngettext("won %(n)d deal", "won %(n)d deals", self.won)),
            self._part(self.solved, ngettext("solved %(n)d escalation", "solved %(n)d escalations", self.solved)),
        ]
        return ", ".join(part for part in parts if part)

    @staticmethod
    def _part(number: int, words: str) -> str:
        return words % {"n": number} if number else ""


def candidates(cell: Cell) -> QuerySet[Account]:
    """Return the customers of a cell who could become references. A persona says nothing of who is none yet."""
    wanted = {name: value for name, value in cell.items() if name != Dimension.PERSONA}
    rows = Account.objects.filter(cell_q(wanted), state__in=FREE, merged_into__isnull=True, frozen=False)
    return rows.distinct() if wanted.get(Dimension.PRODUCT) == "" else rows


def who_could_nominate(cell: Cell, *, limit: int | None = None) -> list[Nominator]:
    """Return the colleagues who could nominate in a cell, the likeliest first, with their best customers there."""
    figures = policy.now()
    rows = candidates(cell).only("public_id", "name", "owner_id", "csm_id", "nps")
    found = list(rows.order_by(F("nps").desc(nulls_last=True), "pk")[: policy.LOOKED_AT])
    accounts = {row.pk: row for row in found}
    tallies: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in found:
        for user in {row.owner_id, row.csm_id} - {None}:
            tallies[user]["owns"].add(row.pk)  # type: ignore[index]  # None is taken out
            if row.nps is not None and row.nps >= figures.happy_nps:
                tallies[user]["happy"].add(row.pk)  # type: ignore[index]
    for user, account in _winners(accounts, figures):
        tallies[user]["won"].add(account)
    for user, account in _solvers(accounts, figures):
        tallies[user]["solved"].add(account)
    return _ranked(tallies, accounts, figures, limit or figures.who_could)


def _winners(accounts: Iterable[int], figures: policy.Figures) -> Iterable[tuple[int, int]]:
    """Return who won a deal with whom lately: the deal's owner."""
    since = clock.today() - figures.won_since
    won = Opportunity.objects.filter(
        account__in=list(accounts), stage=Stage.WON, closes_on__gte=since, owner__isnull=False
    )
    return won.values_list("owner_id", "account_id")


def _solvers(accounts: Iterable[int], figures: policy.Figures) -> Iterable[tuple[int, int]]:
    """Return who saw an escalation to its end: the colleague who cares for the account's success."""
    since = timezone.now() - figures.solved_since
    ended = Freeze.objects.filter(
        account__in=list(accounts), kind=FreezeKind.ESCALATION, lifted_at__gte=since, account__csm__isnull=False
    )
    return ended.values_list("account__csm_id", "account_id")


def _ranked(tallies: Any, accounts: dict[int, Account], figures: policy.Figures, limit: int) -> list[Nominator]:
    people = User.objects.filter(pk__in=tallies, is_active=True, role__in=NOMINATE).select_related("person")
    found = []
    for user in people:
        seen = tallies[user.pk]
        best = sorted(
            {*seen["owns"], *seen["won"], *seen["solved"]},
            key=lambda key: (-_interest(key, seen), -(accounts[key].nps or 0), accounts[key].name),
        )
        found.append(
            Nominator(
                user,
                owns=len(seen["owns"]),
                happy=len(seen["happy"]),
                won=len(seen["won"]),
                solved=len(seen["solved"]),
                accounts=[accounts[key] for key in best[: figures.named_to_each]],
            )
        )
    found.sort(key=lambda one: (-one.points(figures), one.user.person.name, one.user.pk))
    return found[:limit]


def _interest(key: int, seen: dict[str, set[int]]) -> int:
    return sum(key in seen[name] for name in ("owns", "happy", "won", "solved"))


def own_candidates(cell: Cell, user: User, *, limit: int = 8) -> list[Account]:
    """Return the customers of a cell for whom this colleague answers: whom they may nominate at one click."""
    rows = candidates(cell)
    mine = (rows.filter(owner=user) | rows.filter(csm=user)).distinct()
    return list(mine.order_by(F("nps").desc(nulls_last=True), "name", "pk")[:limit])


def nothing_known() -> str:
    """Return what a page says where nobody could be named."""
    return _("Nobody here answers for a customer of this kind. Ask the sales heads, or look for new customers.")
