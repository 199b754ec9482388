"""Which fields a company added to a noun, known without asking the database on every page."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.utils.functional import Promise

from refprogram.kernel.asked_once import forget, once_per_answer
from refprogram.kernel.enums import CustomType
from refprogram.kernel.models import CustomField

Value = str | Decimal | dt.date | bool
PREFIX: Final = "custom."  # before the key, wherever a field stands among a noun's own: forms, filters, columns, errors
KEPT_SECONDS: Final = 60


@dataclass(frozen=True)
class Noun:
    """A noun to which fields may be added. `table` and `headings` say which names it has beside its model's."""

    name: str
    label: str | Promise
    model: str
    table: str = ""  # the table of its list
    headings: str = ""  # `(noun) -> words` under which an imported file may bring its own fields

    def rows(self) -> type[models.Model]:
        """Return the model."""
        return apps.get_model(self.model)


@dataclass(frozen=True)
class Definition:
    """A field in use, as plain values."""

    id: int
    key: str
    label: str
    type: str
    choices: tuple[str, ...]
    unit: str
    help: str
    required: bool
    searchable: bool
    filterable: bool

    @property
    def name(self) -> str:
        """What the field is called in forms, filters, files and errors."""
        return f"{PREFIX}{self.key}"

    @property
    def column(self) -> str:
        """The column of CustomValue that holds its values."""
        return {CustomType.NUMBER: "number", CustomType.DATE: "day"}.get(CustomType(self.type), "text")

    @property
    def heading(self) -> str:
        """Its label, with the unit."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


def nouns() -> Mapping[str, Noun]:
    """Return every noun of `settings.CUSTOM_FIELD_NOUNS`."""
    return {name: Noun(name, **spec) for name, spec in settings.CUSTOM_FIELD_NOUNS.items()}


def definitions(noun: str) -> list[Definition]:
    """Return the fields of a noun that are in use, in order."""
    return once_per_answer(_key(noun), lambda: _definitions(noun))


def _definitions(noun: str) -> list[Definition]:
    kept: list[Definition] | None = cache.get(_key(noun))
    if kept is None:
        kept = [_definition(field) for field in CustomField.objects.filter(noun=noun, archived_at__isnull=True)]
        cache.set(_key(noun), kept, KEPT_SECONDS)
    return kept


def by_key(noun: str) -> dict[str, Definition]:
    """Return the fields in use by their keys."""
    return {field.key: field for field in definitions(noun)}


def changed(noun: str) -> None:
    """Forget what was known of a noun's fields: now, and again when the change is there for everybody to read."""
    _forget(noun)
    transaction.on_commit(lambda: _forget(noun))


def _forget(noun: str) -> None:
    cache.delete(_key(noun))
    forget(_key(noun))


def _key(noun: str) -> str:
    return f"custom-fields:{noun}"


def _definition(field: CustomField) -> Definition:
    facts: dict[str, Any] = {
        name: getattr(field, name)
        for name in ("id", "key", "label", "type", "unit", "help", "required", "searchable", "filterable")
    }
    return Definition(**facts, choices=tuple(field.choices))
