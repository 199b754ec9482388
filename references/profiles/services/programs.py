"""Programs beside this one that ask the same people: opened, ended, joined, left. Their cap is shared with ours."""

import datetime as dt
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from references.accounts import clock, kept
from references.accounts.models import Contact
from references.accounts.services.locks import lock_account
from references.profiles.enums import PARTICIPATION_MOVES, ParticipationState
from references.profiles.models import LinkedProgram, Participation
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.moves import move
from refprogram.kernel.stream import emit
from refprogram.people.models import User

FIELDS: Final = frozenset({"name", "kind", "terms", "owner", "cap_per_quarter"})
_NOUN = "participation"
_ENDED = ParticipationState.ENDED


@transaction.atomic
def open_program(*, by: User, **fields: Any) -> LinkedProgram:
    """Add a program that asks the same customers."""
    program = LinkedProgram(**_only(fields))
    program.full_clean()
    program.save(force_insert=True)
    emit("program.opened", subject=program, actor_id=by.person_id)
    return program


@transaction.atomic
def edit_program(*, program: LinkedProgram, by: User, **fields: Any) -> LinkedProgram:
    """Change a program; another cap counts for its members at once."""
    row = LinkedProgram.objects.select_for_update(of=("self",)).get(pk=program.pk)
    changed = [name for name, value in _only(fields).items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    row.full_clean()
    if changed:
        row.save(update_fields=changed)
        if "cap_per_quarter" in changed:
            _settle_members(row)
        emit("program.changed", subject=row, actor_id=by.person_id, payload={"fields": sorted(changed)})
    return row


@transaction.atomic
def end_program(*, program: LinkedProgram, by: User) -> LinkedProgram:
    """End a program: its cap binds nobody any more. Twice is once."""
    row = LinkedProgram.objects.select_for_update(of=("self",)).get(pk=program.pk)
    if row.ended_on is None:
        row.ended_on = clock.today()
        row.save(update_fields=["ended_on"])
        _settle_members(row)
        emit("program.ended", subject=row, actor_id=by.person_id)
    return row


@transaction.atomic
def add_participation(
    *,
    program: LinkedProgram,
    contact: Contact,
    by: User | None,
    invited: bool = False,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Participation:
    """Note that a customer's person takes part (or was invited). Once per program, until it ended."""
    account = lock_account(contact.account_id)
    program = LinkedProgram.objects.select_for_update(of=("self",)).get(pk=program.pk)
    if program.ended_on is not None:
        raise DomainError(_("This program has ended."))
    if contact.left_company_at is not None:
        message = _("They left the company.")
        raise InvalidInput(message, errors={"contact": message})
    if since and until and until < since:
        message = _("The last day lies before the first.")
        raise InvalidInput(message, errors={"until": message})
    if Participation.objects.filter(program=program, contact=contact).exclude(state=_ENDED).exists():
        message = _("They are in this program already.")
        raise InvalidInput(message, errors={"contact": message})
    row = Participation(
        program=program, account=account, contact=contact, since=since or (None if invited else clock.today()),
        until=until, state=ParticipationState.INVITED if invited else ParticipationState.ACTIVE,
    )  # fmt: skip
    row.save(force_insert=True)
    kept.settle(account)
    _emit("participation.invited" if invited else "participation.began", row, by)
    return row


@transaction.atomic
def begin_participation(*, participation: Participation, by: User | None) -> Participation:
    """Note that an invited person takes part from today."""
    row = _lock(participation)
    row.since = row.since or clock.today()
    move(row, ParticipationState.ACTIVE, moves=PARTICIPATION_MOVES, noun=_NOUN, also=["since"])
    kept.settle(row.account)
    _emit("participation.began", row, by)
    return row


@transaction.atomic
def end_participation(*, participation: Participation, by: User | None) -> Participation:
    """Note that somebody takes part no longer, from today."""
    row = _lock(participation)
    row.until = clock.today()
    move(row, _ENDED, moves=PARTICIPATION_MOVES, noun=_NOUN, also=["until"])
    kept.settle(row.account)
    _emit("participation.ended", row, by)
    return row


def end_terms() -> int:
    """End what had a last day that is over: the daily round. Returns how many."""
    over = Participation.objects.filter(until__lt=clock.today()).exclude(state=_ENDED)
    rows = list(over.order_by("pk"))
    for row in rows:
        last = row.until
        done = end_participation(participation=row, by=None)
        Participation.objects.filter(pk=done.pk).update(until=last)
    return len(rows)


def _lock(participation: Participation) -> Participation:
    account = lock_account(participation.account_id)
    row = Participation.objects.select_for_update(of=("self",)).select_related("program").get(pk=participation.pk)
    row.account = account
    return row


def _settle_members(program: LinkedProgram) -> None:
    accounts = program.participations.exclude(state=_ENDED).values_list("account", flat=True)
    for account_id in sorted(set(accounts)):
        kept.settle(lock_account(account_id))


def _only(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = fields.keys() - FIELDS
    if unknown:
        message = f"not a field that may be set: {sorted(unknown)}"
        raise TypeError(message)
    return fields


def _emit(topic: str, row: Participation, by: User | None) -> None:
    emit(
        topic,
        subject=row,
        account_id=row.account_id,
        actor_id=None if by is None else by.person_id,
        payload={"program": row.program_id, "contact": row.contact_id},
    )
