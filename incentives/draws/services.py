"""The verbs of draws: open one, hand out tickets, draw, call it off."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.draws import drawing, policy
from incentives.draws.enums import DRAW_MOVES, DrawState
from incentives.draws.models import Draw, Ticket, Win
from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.budgets.models import Fund
from refprogram.governance.budgets.services.book import amount_of
from refprogram.governance.fulfilment import services as gifts
from refprogram.governance.fulfilment.enums import GiftKind
from refprogram.governance.fulfilment.policy import GiftRule
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import Person, User

RUN = "incentives.run_draws"
MOST_PLACES = 50


@dataclass(frozen=True)
class TicketsIn:
    """So many tickets in a draw for one person, as a rule gives them; `key` makes twice once."""

    key: str
    person_id: int
    draw_id: int
    occurred_at: dt.datetime
    count: int = 1
    event_id: int | None = None
    rule_id: int | None = None
    rule_version: int | None = None


@transaction.atomic
def add_tickets(tickets: Sequence[TicketsIn]) -> set[str]:
    """Hand out tickets, in three statements for any number; return the keys of those that were new.

    What happened after the end of its draw, or comes when that is drawn or called off, brings none.
    """
    ends = _held_open({one.draw_id for one in tickets})
    rows = [
        Ticket(
            key=one.key, draw_id=one.draw_id, person_id=one.person_id, count=one.count, event_id=one.event_id,
            rule_id=one.rule_id, rule_version=one.rule_version, occurred_at=one.occurred_at,
        )
        for one in tickets
        if one.draw_id in ends and one.occurred_at < ends[one.draw_id]
    ]  # fmt: skip
    if not rows:
        return set()
    keys = {row.key for row in rows}
    before = set(Ticket.objects.filter(key__in=keys).values_list("key", flat=True))
    Ticket.objects.bulk_create(rows, ignore_conflicts=True)
    return keys - before


def _held_open(ids: set[int]) -> dict[int, dt.datetime]:
    """Return when the open ones of these draws end. They cannot be drawn before this transaction is over."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, closes_at FROM incentives_draw WHERE id = ANY(%s) AND state = 'open' ORDER BY id FOR SHARE",
            [sorted(ids)],
        )
        return dict(cursor.fetchall())


@transaction.atomic
def open_draw(
    *,
    name: str,
    prize: str,
    value: Decimal,
    closes_at: dt.datetime,
    owner: User,
    purpose: str = "",
    places: int = 1,
    fund: Fund | None = None,
) -> Draw:
    """Open a draw: from now on rules may give tickets in it. Its secret is made here, and shown when it is drawn.

    Who opens it cannot win it.
    """
    if not owner.has_perm(RUN):
        raise NotAllowed(_("Draws are opened by who runs the program."))
    name, prize = " ".join(name.split())[:120], " ".join(prize.split())[:200]
    _refuse_unsound(name, prize, closes_at, places)
    secret = drawing.new_secret()
    row = Draw(
        name=name, prize=prize, value=amount_of(value, field="value") if value else Decimal(0), places=places,
        closes_at=closes_at, owner=owner, fund=fund, purpose=" ".join(purpose.split())[:300], secret=secret,
        commitment=drawing.commitment_of(secret),
    )  # fmt: skip
    row.save(force_insert=True)
    _told("draw.opened", row, by=owner)
    return row


def _refuse_unsound(name: str, prize: str, closes_at: dt.datetime, places: int) -> None:
    errors = {}
    if not name:
        errors["name"] = _("Give the draw a name.")
    elif Draw.objects.filter(name=name).exists():
        errors["name"] = _("There is a draw of this name already.")
    if not prize:
        errors["prize"] = _("Say what can be won.")
    if closes_at <= timezone.now():
        errors["closes_at"] = _("This moment is over. Choose a later one.")
    if not 1 <= places <= MOST_PLACES:
        errors["places"] = _("From 1 to %(most)d.") % {"most": MOST_PLACES}
    if errors:
        raise InvalidInput(next(iter(errors.values())), errors=errors)


