"""Prepared queries over what a viewer may see.

Who may see which rows hangs on the viewer's role and id alone (`visible_to` in each room), as long as their access
lasts. So there is one statement per role, with holes for the ids of their account and of their person.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

from django.db.models import BigIntegerField, Model, QuerySet
from django.http import Http404

from refprogram.kernel.prepared import AnyOne, Given, Prepared, PreparedValues
from refprogram.people.models import User

M = TypeVar("M", bound=Model)


class PreparedFor(Generic[M]):
    """A queryset that `build` makes for a viewer, with nothing else in it that changes but its `Given`s."""

    def __init__(self, build: Callable[[User], QuerySet[M]], *, planned: bool = True, one_plan: bool = False) -> None:
        self._build, self._planned, self._one_plan = build, planned, one_plan
        self._by_kind: dict[tuple[str, bool], Prepared[M]] = {}

    def __call__(self, viewer: User, **given: Any) -> list[M]:
        """Return the rows for this viewer and these values. One query."""
        kind = (viewer.role, viewer.is_active)
        if kind not in self._by_kind:
            self._by_kind[kind] = Prepared(
                lambda: self._build(any_one(*kind)), planned=self._planned, one_plan=self._one_plan
            )
        return self._by_kind[kind](viewer=viewer.pk, viewer_person=viewer.person_id, **given)

    def or_404(self, viewer: User, **given: Any) -> M:
        """Return the one row, or say that there is none: also of rows that this viewer may not see."""
        for row in self(viewer, **given):
            return row
        raise Http404


class PreparedValuesFor:
    """A `values_list` that `build` makes for a viewer."""

    def __init__(self, build: Callable[[User], QuerySet[Any, Any]]) -> None:
        self._build = build
        self._by_kind: dict[tuple[str, bool], PreparedValues] = {}

    def __call__(self, viewer: User, **given: Any) -> list[tuple[Any, ...]]:
        """Return the rows for this viewer and these values. One query."""
        kind = (viewer.role, viewer.is_active)
        if kind not in self._by_kind:
            self._by_kind[kind] = PreparedValues(lambda: self._build(any_one(*kind)))
        return self._by_kind[kind](viewer=viewer.pk, viewer_person=viewer.person_id, **given)


def any_one(role: str, is_active: bool) -> User:
    """Return who stands for every viewer of a kind while a statement is written."""
    viewer, person = Given("viewer", BigIntegerField()), Given("viewer_person", BigIntegerField())
    return cast("User", AnyOne(role, is_active, viewer, person))
