"""The words of a template as one customer reads them, and the hash by which anybody can tell that they are the same."""

import datetime as dt
import hashlib

from django.utils.formats import date_format

from references.accounts.models import Contact
from references.accounts.wording import program_of
from references.consents.models import ConsentTemplate


def shown(text: str, *, contact: Contact | None = None, until: dt.date | None = None) -> str:
    """Return a template's text with its names filled in; without a contact, as a preview with an example."""
    names = {
        "{program}": program_of(),
        "{company}": contact.account.name if contact else "Aurora Logistics",
        "{person}": contact.person.name if contact else "Sara Lind",
        "{until}": date_format(until, "j F Y") if until else "31 December",
    }
    for name, value in names.items():
        text = text.replace(name, value)
    return text


def hash_of(template: ConsentTemplate) -> str:
    """Return the SHA-256 of a version's words, names not filled in."""
    return hashlib.sha256(template.text.encode()).hexdigest()
