"""What a figure can be: how it is read, kept as JSON, said in words, and asked for in a form."""

import datetime as dt
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django import forms
from django.utils.dateparse import parse_time
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from refprogram.kernel.templatetags import rp

Words = str | Promise
MOST_ENTRIES: Final = 12
PAIR: Final = re.compile(r"\s*(\d{1,9})\s*(?::|→|=)\s*(\d{1,9})\s*")


class Refused(ValueError):
    """A value that cannot be taken; `part` names one of several values in it."""

    def __init__(self, message: str, part: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.part = part


class Kind(ABC):
    """Base of all kinds."""

    @abstractmethod
    def read(self, raw: Any) -> Any:
        """Return the value that a form, a body or the row's JSON means; raise Refused."""

    @abstractmethod
    def words(self, value: Any) -> str:
        """Return how a person reads the value."""

    @abstractmethod
    def fields(self, name: str, label: str) -> Iterator[tuple[str, forms.Field]]:
        """Yield the form fields, by their names."""

    def keep(self, value: Any) -> Any:
        """Return the value as JSON."""
        return value

    def initial(self, name: str, value: Any) -> dict[str, Any]:
        """Return what the form fields begin with."""
        return {name: self.keep(value)}

    def raw(self, name: str, cleaned: Mapping[str, Any]) -> Any:
        """Return what the form fields say, for `read`."""
        return cleaned.get(name)

    def limits(self) -> str:
        """Return the limits in words; empty if there are none."""
        return ""


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number."""

    least: int = 0
    most: int = 1_000_000
    unit: Words = ""

    def read(self, raw: Any) -> int:
        """Take an int, or text of figures."""
        text = raw.strip() if isinstance(raw, str) else raw
        if isinstance(text, str) and re.fullmatch(r"-?\d{1,12}", text):
            text = int(text)
        if isinstance(text, bool) or not isinstance(text, int):
            raise Refused(_("A whole number, please."))
        return within(text, self.least, self.most)

    def words(self, value: int) -> str:
        """Say it with its unit."""
        return f"{rp.number(value)} {self.unit}".strip()

    def limits(self) -> str:
        """Say from where to where."""
        return _("%(least)s to %(most)s") % {"least": rp.number(self.least), "most": rp.number(self.most)}

    def fields(self, name: str, label: str) -> Iterator[tuple[str, forms.Field]]:
        """One box."""
        widget = forms.NumberInput({"min": self.least, "max": self.most, "inputmode": "numeric"})
        yield name, forms.CharField(label=label, widget=widget, max_length=20)


@dataclass(frozen=True)
class Exact(Kind):
    """A decimal number, kept as text so that nothing is rounded."""

    least: Decimal = Decimal(0)
    most: Decimal = Decimal(1_000_000)
    unit: Words = ""

    def read(self, raw: Any) -> Decimal:
        """Take a number, or text of one."""
        try:
            value = Decimal(str(raw).strip().replace(",", "."))
        except InvalidOperation:
            raise Refused(_("A number, please, such as 3.5.")) from None
        if isinstance(raw, bool) or not value.is_finite():
            raise Refused(_("A number, please, such as 3.5."))
        if value != round(value, 4):
            raise Refused(_("At most four digits after the point."))
        return within(value, self.least, self.most)

    def keep(self, value: Decimal) -> str:
        """As text."""
        return str(value)

    def words(self, value: Decimal) -> str:
        """Say it with its unit."""
        places = max(0, -int(value.normalize().as_tuple().exponent))
        return f"{rp.number(value, places)} {self.unit}".strip()

    def limits(self) -> str:
        """Say from where to where."""
        return _("%(least)s to %(most)s") % {"least": self.least, "most": self.most}

    def fields(self, name: str, label: str) -> Iterator[tuple[str, forms.Field]]:
        """One box."""
        yield name, forms.CharField(label=label, widget=forms.TextInput({"inputmode": "decimal"}), max_length=20)


@dataclass(frozen=True)
class YesNo(Kind):
    """Yes or no."""

    def read(self, raw: Any) -> bool:
        """Take true or false."""
        if not isinstance(raw, bool):
            raise Refused(_("Yes or no, please."))
        return raw

    def words(self, value: bool) -> str:
        """Say it."""
        return _("Yes") if value else _("No")

    def fields(self, name: str, label: str) -> Iterator[tuple[str, forms.Field]]:
        """One box to tick."""
        yield name, forms.BooleanField(label=label, required=False)

    def raw(self, name: str, cleaned: Mapping[str, Any]) -> bool:
        """A box that is not ticked is a no."""
        return bool(cleaned.get(name))


@dataclass(frozen=True)
class OneOf(Kind):
    """One of some words."""

    choices: tuple[tuple[str, Words], ...]

    def read(self, raw: Any) -> str:
        """Take a known word."""
        if not isinstance(raw, str) or raw not in dict(self.choices):
            raise Refused(_("Choose one of: %(words)s.") % {"words": ", ".join(name for name, _label in self.choices)})
        return raw

    def words(self, value: str) -> str:
        """Say its label."""
        return str(dict(self.choices)[value])

    def fields(self, name: str, label: str) -> Iterator[tuple[str, forms.Field]]:
        """One list."""
        yield name, forms.ChoiceField(label=label, choices=self.choices)


@dataclass(frozen=True)
class Days(Kind):
    """A length of time in whole days."""

    least: int = 0
    most: int = 3660

    def read(self, raw: Any) -> dt.timedelta:
        """Take a number of days."""
        return dt.timedelta(days=Whole(self.least, self.most).read(raw))

    def keep(self, value: dt.timedelta) -> int:
        """As a number."""
        return value.days

    def words(self, value: dt.timedelta) -> str:
        """Say the days."""
        return ngettext("%(n)s day", "%(n)s days", value.days) % {"n": rp.number(value.days)}

    def limits(self) -> str:
        """Say from where to where."""
        return _("%(limits)s days") % {"limits": Whole(self.least, self.most).limits()}

    def fields(self, name: str, label: str) -> Iterator[tuple[str, forms.Field]]:
        """One box."""
        yield from Whole(self.least, self.most).fields(name, label)


@dataclass(frozen=True)
class TimeOfDay(Kind):
    """A time of the day."""

    def read(self, raw: Any) -> dt.time:
        """Take 17:00, or a time."""
        try:
            found = raw if isinstance(raw, dt.time) else parse_time(str(raw))
        except ValueError:
            found = None
        if found is None:
            raise Refused(_("A time, please, such as 17:00."))
        return found.replace(second=0, microsecond=0)

    def keep(self, value: dt.time) -> str:
        """As text."""
        return f"{value:%H:%M}"

    def words(self, value: dt.time) -> str:
        """Say it."""
        return f"{value:%H:%M}"

    def fields(self, name: str, label: str) -> Iterator[tuple[str, forms.Field]]:
        """One box."""
        yield name, forms.CharField(label=label, widget=forms.TimeInput({"type": "time"}), max_length=8)


@dataclass(frozen=True)
class Several(Kind):
    """Some whole numbers, in order."""

    each: Whole

    def read(self, raw: Any) -> tuple[int, ...]:
        """Take a list of numbers, or them as text between commas."""
        parts = [part for part in re.split(r"[,;\s]+", raw) if part] if isinstance(raw, str) else raw
        if not isinstance(parts, list | tuple) or not parts:
            raise Refused(_("Whole numbers with commas between them, please, such as 4, 9."))
        values = tuple(self.each.read(part) for part in parts)
        if len(values) > MOST_ENTRIES or list(values) != sorted(set(values)):
            raise Refused(_("At most %(most)d different numbers, the smallest first.") % {"most": MOST_ENTRIES})
        return values

    def keep(self, value: tuple[int, ...]) -> list[int]:
        """As a list."""
        return list(value)

    def words(self, value: tuple[int, ...]) -> str:
        """Say them in order."""
        return f"{', '.join(rp.number(one) for one in value)} {self.each.unit}".strip()

    def limits(self) -> str:
        """Say from where to where."""
        return _("each %(limits)s") % {"limits": self.each.limits()}

    def initial(self, name: str, value: tuple[int, ...]) -> dict[str, Any]:
        """As text."""
        return {name: ", ".join(str(one) for one in value)}

    def fields(self, name: str, label: str) -> Iterator[tuple[str, forms.Field]]:
        """One box."""
        yield name, forms.CharField(label=label, max_length=120)


@dataclass(frozen=True)
class Steps(Kind):
    """Up to so much: so many. The first step that is not below counts."""

    each: Whole

    def read(self, raw: Any) -> tuple[tuple[int, int], ...]:
        """Take a list of pairs, or them as text: 5: 0, 10: 7."""
        pairs = [self._pair(part) for part in raw.split(",") if part.strip()] if isinstance(raw, str) else raw
        if not isinstance(pairs, list | tuple) or not 0 < len(pairs) <= MOST_ENTRIES:
            raise Refused(self._how())
        found = []
        for pair in pairs:
            if not isinstance(pair, list | tuple) or len(pair) != 2:
                raise Refused(self._how())
            found.append((Whole().read(pair[0]), self.each.read(pair[1])))
        if [limit for limit, _value in found] != sorted({limit for limit, _value in found}):
            raise Refused(_("The steps have to rise: each “up to” above the one before."))
        return tuple(found)

    def _pair(self, text: str) -> tuple[int, int]:
        match = PAIR.fullmatch(text)
        if match is None:
            raise Refused(self._how())
        return int(match[1]), int(match[2])

    @staticmethod
    def _how() -> str:
        return _("Steps, please, written as 5: 0, 10: 7 (up to 5: none, up to 10: seven).")

    def keep(self, value: tuple[tuple[int, int], ...]) -> list[list[int]]:
        """As pairs."""
        return [list(pair) for pair in value]

    def words(self, value: tuple[tuple[int, int], ...]) -> str:
        """Say each step."""
        said = [
            _("up to %(limit)s: %(value)s") % {"limit": rp.number(limit), "value": self.each.words(each)}
            for limit, each in value
        ]
        return "; ".join(said)

    def limits(self) -> str:
        """Say from where to where."""
        return _("each %(limits)s") % {"limits": self.each.limits()}

    def initial(self, name: str, value: tuple[tuple[int, int], ...]) -> dict[str, Any]:
        """As text."""
        return {name: ", ".join(f"{limit}: {each}" for limit, each in value)}

    def fields(self, name: str, label: str) -> Iterator[tuple[str, forms.Field]]:
        """One box."""
        help_text = gettext_lazy("Written as 5: 0, 10: 7, which means up to 5: none, up to 10: seven.")
        yield name, forms.CharField(label=label, max_length=200, help_text=help_text)


@dataclass(frozen=True)
class ByName(Kind):
    """One value for each of some names (tiers, seasons)."""

    each: Kind
    names: tuple[tuple[str, Words], ...]

    def read(self, raw: Any) -> dict[str, Any]:
        """Take exactly these names."""
        if not isinstance(raw, Mapping) or set(raw) != {name for name, _label in self.names}:
            known = ", ".join(name for name, _label in self.names)
            raise Refused(_("One value for each of: %(names)s.") % {"names": known})
        found = {}
        for name, _label in self.names:
            try:
                found[name] = self.each.read(raw[name])
            except Refused as refused:
                raise Refused(refused.message, name) from refused
        return found

    def keep(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Each as JSON."""
        return {name: self.each.keep(value[name]) for name, _label in self.names}

    def words(self, value: Mapping[str, Any]) -> str:
        """Say each with its name."""
        return "; ".join(f"{label}: {self.each.words(value[name])}" for name, label in self.names)

    def limits(self) -> str:
        """Say from where to where."""
        return self.each.limits()

    def initial(self, name: str, value: Mapping[str, Any]) -> dict[str, Any]:
        """One for each box."""
        return {f"{name}.{part}": self.each.keep(value[part]) for part, _label in self.names}

    def raw(self, name: str, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """Gather the boxes."""
        return {part: self.each.raw(f"{name}.{part}", cleaned) for part, _label in self.names}

    def fields(self, name: str, label: str) -> Iterator[tuple[str, forms.Field]]:
        """One box for each name."""
        for part, words in self.names:
            yield from self.each.fields(f"{name}.{part}", f"{label}: {words}")


def within(value: Any, least: Any, most: Any) -> Any:
    """Return the value if it lies between the limits."""
    if value < least:
        raise Refused(_("At least %(limit)s.") % {"limit": least})
    if value > most:
        raise Refused(_("At most %(limit)s.") % {"limit": most})
    return value
