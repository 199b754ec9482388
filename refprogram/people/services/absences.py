"""Days on which a colleague is away."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.enums import LeaveKind
from refprogram.people.models import Leave, User
from refprogram.people.services.cover import set_delegation


@transaction.atomic
def set_leave(
    *,
    user: User,
    kind: LeaveKind,
    starts_on: dt.date,
    ends_on: dt.date,
    actor: User,
    delegate: User | None = None,
) -> Leave:
    """Note that somebody is away on these days, both included; `delegate` stands in for them meanwhile."""
    User.objects.select_for_update().get(pk=user.pk)
    _refuse_impossible(user, starts_on, ends_on)
    leave = Leave(user=user, kind=kind, starts_on=starts_on, ends_on=ends_on)
    leave.save(force_insert=True)
    if delegate is not None:
        set_delegation(principal=user, delegate=delegate, starts_on=starts_on, ends_on=ends_on, actor=actor)
    days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    emit("leave.set", subject=user, actor_id=actor.person_id, payload=days)
    return leave


def _refuse_impossible(user: User, starts_on: dt.date, ends_on: dt.date) -> None:
    problems = {}
    if ends_on < starts_on:
        problems["ends_on"] = _("The last day lies before the first.")
    elif ends_on < timezone.localdate():
        problems["ends_on"] = _("These days are over.")
    if Leave.objects.filter(user=user, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        problems["starts_on"] = _("Some of these days are noted already.")
    if problems:
        raise InvalidInput(" ".join(problems.values()), errors=problems)


@transaction.atomic
def end_leave(*, leave: Leave, actor: User) -> None:
    """Take leave back, today included; what is over stays on record."""
    row = Leave.objects.select_for_update(of=("self",)).select_related("user").get(pk=leave.pk)
    today = timezone.localdate()
    if row.ends_on < today:
        raise DomainError(_("This is over already."))
    if row.starts_on < today:
        row.ends_on = today - dt.timedelta(days=1)
        row.save(update_fields=["ends_on"])
    else:
        row.delete()
    emit("leave.ended", subject=row.user, actor_id=actor.person_id)
