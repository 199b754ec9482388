"""Accounts and freezes over the API: the same doors as the pages."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from ninja import Query

from references.accounts import selectors, services
from references.accounts.api.doors import account_of, accounts, demand, resolved, router
from references.accounts.api.shapes import (
    AccountIn,
    AccountOut,
    AvailabilityOut,
    FreezeIn,
    FreezeOut,
    NewAccount,
    SolvedIn,
    SolvedOut,
)
from references.accounts.filters import AccountFilter
from references.accounts.models import Account, Freeze
from refprogram.kernel import api
from refprogram.kernel.events_api import EventOut, events_page
from refprogram.people.auth import MemberRequest


def search_accounts(accounts: QuerySet[Account], words: list[str]) -> QuerySet[Account]:
    """Narrow to accounts that have every word in their name or city."""
    for word in words:
        accounts = accounts.filter(Q(name__icontains=word) | Q(city__icontains=word))
    return accounts


@api.listing(router, "/accounts", AccountOut, filters=AccountFilter, search=search_accounts)
def list_accounts(request: MemberRequest) -> QuerySet[Account]:
    """List the accounts that you may open."""
    demand(request, "references.see_accounts")
    return accounts(request)


@router.post("/accounts", response={201: AccountOut})
def create_account(request: MemberRequest, data: NewAccount) -> Any:
    """Add an account. One of the same name is refused unless `twin_ok`."""
    demand(request, "references.add_account")
    fields = resolved(request, data.dict())
    account = services.open_account(**fields, actor=request.user, origin="api")
    return api.Status(201, account_of(request, account.public_id))


@router.get("/accounts/{public_id}", response=AccountOut)
def get_account(request: MemberRequest, public_id: str) -> Account:
    """Return one account, by its id or its id in the CRM."""
    return account_of(request, public_id)


@router.patch("/accounts/{public_id}", response=AccountOut)
def change_account(request: MemberRequest, public_id: str, data: api.PatchDict[AccountIn]) -> Account:
    """Change an account's facts."""
    account = account_of(request, public_id)
    demand(request, "references.change_account", account)
    services.edit_account(account=account, actor=request.user, **resolved(request, dict(data)))
    return account_of(request, account.public_id)


@router.get("/accounts/{public_id}/availability", response=AvailabilityOut)
def get_availability(request: MemberRequest, public_id: str) -> selectors.AvailabilityView:
    """Return whether the account may be asked now, with every reason for and against."""
    account = account_of(request, public_id)
    return selectors.availability_of(account, with_kinds=selectors.may_see_freeze(request.user, account))


@router.get("/accounts/{public_id}/timeline", response=api.Page[EventOut])
def get_timeline(request: MemberRequest, public_id: str, cut: Query[api.Cut]) -> Any:
    """Return what happened to the account, oldest first, as far as you may read it."""
    return events_page(request, selectors.events_of(account_of(request, public_id)), cut)


@router.post("/accounts/{public_id}/freeze", response={201: FreezeOut})
def freeze_account(request: MemberRequest, public_id: str, data: FreezeIn) -> Any:
    """Leave an account alone from now on."""
    account = account_of(request, public_id)
    demand(request, "references.freeze_account", account)
    facts = data.dict(exclude={"source_id"})
    freeze = services.freeze(account=account, actor=request.user, source_ref=data.source_id, **facts)
    if freeze.imposed_by_id != request.user.pk and not selectors.may_see_freeze(request.user, account):
        freeze.reason = ""  # somebody else's words about the same cause
    return api.Status(201, freeze)


@router.post("/freezes/solved", response=SolvedOut)
def solve_freeze(request: MemberRequest, data: SolvedIn) -> Any:
    """Lift the freeze that your system reported; twice is once."""
    rows = selectors.freezes_visible_to(request.user).filter(source=data.source, source_ref=data.source_id)
    freeze = rows.first()
    if freeze is None:
        raise Http404
    demand(request, "references.freeze_account", freeze.account)
    lifted = services.lift_freeze(freeze=freeze, actor=request.user)
    return {"id": lifted.public_id, "lifted_at": lifted.lifted_at}


@router.post("/accounts/{public_id}/confirm", response=AccountOut)
def confirm_account(request: MemberRequest, public_id: str) -> Account:
    """Say that it is still a happy customer."""
    account = account_of(request, public_id)
    demand(request, "references.confirm_account", account)
    services.confirm_still_true(account=account, actor=request.user)
    return account_of(request, account.public_id)


@api.listing(router, "/freezes", FreezeOut)
def list_freezes(request: MemberRequest) -> QuerySet[Freeze]:
    """List the freezes of which you may know the reason."""
    demand(request, "references.see_accounts")
    return selectors.freezes_known_to(request.user)


@router.get("/freezes/{public_id}", response=FreezeOut)
def get_freeze(request: MemberRequest, public_id: str) -> Any:
    """Return one freeze."""
    return api.found(selectors.freezes_known_to(request.user), public_id)


@router.post("/freezes/{public_id}/lift", response=FreezeOut)
def lift_freeze(request: MemberRequest, public_id: str) -> Freeze:
    """Lift a freeze."""
    freeze = api.found(selectors.freezes_known_to(request.user), public_id)
    demand(request, "references.freeze_account", freeze.account)
    return services.lift_freeze(freeze=freeze, actor=request.user)
