"""Screening: who may be judged. A refusal takes two people, a disqualification too."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests.enums import AFTER_PUBLICATION, ContestState
from awards.entries import policy
from awards.entries.enums import ENTRY_MOVES, EntryState, Reason, ScreeningVerdict
from awards.entries.models import ContestEntry
from awards.entries.services import agreeing
from awards.entries.services.identifying import demand_known
from awards.entries.services.locks import demand_no_part, demand_owner, lock_entry, move_entry, tell_stream, wrong
from refprogram.kernel.errors import DomainError, IllegalMove
from refprogram.people.models import Person, User

DECIDED = (ContestState.DECIDED, *AFTER_PUBLICATION)


@transaction.atomic
def screen(
    *,
    entry: ContestEntry,
    decision: str,
    by: User,
    codes: Sequence[str] = (),
    reason: str = "",
    fix_until: dt.datetime | None = None,
) -> ContestEntry:
    """Decide on a submitted entry. The first who finds it not eligible proposes that; a second person decides."""
    row = lock_entry(entry.pk)
    if decision not in ScreeningVerdict.values:
        raise wrong(_("Choose what becomes of it."), "decision")
    demand_no_part(row, by)
    if decision == ScreeningVerdict.INELIGIBLE and fix_is_over(row):
        return _not_corrected(row, by)
    if row.state not in (EntryState.SUBMITTED, EntryState.SCREENING):
        raise IllegalMove(_("entry"), row.get_state_display())
    if row.state == EntryState.SUBMITTED:
        move_entry(row, EntryState.SCREENING)
    if decision == ScreeningVerdict.ELIGIBLE:
        _eligible(row, by)
    else:
        second = waits_for_second(row)
        _say_why(row, codes or (row.reason_codes if second else ()), reason or (row.reason if second else ""))
        if decision == ScreeningVerdict.NEEDS_FIX:
            _needs_fix(row, by, fix_until)
        else:
            _ineligible(row, by, second=second)
    tell_stream("entry.screened", row, by, decision=decision)
    return row


def fix_is_over(row: ContestEntry) -> bool:
    """Whether the time to correct an entry is over, with the contest's grace."""
    if row.state != EntryState.NEEDS_FIX or row.fix_until is None:
        return False
    return timezone.now() > row.fix_until + dt.timedelta(minutes=row.contest.grace_minutes)


def _not_corrected(row: ContestEntry, by: User) -> ContestEntry:
    """What was to be corrected was not: that needs no second opinion."""
    move_entry(row, EntryState.INELIGIBLE)
    tell_stream("entry.ineligible", row, by)
    return row


def _say_why(row: ContestEntry, codes: Sequence[str], reason: str) -> None:
    known = [code for code in dict.fromkeys(codes) if code in Reason.values]
    if not known:
        raise wrong(_("Tick at least one reason: the entrant reads it."), "codes")
    if Reason.OTHER in known and not reason.strip():
        raise wrong(_("Say what it is: the entrant reads it."), "reason")
    row.reason_codes, row.reason = known, reason.strip()[:500]


def _eligible(row: ContestEntry, by: User) -> None:
    demand_known(row)
    row.reason_codes, row.reason = [], ""
    row.second_opinion_by = by if row.screened_by_id not in (None, by.pk) else None
    row.screened_by = row.screened_by or by
    move_entry(row, EntryState.ELIGIBLE, "reason_codes", "reason", "screened_by", "second_opinion_by")
    tell_stream("entry.eligible", row, by)


def _needs_fix(row: ContestEntry, by: User, until: dt.datetime | None) -> None:
    moment = until or timezone.now() + policy.now().fix_time
    if moment <= timezone.now():
        raise wrong(_("Give them time that is still to come."), "fix_until")
    row.fix_until, row.screened_by, row.second_opinion_by = moment, by, None
    move_entry(row, EntryState.NEEDS_FIX, "fix_until", "reason_codes", "reason", "screened_by", "second_opinion_by")
    tell_stream("entry.needs_fix", row, by)


def _ineligible(row: ContestEntry, by: User, *, second: bool) -> None:
    fields = ["reason_codes", "reason", "screened_by", "second_opinion_by"]
    if second and row.screened_by_id != by.pk:
        row.second_opinion_by = by
        move_entry(row, EntryState.INELIGIBLE, *fields)
        tell_stream("entry.ineligible", row, by)
        return
    if second:
        raise DomainError(_("You proposed this. Somebody else has to agree, or to find it eligible."))
    row.screened_by, row.second_opinion_by = by, None
    row.save(update_fields=fields)


def waits_for_second(row: ContestEntry) -> bool:
    """Whether one person found it not eligible and a second has to look."""
    return row.state == EntryState.SCREENING and row.screened_by_id is not None and bool(row.reason_codes)


