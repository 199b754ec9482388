"""Edits in words: who changed what, from what to what, when, and by which way."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from types import UnionType
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.kernel import labels
from refprogram.kernel.custom_fields import shown as added
from refprogram.kernel.custom_fields.values import COLUMNS, typed
from refprogram.kernel.edit_history.choices import choice_steps
from refprogram.kernel.edit_history.nouns import EditNoun, Part
from refprogram.kernel.edit_history.steps import Step, Values, grouped, steps_of
from refprogram.kernel.models import MoneyField
from refprogram.kernel.templatetags import rp

PAGE = 30
NAME = 60  # so much of a row's name stands before the field
EMPTY: tuple[Any, ...] = (None, "", [], {})
WAYS = {
    "api": gettext_lazy("over the API"),
    "link": gettext_lazy("by a link from a mail"),
    "job": gettext_lazy("with a file or another long job"),
    "handler": gettext_lazy("by itself, because of what happened before"),
    "command": gettext_lazy("by a command of the operator"),
}


@dataclass(frozen=True)
class Change:
    """One field: its name in words, and its value before and after (empty: there was none). Hidden ones have none."""

    field: str
    label: str
    was: str
    now: str
    hidden: bool = False


@dataclass(frozen=True)
class Edit:
    """What somebody changed at one go."""

    at: dt.datetime
    who: labels.Label
    person_id: int | None
    way: str
    changes: list[Change] = field(default_factory=list)


class _Difference(NamedTuple):
    """One field of one row before and after; `named` is the value that tells its row from others of its kind."""

    part: Part | None
    field: str
    was: Any
    now: Any
    named: Any = None


@dataclass
class _Names:
    """What the keys of a page point to, asked for all at once."""

    wanted: dict[type[models.Model], set[int]] = field(default_factory=lambda: defaultdict(set))
    found: dict[tuple[type[models.Model], int], str] = field(default_factory=dict)

    def ask(self, viewer: Any, persons: set[int]) -> dict[int, labels.Label]:
        """Resolve everything: by the rooms' labels where they have some, else by name. Returns who acted."""
        kinds = {model: str(model._meta.model_name) for model in self.wanted}
        resolved = labels.resolve(
            {
                **{name: self.wanted[model] for model, name in kinds.items()},
                "person": persons | self.wanted_persons(kinds),
            },
            viewer,
        )
        for model, name in kinds.items():
            by_room = name in settings.LABEL_RESOLVERS
            rows = {} if by_room else model._default_manager.in_bulk(list(self.wanted[model]))
            for key in self.wanted[model]:
                label = resolved.get((name, key))
                text = label.text if label is not None else str(rows.get(key, labels.someone().text))
                self.found[(model, key)] = text
        return {key: label for (kind, key), label in resolved.items() if kind == "person"}

    def wanted_persons(self, kinds: dict[type[models.Model], str]) -> set[int]:
        """Return the persons that fields point to, as those who acted are asked for in the same query."""
        return set().union(*(self.wanted[model] for model, name in kinds.items() if name == "person"))


def edits_of(noun: EditNoun, row: Any, *, viewer: Any, before: str = "") -> tuple[list[Edit], str]:
    """Return a page of edits of a row, newest first, and where the next page begins (empty: that was all)."""
    steps, horizon = steps_of(noun, row, before=_moment(before), limit=PAGE + 1)
    chosen, chosen_horizon = choice_steps(noun.parts, row, before=_moment(before), limit=PAGE + 1)
    horizon = max(filter(None, (horizon, chosen_horizon)), default=None)
    acts = grouped([*steps, *chosen])
    if horizon is not None:
        acts = [act for act in acts if act[0].at > horizon] or acts
    shown = acts[:PAGE]
    more = shown[-1][0].at.isoformat() if shown and (len(acts) > PAGE or horizon is not None) else ""
    reader = _Reader(noun, row, viewer)
    return reader.read(shown), more


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


