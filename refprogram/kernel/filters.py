"""Filters: what narrows a list, said in the URL, shown as chips, answered with words when it makes no sense.

A room declares a `FilterSet` with the kinds below. Only filters that are on are built for a request; the whole form
is built when a reader opens it or when a value does not validate. Search is the filter `q`.
"""

import copy
import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar, Final, NamedTuple

import django_filters
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.db.models import DateField, DateTimeField, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.utils import get_model_field

from refprogram.kernel.filter_fields import ChoiceField, DateRangeField, Ends, RangeField, label_of
from refprogram.kernel.templatetags import rp

Words = str | Promise
Search = Callable[[QuerySet[Any], list[str]], QuerySet[Any]]

RESERVED: Final = frozenset({"sort", "view", "from", "part", "format"})
TRANSIENT: Final = ("from", "part", "format")  # in a URL, but not part of what a list shows
SEARCH_WORDS: Final = 6


class Chip(NamedTuple):
    """One filter that is on: "Size: 500 people and more", and the address without it."""

    name: str
    label: str
    value: str
    remove_url: str


def query_without(params: QueryDict, names: Iterable[str] = ()) -> QueryDict:
    """Return a copy of the URL's state without `names`, empty values and what is not state."""
    gone = {*names, *TRANSIENT}
    kept = QueryDict(mutable=True)
    for key, values in params.lists():
        if key not in gone and (full := [value for value in values if value]):
            kept.setlist(key, full)
    return kept


def query_url(params: QueryDict) -> str:
    """Return `?a=b`, or `?` for no state: a relative address that drops what the present one has."""
    return f"?{params.urlencode()}"


# ---------------------------------------------------------------- kinds of filter


class FilterMixin(django_filters.Filter):
    """What our kinds add: the URL parameters they read, and the words of their chip.

    A kind that narrows by its value alone, whoever asks and whenever, says `by_value = True`; kinds derived from it say
    so anew. Lists then keep their statement (`list_statements.py`), as they do where it finds keys by itself.
    """

    finds_keys: ClassVar[bool] = False  # `keys` says which rows it narrows to

    def __init__(self, *, label: Words, field_name: str | None = None, **options: Any) -> None:
        super().__init__(field_name=field_name, label=label, **options)

    @property
    def model(self) -> Any:
        """The model whose rows are narrowed."""
        return self.parent.queryset.model

    @staticmethod
    def params(name: str) -> tuple[str, ...]:
        """Return the URL parameters of the filter called `name`."""
        return (name,)

    def keys(self, value: Any) -> list[int] | None:
        """Return the keys of the rows that it narrows to, None where they are too many; only of one that finds keys."""
        raise NotImplementedError

    def words(self, value: Any) -> str:
        """Return the cleaned value as a chip says it."""
        return str(value)


class TextFilter(FilterMixin):
    """Contains this text, whatever the case. Put a trigram index on `Upper(field)` under it."""

    field_class = forms.CharField

    def __init__(self, *, label: Words, field_name: str | None = None, **options: Any) -> None:
        options.setdefault("lookup_expr", "icontains")
        super().__init__(label=label, field_name=field_name, max_length=200, **options)

    def words(self, value: Any) -> str:
        return _("contains “%(text)s”") % {"text": value}


class SearchFilter(TextFilter):
    """The list's search box; what it searches is said by the page (`search`)."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow by the words typed; more than a few change nothing but the cost."""
        words = value.split()[:SEARCH_WORDS]
        search: Search | None = self.parent.search
        return search(qs, words) if words and search else qs

    def words(self, value: Any) -> str:
        return f"“{value}”"


class ChoiceFilter(FilterMixin):
    """Exactly one of a few."""

    by_value = True

    field_class = ChoiceField

    def words(self, value: Any) -> str:
        return label_of(self.field.choices, value)


