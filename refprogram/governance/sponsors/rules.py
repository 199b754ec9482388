"""Who may, in this room. Who backs the program is read by who runs and leads it; a sponsor sees their own promises."""

import rules

from refprogram.governance.sponsors.models import SponsorPledge, Sponsorship
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.rules import has_role, runs_program

leads = has_role(Role.EXECUTIVE, Role.SALES_HEAD)


@rules.predicate
def is_theirs(user: User, row: Sponsorship | SponsorPledge | None) -> bool:
    """Whether they are the sponsor."""
    sponsorship = row.sponsorship if isinstance(row, SponsorPledge) else row
    return sponsorship is not None and sponsorship.user_id == user.pk


rules.add_perm("governance.see_sponsors", runs_program | leads)
rules.add_perm("governance.keep_sponsors", runs_program | has_role(Role.SALES_HEAD))
rules.add_perm("governance.promise", ~has_role(Role.JUDGE) & rules.is_active)
rules.add_perm("governance.promise_for", runs_program | (is_theirs & rules.is_active))
rules.add_perm("governance.keep_promise", runs_program | (is_theirs & rules.is_active))
rules.add_perm("governance.answer_for_promise", is_theirs & rules.is_active)
rules.add_perm("governance.release_promise", runs_program)
