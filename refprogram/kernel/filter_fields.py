"""The form fields behind the filters: choices that name what was asked for, and ranges with two ends."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Words = str | Promise


class ChoiceField(forms.ChoiceField):
    """A choice with an empty first option, and an error that names what was asked for."""

    def __init__(self, *, choices: Any = (), **options: Any) -> None:
        options.setdefault("error_messages", {"invalid_choice": gettext_lazy("“%(value)s” is not one of the choices.")})
        super().__init__(choices=with_any(choices), **options)


def with_any(choices: Any) -> Callable[[], list[tuple[Any, Any]]]:
    """Return choices with "Any" in front; a callable is asked only when the field is used."""
    return lambda: [("", _("Any")), *(choices() if callable(choices) else choices)]


def label_of(choices: Iterable[Any], value: Any) -> str:
    """Return the label of `value` in a field's choices."""
    flat = {str(key): words for key, words in choices}
    return str(flat.get(str(value), value))


class Ends(NamedTuple):
    """A cleaned range; at least one end is there."""

    low: Any
    high: Any


class TwoEnds(django_filters.widgets.SuffixedMultiWidget):
    """Two inputs named by suffix. `labels` stand over them (components/filter_form.html)."""

    suffixes: ClassVar[Sequence[str]]
    labels: ClassVar[Sequence[Words]]

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(tuple(self.box() for _end in self.suffixes), attrs)

    @staticmethod
    def box() -> forms.Widget:
        """Return the input of one end."""
        raise NotImplementedError

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Return the context with every input's label in it."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for box, label in zip(context["widget"]["subwidgets"], self.labels, strict=True):
            box["label"] = label
        return context


class RangeWidget(TwoEnds):
    """Two figures: `size_min`, `size_max`."""

    suffixes = ("min", "max")
    labels = (gettext_lazy("at least"), gettext_lazy("at most"))

    @staticmethod
    def box() -> forms.Widget:
        """Return a plain box that brings up a phone's figures."""
        return forms.TextInput({"inputmode": "decimal"})


class DateRangeWidget(TwoEnds):
    """Two days: `asked_after`, `asked_before`, both included."""

    suffixes = ("after", "before")
    labels = (gettext_lazy("from"), gettext_lazy("until"))

    @staticmethod
    def box() -> forms.Widget:
        """Return the browser's date picker."""
        return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class RangeField(forms.MultiValueField):
    """Two ends of which one may be open; the wrong way round is an error."""

    widget = RangeWidget

    def __init__(self, **options: Any) -> None:
        super().__init__(self.ends(), require_all_fields=False, **options)

    @staticmethod
    def ends() -> tuple[forms.Field, forms.Field]:
        """Return the fields of both ends. Their size is limited: a database knows no figure of 10,000 digits."""

        def one() -> forms.DecimalField:
            return forms.DecimalField(required=False, max_digits=15, decimal_places=4)

        return one(), one()

    def compress(self, data_list: list[Any]) -> Ends | None:
        """Return both ends, or None when neither was given."""
        if not any(value is not None for value in data_list):
            return None
        low, high = data_list
        if low is not None and high is not None and low > high:
            raise ValidationError(_("The lower end is above the upper one."), code="crossed")
        return Ends(low, high)


class DateRangeField(RangeField):
    """Two days."""

    widget = DateRangeWidget

    @staticmethod
    def ends() -> tuple[forms.Field, forms.Field]:
        limits = [MinValueValidator(dt.date(1900, 1, 1)), MaxValueValidator(dt.date(2199, 12, 31))]

        def one() -> forms.DateField:
            return forms.DateField(required=False, input_formats=["%Y-%m-%d"], validators=limits)

        return one(), one()
