"""What is done with batches: names put down, asked, said yes or no to, handed over."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.enums import OPEN_ASKS
from references.accounts.models import Account, ActivityType, Contact, Opportunity
from references.accounts.services import book_ask, decline_ask, release_ask, reserve_ask, spend_ask, write_consent
from references.accounts.services.locks import Actor, actor_id, lock_account, lock_contact
from references.batches import naming, policy, wording
from references.batches.selectors import kept_for, need_of
from references.consents.services.recording import add_terms
from references.consents.terms import TermSpec
from references.requests.enums import BATCH_MOVES, NAME_MOVES, BatchKind, BatchState, NameState
from references.requests.models import BatchName, RequestBatch
from references.requests.selectors.ranking import match_for
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError, InvalidInput, LinkRefused
from refprogram.kernel.moves import check, move
from refprogram.kernel.stream import emit
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

BY_LINK = "signed link"


@transaction.atomic
def make(
    *,
    requester: User,
    name: str,
    kind: str,
    wanted: int,
    needed_by: dt.date,
    activity: ActivityType | None = None,
    opportunity: Opportunity | None = None,
    **facts: Any,
) -> RequestBatch:
    """Begin to collect names. `facts`: exclusive_from, exclusive_until, embargo_until, note."""
    batch = RequestBatch(
        requester=requester,
        name=" ".join(name.split())[:200],
        kind=kind,
        wanted=wanted,
        needed_by=needed_by,
        opportunity=opportunity,
        activity=activity or ActivityType.objects.get(slug=policy.ACTIVITIES[BatchKind(kind)]),
        **facts,
    )
    _check(batch)
    batch.save(force_insert=True)
    _emit("batch.made", batch, requester)
    return batch


def _check(batch: RequestBatch) -> None:
    errors = {}
    if not batch.name:
        errors["name"] = _("Say for what the names are.")
    if not 1 <= batch.wanted <= policy.MOST:
        errors["wanted"] = _("Between 1 and %(n)d.") % {"n": policy.MOST}
    if batch.needed_by < timezone.localdate():
        errors["needed_by"] = _("This day has passed.")
    first, last = batch.exclusive_from, batch.exclusive_until
    if (first is None) != (last is None):
        errors["exclusive_until"] = _("Say both from when and until when, or neither.")
    elif first is not None and last is not None and last < first:
        errors["exclusive_until"] = _("This is before the first day.")
    if errors:
        raise InvalidInput(next(iter(errors.values())), errors=errors)


@transaction.atomic
def change(*, batch: RequestBatch, actor: User, **facts: Any) -> RequestBatch:
    """Change what is wanted while names are collected."""
    row = _lock(batch)
    if row.state != BatchState.COLLECTING:
        raise DomainError(_("It was handed over. Collect further names first."))
    for name, value in facts.items():
        setattr(row, name, value)
    _check(row)
    row.save()
    _emit("batch.changed", row, actor)
    return row


@transaction.atomic
def add_name(*, batch: RequestBatch, account: Account, actor: User, contact: Contact | None = None) -> BatchName:
    """Put a customer down; nobody is asked yet. Refused where they may not be asked, or another batch keeps them."""
    row = _lock(batch)
    _demand_collecting(row)
    if row.names.filter(account=account).exclude(state=NameState.DROPPED).exists():
        raise DomainError(_("%(name)s is in the list already.") % {"name": account.name})
    _refuse_kept(row, account)
    who = contact or match_for(need_of(row), account).contact
    name = BatchName(batch=row, account=account, contact=who)
    name.save(force_insert=True)
    _emit_name("batch.name_added", name, actor)
    return name


def _refuse_kept(batch: RequestBatch, account: Account) -> None:
    days = {clock.today(), batch.needed_by}
    other = next((found for on in days for found in kept_for([account.pk], on, but=batch.pk).values()), None)
    if other is not None and other.exclusive_until is not None:
        words = {"name": account.name, "batch": other.name, "day": rp.day(other.exclusive_until)}
        raise DomainError(_("%(name)s is kept for “%(batch)s” until %(day)s.") % words)


def _demand_collecting(batch: RequestBatch) -> None:
    if batch.state != BatchState.COLLECTING:
        raise DomainError(_("It was handed over. Collect further names first."))


@transaction.atomic
def ask_name(*, name: BatchName, actor: User) -> BatchName:
    """Ask the customer for this very purpose: their goodwill is held, a mail with a link follows."""
    row = _lock_name(name)
    _demand_collecting(row.batch)
    check(row, NameState.ASKED, moves=NAME_MOVES, noun=_("name"))
    _refuse_kept(row.batch, row.account)
    row.ask = reserve_ask(
        account=row.account, contact=row.contact, activity=row.batch.activity, source=row,
        planned_on=row.batch.needed_by, actor=actor,
    )  # fmt: skip
    move(row, NameState.ASKED, moves=NAME_MOVES, noun=_("name"), also=["ask"])
    _emit_name("batch.name_asked", row, actor)
    return row


@transaction.atomic
def allow(*, name: BatchName, token: str = "", actor: Actor = None) -> BatchName:
    """The customer says yes to this purpose: it goes into the consent ledger, and the name may be used.

    Saying yes twice is saying it once. Refused, kindly, when the account was frozen meanwhile or the batch has ended.
    """
    row = _lock_name(name)
    _use(token, row)
    if row.state == NameState.ALLOWED:
        return row
    account = lock_account(row.account_id)
    if account.frozen or row.batch.state == BatchState.CLOSED:
        raise DomainError(_("Thank you for being ready. Meanwhile this has been settled, so nothing is needed."))
    contact = lock_contact(row.contact_id)
    who = actor or contact.person
    row.answered_at = timezone.now()
    move(row, NameState.ALLOWED, moves=NAME_MOVES, noun=_("name"), also=["answered_at"])
    _keep_word(row, contact, who)
    if row.ask is not None and row.ask.state in OPEN_ASKS:
        row.ask = book_ask(ask=row.ask, actor=who)
    _emit_name("batch.name_allowed", row, who)
    return row


def _keep_word(row: BatchName, contact: Contact, who: Actor) -> None:
    """Write the yes into the ledger, unless it says so already: for this kind of use, to be asked each time."""
    batch = row.batch
    wanted = wording.scopes_of(batch)
    missing = wanted - {scope for _contact, scope in naming.in_force(batch, [contact.pk])}
    if not missing:
        return
    until = max(clock.today(), batch.needed_by, batch.embargo_until or batch.needed_by) + dt.timedelta(
        days=policy.KEPT_DAYS
    )
    consent = write_consent(
        contact=contact, activities=[], wording=wording.agreement(batch, row.account.name), source=BY_LINK, actor=who,
        expires_on=until,
    )  # fmt: skip
    kind = BatchKind(batch.kind)
    specs = [
        TermSpec(scope, str(policy.CHANNELS[kind]), int(policy.AUDIENCES[kind]), "", ask_first=True)
        for scope in sorted(missing)
    ]
    add_terms(consent, contact, specs, until=until, actor=who)


@transaction.atomic
def refuse(*, name: BatchName, note: str = "", token: str = "", actor: Actor = None) -> BatchName:
    """The customer says no, or takes a yes back: the name is used no more. Twice is once."""
    row = _lock_name(name)
    _use(token, row)
    if row.state in (NameState.REFUSED, NameState.DROPPED):
        return row
    who = actor or row.contact.person
    row.answered_at, row.note = timezone.now(), note.strip()[:200]
    to = NameState.DROPPED if row.state == NameState.ALLOWED else NameState.REFUSED
    move(row, to, moves=NAME_MOVES, noun=_("name"), also=["answered_at", "note"])
    if row.ask is not None and row.ask.state in OPEN_ASKS:
        row.ask = decline_ask(ask=row.ask, actor=who)
    _emit_name("batch.name_refused", row, who)
    return row


@transaction.atomic
def drop(*, name: BatchName, actor: User) -> BatchName:
    """Leave a name out; who was asked is not needed any more, and their goodwill is free again."""
    row = _lock_name(name)
    move(row, NameState.DROPPED, moves=NAME_MOVES, noun=_("name"))
    _free(row, actor)
    _emit_name("batch.name_dropped", row, actor)
    return row


@transaction.atomic
def forget_name(*, name: BatchName) -> BatchName:
    """Leave a name out whose person is forgotten."""
    row = _lock_name(name)
    if row.state in (NameState.REFUSED, NameState.DROPPED):
        return row
    move(row, NameState.DROPPED, moves=NAME_MOVES, noun=_("name"))
    _free(row, None)
    return row


def _free(row: BatchName, actor: Actor) -> None:
    links.withdraw(subject=row)
    if row.ask is not None and row.ask.state in OPEN_ASKS:
        row.ask = release_ask(ask=row.ask, actor=actor)


@transaction.atomic
def hand_over(*, batch: RequestBatch, actor: User) -> RequestBatch:
    """The names that may be used are handed over: what those customers gave counts as given."""
    row = _lock(batch)
    names = list(_names(row))
    if not naming.usable(row, names):
        raise DomainError(_("Nobody may be named yet."))
    move(row, BatchState.HANDED_OVER, moves=BATCH_MOVES, noun=_("batch"))
    for name in names:
        if name.state == NameState.ALLOWED and name.ask is not None and name.ask.state in OPEN_ASKS:
            spend_ask(ask=name.ask, actor=actor)
    _emit("batch.handed_over", row, actor)
    return row


@transaction.atomic
def reopen(*, batch: RequestBatch, actor: User) -> RequestBatch:
    """Collect further names."""
    row = _lock(batch)
    move(row, BatchState.COLLECTING, moves=BATCH_MOVES, noun=_("batch"))
    _emit("batch.reopened", row, actor)
    return row


@transaction.atomic
def close(*, batch: RequestBatch, actor: User) -> RequestBatch:
    """It is over: who has not answered is needed no more, and nobody is kept for it any longer."""
    row = _lock(batch)
    move(row, BatchState.CLOSED, moves=BATCH_MOVES, noun=_("batch"))
    for name in _names(row):
        if name.state in (NameState.PROPOSED, NameState.ASKED):
            move(name, NameState.DROPPED, moves=NAME_MOVES, noun=_("name"))
        _free(name, actor)
    _emit("batch.closed", row, actor)
    return row


def _lock(batch: RequestBatch) -> RequestBatch:
    rows = RequestBatch.objects.select_for_update(of=("self",))
    return rows.select_related("activity", "opportunity__account__region", "requester").get(pk=batch.pk)


def _names(batch: RequestBatch) -> Any:
    """The names of a locked batch, locked."""
    rows = BatchName.objects.select_for_update(of=("self",)).filter(batch=batch)
    return rows.select_related("account", "contact__person", "ask").order_by("pk")


def _lock_name(name: BatchName) -> BatchName:
    batch = _lock(name.batch)
    row: BatchName = _names(batch).get(pk=name.pk)
    row.batch = batch
    return row


def _use(token: str, name: BatchName) -> None:
    if token and links.use(token).subject_id != name.pk:
        raise LinkRefused(_("This link belongs to something else."))


def _emit(topic: str, batch: RequestBatch, actor: Actor) -> None:
    emit(topic, subject=batch, actor_id=actor_id(actor), payload={"requester": batch.requester.person_id})


def _emit_name(topic: str, name: BatchName, actor: Actor) -> None:
    emit(
        topic,
        subject=name,
        account_id=name.account_id,
        actor_id=actor_id(actor),
        payload={
            "requester": name.batch.requester.person_id,
            "batch": name.batch_id,
            "contact": name.contact_id,
        },
    )
