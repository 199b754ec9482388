"""Queries that every page sends, written out as SQL once per process.

Django composes a statement anew each time, and for the wide ones of a page that costs more than the database needs to
answer. Here a queryset has holes (`Given`) in place of the values that change; a call fills them in. The database, too,
plans it once: each session keeps its plan under a name (PREPARE), because to plan ten joins takes longer than to run
them. That needs a session of its own: a pool that hands out sessions per transaction would not do.
"""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

import rules
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, BooleanField, Expression, Field, Func, Model, QuerySet
from psycopg2.extensions import AsIs

from refprogram.kernel import replica
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
    person_id: Given

    def has_perm(self, permission: str, subject: Any = None) -> bool:
        """Return what the rules say of every reader of this kind."""
        return bool(rules.has_perm(permission, self, subject))

    def is_role(self, *roles: str) -> bool:
        """Whether readers of this kind have one of these roles."""
        return self.role in roles


class Statement:
    """A queryset as SQL with holes."""

    def __init__(
        self, queryset: QuerySet[Any, Any], pattern: str = "{}", *, portion: bool = False, one_plan: bool = False
    ) -> None:
        self._one_plan = one_plan
        self.compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        self._table = queryset.model._meta.db_table  # part of the name, so that logs say what was asked
        try:
            written, self._values = self.compiler.as_sql()
            self.sql = pattern.format(written)
            if portion:
                self.sql += " LIMIT %s OFFSET %s"
                self._values = (*self._values, Given("most", BigIntegerField()), Given("start", BigIntegerField()))
        except EmptyResultSet:  # nothing can ever be found: nothing is asked
            self.sql, self._values = "", ()
        holes = {value.name: value for value in self._values if isinstance(value, Given)}
        self._holes: dict[str, Given] = dict(sorted(holes.items()))
        self._lists = [name for name, hole in holes.items() if isinstance(hole.output_field, ArrayField)]

    def ask(self, given: dict[str, Any], *, planned: bool = True) -> list[tuple[Any, ...]]:
        """Return what the database answers with the holes filled: one query, planned once per connection."""
        connection: Any = connections[replica.alias()]
        pooled = connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]  # no session of its own to keep a plan in
        if pooled or not planned:
            with connection.cursor() as cursor:
                cursor.execute(self.sql, [given[v.name] if isinstance(v, Given) else v for v in self._values])
                return cursor.fetchall()
        values = [given[name] for name in self._holes]
        call = f"({', '.join(['%s'] * len(values))})" if values else ""
        first = "" if connection.in_atomic_block or not self._is_of_few(given) else ONE_PLAN
        with connection.cursor() as cursor:
            kept = _planned(connection)
            if self in kept:
                cursor.execute(f"{first}EXECUTE {kept[self]}{call}", values)
            else:
                name = f"{self._table}_{next(_numbers)}"
                before = "DEALLOCATE ALL; " if len(kept) >= PLANS else ""
                prepare = f"PREPARE {name}{self._types(connection)} AS {self.sql}; EXECUTE {name}{call}"
                cursor.execute(f"{before}{first}{prepare}", [*self._constants(), *values])
                if before:
                    kept.clear()
                kept[self] = name
            return cursor.fetchall()

    def _is_of_few(self, given: dict[str, Any]) -> bool:
        """Whether ids are given, and few (`Among`): which few they are changes nothing about how they are found."""
        return self._one_plan or (bool(self._lists) and all(len(given[name]) <= FEW for name in self._lists))

    def _types(self, connection: Any) -> str:
        # Without lengths and places: they would cut what is given.
        kinds = [re.sub(r"\(.*\)", "", str(hole.output_field.db_type(connection))) for hole in self._holes.values()]
        return f"({', '.join(kinds)})" if kinds else ""

    def _constants(self) -> list[Any]:
        """The values that are the same each time, and where the others will stand."""
        numbers = {name: AsIs(f"${number}") for number, name in enumerate(self._holes, start=1)}
        return [numbers[value.name] if isinstance(value, Given) else value for value in self._values]


