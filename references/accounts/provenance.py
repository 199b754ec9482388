"""Whose word a field of an account is. What an import wrote is the CRM's: read here, corrected there."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references.accounts.models import Account
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.templatetags.rp import day

CRM: Final = "crm"
# The fields that an import can bring, as colleagues call them.
WORDS: Final = {
    "name": gettext_lazy("Name"),
    "external_ref": gettext_lazy("Id in the CRM"),
    "industry": gettext_lazy("Industry"),
    "region": gettext_lazy("Region"),
    "country": gettext_lazy("Country"),
    "city": gettext_lazy("City"),
    "employees": gettext_lazy("Employees"),
    "revenue": gettext_lazy("Revenue, millions"),
    "founded": gettext_lazy("Founded"),
    "owner": gettext_lazy("Owner"),
    "tier": gettext_lazy("Tier"),
    "parent": gettext_lazy("Part of"),
    "live_since": gettext_lazy("Live since"),
}


def written(fields: Iterable[str], at: dt.datetime) -> dict[str, Any]:
    """Return what `Account.provenance` says of fields that the CRM has just brought."""
    return {name: {"source": CRM, "at": at.isoformat()} for name in fields if name in WORDS}


def owned(account: Account) -> list[str]:
    """Return the fields of an account that are the CRM's word, in the order in which they are shown."""
    return [name for name in WORDS if account.provenance.get(name, {}).get("source") == CRM]


def synced_at(account: Account, field: str) -> dt.datetime | None:
    """Return when the CRM last said so; None for what is not its word."""
    said = account.provenance.get(field, {})
    return dt.datetime.fromisoformat(said["at"]) if said.get("source") == CRM else None


def badge(account: Account, field: str) -> str:
    """Return "CRM, 12 November" for what the CRM owns, else nothing."""
    at = synced_at(account, field)
    return _("CRM, %(day)s") % {"day": day(at)} if at is not None else ""


def value_of(account: Account, field: str) -> str:
    """Return a field as people read it."""
    if field == "tier":
        return str(account.get_tier_display()) if account.tier else ""
    value = getattr(account, field)
    return "" if value is None else f"{value:f}" if field == "revenue" else str(value)


def refuse_owned(account: Account, fields: Mapping[str, Any]) -> None:
    """Raise InvalidInput where somebody would overwrite here what the CRM says, and brings again tomorrow."""
    mine = set(owned(account))
    clash = [
        name for name, value in fields.items() if name in mine and (getattr(account, name) or None) != (value or None)
    ]
    if clash:
        message = _("The CRM owns this. Propose a correction on the account’s page.")
        raise InvalidInput(message, errors=dict.fromkeys(clash, message))
