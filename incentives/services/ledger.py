"""The double-entry ledger: every point that somebody has was issued by an entry, once, and stays on record.

The person's balance row is locked first, so that bookings for one person happen one after the other.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.enums import Book
from incentives.errors import AlreadyReversedError, OverdrawnError
from incentives.models import Balance, Entry, Posting, Rule
from refprogram.kernel import rollups
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from refprogram.kernel.stream import emit
from refprogram.people.models import Person, Team, User

METRIC = "points"
REVERSE = "incentives.reverse"


@transaction.atomic
def post(
    *,
    key: str,
    memo: str,
    person: Person,
    points: int,
    event: Event | None = None,
    rule: Rule | None = None,
    actor: User | None = None,
) -> Entry:
    """Book `points` for a person (minus takes them back) and return the entry; the same key again books nothing.

    It counts from the event's moment, or from now. Raises OverdrawnError when more is taken than there is.
    """
    if points == 0:
        raise InvalidInput(_("Nothing to book: that is no points at all."))
    balance = _lock_balance(person)
    team = _team_of(person)
    entry = Entry(
        key=key,
        memo=memo,
        event=event,
        rule=rule,
        rule_version=rule.version if rule else None,
        actor=actor,
        occurred_at=event.occurred_at if event else timezone.now(),
        team=team,
        region=team.region if team else None,
    )
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        return Entry.objects.get(key=key)
    _book(entry, balance, points)
    emit(
        "points.posted",
        subject=rule or entry,
        actor_id=actor.person_id if actor else None,
        payload={"person": person.pk, "points": points},
    )
    return entry


@transaction.atomic
def reverse(*, entry: Entry, reason: str, actor: User) -> Entry:
    """Take an entry back by its mirror image, at the moment for which it counted; return the reversal.

    Raises AlreadyReversedError, or OverdrawnError when the points are spent.
    """
    if not actor.has_perm(REVERSE):
        raise NotAllowed(_("Only who runs the program, or finance, can take points back."))
    words = " ".join(reason.split())
    if not words:
        message = _("Say why: the person who loses the points reads it.")
        raise InvalidInput(message, errors={"reason": message})
    line = entry.postings.exclude(book=Book.ISSUED)
    person, points = Person.objects.get(pk__in=line.values("person")), line.get().amount
    balance = _lock_balance(person)
    if entry.reverses_id is not None or Entry.objects.filter(reverses=entry).exists():
        raise AlreadyReversedError(_("This was taken back already. Book anew if it should count after all."))
    reversal = Entry(
        key=f"reverse:{entry.pk}",
        memo=words[:200],
        event_id=entry.event_id,
        rule_id=entry.rule_id,
        rule_version=entry.rule_version,
        reverses=entry,
        actor=actor,
        occurred_at=entry.occurred_at,
        team_id=entry.team_id,
        region_id=entry.region_id,
    )
    reversal.save(force_insert=True)
    _book(reversal, balance, -points)
    emit(
        "points.reversed",
        subject=entry,
        actor_id=actor.person_id,
        payload={"person": person.pk, "points": points},
    )
    return reversal


def _lock_balance(person: Person) -> Balance:
    Balance.objects.bulk_create([Balance(person=person, book=Book.AVAILABLE)], ignore_conflicts=True)
    balance = Balance.objects.select_for_update().get(person=person, book=Book.AVAILABLE)
    balance.person = person
    return balance


def _book(entry: Entry, balance: Balance, points: int) -> None:
    """Write both sides of an entry, and in the same breath what is kept: the balance and the standings of points."""
    if balance.amount + points < 0:
        raise OverdrawnError(name=balance.person.name, has=balance.amount, needs=-points)
    Posting.objects.bulk_create(
        [
            Posting(entry=entry, book=Book.ISSUED, amount=-points),
            Posting(entry=entry, book=Book.AVAILABLE, person=balance.person, amount=points),
        ]
    )
    balance.amount += points
    balance.save(update_fields=["amount"])
    keys = {"person": balance.person_id, "team": entry.team_id, "region": entry.region_id}
    rollups.add(metric=METRIC, at=entry.occurred_at, keys=keys, value=points)


def _team_of(person: Person) -> Team | None:
    user = User.objects.select_related("team__region").filter(person=person).first()
    return user.team if user else None
