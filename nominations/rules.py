"""Who may what in this room: named sentences, and the permissions made of them."""

import rules

from nominations.campaigns import rules as campaigns
from nominations.models import Nomination
from nominations.quotas import rules as quotas
from nominations.signals import rules as signals
from nominations.waves import rules as waves
from references.accounts.rules import has_overview, is_colleague, runs_the_program
from refprogram.people.models import User

__all__ = ["campaigns", "has_overview", "is_colleague", "quotas", "runs_the_program", "signals", "waves"]


@rules.predicate
def is_nominator(user: User, nomination: Nomination | None) -> bool:
    """The colleague who nominated."""
    return nomination is not None and nomination.nominator_id == user.pk


@rules.predicate
def answers_for_account(user: User, nomination: Nomination | None) -> bool:
    """The account's owner, or who was asked in their place."""
    return nomination is not None and user.pk in {nomination.owner_asked_id, nomination.account.owner_id}


rules.add_perm("nominations.nominate", is_colleague)
rules.add_perm("nominations.list", is_colleague)
rules.add_perm("nominations.standings", is_colleague)
rules.add_perm("nominations.screen", runs_the_program)
rules.add_perm("nominations.answer", runs_the_program | answers_for_account)
rules.add_perm("nominations.amend", runs_the_program | is_nominator)
rules.add_perm("nominations.withdraw", runs_the_program | is_nominator)
