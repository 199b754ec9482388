"""Points that wait for a milestone: promised, come true, or given up."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from incentives import policy
from incentives.ledger.booking import Booking, Side, book
from incentives.ledger.enums import Book, BookingKind
from incentives.ledger.models import Entry, Wallet
from incentives.rulebook.enums import PromiseState
from incentives.rulebook.folding import Effect, Happening
from incentives.rulebook.heard import happening_of
from incentives.rulebook.models import Promise
from refprogram.kernel.bulk_stream import BulkEvent, emit_bulk
from refprogram.kernel.models import Event
from refprogram.kernel.stream import Subject, enter_lane


def make(promised: Iterable[tuple[Effect, int, Wallet]]) -> None:
    """Write down what was promised: (what, by which entry, to which wallet). What came meanwhile makes it true at once.

    A batch that failed is told again after what followed on it: what a promise waits for may have been heard before.
    """
    made = Promise.objects.bulk_create(
        Promise(
            entry_id=entry,
            wallet=wallet,
            amount=effect.amount,
            topic=effect.waits,
            subject_type=effect.happening.subject[0],
            subject_id=effect.happening.subject[1],
            until=effect.until or effect.happening.occurred_at,
        )
        for effect, entry, wallet in promised
    )
    if made:
        keep(_told_already(made))


def _told_already(promised: Sequence[Promise]) -> list[Happening]:
    """Return what came of all that these wait for."""
    events = Event.objects.filter(
        topic__in={one.topic for one in promised},
        subject_type__in={one.subject_type for one in promised},
        subject_id__in={one.subject_id for one in promised},
    )
    return [happening_of(event) for event in events.order_by("pk")]


def hold(happenings: Sequence[Happening]) -> None:
    """Hold what may come true by these, with its entries: before wallets are, as whoever takes an entry back does."""
    len(_waiting(happenings))


def _waiting(happenings: Sequence[Happening]) -> QuerySet[Promise]:
    """Return, locked, the promises that wait for one of these."""
    rows = Promise.objects.select_for_update(of=("self", "entry")).filter(
        state=PromiseState.OPEN,
        topic__in={one.topic for one in happenings},
        subject_type__in={one.subject[0] for one in happenings},
        subject_id__in={one.subject[1] for one in happenings},
        entry__reversed_by__isnull=True,
    )
    return rows.select_related("entry", "wallet__person__user").order_by("pk")


def keep(happenings: Sequence[Happening]) -> None:
    """Make promised points somebody's own, where what they waited for happened in time."""
    if not happenings:
        return
    came: dict[tuple[str, str, int], list[Happening]] = defaultdict(list)
    for one in happenings:
        came[(one.topic, *one.subject)].append(one)
    kept: list[tuple[Promise, Happening]] = []
    for promise in _waiting(happenings):
        told = came[promise.topic, promise.subject_type, promise.subject_id]
        # In the order of the stream, as a simulation reads it: what came before the promise was not waited for.
        after = (one for one in told if one.id > (promise.entry.event_id or 0) and one.occurred_at <= promise.until)
        first = next(after, None)
        if first is not None:
            kept.append((promise, first))
    taken_back = _taken_back(promise for promise, _one in kept)
    kept = [(promise, one) for promise, one in kept if promise.entry_id not in taken_back]
    if not kept:
        return
    made = book([_settled(promise, BookingKind.VESTED, Book.AVAILABLE, one) for promise, one in kept])
    Promise.objects.filter(pk__in=[promise.pk for promise, _one in kept]).update(state=PromiseState.KEPT)
    tell(
        (promise.entry.rule_id, promise.wallet.person_id, promise.amount)
        for promise, _one in kept
        if f"settle:{promise.entry_id}" in made and promise.entry.rule_id and promise.wallet.person_id
    )


def _settled(
    promise: Promise, kind: BookingKind, book_: Book, happening: Happening | None, pot: Wallet | None = None
) -> Booking:
    entry = promise.entry
    return Booking(
        key=f"settle:{entry.pk}",  # the ledger's own: what is promised is settled one way only
        kind=kind,
        memo=entry.memo,
        sides=(
            Side(Book.PENDING, -promise.amount, promise.wallet),
            Side(book_, promise.amount, promise.wallet if book_ == Book.AVAILABLE else pot),
        ),
        event_id=happening.id if happening else entry.event_id,
        rule_id=entry.rule_id,
        rule_version=entry.rule_version,
        occurred_at=happening.occurred_at if happening else timezone.now(),
        place=_place(promise),
    )


def _place(promise: Promise) -> dict[str, int | None]:
    """Return where it counts; for customers nowhere."""
    person, entry = promise.wallet.person, promise.entry
    if person is None or not hasattr(person, "user"):
        return {}
    return {"person": person.pk, "team": entry.team_id, "region": entry.region_id}


@transaction.atomic
def give_up(*, now: dt.datetime, limit: int = 1000) -> int:
    """Take back what was promised and did not come true in time; return how much of it. Pots get theirs again."""
    enter_lane("rules")
    before = now - dt.timedelta(days=policy.PROMISE_GRACE_DAYS)
    late = Promise.objects.select_for_update(of=("self", "entry"), skip_locked=True).filter(
        state=PromiseState.OPEN, until__lt=before, entry__reversed_by__isnull=True
    )
    found = list(late.select_related("entry", "wallet__person__user").order_by("pk")[:limit])
    taken_back = _taken_back(found)
    lost = [promise for promise in found if promise.entry_id not in taken_back]
    pots = _pots_of(promise.entry_id for promise in lost)
    book(
        [
            _settled(promise, BookingKind.VOIDED, Book.BUDGET if pot else Book.ISSUED, None, pot)
            for promise, pot in ((promise, pots.get(promise.entry_id)) for promise in lost)
        ]
    )
    Promise.objects.filter(pk__in=[promise.pk for promise in lost]).update(state=PromiseState.LOST)
    return len(lost)


def _taken_back(promises: Iterable[Promise]) -> set[int]:
    """Return the entries that were taken back until they were locked: `filter` looked before."""
    entries = [promise.entry_id for promise in promises]
    return set(Entry.objects.filter(pk__in=entries, reversed_by__isnull=False).values_list("pk", flat=True))


def _pots_of(entries: Iterable[int]) -> dict[int, Wallet]:
    sides = Wallet.objects.filter(postings__entry__in=list(entries), postings__book=Book.BUDGET)
    return {wallet.entry: wallet for wallet in sides.annotate(entry=F("postings__entry"))}


def tell(given: Iterable[tuple[int, int, int]]) -> None:
    """Tell the stream of points that became somebody's own: (rule, person, points)."""
    now = timezone.now()
    emit_bulk(
        [
            BulkEvent("points.posted", Subject("rule", rule), None, {"person": person, "points": points}, now)
            for rule, person, points in given
        ]
    )
