"""Holding somebody's trust: they go on earning, and spend nothing while something about them is looked into."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.catalogue.models import TrustHold
from incentives.catalogue.services.rows import allowed, said
from refprogram.kernel.errors import NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import Person, User


@transaction.atomic
def hold_trust(*, person: Person, reason: str, by: User | None) -> TrustHold:
    """Hold a person's rewards; `by` is None where the program itself found something odd. Twice is once."""
    if by is not None:
        allowed(by)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if known := TrustHold.objects.filter(person=locked, lifted_at__isnull=True).first():
        return known
    made = TrustHold(person=locked, reason=said(reason), by=by)
    made.save(force_insert=True)
    emit("trust.held", subject=locked, actor_id=by.person_id if by else None, payload={"person": locked.pk})
    return made


@transaction.atomic
def lift_hold(*, person: Person, by: User) -> None:
    """Let a person spend again; never oneself. Twice is once."""
    allowed(by)
    if person.pk == by.person_id:
        raise NotAllowed(_("Somebody else looks into that."))
    open_ones = TrustHold.objects.select_for_update().filter(person=person, lifted_at__isnull=True)
    for row in open_ones:
        row.lifted_at, row.lifted_by = timezone.now(), by
        row.save(update_fields=["lifted_at", "lifted_by"])
        emit("trust.lifted", subject=person, actor_id=by.person_id, payload={"person": person.pk})
