"""Share pages as a prospect reads them now, and as their maker has to know them."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, DateField, Exists, OuterRef, TextField
from django.http import Http404
from django.utils import timezone

from references.accounts import clock
from references.consents.enums import Channel, UseAudience
from references.consents.gate import Verdict, allowed, judge
from references.content.enums import PartKind
from references.content.models import Asset, AssetPart, AssetVersion, Board, BoardItem, BoardView
from references.content.territories import territory_of
from refprogram.kernel.files.selectors import files_of
from refprogram.kernel.models import StoredFile
from refprogram.kernel.prepared import Among, Given, Prepared, PreparedValues


@dataclass(frozen=True)
class PartView:
    """A part as it is shown, with its file if it has one that is ready."""

    part: AssetPart
    file: StoredFile | None = None


@dataclass(frozen=True)
class Section:
    """One asset on a page: what may be shown of it now. `body`: the whole story, where all of it may be."""

    item: BoardItem
    asset: Asset
    parts: list[PartView]
    body: str


@dataclass(frozen=True)
class Withheld:
    """What its maker has to know: an asset or a part that is not shown, and why."""

    asset: Asset
    part: AssetPart | None
    reason: str


_IDS: Any = Among("pk", "ids")
_USE: dict[str, Any] = {
    "channel": Channel.SHARE,
    "audience": UseAudience.PROSPECTS,
    "territory": Given("territory", TextField()),
    "on": Given("today", DateField()),
}
_BOARD = Prepared(
    lambda: Board.objects.filter(pk=Given("board", BigIntegerField())).select_related(
        "opportunity__account__region", "made_by__person"
    )
)
_ITEMS = Prepared(lambda: BoardItem.objects.filter(board=Given("board", BigIntegerField())).order_by("position", "pk"))
# What a prospect may read of some assets: their heads (`as_whole`: all of them, so that the story may be told), their
# parts. Composing the gate costs more than asking it, so it is written once, with holes for the deal and the day.
_HEADS = Prepared(
    lambda: (
        allowed(Asset.objects.filter(_IDS), whole=False, **_USE)
        .select_related("account")
        .annotate(as_whole=Exists(allowed(Asset.objects.filter(pk=OuterRef("pk")), **_USE)))
    )
)
_PARTS = Prepared(
    lambda: (
        allowed(AssetPart.objects.filter(Among("asset", "ids")), **_USE)
        .select_related("speaker__person")
        .order_by("position", "pk")
    )
)
_BODIES = PreparedValues(
    lambda: (
        AssetVersion.objects.filter(Among("asset", "ids"))
        .order_by("asset", "-number")
        .distinct("asset")
        .values_list("asset_id", "body")
    )
)


def for_link(board_id: int) -> Board:
    """Return a board with what its page shows, or say that there is none."""
    for board in _BOARD(board=board_id):
        return board
    raise Http404


def sections_of(board: Board) -> list[Section]:
    """Return what a prospect may read now, gated anew at each reading: five queries."""
    use = {"territory": territory_of(board), "today": clock.today()}
    items = _ITEMS(board=board.pk)
    heads: dict[int, Any] = {asset.pk: asset for asset in _HEADS(ids=[item.asset_id for item in items], **use)}
    views = views_of(_PARTS(ids=list(heads), **use))
    bodies = dict(_BODIES(ids=[key for key, asset in heads.items() if asset.as_whole]))
    return [
        Section(item, heads[item.asset_id], views.get(item.asset_id, []), bodies.get(item.asset_id, ""))
        for item in items
        if item.asset_id in heads
    ]


def views_of(parts: Sequence[AssetPart]) -> dict[int, list[PartView]]:
    """Return parts with their files, by asset. One query."""
    files = files_of([part for part in parts if part.kind in {PartKind.PICTURE, PartKind.FILE}])
    found: dict[int, list[PartView]] = {}
    for part in parts:
        ready = next((file for file in files.get(part.pk, []) if file.ready), None)
        found.setdefault(part.asset_id, []).append(PartView(part, ready))
    return found


def withheld_from(board: Board) -> list[Withheld]:
    """Return what a prospect does not get to see of a board, and why: for its maker. Five queries."""
    use: dict[str, Any] = {
        "channel": Channel.SHARE,
        "audience": UseAudience.PROSPECTS,
        "territory": territory_of(board),
    }
    assets = [item.asset for item in board.items.select_related("asset__account").order_by("position", "pk")]
    found = [
        Withheld(asset, None, verdict.reason)
        for asset, verdict in zip(assets, judge(assets, whole=False, **use), strict=True)
        if not verdict.ok
    ]
    hidden = {one.asset.pk for one in found}
    parts = list(AssetPart.objects.filter(asset__in=[a.pk for a in assets if a.pk not in hidden]))
    by_key = {asset.pk: asset for asset in assets}
    for part in parts:
        part.asset = by_key[part.asset_id]
    verdicts: list[Verdict] = judge(parts, **use) if parts else []
    found += [
        Withheld(part.asset, part, verdict.reason)
        for part, verdict in zip(parts, verdicts, strict=True)
        if not verdict.ok
    ]
    return found


@dataclass(frozen=True)
class Looks:
    """How often a board was looked at lately."""

    days: list[tuple[dt.date, int]]
    last: dt.datetime | None


def looks_of(board: Board, *, days: int = 14) -> Looks:
    """Return the looks at a page by day, for the last two weeks, and the latest. One query."""
    now = timezone.now()
    since = now - dt.timedelta(days=days - 1)
    moments = list(
        BoardView.objects.filter(board=board, item__isnull=True, at__gte=since).values_list("at", flat=True)[:5000]
    )
    counted = Counter(timezone.localdate(at) for at in moments)
    first = timezone.localdate(since)
    spread = [(first + dt.timedelta(days=n), counted[first + dt.timedelta(days=n)]) for n in range(days)]
    return Looks(spread, max(moments, default=None))


def section_views(board: Board) -> list[tuple[str, int]]:
    """Return how often each section was looked at: (title, looks)."""
    return [(item.asset.title, item.views) for item in board.items.select_related("asset").order_by("position")]


def is_open(board: Board) -> bool:
    """Whether a board's address still works."""
    return board.closed_at is None and board.expires_at > timezone.now()
