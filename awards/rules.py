"""Who may what in contests: named sentences, and the permissions made of them.

What somebody sees of one entry, ballot or result is said in `visibility.py`, from these sentences.
"""

from typing import Any, Final

import rules
from django.db.models import BigIntegerField

from awards.contests.enums import AFTER_PUBLICATION, Part
from awards.models import Contest, ContestMember, PlanItem
from references.accounts.rules import is_colleague, runs_the_program
from refprogram.kernel.prepared import Given, PreparedValues
from refprogram.people.enums import Role
from refprogram.people.models import User


def holds(user: User, contest: Contest | None, *parts: Part) -> bool:
    """Whether the colleague has one of these parts in the contest."""
    return contest is not None and not _parts(user, contest).isdisjoint(parts)


def _parts(user: User, contest: Contest) -> set[str]:
    """Return the colleague's parts; a page asks for many permissions of the one row it read, and reads them once."""
    known: dict[int, set[str]] = contest.__dict__.setdefault("known_parts", {})
    if user.pk not in known:
        known[user.pk] = {part for (part,) in _PARTS(contest=contest.pk, user=user.pk)}
    return known[user.pk]


_PARTS: Final = PreparedValues(
    lambda: (
        ContestMember.objects.filter(contest=Given("contest", BigIntegerField()), user=Given("user", BigIntegerField()))
        .order_by("pk")
        .values_list("part")
    )
)


@rules.predicate
def runs_contest(user: User, contest: Contest | None) -> bool:
    """Whoever was made its manager."""
    return holds(user, contest, Part.MANAGER)


@rules.predicate
def has_a_part(user: User, contest: Contest | None) -> bool:
    """Whoever does anything for it: a part, or a line of its plan."""
    if contest is None:
        return False
    return holds(user, contest, *Part) or PlanItem.objects.filter(contest=contest, owner=user).exists()


@rules.predicate
def screens_contest(user: User, contest: Contest | None) -> bool:
    """Whoever was asked to screen its entries."""
    return holds(user, contest, Part.SCREENER)


@rules.predicate
def may_certify(user: Any) -> bool:
    """Whose role may put a name under results."""
    return isinstance(user, User) and user.is_role(Role.EXECUTIVE, Role.SALES_HEAD, Role.LEGAL)


@rules.predicate
def certifies_contest(user: User, contest: Contest | None) -> bool:
    """Whoever was named to certify its results, if their role is one that may."""
    return bool(may_certify(user)) and holds(user, contest, Part.CERTIFIER)


@rules.predicate
def chairs_contest(user: User, contest: Contest | None) -> bool:
    """Whoever chairs its jury."""
    return holds(user, contest, Part.CHAIR)


@rules.predicate
def promotes_winners(user: User, contest: Contest | None) -> bool:
    """Whoever does press or the event, once the winners are announced: before that they are told by who runs it."""
    return contest is not None and contest.state in AFTER_PUBLICATION and holds(user, contest, Part.PRESS, Part.EVENT)


rules.add_perm("awards.see_contests", is_colleague)
rules.add_perm("awards.start_contests", runs_the_program)
rules.add_perm("awards.run_contest", runs_the_program | runs_contest)
rules.add_perm("awards.work_on_contest", runs_the_program | has_a_part)
rules.add_perm("awards.screen_entries", runs_the_program | runs_contest | screens_contest)
rules.add_perm("awards.propose_entrants", is_colleague)
rules.add_perm("awards.may_certify", may_certify)
rules.add_perm("awards.certify_results", certifies_contest)
rules.add_perm("awards.read_results", runs_the_program | runs_contest | certifies_contest)
rules.add_perm("awards.cast_chair_vote", chairs_contest)
rules.add_perm("awards.write_about_winners", runs_the_program | runs_contest | promotes_winners)
rules.add_perm("awards.read_votes", runs_the_program | runs_contest | certifies_contest | chairs_contest)
rules.add_perm("awards.agree_to_votes", certifies_contest | chairs_contest)
