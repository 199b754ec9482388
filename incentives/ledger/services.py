"""The verbs of the ledger: what becomes of points, from the first promise to the reward or back.

Each is a booking that happens once: its key is that of what caused it. What follows on an entry (vest, void, settle,
refund, reverse) is keyed by that entry.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.ledger.booking import Booking, Side, book
from incentives.ledger.enums import STANDING, Book, BookingKind, WalletKind
from incentives.ledger.errors import AlreadyReversedError
from incentives.ledger.models import Entry, Posting, Wallet
from references.models import Account
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from refprogram.kernel.stream import emit
from refprogram.people.models import Person, User

REVERSE = "incentives.reverse"
_STEPS = {BookingKind.REFUNDED: "refund"}  # all else settles what waited or was reserved
REVERSIBLE = (*STANDING, BookingKind.FUNDED)


# ---------------------------------------------------------------- wallets


def wallets_of(people: Iterable[Person]) -> dict[int, Wallet]:
    """Return the wallets of people, by person id; who has none yet gets one."""
    return wallets_of_ids(person.pk for person in people)


def wallets_of_ids(people: Iterable[int]) -> dict[int, Wallet]:
    """Return the wallets of people, by person id; who has none yet gets one."""
    wanted = set(people)
    have = {wallet.person_id: wallet for wallet in Wallet.objects.filter(person__in=wanted)}
    missing = wanted - have.keys()
    if missing:
        new = [Wallet(kind=WalletKind.PERSON, person_id=pk) for pk in sorted(missing)]
        Wallet.objects.bulk_create(new, ignore_conflicts=True)
        have |= {wallet.person_id: wallet for wallet in Wallet.objects.filter(person__in=missing)}
    return {pk: wallet for pk, wallet in have.items() if pk is not None}


def wallet_of(person: Person) -> Wallet:
    """Return a person's wallet, made when first needed."""
    return wallets_of([person])[person.pk]


def wallet_of_account(account: Account) -> Wallet:
    """Return a customer's wallet, made when first needed."""
    Wallet.objects.bulk_create([Wallet(kind=WalletKind.ACCOUNT, account=account)], ignore_conflicts=True)
    return Wallet.objects.get(account=account)


def hold(wallet: Wallet) -> Wallet:
    """Return a wallet as it stands, held until the end of this transaction; of one that went into another, that one."""
    row = Wallet.objects.select_for_update(no_key=True).get(pk=wallet.pk)
    return row if row.merged_into is None else hold(row.merged_into)


def hold_many(ids: Iterable[int]) -> list[Wallet]:
    """Hold wallets by their ids, with those that some of them went into."""
    named = Q(pk__in=list(ids))
    into = Wallet.objects.filter(named, merged_into__isnull=False).values("merged_into")
    return list(Wallet.objects.select_for_update(no_key=True).filter(named | Q(pk__in=into)).order_by("pk"))


def pot(name: str) -> Wallet:
    """Return the pot of this name, made when first needed."""
    Wallet.objects.bulk_create([Wallet(kind=WalletKind.POT, name=name)], ignore_conflicts=True)
    return Wallet.objects.get(kind=WalletKind.POT, name=name)


# ---------------------------------------------------------------- giving


@transaction.atomic
def post(
    *,
    key: str,
    memo: str,
    person: Person,
    points: int,
    event: Event | None = None,
    actor: User | None = None,
    waits: bool = False,
    from_pot: Wallet | None = None,
) -> Entry:
    """Book `points` for a person (minus takes them back) and return the entry; the same key again books nothing.

    They count from the event's moment, or from now. With `waits` they are promised, and come with `vest`. They are
    issued by the program, or taken from a pot. Raises OverdrawnError when more is taken than there is.
    """
    if points == 0:
        raise InvalidInput(_("Nothing to book: that is no points at all."))
    given = Side(Book.BUDGET, -points, from_pot) if from_pot else Side(Book.ISSUED, -points)
    entry, is_new = _book_one(
        Booking(
            key=key,
            kind=BookingKind.EARNED if event else BookingKind.ADJUSTED,
            memo=memo,
            sides=(given, Side(Book.PENDING if waits else Book.AVAILABLE, points, wallet_of(person))),
            event_id=event.pk if event else None,
            actor_id=actor.pk if actor else None,
            occurred_at=event.occurred_at if event else timezone.now(),
            place=place_of(person),
        )
    )
    if is_new:
        emit(
            "points.posted",
            subject=entry,
            actor_id=actor.person_id if actor else None,
            payload={"person": person.pk, "points": points},
        )
    return entry


