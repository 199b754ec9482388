"""Asking a customer for something: the one door, whatever room it starts from."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from references.accounts import askable, clock, kept
from references.accounts.enums import ASK_MOVES, OPEN_ASKS, AskState
from references.accounts.errors import AskRefused
from references.accounts.models import Account, ActivityType, Ask, Contact
from references.accounts.services.locks import Actor, actor_id, lock_account, lock_ask, lock_contact, user_of
from refprogram.kernel.moves import move
from refprogram.kernel.stream import Subject, emit, subject_of


@transaction.atomic
def reserve_ask(
    *,
    account: Account,
    contact: Contact,
    activity: ActivityType,
    source: Model | Subject,
    planned_on: dt.date | None = None,
    team: str = "",
    past: Collection[str] = (),
    actor: Actor,
) -> Ask:
    """Hold the customer's goodwill for one activity; `source` is the row it is for, `team` who wants it.

    Raises AskRefused with the reason: left alone on purpose, merged, frozen, paused, gone, asked by another team,
    without consent, away, cap used, resting, reserved. `past` are rules that are overridden: only what time heals
    (`askable.HEALS`); `ask.past` says which of them did stand against it.
    """
    account, contact = lock_account(account.pk), lock_contact(contact.pk)
    wish = askable.Wish(account, contact, activity, planned_on or clock.today(), team)
    overridden = []
    for found in askable.hindrances(wish):
        if not (found.heals and found.rule in past):
            raise AskRefused(found.text, rule=found.rule, free_on=found.free_on)
        overridden.append(found.rule)
    ask = hold(
        account=account,
        contact=contact,
        activity=activity,
        source=source,
        planned_on=planned_on,
        team=team,
        actor=actor,
    )
    ask.past = sorted(set(overridden))
    kept.settle(account)
    _emit("ask.reserved", ask, actor)
    return ask


@transaction.atomic
def demand_may_write(*, contact: Contact) -> Contact:
    """Lock the contact for writing to them about something they agreed to before; raise AskRefused where one may not.

    The same door as `reserve_ask`, for what takes no goodwill: a draft to read, a release to sign.
    """
    account, locked = lock_account(contact.account_id), lock_contact(contact.pk)
    locked.account = account
    reason = askable.why_not_written_to(locked)
    if reason is not None:
        raise AskRefused(reason)
    return locked


def hold(
    *,
    account: Account,
    contact: Contact,
    activity: ActivityType | None,
    source: Model | Subject,
    planned_on: dt.date | None,
    team: str = "",
    actor: Actor,
) -> Ask:
    """Write the row of an ask that was found allowed. The caller holds the locks."""
    about = source if isinstance(source, Subject) else subject_of(source)
    ask = Ask(
        account=account,
        contact=contact,
        activity=activity,
        effort=activity.effort if activity else 0,
        source_type=about.type,
        source_id=about.id,
        planned_on=planned_on or clock.today(),
        reserved_by=user_of(actor),
        team=team,
    )
    ask.save(force_insert=True)
    return ask


@transaction.atomic
def book_ask(*, ask: Ask, actor: Actor, planned_on: dt.date | None = None) -> Ask:
    """The customer agreed; `planned_on` is the day, where one is known by now."""
    ask = lock_ask(ask)
    if planned_on is not None:
        ask.planned_on = planned_on
    move(ask, AskState.BOOKED, moves=ASK_MOVES, noun="ask", also=["planned_on"])
    return _settled("ask.booked", ask, actor)


@transaction.atomic
def move_ask(*, ask: Ask, planned_on: dt.date, actor: Actor) -> Ask:
    """The day is another one than planned: the calendar, caps and rests count from it. The same day changes nothing."""
    ask = lock_ask(ask)
    if ask.planned_on == planned_on or ask.state not in OPEN_ASKS:
        return ask
    ask.planned_on = planned_on
    ask.save(update_fields=["planned_on"])
    return _settled("ask.moved", ask, actor)


@transaction.atomic
def spend_ask(*, ask: Ask, actor: Actor, at: dt.datetime | None = None) -> Ask:
    """It happened: the effort counts, and the account rests."""
    return _end(ask, AskState.SPENT, actor, at=at)


@transaction.atomic
def measure_ask(*, ask: Ask, minutes: int, effort: int, actor: Actor) -> Ask:
    """Note what it really took of the customer: their fatigue and rest follow from that effort instead of the usual.

    Saying the same again changes nothing; what did not happen takes nothing.
    """
    ask = lock_ask(ask)
    if ask.state != AskState.SPENT or (ask.minutes, ask.effort) == (minutes, effort):
        return ask
    changed = ask.effort != effort
    ask.minutes, ask.effort = minutes, effort
    ask.save(update_fields=["minutes", "effort"])
    return _settled("ask.measured", ask, actor) if changed else ask


@transaction.atomic
def release_ask(*, ask: Ask, actor: Actor, note: str = "") -> Ask:
    """It will not happen, and not because the customer said no: the goodwill is free again."""
    return _end(ask, AskState.RELEASED, actor, note=note)


@transaction.atomic
def decline_ask(*, ask: Ask, actor: Actor, note: str = "") -> Ask:
    """The customer said no: that costs a little goodwill too."""
    return _end(ask, AskState.DECLINED, actor, note=note)


def _end(ask: Ask, to: AskState, actor: Actor, *, at: dt.datetime | None = None, note: str = "") -> Ask:
    ask = lock_ask(ask)
    ask.ended_at, ask.note = at or timezone.now(), note
    if to == AskState.SPENT:
        ask.planned_on = clock.today(ask.ended_at)
    move(ask, to, moves=ASK_MOVES, noun="ask", also=["ended_at", "note", "planned_on"])
    return _settled(f"ask.{to.value}", ask, actor)


def _settled(topic: str, ask: Ask, actor: Actor) -> Ask:
    kept.settle(ask.account)
    _emit(topic, ask, actor)
    return ask


def _emit(topic: str, ask: Ask, actor: Actor) -> None:
    emit(
        topic,
        subject=ask,
        account_id=ask.account_id,
        actor_id=actor_id(actor),
        payload={
            "contact": ask.contact_id,
            "activity": ask.activity_id,
            "effort": ask.effort,
            "source_type": ask.source_type,
            "source_id": ask.source_id,
        },
    )
