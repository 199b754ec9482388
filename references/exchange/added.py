"""Fields that the company added, in imported files: columns like others, kept once their rows are there."""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext as _

from references.accounts.models import Account, Contact, Opportunity
from references.accounts.names import match_key
from references.exchange import parsing
from references.exchange.models import ImportKind
from references.exchange.parsing import CellError
from references.exchange.specs import SPECS, Field, Spec
from refprogram.kernel.custom_fields import values
from refprogram.kernel.custom_fields.definitions import Definition, definitions
from refprogram.kernel.enums import CustomType
from refprogram.kernel.errors import InvalidInput

Row = dict[str, Any]
NOUNS: Final = {
    ImportKind.ACCOUNTS: "account",
    ImportKind.CONTACTS: "contact",
    ImportKind.OPPORTUNITIES: "opportunity",
}
AT_ONCE: Final = 20_000


def spec_of(kind: ImportKind | str) -> Spec:
    """Return what a file of this kind may hold: its own fields, and those that the company added to its noun."""
    spec = SPECS[ImportKind(kind)]
    noun = NOUNS.get(spec.kind)
    added = [_field(definition) for definition in definitions(noun)] if noun else []
    return replace(spec, fields=(*spec.fields, *added)) if added else spec


def headings(noun: str) -> list[str]:
    """Return every word under which a file may bring a built-in field of a noun: no added field may be called so."""
    kinds = [kind for kind, name in NOUNS.items() if name == noun]
    fields = [field for kind in kinds for field in SPECS[kind].fields]
    return [word for field in fields for word in (field.name, str(field.label), *field.synonyms)]


def _field(definition: Definition) -> Field:
    return Field(definition.name, definition.heading, _reader(definition), (definition.key, definition.label))


def _reader(definition: Definition) -> Callable[[str], Any]:
    """Return the reader of a field's cells, which knows how CRMs write figures and days."""
    tidy = {CustomType.NUMBER: _figure, CustomType.DATE: parsing.day}.get(
        CustomType(definition.type), parsing.text(values.TEXT_LENGTH)
    )

    def read(cell: str) -> Any:
        try:
            value = values.clean(definition, tidy(cell))
        except InvalidInput as error:
            raise CellError(error.message) from error
        if value is None and definition.required:
            raise CellError(_("is missing"))
        return value

    return read


def _figure(cell: str) -> str:
    """Return a figure without marks of thousands, its decimals behind a point."""
    bare = re.sub(r"[\s'\u00a0]", "", cell)
    if re.search(r",\d{1,2}$", bare):
        return bare.replace(".", "").replace(",", ".")
    return bare.replace(",", "")


def keep(spec: Spec, rows: Sequence[Row], *, accept: Container[str]) -> int:
    """Keep the added values of good rows that are written already; return how many changed."""
    noun = NOUNS.get(spec.kind)
    fields = [field for field in definitions(noun) if field.name in accept] if noun else []
    if noun is None or not fields:
        return 0
    changed = 0
    for some in _portions(rows):
        said = dict(_said(spec.kind, some, fields))
        before = values.values_of(noun, list(said))
        news = {
            row: {key: value for key, value in new.items() if before[row].get(key) != value}
            for row, new in said.items()
        }
        changed += sum(map(len, news.values()))
        values.save_many(noun=noun, rows=news)
    return changed


def _portions(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))


def _said(kind: ImportKind, rows: Sequence[Row], fields: Sequence[Definition]) -> Iterator[tuple[int, Row]]:
    """Yield the id of each row, and its added values by key."""
    for row_id, row in zip(IDS[kind](rows), rows, strict=True):
        if row_id is not None:
            yield row_id, {field.key: row.get(field.name) for field in fields}


def _account_ids(rows: Sequence[Row]) -> list[int | None]:
    """Return ids as the import finds them: by the CRM's id, else by the name; of merged ones the one that stays."""
    refs = [row["external_ref"] for row in rows if row.get("external_ref")]
    keys = [match_key(row["name"]) for row in rows]
    known = Account.objects.annotate(meant=Coalesce("merged_into", "pk"))
    by_ref = dict(known.filter(external_ref__in=refs).values_list("external_ref", "meant"))
    by_key = dict(known.filter(match_key__in=keys).order_by("-pk").values_list("match_key", "meant"))
    return [by_ref.get(row.get("external_ref") or "") or by_key.get(key) for row, key in zip(rows, keys, strict=True)]


def _contact_ids(rows: Sequence[Row]) -> list[int | None]:
    addresses = [row["email"] for row in rows]
    found = Contact.objects.annotate(address=Lower("person__email")).filter(address__in=addresses)
    by_both = {(address, account): pk for address, account, pk in found.values_list("address", "account_id", "pk")}
    return [by_both.get((row["email"], row["account"])) for row in rows]


def _deal_ids(rows: Sequence[Row]) -> list[int | None]:
    refs = [row["external_ref"] for row in rows]
    by_ref = dict(Opportunity.objects.filter(external_ref__in=refs).values_list("external_ref", "pk"))
    return [by_ref.get(ref) for ref in refs]


IDS: Final[dict[ImportKind, Callable[[Sequence[Row]], list[int | None]]]] = {
    ImportKind.ACCOUNTS: _account_ids,
    ImportKind.CONTACTS: _contact_ids,
    ImportKind.OPPORTUNITIES: _deal_ids,
}
