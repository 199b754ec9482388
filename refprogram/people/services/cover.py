"""Standing in for a colleague, and privileges that are taken away for a time."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.enums import Privilege
from refprogram.people.leave import would_loop
from refprogram.people.models import Delegation, Restriction, User


@transaction.atomic
def set_delegation(*, principal: User, delegate: User, starts_on: dt.date, ends_on: dt.date, actor: User) -> Delegation:
    """Let `delegate` act in the name of `principal` on these days, both included; one at a time."""
    User.objects.select_for_update().get(pk=principal.pk)
    _refuse_impossible(principal, delegate, starts_on, ends_on)
    cover = Delegation(principal=principal, delegate=delegate, starts_on=starts_on, ends_on=ends_on)
    cover.save(force_insert=True)
    days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    emit(
        "delegation.set",
        subject=principal,
        actor_id=actor.person_id,
        payload={"delegate": delegate.person_id, **days},
    )
    return cover


def _refuse_impossible(principal: User, delegate: User, starts_on: dt.date, ends_on: dt.date) -> None:
    problems = {}
    if ends_on < starts_on:
        problems["ends_on"] = _("The last day lies before the first.")
    if ends_on < timezone.localdate():
        problems["ends_on"] = _("These days are over.")
    if principal.pk == delegate.pk:
        problems["delegate"] = _("Choose somebody else: nobody stands in for themselves.")
    elif not delegate.is_active:
        problems["delegate"] = _("%(name)s has no access.") % {"name": delegate.name}
    overlapping = Delegation.objects.filter(principal=principal, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if overlapping.exists():
        problems["starts_on"] = _("Somebody stands in on some of these days already.")
    if not problems and would_loop(principal=principal, delegate=delegate, starts_on=starts_on, ends_on=ends_on):
        words = _("%(name)s named you, or somebody you stand in for, on some of these days. Choose somebody else.")
        problems["delegate"] = words % {"name": delegate.name}
    if problems:
        raise InvalidInput(" ".join(problems.values()), errors=problems)


@transaction.atomic
def end_delegation(*, delegation: Delegation, actor: User) -> None:
    """Call off a delegation, today included; one that is over stays as it was."""
    cover = Delegation.objects.select_for_update().select_related("principal", "delegate").get(pk=delegation.pk)
    today = timezone.localdate()
    if cover.ends_on < today:
        raise DomainError(_("This is over already."))
    if cover.starts_on < today:
        cover.ends_on = today - dt.timedelta(days=1)
        cover.save(update_fields=["ends_on"])
    else:
        cover.delete()
    emit(
        "delegation.ended",
        subject=cover.principal,
        actor_id=actor.person_id,
        payload={"delegate": cover.delegate.person_id},
    )


@transaction.atomic
def impose(
    *, user: User, privilege: Privilege, reason: str, actor: User, ends_at: dt.datetime | None = None
) -> Restriction:
    """Take a privilege away, with the reason that the person is shown; twice at once is refused."""
    User.objects.select_for_update().get(pk=user.pk)
    now = timezone.now()
    if not reason.strip():
        raise InvalidInput(_("A reason is needed."), errors={"reason": _("Say why; they will read it.")})
    if ends_at is not None and ends_at <= now:
        raise InvalidInput(_("This end lies in the past."), errors={"ends_at": _("This end lies in the past.")})
    if any(other.in_force(now) for other in user.restrictions.filter(privilege=privilege, lifted_at__isnull=True)):
        raise DomainError(_("This was taken away already."))
    restriction = Restriction(user=user, privilege=privilege, reason=reason.strip(), ends_at=ends_at, imposed_by=actor)
    restriction.save(force_insert=True)
    emit("restriction.imposed", subject=user, actor_id=actor.person_id, payload={"privilege": privilege.value})
    return restriction


@transaction.atomic
def lift(*, restriction: Restriction, actor: User) -> Restriction:
    """Give a privilege back before its time."""
    lifted = Restriction.objects.select_for_update(of=("self",)).select_related("user").get(pk=restriction.pk)
    now = timezone.now()
    if not lifted.in_force(now):
        raise DomainError(_("This is over already."))
    lifted.lifted_at = now
    lifted.save(update_fields=["lifted_at"])
    _tell_of_end(lifted, actor)
    return lifted


@transaction.atomic
def schedule(
    *, user: User, privilege: Privilege, reason: str, starts_at: dt.datetime, ends_at: dt.datetime, actor: User | None
) -> Restriction:
    """Take a privilege away from one moment to another, both said beforehand: nothing has to run for it to bind."""
    User.objects.select_for_update().get(pk=user.pk)
    if ends_at <= starts_at:
        raise InvalidInput(_("This ends before it begins."), errors={"ends_at": _("This ends before it begins.")})
    restriction = Restriction(
        user=user, privilege=privilege, reason=reason.strip(), starts_at=starts_at, ends_at=ends_at, imposed_by=actor
    )
    restriction.save(force_insert=True)
    payload = {"privilege": Privilege(privilege).value}
    emit("restriction.imposed", subject=user, actor_id=actor.person_id if actor else None, payload=payload)
    return restriction


@transaction.atomic
def call_off(*, restriction: Restriction, actor: User | None) -> Restriction:
    """End a restriction now, whether it has begun or not; one that is over stays as it was."""
    row = Restriction.objects.select_for_update(of=("self",)).select_related("user").get(pk=restriction.pk)
    now = timezone.now()
    if row.lifted_at is not None or (row.ends_at is not None and row.ends_at <= now):
        return row
    row.lifted_at = now
    row.save(update_fields=["lifted_at"])
    _tell_of_end(row, actor)
    return row


def _tell_of_end(restriction: Restriction, actor: User | None) -> None:
    payload = {"privilege": restriction.privilege, "restriction": restriction.pk}
    emit("restriction.lifted", subject=restriction.user, actor_id=actor.person_id if actor else None, payload=payload)
