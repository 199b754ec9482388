"""Who may, in this room. What a pilot's people write down is for few."""

import rules

from refprogram.governance.pilots import features
from refprogram.governance.pilots.models import Pilot
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.rules import has_role, runs_program


@rules.predicate
def owns(user: User, pilot: Pilot | None) -> bool:
    """Whether they run this pilot."""
    return pilot is not None and pilot.owner_id == user.pk


@rules.predicate
def is_in(user: User, pilot: Pilot | None) -> bool:
    """Whether they are one of its people."""
    return pilot is not None and any(member.user_id == user.pk for member in pilot.members.all())


runs = runs_program | has_role(Role.SALES_HEAD)
rules.add_perm("governance.see_pilots", ~has_role(Role.JUDGE) & rules.is_active)
rules.add_perm("governance.see_all_pilots", runs | has_role(Role.EXECUTIVE))
rules.add_perm("governance.make_pilots", runs)
rules.add_perm("governance.run_pilot", runs_program | owns)
rules.add_perm("governance.decide_pilot", runs | owns)
rules.add_perm("governance.read_pilot_log", has_role(Role.MARKETER, Role.SALES_HEAD) | owns | is_in)
rules.add_perm("governance.write_pilot_log", owns | is_in)


def open_to(feature: str) -> rules.Predicate:
    """Return the predicate "no pilot keeps this feature from them", for the room that has it."""

    @rules.predicate(name=f"open_to:{feature}")
    def check(user: User) -> bool:
        return features.may_use(user, feature)

    return check
