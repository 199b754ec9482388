"""The router of this room, and the gates that its operations share."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from references.accounts.selectors import contacts_visible_to, hidden_from, nameable
from references.accounts.selectors import visible_to as accounts_visible_to
from references.requests import selectors
from references.requests.models import Candidate, ReferenceRequest
from refprogram.kernel import api
from refprogram.kernel.custom_fields.api import with_custom
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["requests"])


def demand(request: MemberRequest, permission: str, row: ReferenceRequest | Candidate | None = None) -> None:
    """Refuse who may not."""
    if not request.user.has_perm(permission, row):
        raise NotAllowed("Your role does not include this.")


def requests(request: MemberRequest) -> QuerySet[ReferenceRequest]:
    """Return the requests that the reader may see, with what the API says of them."""
    rows = selectors.visible_to(request.user).select_related(
        *("requester__person", "requester__team", "opportunity__account", "activity", "must_region", "must_product"),
        *("redirected_to__person", "board"),
    )
    masked = Exists(hidden_from(request.user).filter(pk=OuterRef("opportunity__account")))
    return with_custom(selectors.with_nice(rows.annotate(prospect_masked=masked)), "request")


def request_of(request: MemberRequest, public_id: str) -> ReferenceRequest:
    """Return one of them."""
    row: ReferenceRequest = api.found(requests(request), public_id)
    return row


def request_for(request: MemberRequest, public_id: str, permission: str) -> ReferenceRequest:
    """Return one of them to who may do this with it."""
    row = request_of(request, public_id)
    demand(request, permission, row)
    return row


def candidates(request: MemberRequest) -> QuerySet[Candidate]:
    """Return the candidates that the reader may see."""
    rows = selectors.candidates_visible_to(request.user).select_related(
        "request__requester__team", "request__activity", "account", "contact__person", "approver__person"
    )
    return rows.annotate(masked=Exists(hidden_from(request.user).filter(pk=OuterRef("account"))))


def candidate_of(request: MemberRequest, public_id: str) -> Candidate:
    """Return one of them."""
    row: Candidate = api.found(candidates(request), public_id)
    return row


def candidate_for(request: MemberRequest, public_id: str, permission: str) -> Candidate:
    """Return one of them to who may do this with it."""
    row = candidate_of(request, public_id)
    demand(request, permission, row)
    return row


def named(rows: QuerySet[Any], field: str, key: str | None) -> Any:
    """Return the row that a field of the body names by id, or say that there is none."""
    if not key:
        return None
    row = rows.filter(public_id=key).first()
    if row is None:
        message = f"There is no {field} “{key}”, or you may not see it."
        raise InvalidInput(message, errors={field: message})
    return row


def wishes(request: MemberRequest, data: dict[str, Any]) -> dict[str, Any]:
    """Turn the ids in a need into rows."""
    known = nameable(request.user)
    for field, rows in (("must_region", known["region"]), ("must_product", known["product"])):
        if field in data:
            data[field] = named(rows, field, data[field])
    if "nice" in data:
        data["nice"] = _nice(known, dict(data["nice"] or {}))
    return data


def _nice(known: dict[str, QuerySet[Any]], nice: dict[str, Any]) -> dict[str, Any]:
    """Return what would be nice as the row keeps it: what is said, other rows by key."""
    for name in ("region", "product"):
        row = named(known[name], f"nice.{name}", nice.get(name))
        nice[name] = row.pk if row else None
    return {name: value for name, value in nice.items() if value}


__all__ = [
    "accounts_visible_to",
    "candidate_for",
    "candidate_of",
    "candidates",
    "contacts_visible_to",
    "demand",
    "named",
    "request_for",
    "request_of",
    "requests",
    "router",
    "wishes",
]
