"""Opening hours as people type them ("09:00-12:30, 13:00-17:30") and as they are kept."""

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from refprogram.kernel.errors import InvalidInput
from refprogram.people.calendars.working_time import MIDNIGHT, Span

_SPAN = re.compile(r"^\s*(\d{1,2})[:.](\d{2})\s*[-–—]\s*(\d{1,2})[:.](\d{2})\s*$")
Kept = list[list[str]]


def parse(text: str) -> Kept:
    """Return the spans of one day as they are kept; nothing typed is a closed day. Raises InvalidInput."""
    found = [_span(part) for part in re.split(r"[,;]", text) if part.strip()]
    for (_start, end), (start, _end) in pairwise(found):
        if end == MIDNIGHT or start < end:
            raise InvalidInput(_("These hours overlap, or are not in order: %(text)s") % {"text": text})
    return [[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in found]


def _span(text: str) -> Span:
    match = _SPAN.match(text)
    if match is None:
        raise InvalidInput(_("“%(text)s” are no hours such as 09:00-17:30.") % {"text": text.strip()})
    try:
        start, end = _time(*match.groups()[:2]), _time(*match.groups()[2:])
    except ValueError:
        raise InvalidInput(_("“%(text)s” are no times of a day.") % {"text": text.strip()}) from None
    if end != MIDNIGHT and end <= start:
        raise InvalidInput(_("“%(text)s” ends before it begins.") % {"text": text.strip()})
    return start, end


def _time(hour: str, minute: str) -> dt.time:
    return MIDNIGHT if (hour, minute) == ("24", "00") else dt.time(int(hour), int(minute))


def words(kept: Sequence[Sequence[str]]) -> str:
    """Return kept spans as somebody would type them."""
    return ", ".join(f"{start}–{'24:00' if end == '00:00' else end}" for start, end in kept)


def spans(kept: Sequence[Sequence[str]]) -> tuple[Span, ...]:
    """Return kept spans as times."""
    return tuple((dt.time.fromisoformat(start), dt.time.fromisoformat(end)) for start, end in kept)
