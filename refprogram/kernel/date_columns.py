"""Columns of days and moments."""

import datetime as dt
from typing import Any, Final, Unpack

from django.utils import timezone
from django.utils.safestring import SafeString

from refprogram.kernel.cells import Cell, Source, Words, iso, once, timed
from refprogram.kernel.columns import Column, ColumnOptions
from refprogram.kernel.markup import escaped
from refprogram.kernel.templatetags import rp


class DateColumn(Column):
    """A day, and the time with `with_time`; the exact moment in the reader's zone on hover."""

    css = "rp-nowrap"
    named_default = True

    def __init__(
        self, header: Words, source: Source, *, with_time: bool = False, **options: Unpack[ColumnOptions]
    ) -> None:
        super().__init__(header, source, **options)
        self.with_time = with_time

    def write(self) -> Cell:
        """Return the day as a `<time>`."""
        words = rp.exact if self.with_time else rp.day
        zone = timezone.get_current_timezone()
        named = once(lambda day: escaped(rp.day(day)))

        def write(value: dt.date) -> SafeString:
            if self.with_time or not isinstance(value, dt.datetime) or value.tzinfo is None:
                return timed(value, words)
            local = value.astimezone(zone)
            title = escaped(rp.exact_words(local))
            return SafeString(f'<time datetime="{value.isoformat()}" title="{title}">{named(local.date())}</time>')

        return once(write)

    def plain(self) -> Cell:
        """Return the moment in ISO."""
        return iso()


DAY: Final = 84_600  # seconds: from here on `relative_words` counts days


class AgoColumn(Column):
    """A moment as distance to now ("9 days ago", "in 3 days"); on hover exact, by static/js/rp.js: dear to do here."""

    css = "rp-nowrap rp-muted"
    named_default = True

    def write(self) -> Cell:
        """Return the distance as a `<time>`."""
        now = timezone.now()
        near = once(lambda minutes: escaped(rp.relative_words(minutes * 60)))
        far = once(lambda days: escaped(rp.relative_days(abs(days), ahead=days > 0)))

        def write(value: Any) -> str | SafeString:
            if not isinstance(value, dt.datetime):
                return rp.reltime(value)
            # To the minute below a day, to the day above: nobody sees the difference, and the words come back.
            seconds = (value - now).total_seconds()
            words = near(round(seconds / 60)) if -DAY < seconds < DAY else far(round(seconds / 86_400))
            return SafeString(f'<time datetime="{value.isoformat(timespec="seconds")}" data-rel>{words}</time>')

        return write

    def plain(self) -> Cell:
        """Return the moment in ISO."""
        return iso()
