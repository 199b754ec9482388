"""Queries that every page sends, written out as SQL once per process.

Django composes a statement anew each time, and for the wide ones of a page that costs more than the database needs to
answer. Here a queryset has holes (`Given`) in place of the values that change; a call fills them in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import rules
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, BooleanField, Expression, Field, Func, Model, QuerySet

from refprogram.kernel.row_maker import RowMaker

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


@dataclass(frozen=True)
class AnyOne:
    """Stands for every reader of a kind while a statement is written. What else is asked of a reader fails at once."""

    role: str
    is_active: bool
    pk: Given

    def has_perm(self, permission: str, subject: Any = None) -> bool:
        """Return what the rules say of every reader of this kind."""
        return bool(rules.has_perm(permission, self, subject))

    def is_role(self, *roles: str) -> bool:
        """Whether readers of this kind have one of these roles."""
        return self.role in roles


class Statement:
    """A queryset as SQL with holes."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        self.compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        try:
            self.sql, self.holes = self.compiler.as_sql()
        except EmptyResultSet:  # nothing can ever be found: nothing is asked
            self.sql, self.holes = "", ()

    def ask(self, pattern: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
        """Return what the database answers to the pattern around this statement, the holes filled."""
        values = tuple(given[hole.name] if isinstance(hole, Given) else hole for hole in self.holes)
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(pattern.format(self.sql), values)
            return cursor.fetchall()


class Prepared(Generic[M]):
    """A queryset of whole rows, without prefetches. What `build` returns must depend on nothing but its `Given`s."""

    def __init__(self, build: Callable[[], QuerySet[M]]) -> None:
        self._build = build

    def __call__(self, **given: Any) -> list[M]:
        """Return the rows for these values. One query."""
        statement, make = self._written
        return make(statement.ask("{}", given)) if make else []

    @cached_property
    def _written(self) -> tuple[Statement, Callable[[Any], list[M]] | None]:
        statement = Statement(self._build())
        return statement, RowMaker(statement.compiler) if statement.sql else None


class PreparedCount:
    """How many rows a queryset has."""

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self._build = build

    def __call__(self, **given: Any) -> int:
        """Return the number for these values. One query."""
        counted = self._written
        return int(counted.ask("SELECT count(*) FROM ({}) counted", given)[0][0]) if counted.sql else 0

    @cached_property
    def _written(self) -> Statement:
        return Statement(self._build())
