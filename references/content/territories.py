"""In which territory a share page is read: consent can hold for one region alone."""

from references.content.models import Board


def territory_of(board: Board) -> str:
    """Return the region of the deal's customer; empty, which asks for consent everywhere, where nobody knows."""
    account = board.opportunity.account if board.opportunity is not None else None
    return account.region.name if account is not None and account.region is not None else ""
