"""Who may, in this room: executives and who stands in for them offer time, colleagues ask for it."""

import datetime as dt
from typing import Any, Final

import rules
from django.utils import timezone

from refprogram.people.enums import Role
from refprogram.people.leave import Roster
from refprogram.people.models import User
from refprogram.people.rules import has_role, runs_program

_KNOWN: Final = "_face_time_stood_in_for"
OFFERS = (Role.EXECUTIVE, Role.SALES_HEAD)


def stood_in_for(user: User) -> list[int]:
    """Return the keys of those for whom the colleague acts today; asked once for each user that a request carries."""
    today = timezone.localdate()
    known: tuple[dt.date, list[int]] | None = vars(user).get(_KNOWN)
    if known is None or known[0] != today:
        known = vars(user)[_KNOWN] = (today, Roster(today).principals_of(user))
    return known[1]


@rules.predicate
def stands_in(user: Any) -> bool:
    """Whether they act for an executive today, as an assistant or for a holiday."""
    if not getattr(user, "is_active", False):
        return False
    keys = stood_in_for(user)
    return bool(keys) and User.objects.filter(pk__in=keys, role__in=OFFERS).exists()


rules.add_perm("governance.see_face_time", ~has_role(Role.JUDGE) & rules.is_active)
rules.add_perm("governance.offer_face_time", has_role(*OFFERS) | stands_in)
rules.add_perm(
    "governance.book_face_time",
    has_role(
        Role.MARKETER, Role.ADMIN, Role.REP, Role.SUPPORT, Role.MANAGER, Role.SALES_HEAD, Role.EXECUTIVE
    ),
)  # fmt: skip
rules.add_perm("governance.run_face_time", runs_program)