class Written(Statement):
    """A statement written by hand, `%(name)s` for each hole. What a value is, the database sees from its place.

    `one_plan` where the best plan is the same for all values: it is kept, whatever the database expects of others.
    """

    def __init__(self, table: str, text: str, *, one_plan: bool = False) -> None:
        hole = re.compile(r"%\((\w+)\)s")
        self._table, self.sql = table, hole.sub("%s", text)
        self._values = [Given(name, Field()) for name in hole.findall(text)]
        self._holes = {value.name: value for value in sorted(self._values, key=lambda value: value.name)}
        self._lists, self._one_plan = [], one_plan

    def _types(self, connection: Any) -> str:
        return ""


# A plan for "these ids" takes ten for granted. For fewer the database finds a plan of its own a little better, and so
# makes one at each call, which takes longer than to run it. Said for one statement: it is a transaction of its own.
ONE_PLAN: Final = "SET LOCAL plan_cache_mode = force_generic_plan; "
FEW: Final = 50

PLANS: Final = 300  # kept by one connection at a time: the database keeps them in its memory
_numbers = itertools.count()


def _planned(connection: Any) -> dict[Statement, str]:
    """Return the names of the statements that this session of the database knows."""
    session, kept = getattr(connection, "planned", (None, {}))
    if session is not connection.connection:
        kept = {}
        connection.planned = (connection.connection, kept)
    return kept


class Prepared(Generic[M]):
    """A queryset of whole rows, without prefetches. What `build` returns must depend on nothing but its `Given`s.

    `planned=False` where the best plan hangs on the values: then only the writing is done once. `one_plan=True` where
    it never does: the database is told so. `portion=True` where a call says which rows it wants of all: at most `most`,
    from `start`.
    """

    def __init__(
        self, build: Callable[[], QuerySet[M]], *, planned: bool = True, portion: bool = False, one_plan: bool = False
    ) -> None:
        self._build, self._planned, self._portion, self._one_plan = build, planned, portion, one_plan

    def __call__(self, **given: Any) -> list[M]:
        """Return the rows for these values. One query."""
        statement, make = self._written
        return make(statement.ask(given, planned=self._planned)) if make else []

    @cached_property
    def _written(self) -> tuple[Statement, Callable[[Any], list[M]] | None]:
        statement = Statement(self._build(), portion=self._portion, one_plan=self._one_plan)
        return statement, RowMaker(statement.compiler) if statement.sql else None


class PreparedValues:
    """A `values_list` of some columns, in their order; figures that are worked out come behind the columns.

    `one_plan=True` as for `Prepared`.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Any]], *, one_plan: bool = False) -> None:
        self._build, self._one_plan = build, one_plan

    def __call__(self, **given: Any) -> list[tuple[Any, ...]]:
        """Return the rows for these values. One query."""
        statement, convert = self._written
        return convert(statement.ask(given)) if statement.sql else []

    @cached_property
    def _written(self) -> tuple[Statement, Callable[[list[tuple[Any, ...]]], list[tuple[Any, ...]]]]:
        statement = Statement(self._build(), one_plan=self._one_plan)
        if not statement.sql:
            return statement, list
        compiler = statement.compiler
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        if not converters:
            return statement, list  # as the database gives them
        return statement, lambda rows: list(map(tuple, compiler.apply_converters(rows, converters)))


class PreparedCount:
    """How many rows a queryset has."""

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self._build = build

    def __call__(self, **given: Any) -> int:
        """Return the number for these values. One query."""
        counted = self._written
        return int(counted.ask(given)[0][0]) if counted.sql else 0

    @cached_property
    def _written(self) -> Statement:
        return Statement(self._build(), "SELECT count(*) FROM ({}) counted")
