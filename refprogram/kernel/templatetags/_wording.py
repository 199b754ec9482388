"""Figures, money and moments in words, for the reader's language and zone."""

import datetime as dt
import functools
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_AP
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

NNBSP: Final = "\u202f"  # narrow no-break space: between a figure and its unit
NBSP: Final = "\u00a0"
MINUS: Final = "\u2212"
NOTHING: Final = ""

# ---------------------------------------------------------------- figures

_SYMBOLS: Final[Mapping[str, str]] = {
    "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "INR": "₹", "KRW": "₩", "BRL": "R$",
    "AUD": "A$", "CAD": "CA$", "NZD": "NZ$", "MXN": "MX$", "HKD": "HK$", "SGD": "S$", "ILS": "₪", "PHP": "₱",
}  # fmt: skip
_WITHOUT_CENTS: Final = frozenset({"JPY", "KRW", "CLP", "ISK", "HUF", "VND"})
_SYMBOL_FIRST: Final = frozenset({"en", "ja", "zh", "ko", "he", "th", "ga", "mt"})


def decimal_of(value: object) -> Decimal | None:
    """Templates hand over anything; what is not a number shows as nothing instead of breaking a page."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() else None


def _grouped(figure: Decimal, places: int) -> str:
    """Round first: Django's own formatting only cuts digits off."""
    return _grouped_words(get_language(), figure, places)


@functools.lru_cache(maxsize=8192)
def _grouped_words(_language: str | None, figure: Decimal, places: int) -> str:
    """Write it as the active language does, which is part of the key: the same amounts come again and again."""
    rounded = figure.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = number_format(abs(rounded), places, use_l10n=True, force_grouping=True)
    return f"{MINUS}{text}" if rounded < 0 else text


def number(value: object, places: int = 0) -> str:
    """1240 is 1,240 (or 1.240), with a real minus sign."""
    if type(value) in _PLAIN:
        return number_in(get_language(), value, int(places))
    figure = decimal_of(value)
    return NOTHING if figure is None else _grouped(figure, int(places))


_PLAIN: Final = frozenset({int, float, Decimal})


@functools.lru_cache(maxsize=8192)
def number_in(_language: str | None, value: float | Decimal, places: int) -> str:
    """Return the same for who asks for many and knows the active language: figures that are equal look alike."""
    figure = decimal_of(value)
    return NOTHING if figure is None else _grouped(figure, places)


def plain(value: object) -> str:
    """3 is 3, 2.50 is 2.5: a count that may be a share, with as many digits (two at most) as it has."""
    if type(value) is int:
        return number(value)
    figure = decimal_of(value)
    if figure is None:
        return NOTHING
    cents = figure.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP).normalize()
    exponent = cents.as_tuple().exponent
    return _grouped(cents, max(0, -exponent) if isinstance(exponent, int) else 0)


def compact(value: object) -> str:
    """Full figure up to a million, then 1.4 m and 3.2 bn: two digits are what a glance can hold."""
    figure = decimal_of(value)
    if figure is None:
        return NOTHING
    for limit, unit in ((10**9, gettext("bn")), (10**6, gettext("m"))):
        if abs(figure) >= limit * Decimal("0.9995"):
            short = figure / limit
            places = 1 if abs(short) < 100 and round(short, 1) % 1 else 0
            return f"{_grouped(short, places)}{NNBSP}{unit}"
    return _grouped(figure, 0 if figure == figure.to_integral_value() or abs(figure) >= 100 else 1)


def _with_currency(text: str, currency: str) -> str:
    symbol = _SYMBOLS.get(currency, currency)
    sign, digits = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
    if (get_language() or "en").split("-", 1)[0] in _SYMBOL_FIRST:
        gap = NBSP if symbol.isalpha() else ""
        return f"{sign}{symbol}{gap}{digits}"
    return f"{sign}{digits}{NBSP}{symbol}"


def money(value: object, currency: str = "") -> str:
    """Amount in the program's currency, or in the one given; cents only where there are any."""
    figure = decimal_of(value)
    if figure is None:
        return NOTHING
    code = (currency or getattr(settings, "CURRENCY", "USD")).upper()
    places = 0 if code in _WITHOUT_CENTS or figure == figure.to_integral_value() else 2
    return _with_currency(_grouped(figure, places), code)


def money_short(value: object, currency: str = "") -> str:
    """As money, for tiles and lines: $18.4 m."""
    text = compact(value)
    return text and _with_currency(text, (currency or getattr(settings, "CURRENCY", "USD")).upper())


def pct(value: object, places: int = 0) -> str:
    """A share between 0 and 1 as a percentage: 0.47 is 47 %."""
    figure = decimal_of(value)
    return NOTHING if figure is None else f"{_grouped(figure * 100, int(places))}{NNBSP}%"


# ---------------------------------------------------------------- time