@transaction.atomic
def call_off(*, draw: Draw, reason: str, by: User) -> Draw:
    """Call a draw off, with the reason; its tickets win nothing."""
    row = lock(draw)
    if not by.has_perm(RUN):
        raise NotAllowed(_("Draws are called off by who runs the program."))
    row.reason = " ".join(reason.split())[:300]
    if not row.reason:
        message = _("Say why: everybody who holds a ticket reads it.")
        raise InvalidInput(message, errors={"reason": message})
    moves.move(row, DrawState.CANCELLED, moves=DRAW_MOVES, noun=_("draw"), also=["reason"])
    _told("draw.cancelled", row, by=by)
    return row


def drawable_at(row: Draw) -> dt.datetime:
    """Return the moment from which a draw may be drawn: late news of what happened before its end has come in."""
    return row.closes_at + dt.timedelta(hours=policy.now().draw_after)


@transaction.atomic
def draw_lots(*, draw: Draw, by: User | None = None) -> list[Win]:
    """Draw the winners, and ask for their gifts. Raises DomainError before its time; drawn again is no other draw."""
    row = lock(draw)
    if timezone.now() < drawable_at(row):
        raise DomainError(_("It is not over yet: it is drawn by itself when all that counts has come in."))
    moves.check(row, DrawState.DRAWN, moves=DRAW_MOVES, noun=_("draw"))
    held = held_in(row)
    row.drawn_from, row.list_hash, row.drawn_at = drawing.as_text(held), drawing.hash_of(held), timezone.now()
    people = {one.public_id: one for one in Person.objects.filter(public_id__in={one.person for one in held})}
    made = [
        Win(draw=row, place=one.place, person=people[one.person], number=one.number, attempt=one.attempt)
        for one in drawing.draw(secret=row.secret, held=held, places=row.places)
    ]
    for win in made:
        win.gift = gifts.give(
            key=f"draw:{row.public_id}:{win.place}",
            gift=gifts.Gift(GiftKind.PRIZE, row.prize, row.value, win.person, GiftRule()),
            occasion=gifts.Occasion(
                row, row.name, row.get_absolute_url(), _("Drawn by lot among those who hold tickets."),
                ApprovalKind.FIELD_INCENTIVE,
            ),
            by=row.owner,
            fund=row.fund,
        )  # fmt: skip
        win.save(force_insert=True)
    moves.move(row, DrawState.DRAWN, moves=DRAW_MOVES, noun=_("draw"), also=["drawn_from", "list_hash", "drawn_at"])
    _told("draw.drawn", row, by=by)
    return made


def held_in(row: Draw) -> list[drawing.Held]:
    """Return the list that is drawn from, as it stands: colleagues who are here, without who runs the draw."""
    tickets = Ticket.objects.filter(draw=row, person__user__is_active=True).exclude(person=row.owner.person_id)
    lines = tickets.order_by("pk").values_list("person__public_id", "count")
    return [drawing.Held(person, count) for person, count in lines]


def draw_due(now: dt.datetime) -> int:
    """Draw all whose time has come; return how many."""
    latest = now - dt.timedelta(hours=policy.now().draw_after)
    due = list(Draw.objects.filter(state=DrawState.OPEN, closes_at__lte=latest).order_by("pk"))
    for row in due:
        with suppress(IllegalMove):  # another worker drew it meanwhile
            draw_lots(draw=row)
    return len(due)


def lock(row: Draw) -> Draw:
    """Return the draw, locked until the end of this transaction."""
    return Draw.objects.select_for_update(of=("self",)).select_related("owner__person", "fund").get(pk=row.pk)


def _told(topic: str, row: Draw, *, by: User | None) -> None:
    emit(topic, subject=row, actor_id=by.person_id if by else None, payload={"owner": row.owner.person_id})
