"""What people tell of accounts and contacts, as it is kept: lists without doubles, days that make sense."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from references.accounts.models import Contact
from refprogram.kernel.errors import InvalidInput

MOST: Final = 20  # of topics, languages, use cases, blackouts: what is longer nobody reads
WORD: Final = 60
CODE: Final = 8


def tidied_account(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return an account's fields as they are kept."""
    done = dict(fields)
    if "use_cases" in done:
        done["use_cases"] = _words(done["use_cases"], "use_cases")
    if "competitor" in done:
        done["competitor"] = " ".join((done["competitor"] or "").split())
    return done


def tidied_contact(contact: Contact, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return a contact's fields as they are kept. Raises InvalidInput, by field."""
    done = dict(fields)
    for name in {"topics_yes", "topics_no"} & done.keys():
        done[name] = _words(done[name], name)
    if "languages" in done:
        done["languages"] = _words(done["languages"], "languages", longest=CODE)
    if "blackouts" in done:
        done["blackouts"] = _blackouts(done["blackouts"])
    if "caps" in done:
        done["caps"] = _caps(done["caps"])
    _refuse_both(done.get("topics_yes", contact.topics_yes), done.get("topics_no", contact.topics_no))
    stand_in = done.get("stand_in")
    if stand_in is not None and (stand_in.pk == contact.pk or stand_in.account_id != contact.account_id):
        message = _("Somebody else of the same customer stands in.")
        raise InvalidInput(message, errors={"stand_in": message})
    return done


def _words(words: Iterable[str], field: str, *, longest: int = WORD) -> list[str]:
    kept: dict[str, str] = {}
    for word in words:
        plain = " ".join(word.split())
        if plain:
            kept.setdefault(plain.casefold(), plain)
    found = list(kept.values())
    if len(found) > MOST or any(len(word) > longest for word in found):
        message = _("At most %(n)d, each of %(longest)d letters at most.") % {"n": MOST, "longest": longest}
        raise InvalidInput(message, errors={field: message})
    return found


def _blackouts(spans: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    found = []
    for span in spans:
        first, last = _day(span.get("from")), _day(span.get("to"))
        if last < first:
            message = _("The last day lies before the first.")
            raise InvalidInput(message, errors={"blackouts": message})
        found.append({"from": first.isoformat(), "to": last.isoformat()})
    if len(found) > MOST:
        message = _("At most %(n)d times.") % {"n": MOST}
        raise InvalidInput(message, errors={"blackouts": message})
    return sorted(found, key=lambda span: (span["from"], span["to"]))


def _day(value: Any) -> dt.date:
    try:
        return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
    except ValueError as wrong:
        message = _("Name both days.")
        raise InvalidInput(message, errors={"blackouts": message}) from wrong


def _caps(caps: Mapping[str, Any]) -> dict[str, int]:
    """Their own caps by kind; an empty one is the program's again. 0 says: never for that."""
    found = {slug: int(number) for slug, number in caps.items() if number is not None}
    if any(not 0 <= number <= 50 for number in found.values()):
        message = _("Between 0 and 50 in three months.")
        raise InvalidInput(message, errors={"caps": message})
    return found


def _refuse_both(yes: Iterable[str], no: Iterable[str]) -> None:
    both = {word.casefold() for word in yes} & {word.casefold() for word in no}
    if both:
        message = _("Wanted and not wanted at once: %(topics)s.") % {"topics": ", ".join(sorted(both))}
        raise InvalidInput(message, errors={"topics_no": message})