@transaction.atomic
def vest(*, entry: Entry, event: Event | None = None, actor: User | None = None) -> Entry:
    """Make promised points somebody's own, at the moment of the milestone; once."""
    return _follow(entry, BookingKind.VESTED, {Book.PENDING: Book.AVAILABLE}, memo=entry.memo, event=event, actor=actor)


@transaction.atomic
def void(*, entry: Entry, reason: str, event: Event | None = None, actor: User | None = None) -> Entry:
    """Take back a promise that did not come true: where it came from gets it again."""
    source = Book.BUDGET if entry.postings.filter(book=Book.BUDGET).exists() else Book.ISSUED
    return _follow(entry, BookingKind.VOIDED, {Book.PENDING: source}, memo=_words(reason), event=event, actor=actor)


@transaction.atomic
def fund(*, wallet: Wallet, points: int, key: str, memo: str, actor: User) -> Entry:
    """Put points into a pot, from which rules pay; minus takes them out again."""
    if wallet.kind != WalletKind.POT or points == 0:
        raise InvalidInput(_("Only a pot is filled, and not with nothing."))
    sides = (Side(Book.ISSUED, -points), Side(Book.BUDGET, points, wallet))
    return _book_one(Booking(key, BookingKind.FUNDED, memo, sides, actor_id=actor.pk))[0]


# ---------------------------------------------------------------- spending


@transaction.atomic
def reserve(*, wallet: Wallet, points: int, key: str, memo: str, actor: User | None = None) -> Entry:
    """Set points aside for a reward that is asked for. Raises OverdrawnError when there are not so many."""
    if points <= 0:
        raise InvalidInput(_("A reward costs at least one point."))
    sides = (Side(Book.AVAILABLE, -points, wallet), Side(Book.RESERVED, points, wallet))
    booking = Booking(key, BookingKind.RESERVED, memo, sides, actor_id=actor.pk if actor else None)
    return _book_one(booking)[0]


@transaction.atomic
def release(*, entry: Entry, memo: str, actor: User | None = None) -> Entry:
    """Give reserved points back: the reward was refused or not asked for any more."""
    return _follow(entry, BookingKind.RELEASED, {Book.RESERVED: Book.AVAILABLE}, memo=memo, event=None, actor=actor)


@transaction.atomic
def redeem(*, entry: Entry, memo: str, actor: User | None = None) -> Entry:
    """Count reserved points as spent: the reward is on its way."""
    return _follow(entry, BookingKind.REDEEMED, {Book.RESERVED: Book.REDEEMED}, memo=memo, event=None, actor=actor)


@transaction.atomic
def refund(*, entry: Entry, memo: str, actor: User | None = None) -> Entry:
    """Give spent points back: the reward never came, or was returned. `entry` is that of `redeem`."""
    return _follow(entry, BookingKind.REFUNDED, {Book.REDEEMED: Book.AVAILABLE}, memo=memo, event=None, actor=actor)


@transaction.atomic
def expire(*, wallet: Wallet, points: int, key: str, memo: str) -> Entry:
    """Let points lapse by the program's policy."""
    if points <= 0:
        raise InvalidInput(_("Nothing lapses."))
    sides = (Side(Book.AVAILABLE, -points, wallet), Side(Book.EXPIRED, points, wallet))
    return _book_one(Booking(key, BookingKind.EXPIRED, memo, sides))[0]


# ---------------------------------------------------------------- taking back


@transaction.atomic
def reverse(*, entry: Entry, reason: str, actor: User) -> Entry:
    """Take an entry back by its mirror image, at the moment for which it counted; return the reversal.

    Raises AlreadyReversedError, or OverdrawnError when the points are spent.
    """
    if not actor.has_perm(REVERSE):
        raise NotAllowed(_("Only who runs the program, or finance, can take points back."))
    words = _words(reason)
    Entry.objects.select_for_update().get(pk=entry.pk)  # whoever settles or takes it back meanwhile waits
    if any(side.wallet and side.wallet.person_id == actor.person_id for side in _sides_of(entry)):
        raise NotAllowed(_("These are your own points: somebody else takes them back."))
    if entry.kind == BookingKind.REVERSED:
        raise _already_reversed()
    if entry.kind not in REVERSIBLE:
        raise InvalidInput(_("What was spent comes back by its own way: a refund."))
    if Entry.objects.filter(key=f"settle:{entry.pk}").exists():
        raise InvalidInput(_("This was a promise, and it was settled: look at the entry that did, and take back that."))
    booking = Booking(
        key=f"reverse:{entry.pk}",
        kind=BookingKind.REVERSED,
        memo=words,
        sides=_sides_back(entry),
        event_id=entry.event_id,
        rule_id=entry.rule_id,
        rule_version=entry.rule_version,
        reverses_id=entry.pk,
        actor_id=actor.pk,
        occurred_at=entry.occurred_at,
        place=_place_of_entry(entry),
        counts=entry.kind in STANDING,
    )
    reversal, is_new = _book_one(booking)
    if not is_new:
        raise _already_reversed()
    emit("points.reversed", subject=entry, actor_id=actor.person_id, payload=_told(reversal))
    return reversal


