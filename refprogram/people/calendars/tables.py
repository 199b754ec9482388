"""The list of calendars."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel import tables
from refprogram.people.calendars import shown


class CalendarTable(tables.Table):
    """Calendars of places."""

    name = tables.NameColumn(_("Calendar"), "name", order_by="name")
    time_zone = tables.TextColumn(_("Time zone"), "time_zone", order_by="time_zone", phone="wide")
    week = tables.TextColumn(_("Hours"), shown.week_words, muted=True, phone="wide")
    country = tables.TextColumn(_("Holidays of"), shown.place, order_by="country", nothing="–")
    followers = tables.NumberColumn(_("Regions"), "followers", order_by="followers", desc_first=True, phone="end")
