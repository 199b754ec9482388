"""By what clock a customer lives, as far as anybody knows: what pages and fields begin with before they say so."""

import zoneinfo
from functools import cache

from django.conf import settings

from references.accounts.models import Contact
from references.accounts.names import match_key
from refprogram.people.calendars.selectors import zone_of_region
from refprogram.people.models import Person
from refprogram.people.zones import known


def zone_of(contact: Contact) -> zoneinfo.ZoneInfo:
    """Return a customer's zone: their own word, else their city's, else their region's, else the program's."""
    own = contact.person.time_zone
    return zoneinfo.ZoneInfo(own if own in known() else _guessed(contact) or settings.TIME_ZONE)


def zone_of_person(person: Person) -> zoneinfo.ZoneInfo:
    """Return the zone of a customer's person by where they work now; the program's of who works nowhere. For mails."""
    here = Contact.objects.filter(person=person, left_company_at__isnull=True, merged_into__isnull=True)
    contact = here.select_related("account", "person").order_by("-pk").first()
    return zone_of(contact) if contact is not None else zoneinfo.ZoneInfo(settings.TIME_ZONE)


def known_zone(person: Person) -> zoneinfo.ZoneInfo | None:
    """Return a person's zone where they said it, or where their company's place tells; None where nobody knows."""
    if person.time_zone in known():
        return zoneinfo.ZoneInfo(person.time_zone)
    here = Contact.objects.filter(person=person, left_company_at__isnull=True, merged_into__isnull=True)
    contact = here.select_related("account").order_by("-pk").first()
    guessed = _guessed(contact) if contact is not None else ""
    return zoneinfo.ZoneInfo(guessed) if guessed else None


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
