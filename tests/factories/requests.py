"""Reference requests in each state, reached by the services that lead there."""

import datetime as dt
from typing import Any

from references.accounts import clock
from references.accounts.models import Contact
from references.requests import services
from references.requests.enums import Side
from references.requests.models import Candidate, ReferenceRequest
from refprogram.people.enums import Role
from refprogram.people.models import User
from tests.factories.people import UserFactory
from tests.factories.references import activity, speaker


def request_of(requester: User | None = None, slug: str = "call", **need: Any) -> ReferenceRequest:
    """Return a new request, needed in a month, for nobody's deal."""
    return services.submit(
        requester=requester or UserFactory(),
        activity=activity(slug),
        **{"needed_by": clock.today() + dt.timedelta(days=30), "purpose": "Northwind", **need},
    )


def owned_speaker(owner: User | None = None, **account: Any) -> Contact:
    """Return a contact who may be asked, of an account that somebody owns (who is then asked first)."""
    return speaker(owner=owner or UserFactory(), **account)


def in_review(
    request: ReferenceRequest | None = None, contact: Contact | None = None, actor: User | None = None
) -> Candidate:
    """Return a candidate that waits for the account's owner."""
    return services.propose(
        request=request or request_of(),
        account=(contact := contact or owned_speaker()).account,
        contact=contact,
        actor=actor or UserFactory(role=Role.MARKETER),
    )


def invited(candidate: Candidate | None = None, **proposal: Any) -> Candidate:
    """Return a candidate whose owner agreed: the customer is asked."""
    candidate = candidate or in_review(**proposal)
    if candidate.invited_at is not None:
        return candidate  # the owner asked or proposed, and has so agreed
    return services.owner_approve(candidate=candidate, actor=candidate.approver)


def accepted(candidate: Candidate | None = None, times: tuple[dt.datetime, ...] = (), **proposal: Any) -> Candidate:
    """Return a candidate who said yes."""
    return services.customer_accept(candidate=candidate or invited(**proposal), times=times)


def delivered(candidate: Candidate | None = None, **proposal: Any) -> Candidate:
    """Return a candidate who spoke for us."""
    candidate = candidate or accepted(**proposal)
    return services.mark_delivered(candidate=candidate, actor=candidate.request.requester)


def closed(rating: int = 5, **proposal: Any) -> Candidate:
    """Return a candidate of a closed request: both sides said how it was."""
    candidate = delivered(**proposal)
    services.give_feedback(candidate=candidate, side=Side.CUSTOMER, rating=rating)
    services.give_feedback(candidate=candidate, side=Side.REQUESTER, rating=rating, actor=candidate.request.requester)
    candidate.refresh_from_db()
    return candidate
