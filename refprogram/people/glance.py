"""What a desk asks of every room, seen at a glance: one statement says which of its questions find anything at all.

Two dozen rooms put something on a desk, and on most days most of them have nothing to say. A question that is asked as
`ForDesk` says beforehand what fills its holes; inside `at_a_glance` all of them are first asked together whether there
is anything, and only those that found something are asked what.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet

from refprogram.kernel.prepared import Given, Statement
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor, any_one

M = TypeVar("M", bound=Model)
VIEWER: Final = frozenset({"viewer", "viewer_person"})
_questions: Final[list["ForDesk[Any]"]] = []
_unanswered: Final[ContextVar[frozenset["ForDesk[Any]"]]] = ContextVar("unanswered", default=frozenset())


class ForDesk(Generic[M]):
    """Rows for a desk, made by `build` for a viewer as `PreparedFor` takes it; `given` fills the holes of each call."""

    def __init__(self, build: Callable[[User], QuerySet[M]], given: Callable[[], dict[str, Any]] = dict) -> None:
        self.build, self.given = build, given
        self._rows = PreparedFor(build)
        _questions.append(self)

    def __call__(self, viewer: User) -> list[M]:
        """Return the rows for this viewer: one query, none where a glance found nothing."""
        return [] if self in _unanswered.get() else self._rows(viewer, **self.given())


@contextmanager
def at_a_glance(viewer: User) -> Iterator[None]:
    """Know, for as long as the block lasts, what finds nothing for this viewer: one query."""
    before = _unanswered.set(_nothing_for(viewer))
    try:
        yield
    finally:
        _unanswered.reset(before)


class Glance(Statement):
    """Of every question so far, whether it finds anything for viewers of a kind."""

    def __init__(self, role: str, *, is_active: bool) -> None:
        self.questions, self.asked = tuple(_questions), []
        parts, values = [], []
        for number, question in enumerate(self.questions):
            try:
                sql, params = (
                    question.build(any_one(role, is_active))
                    .query.exists()
                    .get_compiler(using=DEFAULT_DB_ALIAS)
                    .as_sql()
                )
            except EmptyResultSet:  # of no concern to such viewers
                continue
            self.asked.append(question)
            parts.append(f"EXISTS ({sql})")
            values += [_renamed(value, number) for value in params]
        self.sql, self._table, self._values = f"SELECT {', '.join(parts)}", "desk", tuple(values)
        self._holes = dict(sorted((value.name, value) for value in values if isinstance(value, Given)))
        self._lists, self._one_plan = [], True

    def nothing_for(self, viewer: User) -> frozenset["ForDesk[Any]"]:
        """Return the questions that find nothing for this viewer."""
        given = {"viewer": viewer.pk, "viewer_person": viewer.person_id}
        for number, question in enumerate(self.questions):
            given |= {_name(name, number): value for name, value in question.given().items()}
        found = self.ask(given)[0] if self.asked else ()
        there = {question for question, is_there in zip(self.asked, found, strict=True) if is_there}
        return frozenset(self.questions) - there


def _nothing_for(viewer: User) -> frozenset["ForDesk[Any]"]:
    kind = (viewer.role, viewer.is_active)
    glance = _glances.get(kind)
    if glance is None or len(glance.questions) < len(_questions):  # a room was loaded since
        glance = _glances[kind] = Glance(viewer.role, is_active=viewer.is_active)
    return glance.nothing_for(viewer)


_glances: Final[dict[tuple[str, bool], Glance]] = {}


def _name(name: str, number: int) -> str:
    """Two questions may mean different things by one name; the viewer is the same for all."""
    return name if name in VIEWER else f"{name}_{number}"


def _renamed(value: Any, number: int) -> Any:
    return Given(_name(value.name, number), value.output_field) if isinstance(value, Given) else value
