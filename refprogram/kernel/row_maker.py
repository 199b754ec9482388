"""Rows of the database as instances of their models, at a third of what `Model.from_db` costs.

Django asks each field of a model for its default, its deferral and its descriptor, for each row. Here that is asked
once per statement; a row's values then go straight into the instance. Models that do anything of their own when an
instance is made (their own `__init__`, `from_db`, signals, descriptors that write) are left to Django.
"""

import inspect
from collections.abc import Callable, Sequence
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, base, query
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query_utils import DeferredAttribute

_base: Any = base
_query: Any = query
PLAIN = (DeferredAttribute, ForeignKeyDeferredAttribute)
Make = Callable[[Sequence[Any]], Any]


def maker(model: type[Model], names: Sequence[str]) -> Make:
    """Return the function from the values of these fields to an instance; fields left out are deferred."""
    if not made_plainly(model, names):
        return lambda values: model.from_db(DEFAULT_DB_ALIAS, names, values)
    bare = cast("Any", model).__new__

    def make(values: Sequence[Any]) -> Any:
        made = bare(model)
        kept = made.__dict__
        kept["_state"] = state = ModelState()
        state.db, state.adding = DEFAULT_DB_ALIAS, False
        kept.update(zip(names, values, strict=True))
        return made

    return make


def made_plainly(model: type[Model], names: Sequence[str]) -> bool:
    """Return whether an instance is nothing but its values."""
    made: Any = model
    if made.__init__ is not Model.__init__ or made.__new__ is not object.__new__:
        return False
    if made.from_db.__func__ is not cast("Any", Model.from_db).__func__:
        return False
    if _base.pre_init.has_listeners(model) or _base.post_init.has_listeners(model):
        return False
    return all(type(inspect.getattr_static(model, name)) in PLAIN for name in names)


class Joined(_query.RelatedPopulator):
    """Makes the instance that a row has joined, and those joined to it."""

    def __init__(self, info: dict[str, Any], select: Sequence[Any]) -> None:
        super().__init__(info, select, DEFAULT_DB_ALIAS)
        self.make = maker(self.model_cls, self.init_list)
        self.related_populators = joined_of(info, select)

    def populate(self, row: Sequence[Any], from_obj: Any) -> None:
        """Put the joined instance, or None, into the instance that refers to it."""
        values = self.reorder_for_init(row) if self.reorder_for_init else row[self.cols_start : self.cols_end]
        made = None if values[self.pk_idx] is None else self.make(values)
        self.local_setter(from_obj, made)
        if made is None:
            return
        for further in self.related_populators:
            further.populate(row, made)
        self.remote_setter(made, from_obj)


def joined_of(info: dict[str, Any], select: Sequence[Any]) -> list[Joined]:
    """Return the makers of what is joined to a model's rows."""
    return [Joined(further, select) for further in info.get("related_klass_infos", [])]


class RowMaker:
    """Makes the instances of one compiled statement."""

    def __init__(self, compiler: Any) -> None:
        info, select = compiler.klass_info, compiler.select
        fields = info["select_fields"]
        self._start, self._stop = fields[0], fields[-1] + 1
        names = [column[0].target.attname for column in select[self._start : self._stop]]
        self._make = maker(info["model"], names)
        self._joined = joined_of(info, select)
        self._beside = tuple(compiler.annotation_col_map.items())
        self._converters = compiler.get_converters([column[0] for column in select[: compiler.col_count]])
        self._convert = compiler.apply_converters

    def __call__(self, rows: Any) -> list[Any]:
        """Return one instance per row, with what is joined and annotated."""
        start, stop, make, joined, beside = self._start, self._stop, self._make, self._joined, self._beside
        found = []
        for row in self._convert(rows, self._converters) if self._converters else rows:
            made = make(row[start:stop])
            for further in joined:
                further.populate(row, made)
            for name, at in beside:
                setattr(made, name, row[at])
            found.append(made)
        return found
