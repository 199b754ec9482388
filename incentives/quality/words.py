"""Faults and months in words."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from incentives.quality.enums import Attribute, FaultKind
from incentives.quality.models import Fault

_A = Attribute


def reason_of(fault: Fault) -> str:
    """Return what is wrong, as the owner reads it: "missing: industry"."""
    return words_of(fault.attribute, fault.kind)


def words_of(attribute: str, kind: str) -> str:
    """Return a fault in words."""
    special = {
        (_A.CONFIRMED, FaultKind.STALE): _("nobody confirmed it for long"),
        (_A.MOVED, FaultKind.STALE): _("nobody touched it for long"),
        (_A.TWIN, FaultKind.DUPLICATE): _("there is another one like it"),
        (_A.CLOSES, FaultKind.INVALID): _("not right: day of closing has passed, or lies before it began"),
    }
    said = special.get((_A(attribute), FaultKind(kind)))
    return said or _("%(kind)s: %(what)s") % {
        "kind": str(FaultKind(kind).label).lower(),
        "what": _A(attribute).label,
    }


def month_words(first: dt.date) -> str:
    """Return "October 2026"."""
    return date_format(first, "F Y")