@transaction.atomic
def look_again(*, entry: ContestEntry, by: User, reason: str) -> ContestEntry:
    """Open the screening of a decided entry once more, with a reason that stays in the record."""
    row = lock_entry(entry.pk)
    if row.state not in (EntryState.INELIGIBLE, EntryState.ELIGIBLE):
        raise IllegalMove(_("entry"), row.get_state_display())
    if not reason.strip():
        raise wrong(_("Say why: it stays in the record."), "reason")
    row.reason, row.reason_codes = reason.strip()[:500], []
    row.screened_by, row.second_opinion_by = None, None
    move_entry(row, EntryState.SCREENING, "reason", "reason_codes", "screened_by", "second_opinion_by")
    tell_stream("entry.looked_again", row, by)
    return row


@transaction.atomic
def extend(*, entry: ContestEntry, until: dt.datetime, reason: str, by: User) -> ContestEntry:
    """Give one entrant time of their own, with the reason; it may become longer, never shorter."""
    row = lock_entry(entry.pk)
    if row.state not in (EntryState.DRAFT, EntryState.APPROVAL, EntryState.NEEDS_FIX):
        raise IllegalMove(_("entry"), row.get_state_display())
    if not reason.strip():
        raise wrong(_("Say why: it stays in the record."), "reason")
    if until <= timezone.now():
        raise wrong(_("This moment is over."), "until")
    if until >= row.contest.announce_at:
        raise wrong(_("The winners are announced before that."), "until")
    if row.extended_until is not None and until < row.extended_until:
        raise wrong(_("They were promised more time already."), "until")
    row.extended_until, row.extension_reason, row.extended_by = until, reason.strip()[:300], by
    if row.state == EntryState.NEEDS_FIX and row.fix_until is not None:
        row.fix_until = max(row.fix_until, until)
    row.save(update_fields=["extended_until", "extension_reason", "extended_by", "fix_until"])
    tell_stream("entry.extended", row, by)
    return row


@transaction.atomic
def mark_duplicate(*, entry: ContestEntry, of: ContestEntry, by: User) -> ContestEntry:
    """Put an entry aside that says the same as another one of the same entrant."""
    row = lock_entry(entry.pk)
    if of.pk == row.pk or of.contest_id != row.contest_id or of.anchor:
        raise wrong(_("Choose another entry of the same contest."), "of")
    row.duplicate_of = of
    move_entry(row, EntryState.DUPLICATE, "duplicate_of")
    tell_stream("entry.duplicate", row, by)
    return row


@transaction.atomic
def withdraw(*, entry: ContestEntry, by: Person | User, reason: str = "") -> ContestEntry:
    """The entrant takes it out of the contest, until winners are decided; nothing of it may be shown any more.

    A colleague who runs the contest may do it for them, with the reason.
    """
    row = lock_entry(entry.pk)
    if isinstance(by, Person):
        demand_owner(row, by.pk)
    elif not reason.strip():
        raise wrong(_("Say why: it stays in the record."), "reason")
    if row.state == EntryState.WITHDRAWN:
        return row
    if row.contest.state in DECIDED:
        raise DomainError(_("The winners are decided: please talk to the contest’s team."))
    row.reason = reason.strip()[:500]
    move_entry(row, EntryState.WITHDRAWN, "reason")
    agreeing.end_all(row, by)
    tell_stream("entry.withdrawn", row, by)
    return row


@transaction.atomic
def disqualify(*, entry: ContestEntry, by: User, reason: str, codes: Sequence[str] = (Reason.RULES,)) -> ContestEntry:
    """Ask to put an entry out of the contest; a second person who asks the same does it."""
    row = lock_entry(entry.pk)
    if row.contest.state in DECIDED:
        raise DomainError(_("The winners are decided: revoke the outcome instead."))
    if EntryState.DISQUALIFIED not in _next_states(row):
        raise IllegalMove(_("entry"), row.get_state_display())
    if row.disqualify_asked_by_id is None:
        if not reason.strip():
            raise wrong(_("Say why: a second person decides by it, and the entrant reads it."), "reason")
        _say_why(row, codes, reason)
        row.disqualify_asked_by = by
        row.save(update_fields=["reason_codes", "reason", "disqualify_asked_by"])
        tell_stream("entry.disqualify_asked", row, by)
        return row
    if row.disqualify_asked_by_id == by.pk:
        raise DomainError(_("You asked for it. Somebody else has to confirm it."))
    move_entry(row, EntryState.DISQUALIFIED)
    agreeing.end_all(row, by)
    tell_stream("entry.disqualified", row, by)
    return row


@transaction.atomic
def keep_in(*, entry: ContestEntry, by: User) -> ContestEntry:
    """Refuse to disqualify: the entry stays in the contest."""
    row = lock_entry(entry.pk)
    if row.disqualify_asked_by_id is None or row.state == EntryState.DISQUALIFIED:
        return row
    row.disqualify_asked_by, row.reason, row.reason_codes = None, "", []
    row.save(update_fields=["disqualify_asked_by", "reason", "reason_codes"])
    tell_stream("entry.kept", row, by)
    return row


def _next_states(row: ContestEntry) -> set[str]:
    return set(ENTRY_MOVES.get(EntryState(row.state), ()))
