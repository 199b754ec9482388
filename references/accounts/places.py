"""By what clock a customer lives, as far as anybody knows: what pages and fields begin with before they say so."""

import zoneinfo
from functools import cache

from django.conf import settings

from references.accounts.models import Contact
from references.accounts.names import match_key
from refprogram.people.calendars.selectors import zone_of_region
from refprogram.people.zones import known


def zone_of(contact: Contact) -> zoneinfo.ZoneInfo:
    """Return a customer's zone: their own word, else their city's, else their region's, else the program's."""
    own = contact.person.time_zone
    return zoneinfo.ZoneInfo(own if own in known() else _guessed(contact) or settings.TIME_ZONE)


def _guessed(contact: Contact) -> str:
    account = contact.account
    here = _by_city().get(match_key(account.city), "") if account.city else ""
    if here or account.region_id is None:
        return here
    region = zone_of_region(account.region_id)
    return region if region in known() else ""


@cache
def _by_city() -> dict[str, str]:
    """The zones that bear the name of a city: most large ones do."""
    return {match_key(zone.rpartition("/")[2].replace("_", " ")): zone for zone in sorted(known()) if "/" in zone}