def relative_words(seconds: float) -> str:
    """Distance to now in words. static/js/rp.js counts with the same limits, so text does not jump on load."""
    ahead, size = seconds > 0, abs(seconds)
    if size < 45:
        return gettext("just now")
    if size < 3_570:
        n = max(1, round(size / 60))
        if ahead:
            return ngettext("in %(n)d minute", "in %(n)d minutes", n) % {"n": n}
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", n) % {"n": n}
    if size < 84_600:
        n = max(1, round(size / 3_600))
        if ahead:
            return ngettext("in %(n)d hour", "in %(n)d hours", n) % {"n": n}
        return ngettext("%(n)d hour ago", "%(n)d hours ago", n) % {"n": n}
    return relative_days(round(size / 86_400), ahead=ahead)


def relative_days(days: int, *, ahead: bool) -> str:
    """The same for whole days: today, tomorrow, in 3 weeks."""
    return _days_words(get_language(), days, ahead=ahead)


@functools.lru_cache(maxsize=8192)
def _days_words(_language: str | None, days: int, *, ahead: bool) -> str:
    """Say it in the active language, which is part of the key: every row of every list asks."""
    if days < 1:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow") if ahead else gettext("yesterday")
    return _days_ahead(days) if ahead else _days_ago(days)


def _days_ahead(days: int) -> str:
    if days < 14:
        return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
    if days < 60:
        n = round(days / 7)
        return ngettext("in %(n)d week", "in %(n)d weeks", n) % {"n": n}
    if days < 700:
        n = round(days / 30.44)
        return ngettext("in %(n)d month", "in %(n)d months", n) % {"n": n}
    n = round(days / 365.25)
    return ngettext("in %(n)d year", "in %(n)d years", n) % {"n": n}


def _days_ago(days: int) -> str:
    if days < 14:
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    if days < 60:
        n = round(days / 7)
        return ngettext("%(n)d week ago", "%(n)d weeks ago", n) % {"n": n}
    if days < 700:
        n = round(days / 30.44)
        return ngettext("%(n)d month ago", "%(n)d months ago", n) % {"n": n}
    n = round(days / 365.25)
    return ngettext("%(n)d year ago", "%(n)d years ago", n) % {"n": n}


@functools.lru_cache(maxsize=4096)
def _date_words(_language: str | None, day: int, month: int, year: int | None) -> str:
    """Say a date in the active language, which is part of the key: a list asks for fifty, a page for the same again."""
    words = {"day": day, "month": MONTHS[month], "year": year}
    return gettext("%(day)s %(month)s") % words if year is None else gettext("%(day)s %(month)s %(year)s") % words


def day(value: dt.date | dt.datetime | None) -> str:
    """19 November, with the year only when it is not this one."""
    if value is None:
        return NOTHING
    local = timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value
    year = None if local.year == timezone.localdate().year else local.year
    return _date_words(get_language(), local.day, local.month, year)


def day_short(value: dt.date | dt.datetime | None) -> str:
    """14 Sep: for the narrow column of a timeline."""
    if value is None:
        return NOTHING
    local = timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value
    return gettext("%(day)s %(month)s") % {"day": local.day, "month": MONTHS_AP[local.month]}


def exact(value: dt.date | dt.datetime | None) -> str:
    """19 November 2026, 16:42 CET, in the zone that is active for the viewer."""
    if value is None:
        return NOTHING
    if not isinstance(value, dt.datetime):
        return _date_words(get_language(), value.day, value.month, value.year)
    return exact_words(timezone.localtime(value) if timezone.is_aware(value) else value)


def exact_words(local: dt.datetime) -> str:
    """Say a moment in the zone that it is in."""
    return _exact_words(get_language(), local.date(), f"{local.hour:02d}:{local.minute:02d}", local.tzname() or "")


@functools.lru_cache(maxsize=8192)
def _exact_words(_language: str | None, day: dt.date, time: str, zone: str) -> str:
    """Say a moment in the active language, which is part of the key, as `_date_words` does a date."""
    words = {"day": day.day, "month": MONTHS[day.month], "year": day.year, "time": time, "zone": zone}
    return gettext("%(day)s %(month)s %(year)s, %(time)s %(zone)s") % words


def reltime(value: dt.date | dt.datetime | None, empty: str = "") -> SafeString | str:
    """A <time>: "in 3 days", exact on hover. The browser keeps the words true while the page stays open."""
    if value is None:
        return empty
    if isinstance(value, dt.datetime):
        seconds = (value - timezone.now()).total_seconds()
        return format_html(
            '<time datetime="{}" title="{}" data-rel>{}</time>',
            value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            exact(value),
            relative_words(seconds),
        )
    days = (value - timezone.localdate()).days
    return format_html(
        '<time datetime="{}" title="{}" data-rel>{}</time>',
        value.isoformat(), exact(value), relative_days(abs(days), ahead=days > 0),
    )  # fmt: skip