class MultiChoiceFilter(FilterMixin):
    """Any of several. `many=True` where `field_name` crosses a relation to many, so that no row comes twice."""

    by_value = True

    field_class = forms.MultipleChoiceField

    def __init__(self, *, many: bool = False, **options: Any) -> None:
        self.many = many
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        options.setdefault("error_messages", {"invalid_choice": gettext_lazy("“%(value)s” is not one of the choices.")})
        super().__init__(**options)

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        """Narrow to rows with one of the values."""
        if not value:
            return qs
        lookup = {f"{self.field_name}__in": value}
        if not self.many:
            return self.get_method(qs)(**lookup)
        matching = qs.model._default_manager.filter(**lookup).values("pk")
        return self.get_method(qs)(pk__in=matching)

    def words(self, value: Any) -> str:
        if len(value) > 2:
            return _("any of %(count)d") % {"count": len(value)}
        return _(" or ").join(label_of(self.field.choices, one) for one in value)


class YesNoFilter(ChoiceFilter):
    """Yes, no, or either."""

    by_value = True

    def __init__(self, *, yes: Words = gettext_lazy("Yes"), no: Words = gettext_lazy("No"), **options: Any) -> None:
        super().__init__(choices=(("yes", yes), ("no", no)), **options)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to one side."""
        return self.get_method(qs)(**{self.field_name: value == "yes"}) if value else qs


class RangeFilter(FilterMixin):
    """A figure between two ends, both included. `unit` is said in the chip: "500 people and more"."""

    field_class = RangeField

    def __init__(self, *, unit: Words = "", **options: Any) -> None:
        self.unit = unit
        super().__init__(**options)

    @staticmethod
    def params(name: str) -> tuple[str, ...]:
        return (f"{name}_min", f"{name}_max")

    def filter(self, qs: QuerySet[Any], value: Ends | None) -> QuerySet[Any]:
        """Narrow to the range."""
        if value is None:
            return qs
        ends = {"gte": value.low, "lte": value.high}
        return self.get_method(qs)(**{f"{self.field_name}__{key}": end for key, end in ends.items() if end is not None})

    def words(self, value: Any) -> str:
        low, high = (self._figure(end) for end in value)
        if value.high is None:
            return _("%(low)s and more") % {"low": low}
        if value.low is None:
            return _("up to %(high)s") % {"high": high}
        return _("%(low)s to %(high)s") % {"low": self._figure(value.low, bare=True), "high": high}

    def _figure(self, end: Decimal | None, *, bare: bool = False) -> str:
        if end is None:
            return ""
        places = max(0, -int(end.normalize().as_tuple().exponent))
        figure = rp.number(end, places)
        return figure if bare or not self.unit else f"{figure} {self.unit}"


class DateRangeFilter(FilterMixin):
    """Between two days, both included, in the reader's zone; works on date and on date-time fields."""

    field_class = DateRangeField

    @staticmethod
    def params(name: str) -> tuple[str, ...]:
        return (f"{name}_after", f"{name}_before")

    def filter(self, qs: QuerySet[Any], value: Ends | None) -> QuerySet[Any]:
        """Narrow to the days; for moments, from midnight to the next midnight where the reader lives."""
        if value is None:
            return qs
        lookups: dict[str, Any] = {}
        if value.low is not None:
            lookups[f"{self.field_name}__gte"] = value.low if self._days() else midnight(value.low)
        if value.high is not None:
            after = value.high + dt.timedelta(days=1)
            lookups[f"{self.field_name}__lt"] = after if self._days() else midnight(after)
        return self.get_method(qs)(**lookups)

    def _days(self) -> bool:
        field = get_model_field(self.model, self.field_name)
        return isinstance(field, DateField) and not isinstance(field, DateTimeField)

    def words(self, value: Any) -> str:
        low, high = (rp.exact(end) for end in value)
        if value.high is None:
            return _("since %(day)s") % {"day": low}
        if value.low is None:
            return _("until %(day)s") % {"day": high}
        return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def midnight(day: dt.date) -> dt.datetime:
    """Return the first moment of `day` in the active zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


class ModelChoiceFilter(FilterMixin):
    """One row of another table. `queryset` may be a callable that takes the request: offer only what may be seen.

    `to_field_name` (default `public_id`) is what stands in the URL.
    """

    field_class = forms.ModelChoiceField

    def __init__(self, *, queryset: Any, to_field_name: str = "public_id", **options: Any) -> None:
        self.source = queryset
        options.setdefault("error_messages", {"invalid_choice": gettext_lazy("That is not one of the choices.")})
        super().__init__(queryset=None, to_field_name=to_field_name, empty_label=gettext_lazy("Any"), **options)

    @property
    def field(self) -> Any:
        """Return the form field over what this reader may choose from."""
        self.extra["queryset"] = self.source(self.parent.request) if callable(self.source) else self.source.all()
        return super().field


# ---------------------------------------------------------------- the set


class FilterForm(forms.Form):
    """The form of a filter set; its ids cannot clash with those of another form on the page."""

    def __init__(self, data: QueryDict | None = None, *, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix, auto_id="filter_%s")
        for field in self.fields.values():
            css = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            field.widget.attrs.setdefault("class", css)


class FilterSet(django_filters.FilterSet):
    """A page's filters. `only_on=True` builds those alone that the URL has a value for."""

    q = SearchFilter(label=gettext_lazy("Search"))

    def __init__(
        self,
        data: QueryDict,
        queryset: QuerySet[Any] | Callable[[], QuerySet[Any]],
        *,
        request: HttpRequest | None = None,
        search: Search | None = None,
        only_on: bool = False,
    ) -> None:
        self.search = search
        declared = type(self).declared()
        names = type(self).on(data) if only_on else declared
        self.is_bound, self.data, self.request, self.form_prefix = True, data, request, None
        self._rows = queryset
        self.filters = {name: copy.deepcopy(declared[name]) for name in names if search or name != "q"}
        for kind in self.filters.values():
            kind.parent = self

    @functools.cached_property
    def queryset(self) -> QuerySet[Any]:
        """The rows to narrow: put together only where they are asked for, not to say what the filters are."""
        return self._rows() if callable(self._rows) else self._rows

    def get_form_class(self) -> type[forms.Form]:
        """Return a form of the filters built."""
        return type("FilterForm", (FilterForm,), {name: kind.field for name, kind in self.filters.items()})

    @classmethod
    def declared(cls) -> Mapping[str, Any]:
        """Return the filters there are, by name: those of the class, and what a noun's rows have besides."""
        filterset: Any = cls
        return declared_filters(filterset)

    @classmethod
    def parameters(cls) -> Mapping[str, tuple[str, ...]]:
        """Return the URL parameters of every filter, by its name."""
        filterset: Any = cls
        return filter_parameters(filterset)

    @classmethod
    def on(cls, data: QueryDict) -> list[str]:
        """Return the names of the filters that the URL has a value for."""
        return [name for name, keys in cls.parameters().items() if any(any(data.getlist(key)) for key in keys)]

    def chips(self, request: HttpRequest) -> list[Chip]:
        """Return one chip per valid filter that is on, in the order of declaration."""
        self.form.is_valid()
        cleaned = self.form.cleaned_data
        return [self._chip(name, value, request.GET) for name in self.filters if (value := cleaned.get(name))]

    def _chip(self, name: str, value: Any, params: QueryDict) -> Chip:
        kind = self.filters[name]
        rest = query_without(params, self.parameters()[name])
        return Chip(name, str(kind.label), kind.words(value), query_url(rest))


def declared_filters(filterset: Any) -> Mapping[str, Any]:
    """Return the filters that a filter set's class declares, by name."""
    return filterset.base_filters


@functools.cache
def filter_parameters(filterset: Any) -> Mapping[str, tuple[str, ...]]:
    """Return the URL parameters of a filter set's filters; refuse names that the list itself uses."""
    found: dict[str, tuple[str, ...]] = {}
    for name, kind in declared_filters(filterset).items():
        keys = kind.params(name) if isinstance(kind, FilterMixin) else (name,)
        if RESERVED.intersection(keys):
            msg = f"{filterset.__name__}.{name}: the list page itself uses this parameter"
            raise ImproperlyConfigured(msg)
        found[name] = keys
    return found
