"""Fields that the company added: what the other row says goes over where ours says nothing, or where it is chosen.

The merged row keeps its own values, so undoing only has to give the kept one back what it said before.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from references.accounts.models import Account, Contact
from references.merging.fields import Side
from refprogram.kernel.custom_fields import shown
from refprogram.kernel.custom_fields.definitions import Definition, Value, definitions
from refprogram.kernel.custom_fields.values import clean, save_many, values_of

Row = Account | Contact


def noun_of(row: Row) -> str:
    """Return under which noun a row's added fields are kept."""
    return "account" if isinstance(row, Account) else "contact"


def sides(kept: Row, merged: Row) -> list[Side]:
    """Return the added fields in which two rows say different things. One query, none where nothing was added."""
    ours, theirs = _both(kept, merged)
    return [
        Side(field.name, field.label, shown.words(field, ours[field.key]), shown.words(field, theirs[field.key]), False)
        for field in definitions(noun_of(kept))
        if field.key in ours and field.key in theirs and ours[field.key] != theirs[field.key]
    ]


def filled(kept: Row, merged: Row) -> int:
    """Count the added fields that ours leaves empty and the other fills."""
    ours, theirs = _both(kept, merged)
    return len(theirs.keys() - ours.keys())


def take_over(kept: Row, merged: Row, take: Collection[str]) -> dict[str, Any]:
    """Give the kept row what it lacks, and what was chosen; return what undoing needs. The rows are locked."""
    noun = noun_of(kept)
    ours, theirs = _both(kept, merged)
    differ = [field for field in definitions(noun) if field.key in theirs and theirs[field.key] != ours.get(field.key)]
    news: dict[str, Value] = {
        field.key: theirs[field.key] for field in differ if field.key not in ours or field.name in take
    }
    save_many(noun=noun, rows={kept.pk: news})
    return {"before": {key: _text(ours.get(key)) for key in news}, "set": {key: _text(news[key]) for key in news}}


def give_back(kept: Row, facts: Mapping[str, Any]) -> None:
    """Restore the values that nobody changed since the merge."""
    noun = noun_of(kept)
    now = values_of(noun, [kept.pk])[kept.pk]
    said = facts.get("set", {})
    back = {
        field.key: _value(field, facts["before"][field.key])
        for field in definitions(noun)
        if field.key in said and _text(now.get(field.key)) == said[field.key]
    }
    save_many(noun=noun, rows={kept.pk: back})


def _both(kept: Row, merged: Row) -> tuple[dict[str, Value], dict[str, Value]]:
    found = values_of(noun_of(kept), [kept.pk, merged.pk])
    return found[kept.pk], found[merged.pk]


def _text(value: Value | None) -> str | None:
    """Return a value as text that `clean` reads back."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _value(field: Definition, text: str | None) -> Value | None:
    return None if text is None else clean(field, text)
