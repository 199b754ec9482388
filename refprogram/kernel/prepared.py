"""Queries that every page sends, written out as SQL once per process.

Django composes a statement anew each time, and for the wide ones of a page that costs more than the database needs to
answer. Here a queryset has holes (`Given`) in place of the values that change; a call fills them in.
"""

import copy
from collections.abc import Callable
from functools import cached_property
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, BooleanField, Expression, Field, Func, Model, QuerySet
from django.db.models.query import ModelIterable

M = TypeVar("M", bound=Model)


class Given(Expression):
    """A hole in a prepared queryset: the value that a call gives under this name."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Stand in for the value among the statement's parameters."""
        return "%s", [self]


class Among(Func):
    """`filter(Among("pk", "ids"))`: the column is one of the ids that a call gives under this name."""

    arg_joiner = " = ANY("
    template = "%(expressions)s)"
    output_field = BooleanField()

    def __init__(self, column: str, name: str) -> None:
        super().__init__(column, Given(name, ArrayField(BigIntegerField())))


class Prepared(Generic[M]):
    """A queryset of whole rows, without prefetches. What `build` returns must depend on nothing but its `Given`s."""

    def __init__(self, build: Callable[[], QuerySet[M]]) -> None:
        self._build = build

    def __call__(self, **given: Any) -> list[M]:
        """Return the rows for these values. One query."""
        model, compiler, sql, holes = self._written
        if not sql:
            return []
        values = tuple(given[hole.name] if isinstance(hole, Given) else hole for hole in holes)
        filled = copy.copy(compiler)
        filled.connection = connections[DEFAULT_DB_ALIAS]  # that of this thread
        filled.as_sql = lambda: (sql, values)
        query = SimpleNamespace(get_compiler=lambda using: filled)
        rows: Any = SimpleNamespace(db=DEFAULT_DB_ALIAS, model=model, query=query, _known_related_objects={})
        return list(ModelIterable(rows))

    @cached_property
    def _written(self) -> tuple[type[M], Any, str, tuple[Any, ...]]:
        queryset = self._build()
        compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        try:
            sql, holes = compiler.as_sql()
        except EmptyResultSet:  # nothing can ever be found: nothing is asked
            sql, holes = "", ()
        return queryset.model, compiler, sql, holes
