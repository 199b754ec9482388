"""For whom a talk is: rows of the rooms above (`FACE_TIME_SUBJECTS` in the wiring), and a colleague of ours.

What stands against meeting somebody is known by the rooms above as well: `FACE_TIME_CHECKS`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from refprogram.governance.facetime.enums import Circle
from refprogram.notices.mails import has_mailbox
from refprogram.people.models import Person, User
from refprogram.people.selectors import colleagues


@dataclass(frozen=True)
class Candidate:
    """Somebody who can be invited, and what they are."""

    person: Person
    part: str = ""


@dataclass(frozen=True)
class About:
    """For whom an hour is asked: the row, as the reader knows it, and who can be invited."""

    subject_type: str
    subject_id: int
    label: str
    url: str
    circle: Circle
    people: Sequence[Candidate]
    account_id: int | None = None


@dataclass(frozen=True)
class Objection:
    """Why somebody is not to be met now. `final`: nobody may pass over it; else whoever asks says that they know."""

    text: str
    final: bool = True


Find = Callable[[User, str], "About | None"]
Check = Callable[[About, Sequence[Person], User], Iterable[Objection]]


def find(address: str, user: User) -> About | None:
    """Return what `account:k3f…` names; None where there is none, or the reader may not see it."""
    kind, _sign, public_id = address.partition(":")
    path = settings.FACE_TIME_SUBJECTS.get(kind)
    if not path or not public_id:
        return None
    ask: Find = import_string(path)
    return ask(user, public_id)


def objections(about: About, people: Sequence[Person], viewer: User) -> list[Objection]:
    """Return what stands against meeting these people, in words for this reader; what is final comes first."""
    unreachable = [person.name for person in people if not has_mailbox(person)]
    found = [
        Objection(_("%(name)s has no e-mail address yet. Add one first.") % {"name": name}) for name in unreachable
    ]
    for path in settings.FACE_TIME_CHECKS:
        check: Check = import_string(path)
        found += check(about, people, viewer)
    return sorted(found, key=lambda one: not one.final)


def colleague(user: User, public_id: str) -> About | None:
    """A colleague: a mentor who meets an executive, a winner of an internal contest."""
    found = colleagues().filter(public_id=public_id).first()
    if found is None:
        return None
    part = found.person.title or str(found.get_role_display())
    return About("user", found.pk, found.name, "", Circle.MENTOR, (Candidate(found.person, part),))
