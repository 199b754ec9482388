"""Which nouns show their edits: whose they are to see, which rows they are made of, what their fields are called."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from refprogram.kernel.custom_fields.definitions import definitions
from refprogram.kernel.models import CustomValue

Words = str | Promise
EditModel = type[models.Model]


@dataclass(frozen=True)
class Part:
    """Rows of one model that belong to a noun, as `rows(noun's row) -> ids`.

    `words` name the fields (others are called as the model calls them), `silent` are left out, `money` are amounts.
    `named_by` is the field that tells several rows of one noun apart: their changes are shown with its value.
    `hidden` says of a field whether the viewer may not read it here, `say` puts a field's value into words of its own.
    """

    model: type[models.Model]
    rows: Callable[[Any], Collection[int] | QuerySet[Any, Any]] = lambda row: [row.pk]
    words: Mapping[str, Words] = field(default_factory=dict)
    money: Collection[str] = ()
    silent: Collection[str] = ()
    hidden: Mapping[str, Callable[[Any, Any], bool]] = field(default_factory=dict)
    say: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    named_by: str = ""

    @property
    def edits(self) -> EditModel:
        """The model of the copies."""
        return copies_of(self.model)


@dataclass(frozen=True)
class EditNoun:
    """A noun with its own "Edits": `visible(user)` are the rows whose page the user may open."""

    title: Words
    path: str
    visible: Callable[[Any], QuerySet[Any]]
    parts: tuple[Part, ...]
    custom: str = ""

    def custom_fields(self) -> dict[int, Any]:
        """Return the added fields of this noun, by their ids."""
        return {each.id: each for each in definitions(self.custom)} if self.custom else {}


def nouns() -> dict[str, EditNoun]:
    """Return every noun of `settings.EDIT_NOUNS`."""
    return {name: import_string(path) for name, path in settings.EDIT_NOUNS.items()}


@cache
def copies_of(model: type[models.Model]) -> EditModel:
    """Return the model in which the edits of another are kept."""
    found: Iterable[Any] = pghistory.core.event_models(tracks_model=model)
    return next(iter(found))


def kept_models() -> list[type[models.Model]]:
    """Return every model that keeps its edits."""
    found = {copies.pgh_tracked_model for copies in _all_copies() if not copies.pgh_tracked_model._meta.proxy}
    return sorted(found, key=lambda model: model._meta.label)


@cache
def choices_of(model: type[models.Model]) -> dict[Any, EditModel]:
    """Return the many-to-many fields of a model whose edits are kept, each with the model of its copies."""
    kept = {copies.pgh_tracked_model._meta.concrete_model: copies for copies in _all_copies()}
    fields: Iterable[Any] = model._meta.local_many_to_many
    return {field: kept[field.remote_field.through] for field in fields if field.remote_field.through in kept}


def _all_copies() -> Iterable[Any]:
    return pghistory.core.event_models(include_missing_pgh_obj=True)


def value_copies() -> EditModel:
    """Return the model in which the edits of added fields are kept."""
    return copies_of(CustomValue)
