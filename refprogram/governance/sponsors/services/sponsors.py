"""Who backs the program: named, changed, ended; what is done when one may be lost; handing over in one act."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.sponsors.enums import OPEN, Backs, Cause, PledgeState
from refprogram.governance.sponsors.models import SponsorPledge, Sponsorship
from refprogram.governance.sponsors.services.pledges import LINK, hand_to, move
from refprogram.governance.sponsors.services.rows import locked, note, note_pledge, refuse, refuse_unless, who_can_back
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError
from refprogram.people.models import User

KEEP = "governance.keep_sponsors"
LIKELY_DAYS = 3650


def _part_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is backed: only what goes with its kind. Raises InvalidInput."""
    backs, part = facts["backs"], " ".join(str(facts.get("part") or "").split())[:120]
    if backs not in Backs.values:
        refuse({"backs": _("Choose what they back.")})
    if backs == Backs.REGION and facts.get("region") is None:
        refuse({"region": _("Choose the region.")})
    if backs == Backs.CONTEST and not part:
        refuse({"part": _("Name the contest.")})
    return {
        "backs": backs,
        "region": facts.get("region") if backs == Backs.REGION else None,
        "part": part if backs == Backs.CONTEST else "",
    }


def _refuse_days(starts_on: dt.date, until: dt.date | None) -> None:
    if abs(starts_on - timezone.localdate()) > dt.timedelta(days=LIKELY_DAYS):
        refuse({"starts_on": _("That is far away. Check the year.")})
    if until is not None and until < max(starts_on, timezone.localdate()):
        refuse({"until": _("Choose a day to come, after the first one; or leave it empty.")})


@transaction.atomic
def name_sponsor(*, user: User, facts: Mapping[str, Any], by: User) -> Sponsorship:
    """Note that a colleague backs the program or a part of it. Raises InvalidInput for what they back already."""
    refuse_unless(by, KEEP)
    part = _part_of(facts)
    _refuse_days(facts["starts_on"], facts.get("until"))
    holder = who_can_back(user)
    if Sponsorship.objects.filter(user=holder, ended_on__isnull=True, **part).exists():
        refuse({"user": _("They back this already.")})
    row = _begin(holder, part, facts["starts_on"], until=facts.get("until"), deputy=facts.get("deputy"))
    note("sponsorship.begun", row, by)
    return row


def _begin(user: User, part: Mapping[str, Any], starts_on: dt.date, **more: Any) -> Sponsorship:
    row = Sponsorship(user=user, starts_on=starts_on, **part, **more)
    if row.deputy is not None and row.deputy.pk == user.pk:
        refuse({"deputy": _("Choose somebody else: they follow when this one cannot.")})
    row.save(force_insert=True)
    return row


@transaction.atomic
def change_sponsor(*, row: Sponsorship, until: dt.date | None, deputy: User | None, by: User) -> Sponsorship:
    """Change until when somebody backs it, and who follows them."""
    row = locked(row)
    refuse_unless(by, KEEP)
    _refuse_ended(row)
    if until != row.until:
        _refuse_days(row.starts_on, until)
    if deputy is not None and deputy.pk == row.user_id:
        refuse({"deputy": _("Choose somebody else: they follow when this one cannot.")})
    row.until, row.deputy = until, deputy
    row.save(update_fields=["until", "deputy"])
    note("sponsorship.changed", row, by)
    return row


def _refuse_ended(row: Sponsorship) -> None:
    if not row.is_live:
        raise DomainError(_("%(name)s does not back this any more.") % {"name": row.user.name})


@transaction.atomic
def end_sponsor(*, row: Sponsorship, by: User | None) -> Sponsorship:
    """Note that somebody does not back it any more: what they promised needs a new sponsor. `by` None: the clock."""
    row = locked(row)
    if by is not None:
        refuse_unless(by, KEEP)
        _refuse_ended(row)
    elif not row.is_live or row.until is None or row.until >= timezone.localdate():
        return row
    _close(row, Cause.TERM, row.until if by is None else timezone.localdate())
    _alert(row, Cause.TERM, by)
    return row


