"""Reading one cell: text in, value out, or a CellError with a sentence."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from references.accounts.enums import Stage, Tier


class CellError(Exception):
    """This cell cannot be taken; the message says why."""


_FORMULA = re.compile(r"^[=@]|^[+-](?!\s*[\d.,(])")
_DATES = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y/%m/%d", "%Y-%m-%dT%H:%M:%S")
STAGES = {
    "prospecting": Stage.PROSPECTING,
    "qualification": Stage.PROSPECTING,
    "engaging": Stage.ENGAGING,
    "needs analysis": Stage.ENGAGING,
    "proposal": Stage.PROPOSAL,
    "negotiation": Stage.PROPOSAL,
    "won": Stage.WON,
    "closed won": Stage.WON,
    "lost": Stage.LOST,
    "closed lost": Stage.LOST,
}


def text(longest: int) -> Callable[[str], str]:
    """Return a reader of text of at most `longest` characters that refuses formulas."""

    def read(cell: str) -> str:
        if _FORMULA.match(cell):
            raise CellError(_("looks like a spreadsheet formula; remove the first character"))
        if len(cell) > longest:
            raise CellError(_("is longer than %(n)d characters") % {"n": longest})
        return cell

    return read


def integer(cell: str) -> int | None:
    """Read a whole number of zero or more; empty is None. Accepts 1,200 and 1 200."""
    if not cell:
        return None
    digits = re.sub(r"[\s,'\u00a0]", "", cell)
    if not digits.isdecimal() or int(digits) > 2_147_483_647:
        raise CellError(_("is not a whole number"))
    return int(digits)


def year(cell: str) -> int | None:
    """Read a year between 1000 and 2100; empty is None."""
    value = integer(cell)
    if value is not None and not 1000 <= value <= 2100:
        raise CellError(_("is not a year"))
    return value


def amount(cell: str) -> Decimal | None:
    """Read an amount of money, with or without thousands marks and currency sign; empty is None."""
    if not cell:
        return None
    bare = re.sub(r"[\s'\u00a0$€£]", "", cell)
    if re.search(r",\d{1,2}$", bare):
        bare = bare.replace(".", "").replace(",", ".")
    try:
        value = Decimal(bare.replace(",", "")).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise CellError(_("is not an amount")) from None
    if not value.is_finite() or abs(value) >= Decimal(10) ** 12:
        raise CellError(_("is not an amount"))
    return value


def day(cell: str) -> dt.date | None:
    """Read a date; empty is None. ISO first, then day before month (12.03.2026 is 12 March)."""
    if not cell:
        return None
    for shape in _DATES:
        try:
            return dt.datetime.strptime(cell, shape).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    raise CellError(_("is not a date; write it as 2026-03-12"))


def email(cell: str) -> str:
    """Read a mail address; empty stays empty."""
    if cell:
        try:
            validate_email(cell)
        except ValidationError:
            raise CellError(_("is not a mail address")) from None
    return cell.lower()


def stage(cell: str) -> str:
    """Read a deal's stage by the names that CRMs use."""
    found = STAGES.get(cell.casefold())
    if found is None:
        known = ", ".join(sorted({str(s.label) for s in STAGES.values()}))
        raise CellError(_("is not a known stage (%(known)s)") % {"known": known})
    return found.value


def tier(cell: str) -> str:
    """Read a tier by its name; empty stays empty."""
    if cell.casefold() not in Tier.values:
        raise CellError(_("is not a tier (platinum, gold, silver)"))
    return cell.casefold()
