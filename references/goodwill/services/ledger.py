"""The ledger of give and take: entries are only added, each from its cause once."""

import datetime as dt
import secrets
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import policy as figures
from references.accounts.enums import AskState
from references.accounts.models import Account, Ask, Contact
from references.accounts.services.locks import Actor, actor_id, lock_account, user_of
from references.goodwill import policy
from references.goodwill.enums import ASKS, GIVES, GoodwillKind
from references.goodwill.giving import entries_of, given_key
from references.goodwill.models import GoodwillEntry
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.program_settings.current import fresh
from refprogram.kernel.stream import Subject, emit
from refprogram.people.models import Person

LONGEST_BACK: Final = dt.timedelta(days=731)
BY_HAND: Final = "by_hand"


@transaction.atomic
def record_give(
    *,
    account: Account,
    kind: str,
    contact: Contact | None = None,
    points: int | None = None,
    note: str = "",
    at: dt.datetime | None = None,
    source: Subject | None = None,
    actor: Actor,
) -> GoodwillEntry:
    """Note what was given. Without `points` it is worth what the figures say; the same `source` counts once."""
    if kind not in GIVES:
        raise _refuse("kind", _("This is nothing that is given."))
    if contact is not None and contact.account_id != account.pk:
        raise _refuse("contact", _("They belong to another account."))
    worth = policy.now().worth[kind] if points is None else points
    if not 0 < worth <= 500:
        raise _refuse("points", _("Between 1 and 500 points."))
    now = timezone.now()
    when = at or now
    if not now - LONGEST_BACK <= when <= now:
        raise _refuse("at", _("A day of the last two years."))
    locked = lock_account(account.pk)
    entry, new = _entry(locked, contact, kind=kind, points=worth, source=source, at=when, note=note, actor=actor)
    if new:
        _emit("goodwill.given", entry, actor, kind=kind)
    return entry


@transaction.atomic
def correct(*, entry: GoodwillEntry, actor: Actor, note: str = "") -> GoodwillEntry:
    """Take back what was noted by mistake, once: an entry of the opposite points."""
    if entry.kind not in GIVES:
        raise InvalidInput(_("Only what was given is corrected; an ask stands as it was."))
    account = lock_account(entry.account_id)
    undone, new = _entry(
        account,
        entry.contact,
        kind=GoodwillKind.CORRECTION,
        points=-entry.points,
        source=Subject("goodwillentry", entry.pk),
        at=entry.at,
        note=note,
        actor=actor,
    )
    if new:
        _emit("goodwill.corrected", undone, actor)
    return undone


@transaction.atomic
def note_ask(*, ask: Ask) -> GoodwillEntry | None:
    """Write down what an ask took that was held or declined; nothing for the others. The stream calls it."""
    efforts = {AskState.SPENT: ask.effort, AskState.DECLINED: figures.now().decline_effort}
    points = efforts.get(AskState(ask.state), 0)
    if not points or ask.ended_at is None or ask.activity_id is None:
        return None
    kind = GoodwillKind.ASK if ask.state == AskState.SPENT else GoodwillKind.DECLINED
    account = lock_account(ask.account_id)
    entry, _new = _entry(
        account, ask.contact, kind=kind, points=-points, source=Subject("ask", ask.pk), at=ask.ended_at, actor=None
    )
    return entry


@transaction.atomic
def note_gift(*, fulfilment: Any, receiver: Person, at: dt.datetime) -> GoodwillEntry | None:
    """Note a gift that a customer's person received, at the account where they work; others are no customers."""
    contacts = Contact.objects.filter(person=receiver, merged_into__isnull=True).order_by("left_company_at", "pk")
    wanted = contacts.filter(account=fulfilment.account_id) if fulfilment.account_id else contacts
    contact = wanted.select_related("account").first()
    if contact is None:
        return None
    return record_give(
        account=contact.account,
        contact=contact,
        kind=GoodwillKind.GIFT,
        note=fulfilment.item[:200],
        at=at,
        source=Subject("fulfilment", fulfilment.pk),
        actor=None,
    )


def _entry(
    account: Account,
    contact: Contact | None,
    *,
    kind: str,
    points: int,
    source: Subject | None,
    at: dt.datetime,
    note: str = "",
    actor: Actor,
) -> tuple[GoodwillEntry, bool]:
    """Add an entry and settle what is kept of it; an entry of the same cause is returned as it is."""
    about = source or Subject(BY_HAND, secrets.randbits(62))
    entry, new = GoodwillEntry.objects.get_or_create(
        source_type=about.type,
        source_id=about.id,
        kind=kind,
        defaults={
            "account": account,
            "contact": contact,
            "points": points,
            "note": note.strip(),
            "recorded_by": user_of(actor),
            "at": at,
        },
    )
    if new and kind not in ASKS:
        _settle(account, contact)
    return entry, new


def _settle(account: Account, contact: Contact | None) -> None:
    """Keep what was given, normalised as the fatigue is, on the account and on the contact."""
    half_life = fresh(figures.Figures).half_life
    account.given_key = given_key(entries_of(account=account), half_life)
    account.save(update_fields=["given_key"])
    if contact is not None:
        contact.given_key = given_key(entries_of(contact=contact), half_life)
        contact.save(update_fields=["given_key"])


def _refuse(field: str, message: str) -> InvalidInput:
    return InvalidInput(message, errors={field: message})


def _emit(topic: str, entry: GoodwillEntry, actor: Actor, **more: Any) -> None:
    emit(
        topic,
        subject=entry,
        account_id=entry.account_id,
        actor_id=actor_id(actor),
        payload={"contact": entry.contact_id, "points": entry.points, **more},
    )
