"""Rows locked in one order (the sponsor, then what they promised), and what of them is told."""

from typing import Any, Final

from django.utils.translation import gettext as _

from refprogram.governance.sponsors.models import SponsorPledge, Sponsorship
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.enums import Role
from refprogram.people.models import User

NOUN: Final = "promise"


def refuse_unless(by: User, permission: str, row: Sponsorship | SponsorPledge | None = None) -> None:
    """Raise NotAllowed for who may not."""
    if not by.has_perm(permission, row):
        raise NotAllowed(_("That is for the sponsor, or for those who run the program."))


def refuse(errors: dict[str, str]) -> None:
    """Raise what is wrong, each beside its field; nothing for nothing."""
    if errors:
        raise InvalidInput(next(iter(errors.values())), errors=errors)


def locked(row: Sponsorship) -> Sponsorship:
    """Return the sponsor's row, locked."""
    return Sponsorship.objects.select_for_update(of=("self",)).select_related("user__person", "region").get(pk=row.pk)


def locked_pledge(row: SponsorPledge) -> SponsorPledge:
    """Return a promise, locked, and its sponsor before it: whoever hands over holds that. Raises DomainError."""
    holder = SponsorPledge.objects.values_list("sponsorship", flat=True).get(pk=row.pk)
    sponsorship = locked(Sponsorship(pk=holder))
    found = SponsorPledge.objects.select_for_update().get(pk=row.pk)
    if found.sponsorship_id != holder:
        raise DomainError(_("It is just being handed over. Look again in a moment."))
    found.sponsorship = sponsorship
    return found


def who_can_back(user: User) -> User:
    """Return the colleague, locked: they neither leave meanwhile nor become somebody's sponsor twice.

    Raises InvalidInput for who has no access any more, and for outside judges.
    """
    found = User.objects.select_for_update(of=("self",)).select_related("person").get(pk=user.pk)
    if not found.is_active or found.role == Role.JUDGE:
        message = _("Choose a colleague who is there.")
        raise InvalidInput(message, errors={"user": message})
    return found


def note(topic: str, row: Sponsorship, by: User | None, **facts: Any) -> None:
    """Tell something of a sponsor."""
    facts["sponsor"] = row.user.person_id
    emit(topic, subject=row, actor_id=by.person_id if by else None, payload=facts)


def note_pledge(topic: str, row: SponsorPledge, by: User | None, **facts: Any) -> None:
    """Tell something of a promise."""
    facts["sponsor"] = row.sponsorship.user.person_id
    emit(topic, subject=row, actor_id=by.person_id if by else None, payload=facts)