def _sides_back(entry: Entry) -> tuple[Side, ...]:
    """Return an entry's mirror image; what came of a promise goes back to where that came from, and waits no more."""
    sides = _sides_of(entry)
    if entry.kind == BookingKind.VESTED:
        promise = Entry.objects.get(pk=entry.key.removeprefix("settle:"))
        sides = [side for side in (*sides, *_sides_of(promise)) if side.book != Book.PENDING]
    return tuple(Side(Book(side.book), -side.amount, side.wallet) for side in sides)


def _already_reversed() -> AlreadyReversedError:
    return AlreadyReversedError(_("This was taken back already. Book anew if it should count after all."))


def _told(reversal: Entry) -> dict[str, int | None]:
    """Return whose points went, and how many, as the stream keeps it."""
    theirs = [p for p in _sides_of(reversal) if p.wallet is not None and p.wallet.person_id]
    own = min(theirs, key=lambda side: side.book != Book.AVAILABLE, default=None)
    return {"person": own.wallet.person_id if own and own.wallet else None, "points": -own.amount if own else 0}


def _words(reason: str) -> str:
    words = " ".join(reason.split())
    if not words:
        message = _("Say why: the person who loses the points reads it.")
        raise InvalidInput(message, errors={"reason": message})
    return words[:200]


# ---------------------------------------------------------------- booking one


def _follow(
    entry: Entry, kind: BookingKind, ways: dict[Book, Book], *, memo: str, event: Event | None, actor: User | None
) -> Entry:
    """Book what follows on an entry: what it put into one book goes on to another. Once per entry.

    What is promised or reserved is settled one way only: asking for another way raises InvalidInput.
    """
    before = _sides_of(entry)
    pot_ = next((p.wallet for p in before if p.wallet is not None and p.wallet.kind == WalletKind.POT), None)
    sides: list[Side] = []
    for side in before:
        target = ways.get(Book(side.book))
        if target is None or side.amount <= 0:
            continue
        receiver = {Book.BUDGET: pot_, Book.ISSUED: None}.get(target, side.wallet)
        sides += [Side(Book(side.book), -side.amount, side.wallet), Side(target, side.amount, receiver)]
    if not sides:
        raise InvalidInput(_("There is nothing here that could go on."))
    booking = Booking(
        key=f"{_STEPS.get(kind, 'settle')}:{entry.pk}",
        kind=kind,
        memo=memo,
        sides=tuple(sides),
        event_id=event.pk if event else entry.event_id,
        rule_id=entry.rule_id,
        rule_version=entry.rule_version,
        actor_id=actor.pk if actor else None,
        occurred_at=event.occurred_at if event else timezone.now(),
        place=_place_of_entry(entry),
    )
    followed, _is_new = _book_one(booking)
    if followed.kind != kind:
        raise InvalidInput(_("This went another way already: %(what)s.") % {"what": followed.get_kind_display()})
    return followed


def _book_one(booking: Booking) -> tuple[Entry, bool]:
    """Book one entry; return it, and whether it is new: the same key again changes nothing."""
    made = book([booking])
    return Entry.objects.get(key=booking.key), booking.key in made


def _sides_of(entry: Entry) -> list[Posting]:
    return list(entry.postings.select_related("wallet__person__user", "wallet__account").order_by("id"))


def place_of(person: Person) -> dict[str, int | None]:
    """Return where a person's points count: for the person, and for the team and region they are in today.

    Customers have no place: standings are among colleagues.
    """
    user = User.objects.select_related("team").filter(person=person).first()
    if user is None:
        return {}
    return {"person": person.pk, "team": user.team_id, "region": user.team.region_id if user.team else None}


def _place_of_entry(entry: Entry) -> dict[str, int | None]:
    people = [side.wallet.person for side in _sides_of(entry) if side.wallet and side.wallet.person]
    colleague = next((person for person in people if hasattr(person, "user")), None)
    return {"person": colleague.pk, "team": entry.team_id, "region": entry.region_id} if colleague else {}
