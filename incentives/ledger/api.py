"""The API of points: the ledger, and what everybody holds. The same services and permissions as the pages."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from incentives.ledger import selectors, services
from incentives.ledger.enums import Book, BookingKind
from incentives.ledger.filters import EntryFilter
from incentives.ledger.models import Entry, Posting, Wallet
from refprogram.kernel import api
from refprogram.kernel.errors import NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["incentives"])


# ---------------------------------------------------------------- ledger


class LedgerSideOut(api.Schema):
    """One side of an entry: so many points into (plus) or out of (minus) a book of somebody's wallet."""

    book: Book
    holder: str | None
    points: int

    @staticmethod
    def resolve_holder(obj: Posting) -> str | None:
        return obj.wallet.holder if obj.wallet is not None else None

    @staticmethod
    def resolve_points(obj: Posting) -> int:
        return obj.amount


class LedgerEntryOut(api.Fact):
    """One entry of the ledger. `person` and `points` are of its main side: what became somebody's own."""

    person: api.Ref | None
    points: int
    memo: str
    kind: BookingKind
    rule: api.Ref | None
    rule_version: int | None
    event: str | None
    occurred_at: dt.datetime
    reverses: str | None
    reversed_by: str | None

    @staticmethod
    def resolve_url(obj: Entry) -> str:
        return api.absolute(obj.get_absolute_url())

    @staticmethod
    def resolve_person(obj: Entry) -> Any:
        wallet = selectors.main_side(obj.postings.all()).wallet
        return wallet.person if wallet is not None else None

    @staticmethod
    def resolve_points(obj: Entry) -> int:
        return selectors.main_side(obj.postings.all()).amount

    @staticmethod
    def resolve_event(obj: Entry) -> str | None:
        return obj.event.public_id if obj.event else None

    @staticmethod
    def resolve_reverses(obj: Entry) -> str | None:
        return obj.reverses.public_id if obj.reverses else None

    @staticmethod
    def resolve_reversed_by(obj: Entry) -> str | None:
        later = getattr(obj, "reversed_by", None)
        return later.public_id if later else None


class LedgerEntryDetailOut(LedgerEntryOut):
    """One entry with all its sides, which sum to zero."""

    sides: list[LedgerSideOut]

    @staticmethod
    def resolve_sides(obj: Entry) -> list[Posting]:
        return list(obj.postings.all())


class ReversalIn(api.Input):
    """Why points are taken back; the person reads it."""

    reason: str


def _ledger(request: MemberRequest) -> QuerySet[Entry]:
    if not request.user.has_perm("incentives.view_ledger"):
        raise PermissionDenied
    return selectors.entries_visible_to(request.user)


@api.listing(router, "/ledger", LedgerEntryOut, filters=EntryFilter)
def list_ledger(request: MemberRequest) -> QuerySet[Entry]:
    """List the ledger, oldest first."""
    return _ledger(request)


@router.get("/ledger/{public_id}", response=LedgerEntryDetailOut)
def get_ledger_entry(request: MemberRequest, public_id: str) -> Any:
    """Return one entry."""
    return api.found(_ledger(request), public_id)


@router.post("/ledger/{public_id}/reverse", response={201: LedgerEntryDetailOut})
def reverse_ledger_entry(request: MemberRequest, public_id: str, data: ReversalIn) -> Any:
    """Take an entry back by its mirror image; answers with the reversal."""
    entry = api.found(_ledger(request), public_id)
    reversal = services.reverse(entry=entry, reason=data.reason, actor=request.user)
    return api.Status(201, api.found(_ledger(request), reversal.public_id))


# ---------------------------------------------------------------- balances


class BalanceOut(api.Thing):
    """What a person holds: `points` can be spent, the others wait, are set aside for a reward, spent or lapsed."""

    person: api.Ref
    points: int
    pending: int
    reserved: int
    redeemed: int
    expired: int

    @staticmethod
    def resolve_url(obj: Wallet) -> str:
        return api.absolute(f"/api/v1/balances/{obj.public_id}")

    @staticmethod
    def resolve_points(obj: Wallet) -> int:
        return obj.available


def _balances(request: MemberRequest) -> QuerySet[Wallet]:
    if not request.user.has_perm("incentives.view_rewards"):
        raise NotAllowed(_("Points are for colleagues."))
    return selectors.wallets_visible_to(request.user).select_related("person")


@api.listing(router, "/balances", BalanceOut)
def list_balances(request: MemberRequest) -> QuerySet[Wallet]:
    """List balances: your own, or everybody's if you may read the ledger."""
    return _balances(request)


@router.get("/balances/{public_id}", response=BalanceOut)
def get_balance(request: MemberRequest, public_id: str) -> Any:
    """Return the balance of one person."""
    return api.found(_balances(request), public_id)
