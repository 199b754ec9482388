"""The router of this room, and the gates that its operations share."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from references.accounts import selectors
from references.accounts.models import Account, Contact
from refprogram.kernel import api
from refprogram.kernel.custom_fields.api import with_custom
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["accounts"])


def demand(request: MemberRequest, permission: str, account: Account | None = None) -> None:
    if not request.user.has_perm(permission, account):
        raise NotAllowed("Your role does not include this.")


def accounts(request: MemberRequest) -> QuerySet[Account]:
    return with_custom(selectors.detail_of(request.user).prefetch_related("products"), "account")


def account_of(request: MemberRequest, key: str) -> Account:
    """Return the account with this id, or with this id in the CRM."""
    account = accounts(request).filter(Q(public_id=key) | Q(external_ref=key)).order_by("pk").first()
    if account is None:
        stays = selectors.kept_instead_of(key)
        account = accounts(request).filter(pk=stays).first() if stays is not None else None
    if account is None:
        raise Http404
    return account


def contact_of(request: MemberRequest, public_id: str) -> Contact:
    contact: Contact = api.found(selectors.contacts_visible_to(request.user).select_related("stand_in"), public_id)
    return contact


def resolved(request: MemberRequest, data: dict[str, Any]) -> dict[str, Any]:
    """Turn the ids and names in a body into rows; say by field what there is not."""
    for field, rows in selectors.nameable(request.user).items():
        if data.get(field) is not None:
            data[field] = _one(rows, field, data[field])
    if "products" in data:
        data["products"] = [_one(selectors.products(), "products", name) for name in data["products"]]
    return data


def _one(rows: QuerySet[Any], field: str, key: str) -> Any:
    name = "name" if field in {"region", "product", "products"} else "external_ref"
    row = rows.filter(Q(public_id=key) | Q(**{name: key})).order_by("pk").first()
    if row is None:
        message = f"There is no {field} “{key}”, or you may not see it."
        raise InvalidInput(message, errors={field: message})
    return row
