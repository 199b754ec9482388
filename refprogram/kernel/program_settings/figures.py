"""Declaring the figures of a room: `@policy(key, title)` over a class of `figure(default, label, …)`."""

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, TypeVar, dataclass_transform

from django.conf import settings
from django.utils.module_loading import import_string

from refprogram.kernel.program_settings.defaults import kind_of
from refprogram.kernel.program_settings.kinds import Kind, Refused, Words

T = TypeVar("T")
C = TypeVar("C")
EDIT: Final = "kernel.edit_program_settings"


# eq=False: each is declared once, and what is said of it is kept by it; its default may be a mapping.
@dataclasses.dataclass(frozen=True, eq=False)
class Figure:
    """One figure: its name in the code, what it is called, what it influences, its limits and its default."""

    name: str
    label: Words
    kind: Kind
    default: Any
    group: Words
    influences: Words
    by_job: str


@dataclasses.dataclass(frozen=True)
class Room:
    """The figures of one room, as pages and the API see them."""

    key: str
    title: Words
    permission: str
    made: type[Any]
    figures: tuple[Figure, ...]

    def figure(self, name: str) -> Figure | None:
        """Return the figure of a name."""
        return next((figure for figure in self.figures if figure.name == name), None)

    def key_of(self, figure: Figure) -> str:
        """Return the key under which a figure's value is kept."""
        return f"{self.key}.{figure.name}"

    def values(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Return every figure's value: the kept one, or the default where none is kept or it fits no longer."""
        return {figure.name: _value(figure, kept.get(self.key_of(figure))) for figure in self.figures}

    def build(self, kept: Mapping[str, Any]) -> Any:
        """Return the class with these values."""
        return self.made(**self.values(kept))


def _value(figure: Figure, kept: Any) -> Any:
    if kept is None:
        return figure.default
    try:
        return figure.kind.read(kept)
    except Refused:  # a later release has set narrower limits: its default is the safe side
        return figure.default


def figure(
    default: T,
    label: Words,
    *,
    least: Any = None,
    most: Any = None,
    unit: Words = "",
    choices: Any = (),
    group: Words = "",
    influences: Words = "",
    by_job: str = "",
) -> T:
    """Declare a figure. `unit` is said behind the number, `by_job` recounts what is kept because of it."""
    kind = kind_of(default, least=least, most=most, unit=unit, choices=choices)
    facts = {"label": label, "kind": kind, "group": group, "influences": influences, "by_job": by_job}
    value: Any = dataclasses.field(default_factory=lambda: default, metadata=facts)
    return value


@dataclass_transform(frozen_default=True, field_specifiers=(figure,))
def policy(key: str, title: Words, *, permission: str = EDIT) -> Callable[[type[C]], type[C]]:
    """Make a class of figures the policy of a room. `permission` is who may see and change it on the page."""

    def mark(made: type[C]) -> type[C]:
        policy_class = dataclasses.dataclass(frozen=True)(made)
        defaults: Any = policy_class()
        figures = tuple(
            Figure(name=each.name, default=getattr(defaults, each.name), **each.metadata)
            for each in dataclasses.fields(policy_class)  # type: ignore[arg-type]  # made one just now
        )
        policy_class.__room__ = Room(key, title, permission, policy_class, figures)  # type: ignore[attr-defined]
        return policy_class

    return mark


def room_of(made: type[Any]) -> Room:
    """Return the room whose policy a class is."""
    room: Room = made.__room__
    return room


@cache
def rooms() -> dict[str, Room]:
    """Return every room of `settings.PROGRAM_POLICIES`, in their order."""
    found = [room_of(import_string(path)) for path in settings.PROGRAM_POLICIES]
    return {room.key: room for room in found}