class _Reader:
    """Puts the acts of one row into words for one viewer."""

    def __init__(self, noun: EditNoun, row: Any, viewer: Any) -> None:
        self.noun, self.row, self.viewer = noun, row, viewer
        self.custom = noun.custom_fields()
        self.names = _Names()

    def read(self, acts: list[list[Step]]) -> list[Edit]:
        """Return the acts that changed something the viewer may know of."""
        differing = [(act, self._differences(act)) for act in acts]
        for _act, differences in differing:
            for one in differences:
                self._want(one.part, one.field, one.was, one.now)
                self._want(one.part, one.part.named_by if one.part else "", one.named)
        persons = {act[0].context["person"] for act in acts if act[0].context.get("person")}
        people = self.names.ask(self.viewer, persons)
        return [self._edit(act, differences, people) for act, differences in differing if differences]

    def _differences(self, act: list[Step]) -> list[_Difference]:
        """Return all that one act changed; what it changed and put back is left out, as is what was and is empty."""
        found: list[_Difference] = []
        for chain in _chains(act).values():
            first, last = chain[0], chain[-1]
            if first.part is None:
                was, now = self._value(first.was), self._value(last.now)
                found += [_Difference(None, str(first.row_id), was, now)] if was != now else []
                continue
            was_row, now_row = first.was or {}, last.now or {}
            named = _name_of(first.part, was_row or now_row)
            pairs = [(name, was_row.get(name), now_row.get(name)) for name in (was_row or now_row)]
            found += [_Difference(first.part, name, was, now, named) for name, was, now in pairs if _differ(was, now)]
        return [one for one in found if one.part is None or _field(one.part, one.field).name not in one.part.silent]

    def _value(self, values: Values | None) -> Any:
        if values is None:
            return None
        return typed(self.custom[values["field_id"]], [values[column] for column in COLUMNS])

    def _want(self, part: Part | None, name: str, *values: Any) -> None:
        if part is not None and name and (target := _field(part, name).related_model):
            self.names.wanted[target].update(*(_keys(value) for value in values))

    def _edit(self, act: list[Step], differences: list[_Difference], people: dict[int, labels.Label]) -> Edit:
        context = act[0].context
        person = context.get("person")
        who = people.get(person, labels.someone()) if person else labels.Label(_("The program"))
        changes = [self._change(*one) for one in differences]
        return Edit(act[0].at, who, person, str(WAYS.get(context.get("via", ""), "")), changes)

    def _change(self, part: Part | None, name: str, was: Any, now: Any, named: Any) -> Change:
        if part is None:
            definition = self.custom[int(name)]
            before, after = (added.words(definition, value) if value is not None else "" for value in (was, now))
            return Change(definition.name, definition.label, before, after)
        column = _field(part, name)
        label = str(part.words.get(column.name) or capfirst(str(column.verbose_name)))
        if named is not None:
            row = Truncator(self._words(part, _field(part, part.named_by), named)).chars(NAME)
            label = _("%(row)s: %(field)s") % {"row": row, "field": label}
        hidden = part.hidden.get(column.name)
        if hidden is not None and hidden(self.viewer, self.row):
            return Change(column.name, label, "", "", hidden=True)
        return Change(column.name, label, self._words(part, column, was), self._words(part, column, now))

    def _words(self, part: Part, column: Any, value: Any) -> str:
        if value in EMPTY:
            return ""
        if column.name in part.say:
            return part.say[column.name](value)
        if column.related_model:
            return ", ".join(sorted(self.names.found[(column.related_model, key)] for key in _keys(value)))
        if column.name in part.money or isinstance(column, MoneyField):
            return rp.money(value)
        if column.choices:
            return str(dict(column.flatchoices).get(value, value))
        return plain(value)


def plain(value: Any) -> str:
    """Return a value of any type as people read it."""
    for kind, words in _WORDS:
        if isinstance(value, kind):
            return str(words(value))
    return str(value)


def _decimal(value: Decimal) -> str:
    return rp.number(value, max(0, -int(value.normalize().as_tuple().exponent)))


# The first that fits: a yes is an int, and a moment is a date.
_WORDS: tuple[tuple[type | UnionType, Callable[[Any], object]], ...] = (
    (bool, lambda value: _("Yes") if value else _("No")),
    (int, rp.number),
    (Decimal, _decimal),
    (dt.datetime, rp.exact),
    (dt.date, rp.day),
    (dt.time, lambda value: f"{value:%H:%M}"),
    (list | tuple, lambda value: ", ".join(str(each) for each in value)),
)


def _chains(act: Iterable[Step]) -> dict[Any, list[Step]]:
    """Return the steps of one act row by row: a row that was changed twice became what it was at the end."""
    chains: dict[Any, list[Step]] = defaultdict(list)
    for step in act:
        chains[(id(step.part), step.choice, step.row_id)].append(step)
    return chains


def _differ(was: Any, now: Any) -> bool:
    """Whether people see a difference: a row that was added or taken out had nothing where it says nothing."""
    return was != now and not (was in EMPTY and now in EMPTY)


def _name_of(part: Part, values: Values) -> Any:
    """Return the value that tells a row apart, as it was before; None where one row is all there is."""
    return values.get(_field(part, part.named_by).attname) if part.named_by else None


def _field(part: Part, name: str) -> Any:
    """Return a field by its name, or by its column's."""
    fields = (*part.model._meta.concrete_fields, *part.model._meta.many_to_many)
    return next(f for f in fields if name in (f.attname, f.name))


def _keys(value: Any) -> frozenset[int]:
    """Return the keys that a field holds: one, none, or, where many may be chosen, a set of them."""
    if isinstance(value, frozenset):
        return value
    return frozenset(() if value is None else (value,))
