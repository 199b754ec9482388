"""Columns: how the cells of a list look, sort, stand on a phone and go into an export.

Every column compiles itself once per rendering into a function `record -> cell`; what it draws, `rp` tags draw too.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal, NamedTuple, TypedDict, Unpack

import django_tables2
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.kernel.cells import (
    EMPTY,
    Cell,
    Figures,
    Source,
    Words,
    money_in,
    none,
    once,
    reader,
    small_line,
    unless_empty,
    with_small,
)
from refprogram.kernel.markup import escaped
from refprogram.kernel.templatetags import rp

Phone = Literal["", "end", "wide", "hide"]


class Pill(NamedTuple):
    """State of a row: a word, and the tone that underlines it (ok wait stop info rest idle mine)."""

    word: Words
    tone: str = ""
    small: Words = ""


class ColumnOptions(TypedDict, total=False):
    """What every kind of column takes beside its header and source; see docs/lists.md."""

    order_by: str | Sequence[str]
    phone: Phone
    named: bool
    small: Source | None
    csv: Source
    nothing: Words
    desc_first: bool
    nulls_last: bool
    related: Sequence[str]
    prefetch: Sequence[str]


class Column(django_tables2.Column):
    """One column. Subclasses say how a value is written (`write`); that is compiled once per rendering.

    The function that it returns returns text (escaped by the renderer) or markup made with `format_html`.
    """

    css: ClassVar[str] = ""
    finds_keys: ClassVar[bool] = False  # an index outside the rows' table finds them in this column's order: `keys`
    phone_default: ClassVar[Phone] = "hide"
    named_default: ClassVar[bool] = False  # whether a phone, which has no heads, says what the value is

    def __init__(self, header: Words, source: Source, **options: Unpack[ColumnOptions]) -> None:
        order_by = options.get("order_by", ())
        self.sort_fields: tuple[str, ...] = (order_by,) if isinstance(order_by, str) else tuple(order_by)
        super().__init__(
            verbose_name=header,
            accessor=source.replace(".", "__") if isinstance(source, str) else None,
            orderable=bool(self.sort_fields),
            order_by=self.sort_fields or None,
            initial_sort_descending=options.get("desc_first", False),
        )
        self.source = source
        self.phone: Phone = options.get("phone", self.phone_default)
        self.named = options.get("named", self.named_default)
        self.small = options.get("small")
        self.csv: Source = options.get("csv", source)
        self.nothing: Words = options.get("nothing", "")
        self.desc_first = options.get("desc_first", False)
        self.nulls_last = options.get("nulls_last", False)
        self.related = tuple(options.get("related", ()))
        self.prefetch = tuple(options.get("prefetch", ()))
        self.beside: Mapping[str, Any] = {}  # expressions that the rows are annotated with, by the name `source` has

    def cell(self) -> Cell:
        """Return the function that writes this column's cell of a record."""
        return unless_empty(reader(self.source), self.write(), self._nothing())

    def write(self) -> Cell:
        """Return the function that writes a value that is there."""
        raise NotImplementedError

    def writer(self) -> Cell:
        """Return `cell` with the column's small line under it."""
        return with_small(self.small, self.cell())

    def classes(self) -> str:
        """CSS classes of the column's `td`."""
        return " ".join(filter(None, (self.phone, self.css)))

    def opening(self) -> SafeString:
        """Return the column's `<td>`, with its name where a phone's card shows it before the value."""
        css = format_html(' class="{}"', self.classes()) if self.classes() else ""
        named = format_html(' data-k="{}"', self.verbose_name) if self.named and self.phone in {"end", "wide"} else ""
        return format_html("<td{}{}>", css, named)

    def paths(self) -> Iterator[str]:
        """Attribute paths that the cells follow, for joining what they need."""
        yield from (source for source in (self.source, self.small) if isinstance(source, str))

    def plain(self) -> Cell | None:
        """Return the function from a value of `csv` to what an export says: figures bare, dates in ISO, words as shown.

        None means: the value as it is. Compiled once per export, called per row.
        """
        return None

    def order(self, *, descending: bool) -> list[OrderBy]:
        """Return ORM orderings of a click on this column's head."""
        return [self._order_of(path, descending=descending) for path in self.sort_fields]

    def first_keys(self, rows: QuerySet[Any], *, descending: bool) -> QuerySet[Any, Any]:
        """Return the keys of those of these rows that come first; only asked where the column `finds_keys`."""
        raise NotImplementedError

    def keys(
        self, rows: QuerySet[Any], *, descending: bool, start: int, stop: int, first: list[int] | None = None
    ) -> list[int]:
        """Return the keys of some of these rows in this column's order; only asked where it `finds_keys`.

        `first` are those from `start` on that come first, where they are known by now.
        """
        raise NotImplementedError

    def _order_of(self, path: str, *, descending: bool) -> OrderBy:
        flipped = path.startswith("-") != descending
        nulls_last = True if self.nulls_last else None
        return OrderBy(F(path.removeprefix("-")), descending=flipped, nulls_last=nulls_last)

    def _nothing(self) -> str | SafeString:
        return format_html('<span class="rp-muted">{}</span>', self.nothing) if self.nothing else ""


