"""Keeping a customer free for a plan: a launch, a press day, a council."""

import datetime as dt
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.askable import LEFT_ALONE
from references.accounts.models import Account, Contact
from references.accounts.services.locks import lock_account
from references.goodwill.checks import sentence
from references.goodwill.enums import RESERVATION_MOVES, ReservationState, Team
from references.goodwill.models import Reservation
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.moves import move
from refprogram.kernel.stream import emit
from refprogram.kernel.templatetags.rp import day
from refprogram.people.models import User

LONGEST: Final = dt.timedelta(days=92)
FURTHEST: Final = dt.timedelta(days=731)


class AlreadyReserved(DomainError):
    """Somebody keeps them in these days already; the sentence says who, and which days come next."""

    code = "already-reserved"

    def __init__(self, message: str, *, free_on: dt.date) -> None:
        super().__init__(message, errors={"starts_on": message})
        self.free_on = free_on


@transaction.atomic
def reserve(
    *,
    account: Account,
    contact: Contact | None = None,
    purpose: str,
    team: str,
    starts_on: dt.date,
    ends_on: dt.date,
    points: int = 0,
    note: str = "",
    actor: User,
) -> Reservation:
    """Keep an account, or one contact, for a plan. Two plans never hold the same contact on the same day."""
    _check(account, contact, purpose=purpose, team=team, starts_on=starts_on, ends_on=ends_on)
    locked = lock_account(account.pk)
    if locked.state in LEFT_ALONE:
        raise InvalidInput(_("%(name)s is left alone; nobody plans with them.") % {"name": locked.name})
    others = Reservation.objects.filter(account=locked, state=ReservationState.ACTIVE, ends_on__gte=starts_on)
    standing = [
        row
        for row in others.select_related("reserved_by__person").order_by("starts_on", "pk")
        if contact is None or row.contact_id in {None, contact.pk}
    ]
    if (clash := next((row for row in standing if row.starts_on <= ends_on), None)) is not None:
        name = contact.person.name if contact is not None else locked.name
        raise _refusal(clash, name, next_free(standing, starts_on, ends_on))
    row = Reservation(
        account=locked, contact=contact, purpose=purpose.strip(), team=team, starts_on=starts_on, ends_on=ends_on,
        points=points, note=note.strip(), reserved_by=actor,
    )  # fmt: skip
    row.save(force_insert=True)
    _tell("reservation.made", row, actor)
    return row


@transaction.atomic
def release(*, reservation: Reservation, actor: User | None, note: str = "") -> Reservation:
    """The plan is off, or they are not needed: others may ask again."""
    row = _locked(reservation)
    row.note = note.strip() or row.note
    move(row, ReservationState.RELEASED, moves=RESERVATION_MOVES, noun=_("reservation"), also=["note"])
    _tell("reservation.released", row, actor)
    return row


@transaction.atomic
def use(*, reservation: Reservation, actor: User | None) -> Reservation:
    """The plan took place."""
    row = _locked(reservation)
    move(row, ReservationState.USED, moves=RESERVATION_MOVES, noun=_("reservation"))
    _tell("reservation.used", row, actor)
    return row


def next_free(rows: list[Reservation], starts_on: dt.date, ends_on: dt.date) -> dt.date:
    """Return the first day from which on as many days are free; `rows` are what stands, by their first day."""
    length, first = ends_on - starts_on, starts_on
    for row in rows:
        if row.starts_on > first + length:
            break
        first = max(first, row.ends_on + dt.timedelta(days=1))
    return first


def _refusal(clash: Reservation, name: str, free: dt.date) -> AlreadyReserved:
    said = sentence(clash, name)
    more = _("As many days are free from %(day)s.") % {"day": day(free)}
    return AlreadyReserved(f"{said} {more}", free_on=free)


def _check(
    account: Account, contact: Contact | None, *, purpose: str, team: str, starts_on: dt.date, ends_on: dt.date
) -> None:
    today = clock.today()
    wrong = {
        "purpose": (not purpose.strip(), _("Say what for.")),
        "team": (team not in Team.values, _("Choose a team.")),
        "contact": (contact is not None and contact.account_id != account.pk, _("They belong to another account.")),
        "ends_on": (ends_on < starts_on, _("Not before the first day.")),
        "starts_on": (not today <= starts_on <= today + FURTHEST, _("From today on, two years ahead at most.")),
    }
    errors = {name: text for name, (holds, text) in wrong.items() if holds}
    if not errors and ends_on - starts_on > LONGEST:
        errors["ends_on"] = _("At most %(n)d days: who is kept longer is asked by nobody.") % {"n": LONGEST.days}
    if errors:
        raise InvalidInput(_("This reservation cannot be made."), errors=errors)


def _locked(reservation: Reservation) -> Reservation:
    lock_account(reservation.account_id)
    rows = Reservation.objects.select_for_update(of=("self",)).select_related("account", "contact__person")
    return rows.get(pk=reservation.pk)


def _tell(topic: str, row: Reservation, actor: User | None) -> None:
    payload: dict[str, Any] = {"contact": row.contact_id, "team": row.team}
    emit(
        topic,
        subject=row,
        account_id=row.account_id,
        actor_id=actor.person_id if actor is not None else None,
        payload=payload,
    )
