"""Amounts as people type them: in their language's own notation, never guessed at."""

import re
from decimal import Decimal
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.numbers import NumberFormatError, format_decimal, parse_decimal
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

MOST = Decimal("999999999999.99")
_FIGURE = re.compile(r"[-\u2212]?[\d.,'’]+")  # no exponents, no words
_SPACES = str.maketrans("", "", " \u00a0\u202f")


def locale() -> Locale:
    """Return the reader's locale as Babel knows it."""
    try:
        return Locale.parse((get_language() or "en").replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def read_figure(text: str) -> Decimal:
    """Return a figure typed in the reader's notation. Raises NumberFormatError where it is none, or could mean two."""
    typed = text.translate(_SPACES)
    if not _FIGURE.fullmatch(typed):
        raise NumberFormatError(typed)
    return parse_decimal(typed.replace("\u2212", "-"), locale=locale(), strict=True)


def example_figure() -> str:
    """Return how a figure is written in the reader's language."""
    return format_decimal(Decimal("1250.5"), format="#,##0.00", locale=locale())


class AmountField(forms.CharField):
    """An amount: "1,250.50" in English, "1.250,50" in German. What could mean two things is refused."""

    default_error_messages = {
        "unreadable": _("Write the amount in figures, such as %(example)s."),
        "cents": _("At most two digits behind the point."),
        "negative": _("Give an amount of nothing or more."),
        "nothing": _("Give an amount above nothing."),
        "most": _("That is more than this program can count."),
    }

    def __init__(self, *, negative: bool = False, zero: bool = False, **options: Any) -> None:
        self.negative, self.zero = negative, zero
        options.setdefault("widget", forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        """Return the Decimal; None for nothing typed."""
        text = str(super().to_python(value)).translate(_SPACES).removeprefix(settings.CURRENCY)
        if not text:
            return None
        try:
            return read_figure(text)
        except NumberFormatError as error:
            raise ValidationError(self.error_messages["unreadable"], params={"example": example_figure()}) from error

    def validate(self, value: Any) -> None:
        """Refuse what is no amount of money."""
        super().validate(value)
        if value is None:
            return
        if not value.is_finite() or abs(value) > MOST:
            raise ValidationError(self.error_messages["most"])
        if value != round(value, 2):
            raise ValidationError(self.error_messages["cents"])
        if value < 0 and not self.negative:
            raise ValidationError(self.error_messages["negative"])
        if value == 0 and not self.zero:
            raise ValidationError(self.error_messages["nothing"])

    def run_validators(self, value: Any) -> None:
        """The validators of text do not fit a figure; `validate` has said it all."""

    def prepare_value(self, value: Any) -> Any:
        """Show a figure in the reader's notation; what was typed stays as it was typed."""
        if isinstance(value, Decimal | int):
            return format_decimal(value, format="#,##0.00", locale=locale())
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare figures, not their notation."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True
