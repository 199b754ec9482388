"""The first good rows as they would stand in the program, for the preview of a file."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from references.accounts.enums import Stage, Tier
from references.accounts.models import Account, Opportunity, Product
from references.accounts.names import match_key
from references.exchange.models import ImportKind
from references.exchange.specs import Field, Spec
from refprogram.kernel.templatetags import rp
from refprogram.people.models import Region, User

SHOWN = 5
CLEAR: Mapping[str, tuple[Any, str]] = {
    "agent": (User, "person__name"),
    "region": (Region, "name"),
    "product": (Product, "name"),
    "account": (Account, "name"),
}
Sample = dict[str, Any]


def sample_of(spec: Spec, good: Sequence[dict[str, Any]], columns: Iterable[str]) -> Sample:
    """Return the heads and the first rows; to be read where the rows are written, for an account's owner and region."""
    rows, mapped = good[:SHOWN], set(columns)
    fields = [f for f in spec.fields if f.name in mapped and f.name not in _READ_BACK.get(spec.kind, ())]
    names = {f.lookup: _clear(f.lookup, [row.get(f.name) for row in rows]) for f in fields if f.lookup}
    heads = [str(f.label) for f in fields]
    lines = [[_words(f, row.get(f.name), names) for f in fields] for row in rows]
    if spec.kind in _READ_BACK and rows:
        stored = _owners(spec.kind, rows)
        heads += [_("Region"), _("Owner")]
        lines = [
            [*line, *stored.get(_identity(spec.kind, row), ("", ""))] for line, row in zip(lines, rows, strict=True)
        ]
    return {"heads": heads, "rows": lines}


# What is shown as it is stored after writing: it may come from elsewhere than from a column of its own.
_READ_BACK: Mapping[ImportKind, tuple[str, ...]] = {
    ImportKind.ACCOUNTS: ("region", "owner"),
    ImportKind.OPPORTUNITIES: ("owner",),
}


def _clear(lookup: str, ids: Iterable[Any]) -> dict[Any, str]:
    model, field = CLEAR[lookup]
    return dict(model.objects.filter(pk__in=[pk for pk in ids if pk]).values_list("pk", field))


def _words(each: Field, value: Any, names: Mapping[str, Mapping[Any, str]]) -> str:
    if value is None or value == "":
        return ""
    if each.lookup:
        return names[each.lookup].get(value, "")
    if each.name == "stage":
        return str(Stage(value).label)
    if each.name == "tier":
        return str(Tier(value).label)
    return str(rp.exact(value)) if isinstance(value, dt.date) else str(value)


def _identity(kind: ImportKind, row: Mapping[str, Any]) -> str:
    return match_key(row["name"]) if kind == ImportKind.ACCOUNTS else str(row["external_ref"])


def _owners(kind: ImportKind, rows: Sequence[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    wanted = [_identity(kind, row) for row in rows]
    found: QuerySet[Any, tuple[Any, ...]]
    if kind == ImportKind.ACCOUNTS:
        stored = Account.objects.filter(Q(match_key__in=wanted), merged_into__isnull=True)
        found = stored.values_list("match_key", "region__name", "owner__person__name")
    else:
        deals = Opportunity.objects.filter(external_ref__in=wanted)
        found = deals.values_list("external_ref", "account__region__name", "owner__person__name")
    return {str(key): (region or "", owner or "") for key, region, owner in found}
