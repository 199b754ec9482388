"""Share pages for one deal: made, changed, closed, and looked at by people who are not known."""

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from references.accounts.models import Opportunity
from references.accounts.services.locks import actor_id
from references.consents.enums import Channel, UseAudience
from references.consents.gate import judge
from references.content import policy
from references.content.errors import ConsentMissing
from references.content.models import Asset, Board, BoardItem, BoardView
from references.content.territories import territory_of
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit, subject_of
from refprogram.people.models import User

PURPOSE = "board"


@transaction.atomic
def make_board(
    *,
    title: str,
    assets: Sequence[Asset],
    by: User,
    opportunity: Opportunity | None = None,
    greeting: str = "",
    days: int | None = None,
) -> Board:
    """Make a share page out of assets of which something may be shown to prospects in the deal's territory."""
    name = " ".join(title.split())[:200]
    if not name:
        message = _("Give the page a title: the prospect reads it first.")
        raise InvalidInput(message, errors={"title": message})
    days = policy.now().board_days if days is None else days
    if not 1 <= days <= policy.BOARD_LONGEST:
        message = _("Between 1 and %(most)d days.") % {"most": policy.BOARD_LONGEST}
        raise InvalidInput(message, errors={"days": message})
    board = Board(
        title=name, opportunity=opportunity, greeting=greeting.strip()[:5000], made_by=by,
        expires_at=timezone.now() + dt.timedelta(days=days),
    )  # fmt: skip
    board.save(force_insert=True)
    _fill(board, assets)
    links.issue(purpose=PURPOSE, subject=board, person_id=None, days=days, token=token_of(board))
    _emit("board.made", board, by)
    return board


def _fill(board: Board, assets: Sequence[Asset]) -> None:
    if not assets:
        message = _("Choose at least one story.")
        raise InvalidInput(message, errors={"assets": message})
    if board.items.count() + len(assets) > policy.BOARD_ITEMS:
        message = _("At most %(most)d on one page: nobody reads more.") % {"most": policy.BOARD_ITEMS}
        raise InvalidInput(message, errors={"assets": message})
    rows = {row.pk: row for row in Asset.objects.select_related("account").filter(pk__in=[one.pk for one in assets])}
    chosen = [rows[one.pk] for one in assets if one.pk in rows]
    verdicts = judge(
        chosen, channel=Channel.SHARE, audience=UseAudience.PROSPECTS, territory=territory_of(board), whole=False
    )
    for asset, verdict in zip(chosen, verdicts, strict=True):
        if not verdict.ok:
            message = _("“%(title)s” cannot be shared: %(why)s") % {"title": asset.title, "why": verdict.reason}
            raise ConsentMissing(message, errors={"assets": message})
    start = board.items.count()
    for place, asset in enumerate(chosen):
        _item, made = BoardItem.objects.get_or_create(board=board, asset=asset, defaults={"position": start + place})
        if made:
            Asset.objects.filter(pk=asset.pk).update(shares=F("shares") + 1)


@transaction.atomic
def add_to_board(*, board: Board, assets: Sequence[Asset], by: User) -> Board:
    """Put more on a page that is open."""
    row = _open(board)
    _fill(row, assets)
    _emit("board.changed", row, by)
    return row


@transaction.atomic
def remove_from_board(*, item: BoardItem, by: User) -> Board:
    """Take one asset off a page; at least one stays."""
    row = _open(item.board)
    if row.items.count() <= 1:
        raise DomainError(_("It is the last one. Close the page instead."))
    item.delete()
    _emit("board.changed", row, by)
    return row


@transaction.atomic
def close_board(*, board: Board, by: User) -> Board:
    """End a page: its address stops working at once. Twice is once."""
    row = Board.objects.select_for_update().get(pk=board.pk)
    if row.closed_at is None:
        row.closed_at = timezone.now()
        row.save(update_fields=["closed_at"])
        links.withdraw(subject=row, purpose=PURPOSE)
        _emit("board.closed", row, by)
    return row


def _open(board: Board) -> Board:
    rows = Board.objects.select_for_update(of=("self",)).select_related("opportunity__account__region")
    row = rows.get(pk=board.pk)
    if row.closed_at is not None or row.expires_at <= timezone.now():
        raise DomainError(_("This page has ended. Make a new one."))
    return row


def token_of(board: Board) -> str:
    """Return the token of a board's address: derived from a secret, so that its maker can read it again."""
    return salted_hmac("references.board", board.public_id, algorithm="sha256").hexdigest()[:40]


def address_of(board: Board) -> str:
    """Return the address that prospects are given."""
    return f"{settings.BASE_URL}/s/{token_of(board)}/"


# ---------------------------------------------------------------- looks


@transaction.atomic
def count_look(*, board: Board, tab: str, item_id: int | None = None) -> bool:
    """Count that somebody looked at a page or a section of it; return whether it was a new look.

    A tab's random id is hashed with the day and the board, so that nobody can be followed from day to day or page to
    page, and the same tab counts once in a few hours.
    """
    row = Board.objects.select_for_update().get(pk=board.pk)
    now = timezone.now()
    if not tab or row.closed_at is not None or row.expires_at <= now:
        return False
    item = row.items.filter(pk=item_id).first() if item_id is not None else None
    if item_id is not None and item is None:
        return False
    visitor = hashlib.sha256(f"{now:%Y-%m-%d}:{row.public_id}:{tab[:64]}".encode()).hexdigest()[:32]
    looks = BoardView.objects.filter(
        board=row, item=item, visitor=visitor, at__gt=now - dt.timedelta(hours=policy.now().one_look)
    )
    if looks.exists():
        return False
    BoardView.objects.create(board=row, item=item, visitor=visitor, at=now)
    if item is None:
        Board.objects.filter(pk=row.pk).update(views=F("views") + 1)
    else:
        BoardItem.objects.filter(pk=item.pk).update(views=F("views") + 1)
        Asset.objects.filter(pk=item.asset_id).update(views=F("views") + 1)
    if row.views == 0 and item is None:
        _emit("board.seen", row, None)
    return True


def _emit(topic: str, board: Board, by: User | None) -> None:
    deal = board.opportunity
    emit(
        topic,
        subject=subject_of(board),
        account_id=deal.account_id if deal is not None else None,
        actor_id=actor_id(by),
        payload={"opportunity": board.opportunity_id, "n": board.items.count()},
    )