class TextColumn(Column):
    """Plain text; on one line if `nowrap`, grey if `muted`."""

    def __init__(
        self,
        header: Words,
        source: Source,
        *,
        muted: bool = False,
        nowrap: bool = False,
        **options: Unpack[ColumnOptions],
    ) -> None:
        super().__init__(header, source, **options)
        self.muted = muted
        self.nowrap = nowrap

    def classes(self) -> str:
        """CSS classes of the column's `td`."""
        own = (super().classes(), "rp-nowrap" if self.nowrap else "", "rp-muted" if self.muted else "")
        return " ".join(filter(None, own))

    def write(self) -> Cell:
        """Return the text, escaped."""
        return once(escaped)


class OwnerColumn(TextColumn):
    """A colleague's name, on one line."""

    def __init__(self, header: Words, source: Source, **options: Unpack[ColumnOptions]) -> None:
        super().__init__(header, source, nowrap=True, **options)


class NameColumn(Column):
    """What the row is called: picture, link to the record, small line. The first line of a phone's card.

    `url` is an attribute or `record -> address` (default: `get_absolute_url`), or None for no link; `avatar` is "co"
    for companies, "person" for people, "" for none.
    """

    phone_default = ""

    def __init__(
        self,
        header: Words,
        source: Source,
        *,
        url: Source | None = "get_absolute_url",
        avatar: Literal["co", "person", ""] = "co",
        **options: Unpack[ColumnOptions],
    ) -> None:
        super().__init__(header, source, **options)
        self.url = url
        self.avatar = avatar

    def writer(self) -> Cell:
        """Return picture and words; the small line stands beside the picture, under the name."""
        name, link, small = reader(self.source), reader(self.url or self.source), reader(self.small or none)
        unnamed, before, after = _("Unnamed"), self._before(), "</div></div>" if self.avatar else ""
        opened = '<a class="rp-name" href="' if self.url else '<span class="rp-name" title="'
        closed = "</a>" if self.url else "</span>"

        def cell(record: Any) -> SafeString:
            text = str(name(record) or unnamed)
            words = escaped(text)
            return SafeString(
                f'{before(text)}{opened}{escaped(link(record))}">{words}{closed}{small_line(small(record))}{after}'
            )

        return cell

    def _before(self) -> Callable[[str], str]:
        if not self.avatar:
            return lambda _text: ""
        css = "rp-ava co" if self.avatar == "co" else "rp-ava"
        opened, hidden = f'<div class="rp-eye"><span class="{css} ', '" aria-hidden="true">'
        return lambda text: f"{opened}{rp.tone(text)}{hidden}{escaped(rp.initials(text))}</span><div>"


class NumberColumn(Column):
    """A figure in the reader's way of writing it, under each other."""

    css = "rp-num"
    named_default = True

    def __init__(self, header: Words, source: Source, *, places: int = 0, **options: Unpack[ColumnOptions]) -> None:
        super().__init__(header, source, **options)
        self.places = places

    def write(self) -> Cell:
        """Return the figure."""
        places = self.places
        return Figures(lambda value: rp.number(value, places))


class MoneyColumn(Column):
    """An amount with its sign. `currency` is a code; `currency_source` reads the code from the row."""

    css = "rp-num"

    def __init__(
        self,
        header: Words,
        source: Source,
        *,
        currency: str = "",
        currency_source: Source | None = None,
        **options: Unpack[ColumnOptions],
    ) -> None:
        super().__init__(header, source, **options)
        self.currency = currency
        self.currency_source = currency_source

    def cell(self) -> Cell:
        """Return the amount, in the row's currency or the column's."""
        if self.currency_source is None:
            return super().cell()
        read, code, nothing = reader(self.source), reader(self.currency_source), self._nothing()
        writer = once(money_in)

        def cell(record: Any) -> Any:
            value = read(record)
            return nothing if value is None else writer(code(record))(value)

        return cell

    def write(self) -> Cell:
        """Return the amount in the column's currency."""
        return money_in(self.currency)


class PillColumn(Column):
    """State with a word. `words` maps the source's value to a Pill; without it the source returns a Pill or None."""

    def __init__(
        self,
        header: Words,
        source: Source,
        *,
        words: Mapping[Any, Pill] | None = None,
        **options: Unpack[ColumnOptions],
    ) -> None:
        super().__init__(header, source, **options)
        self.words = words

    def write(self) -> Cell:
        """Return the pill, with its own small line if it has one."""
        return once(self._drawn)

    def _drawn(self, value: Any) -> SafeString:
        word, tone, small = self._pill(value)
        body = rp.pill(word, tone)
        return format_html("{}<small>{}</small>", body, small) if small else body

    def _pill(self, value: Any) -> Pill:
        if isinstance(value, Pill):
            return value
        return (self.words or {}).get(value) or Pill(str(value))

    def plain(self) -> Cell:
        """Return the pill's word."""
        return once(lambda value: "" if value in EMPTY else str(self._pill(value).word))


class BooleanColumn(Column):
    """Yes or no, as a word."""

    def __init__(
        self,
        header: Words,
        source: Source,
        *,
        yes: Words = gettext_lazy("Yes"),
        no: Words = gettext_lazy("No"),
        **options: Unpack[ColumnOptions],
    ) -> None:
        super().__init__(header, source, **options)
        self.yes = yes
        self.no = no

    def write(self) -> Cell:
        """Return the word."""
        yes, no = str(self.yes), str(self.no)
        return lambda value: yes if value else no

    def plain(self) -> Cell:
        """Return the word."""
        words = {None: "", True: str(self.yes), False: str(self.no)}
        return lambda value: words[None if value is None else bool(value)]


Columns = Mapping[str, Column]
