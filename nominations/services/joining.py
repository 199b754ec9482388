"""The same customer nominated twice: the second is joined to the first, and both share its credit."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from nominations.enums import NominationState
from nominations.models import Nomination
from nominations.services import sharing
from nominations.services.owner import ask_owner
from nominations.services.steps import locked, move, tell_stream
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError
from refprogram.people.models import User

N = NominationState


@transaction.atomic
def join(
    *, nomination: Nomination, into: Nomination, actor: User | None, percents: Mapping[int, int] | None = None
) -> Nomination:
    """Let `into` stand for both; return what was joined to it.

    The credit is shared as policy says, or as a reference manager set it (`percents`: user id -> percent, 100 in sum).
    Those that waited to be joined to it wait for the other one now.
    """
    first, second = sorted((nomination.pk, into.pk))
    for pk in (first, second):
        Nomination.objects.select_for_update(of=("self",)).get(pk=pk)
    nomination, into = locked(nomination), locked(into)
    if into.account_id != nomination.account_id and actor is not None:
        raise DomainError(_("These are nominations of two customers."))
    parts = sharing.parts_of(into, nomination)
    found = sharing.proposed(into, nomination)
    if percents is not None:
        found = sharing.checked(percents, [part.user for part in parts])
    since = {part.user: part.since for part in sorted(parts, key=lambda part: part.since, reverse=True)}
    sharing.give(into, found, since)
    nomination.reason = _("%(who)s nominated the same customer; the two were joined.") % {"who": into.nominator.name}
    nomination.merged_into = into
    move(nomination, N.MERGED, "merged_into", "reason")
    links.withdraw(subject=nomination)
    _take_over(into, nomination)
    Nomination.objects.filter(second_to=nomination.pk).update(second_to=into.pk)
    tell_stream(
        "nomination.merged",
        nomination,
        actor,
        first=into.nominator.person_id,
        into=into.pk,
        percent=found.get(nomination.nominator_id, 0),
        credits=sharing.told(into),
    )
    return nomination


@transaction.atomic
def share_anew(*, nomination: Nomination) -> Nomination:
    """Share the credit once more by what is joined to it now: something was taken apart again."""
    nomination = locked(nomination)
    parts = sharing.parts_of(nomination)
    since = {part.user: part.since for part in sorted(parts, key=lambda part: part.since, reverse=True)}
    sharing.give(nomination, sharing.proposed(nomination), since)
    return nomination


def _take_over(into: Nomination, other: Nomination) -> None:
    """What the other one knows and the first does not, it learns: who would speak, and what for."""
    changed = []
    if into.contact_id is None and other.contact is not None and other.contact.account_id == into.account_id:
        into.contact = other.contact
        changed.append("contact")
    if not into.activities and other.activities:
        into.activities = other.activities
        changed.append("activities")
    if changed:
        into.save(update_fields=changed)


def join_waiting(nomination: Nomination, actor: User) -> None:
    """Join what waits, as policy proposes: who approves has seen it. The caller holds the first one's lock."""
    for row in nomination.seconds.order_by("submitted_at", "pk"):
        join(nomination=row, into=nomination, actor=actor)
    nomination.refresh_from_db(fields=["contact", "activities"])


def let_stand(nomination: Nomination) -> None:
    """The first has ended without a customer: the oldest of those that waited stands by itself now."""
    waiting = list(nomination.seconds.select_for_update(of=("self",)).order_by("submitted_at", "pk"))
    if not waiting:
        return
    lead, *others = waiting
    Nomination.objects.filter(pk=lead.pk).update(second_to=None)
    Nomination.objects.filter(pk__in=[row.pk for row in others]).update(second_to=lead.pk)
    ask_owner(locked(lead))