def _close(row: Sponsorship, cause: Cause, on: dt.date | None) -> None:
    """End it, and let go of what was promised: nobody is held to it until somebody takes it over."""
    row.ended_on, row.ended_for = on or timezone.localdate(), cause
    row.save(update_fields=["ended_on", "ended_for"])
    for pledge in _open_of(row).exclude(state=PledgeState.UNHELD):
        pledge.sponsorship = row
        move(pledge, PledgeState.UNHELD)
        links.withdraw(subject=pledge, purpose=LINK)
        note_pledge("pledge.unheld", pledge, None)


def _open_of(row: Sponsorship) -> Any:
    return SponsorPledge.objects.select_for_update().filter(sponsorship=row, state__in=OPEN).order_by("due_on", "pk")


def _alert(row: Sponsorship, cause: Cause, by: User | None) -> None:
    row.alert, row.alerted_at = cause, timezone.now()
    row.save(update_fields=["alert", "alerted_at"])
    note("sponsorship.alerted", row, by, cause=cause.value, open=_open_of(row).count())


@transaction.atomic
def see_change(*, user_id: int, cause: Cause, by: User | None = None) -> int:
    """Alert of each part that a colleague backs: they left, have another role, or are away for long.

    Who left backs nothing any more; of the others somebody decides. The same again changes nothing. Returns how many.
    """
    rows = Sponsorship.objects.select_for_update(of=("self",)).select_related("user__person", "region")
    changed = 0
    for row in rows.filter(user=user_id, ended_on__isnull=True).exclude(alert=cause).order_by("pk"):
        if cause == Cause.DEACTIVATED:
            if row.user.is_active:  # they have access again by now
                continue
            _close(row, cause, None)
        _alert(row, cause, by)
        changed += 1
    return changed


@transaction.atomic
def keep_on(*, row: Sponsorship, by: User) -> Sponsorship:
    """Say that nothing has to be done: they stay, or nothing of theirs is open. Raises DomainError while it is."""
    row = locked(row)
    refuse_unless(by, KEEP)
    if not row.alert:
        return row
    if not row.is_live and _open_of(row).exists():
        raise DomainError(_("Some promises still need a new sponsor. Hand them over, or release them."))
    row.alert = ""
    row.save(update_fields=["alert"])
    note("sponsorship.kept", row, by)
    return row


@transaction.atomic
def hand_over(*, row: Sponsorship, to: User, by: User) -> Sponsorship:
    """Let somebody else back it from today: what was promised goes to them, and they say yes or no to each.

    Returns what the new sponsor backs. Raises InvalidInput for somebody who cannot.
    """
    refuse_unless(by, KEEP)
    row = locked(row)
    if to.pk == row.user_id:
        refuse({"to": _("Choose somebody else.")})
    target = _taken_by(row, to)
    waiting = list(_open_of(row))
    for pledge in waiting:
        pledge.sponsorship = row
        hand_to(pledge, target, by, alone=False)
    if row.is_live:
        row.ended_on, row.ended_for = timezone.localdate(), row.alert or Cause.TERM
    row.alert = ""
    row.save(update_fields=["ended_on", "ended_for", "alert"])
    note("sponsorship.handed_over", target, by, before=row.user.person_id, open=len(waiting))
    return target


def _taken_by(row: Sponsorship, to: User) -> Sponsorship:
    """Return what `to` backs of the same part, locked; begun today if they did not."""
    try:
        holder = who_can_back(to)
    except DomainError as error:
        refuse({"to": error.message})
        raise
    part = {"backs": row.backs, "region": row.region, "part": row.part}
    known = Sponsorship.objects.filter(user=holder, ended_on__isnull=True, **part).first()
    return locked(known) if known is not None else _begin(holder, part, timezone.localdate())
