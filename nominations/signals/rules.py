"""Who may what with signals and open links."""

import rules

from nominations.models import NominationLink
from references.accounts.rules import is_colleague, runs_the_program
from refprogram.people.models import User


@rules.predicate
def is_holder(user: User, link: NominationLink | None) -> bool:
    """The colleague who is credited with what comes in by the link."""
    return link is not None and link.holder_id == user.pk


rules.add_perm("nominations.set_signals", runs_the_program)
rules.add_perm("nominations.links", is_colleague)
rules.add_perm("nominations.end_link", runs_the_program | is_holder)
