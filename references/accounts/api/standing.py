"""Where accounts and contacts stand in the program, over the API."""

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from references.accounts import selectors, services
from references.accounts.api.doors import account_of, contact_of, demand, router
from references.accounts.api.shapes import AccountOut, ContactOut, ReasonOut
from references.accounts.enums import Membership
from references.accounts.models import Account, Contact, MembershipStep
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest


class OnboardingStepOut(api.Schema):
    """One step in the program. The reason is for those who may know it."""

    contact: str | None
    was: Membership
    state: Membership
    reason: str
    revisit_on: dt.date | None
    at: dt.datetime


class WaitingOut(api.Schema):
    """Somebody who said yes, and what they still need."""

    contact: str
    checklist: list[ReasonOut]


class MembershipOut(api.Schema):
    """Where an account stands, who is being prepared, and the newest steps."""

    state: Membership
    waiting: list[WaitingOut]
    steps: list[OnboardingStepOut]


class AccountStep(api.Input):
    """A step of a whole account."""

    to: Literal["retired", "do_not_contact"]
    reason: str = Field(max_length=2000)


class ContactStep(api.Input):
    """A step of one person."""

    to: Literal["not_now", "declined", "retired", "do_not_contact"]
    reason: str = Field(max_length=2000)
    revisit_on: dt.date | None = Field(None, description="Only with `not_now`: the first day to ask again.")


@router.get("/accounts/{public_id}/membership", response=MembershipOut)
def get_membership(request: MemberRequest, public_id: str) -> Any:
    """Return where the account and its people stand, and how they came there."""
    account = account_of(request, public_id)
    knows = request.user.has_perm("references.see_freeze", account)
    return {
        "state": account.state,
        "waiting": [
            {"contact": one.contact.public_id, "checklist": one.checklist} for one in selectors.waiting_of(account)
        ],
        "steps": [_step(step, knows=knows) for step in selectors.steps_of(account)],
    }


def _step(step: MembershipStep, *, knows: bool) -> dict[str, Any]:
    return {
        "contact": step.contact.public_id if step.contact else None,
        "was": step.was,
        "state": step.state,
        "reason": step.reason if knows else "",
        "revisit_on": step.revisit_on,
        "at": step.at,
    }


@router.post("/accounts/{public_id}/membership", response=AccountOut)
def move_account(request: MemberRequest, public_id: str, data: AccountStep) -> Account:
    """Take an account out of the program, or note that nobody contacts it again."""
    account = account_of(request, public_id)
    demand(request, "references.move_membership", account)
    act = services.retire_account if data.to == "retired" else services.bar_account
    act(account=account, reason=data.reason, actor=request.user)
    account.refresh_from_db()  # what is no reference any more may be hidden from who just said so
    return account


@router.post("/contacts/{public_id}/membership", response=ContactOut)
def move_contact(request: MemberRequest, public_id: str, data: ContactStep) -> Contact:
    """Note where a person stands: not now, no, takes part no longer, must not be contacted."""
    contact = contact_of(request, public_id)
    demand(request, "references.move_membership", contact.account)
    services.note_step(contact=contact, actor=request.user, **data.dict())
    return contact_of(request, public_id)
