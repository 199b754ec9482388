"""The tables of this room."""

from django.utils.translation import gettext_lazy as _

from references.content.enums import AssetState, PlacementState
from references.content.models import Board, Placement
from references.content.selectors.boards import is_open
from refprogram.kernel import tables
from refprogram.kernel.tables import Pill

S = AssetState
TONES = {
    S.IDEA: "", S.BRIEF: "", S.INTERVIEW: "info", S.DRAFT: "info", S.INTERNAL_REVIEW: "info",
    S.CUSTOMER_REVIEW: "wait", S.LEGAL: "wait", S.APPROVED: "ok", S.PUBLISHED: "ok", S.REFRESH_DUE: "wait",
    S.RETIRED: "rest",
}  # fmt: skip
STATES = {state: Pill(state.label.capitalize(), TONES[state]) for state in S}
PLACES = {
    PlacementState.LIVE: Pill(_("Live"), "ok"),
    PlacementState.TAKEDOWN: Pill(_("To be taken down"), "stop"),
    PlacementState.DOWN: Pill(_("Taken down")),
}


class AssetTable(tables.Table):
    """What is made with customers."""

    title = tables.NameColumn(
        _("Story"), "title", avatar="", small="account.name", order_by="title", related=("account",)
    )  # fmt: skip
    kind = tables.TextColumn(_("Kind"), "get_kind_display", order_by="kind")
    state = tables.PillColumn(_("State"), "state", words=STATES, phone="end", order_by="state")
    owner = tables.OwnerColumn(_("Looked after by"), "owner.person.name", order_by="owner__person__name")
    due = tables.DateColumn(_("Due"), "due_on", order_by="due_on", nulls_last=True)
    refresh = tables.DateColumn(_("Look again"), "refresh_on", order_by="refresh_on", nulls_last=True)
    shares = tables.NumberColumn(_("Shared"), "shares", order_by="shares", desc_first=True)
    views = tables.NumberColumn(_("Looks"), "views", order_by="views", desc_first=True)
    updated = tables.AgoColumn(_("Changed"), "updated_at", order_by="updated_at", desc_first=True, phone="wide")


def _asset_url(placement: Placement) -> str:
    return f"{placement.asset.get_absolute_url()}#places"


class PlacementTable(tables.Table):
    """Where assets stand."""

    row_id = "public_id"

    asset = tables.NameColumn(
        _("Story"), "asset.title", url=_asset_url, avatar="", small="place", order_by="asset__title",
        related=("asset", "asset__account"),
    )  # fmt: skip
    account = tables.TextColumn(_("Customer"), "asset.account.name", order_by="asset__account__name")
    channel = tables.TextColumn(_("Channel"), "get_channel_display", order_by="channel", phone="wide")
    state = tables.PillColumn(_("State"), "state", words=PLACES, phone="end", order_by="state")
    due = tables.DateColumn(_("Down by"), "due_on", order_by="due_on", nulls_last=True)
    proof = tables.TextColumn(_("Proof"), "proof", muted=True)
    since = tables.DateColumn(_("Since"), "placed_on", order_by="placed_on", desc_first=True)
    by = tables.OwnerColumn(_("Placed by"), "placed_by.person.name", order_by="placed_by__person__name")


def _board_pill(board: Board) -> Pill:
    return Pill(_("Open"), "ok") if is_open(board) else Pill(_("Ended"))


def _board_state(board: Board) -> str:
    return str(_board_pill(board).word)


def _deal(board: Board) -> str:
    return str(board.opportunity) if board.opportunity is not None else ""


class BoardTable(tables.Table):
    """Share pages."""

    title = tables.NameColumn(_("Page"), "title", avatar="", small=_deal, order_by="title", related=("opportunity",))
    deal = tables.TextColumn(_("Deal"), _deal, related=("opportunity",))
    state = tables.PillColumn(_("State"), _board_pill, csv=_board_state, phone="end")
    views = tables.NumberColumn(_("Looks"), "views", order_by="views", desc_first=True)
    by = tables.OwnerColumn(_("Made by"), "made_by.person.name", order_by="made_by__person__name")
    ends = tables.DateColumn(_("Ends"), "expires_at", order_by="expires_at")
    made = tables.AgoColumn(_("Made"), "created_at", order_by="created_at", desc_first=True, phone="wide")
