"""What is kept of who voted: keyed hashes, each of one contest only: nobody is followed from one to the next."""

import hashlib
import ipaddress
from typing import Final

from django.utils.crypto import salted_hmac

from awards.contests.models import Contest
from awards.judging.ties import PUBLIC_MAIL
from references.merging.selectors import FREE_MAIL

# Mailboxes of nobody's employer: their domain is not kept, and no cap counts it.
FREE: Final = FREE_MAIL | PUBLIC_MAIL
# Mailboxes that anybody opens for ten minutes.
THROWAWAY: Final = frozenset({
    "10minutemail.com", "dispostable.com", "fakeinbox.com", "getnada.com", "guerrillamail.com", "mail-temp.com",
    "maildrop.cc", "mailinator.com", "mailnesia.com", "mintemail.com", "moakt.com", "mohmal.com", "sharklasers.com",
    "temp-mail.org", "tempmail.com", "throwawaymail.com", "trashmail.com", "yopmail.com",
})  # fmt: skip
SAME_BOX: Final = {"googlemail.com": "gmail.com"}
# Below these a company has its name one label further down: harbour.co.uk.
SECOND_LEVELS: Final = frozenset({"ac", "co", "com", "edu", "gov", "net", "or", "org"})


def voter_of(contest: Contest, email: str) -> str:
    """Return who votes, as it is kept: the same for every way of writing one mailbox."""
    return _key("voter", contest, one_spelling(email))


def one_spelling(email: str) -> str:
    """Return a mail address as its mailbox reads it: no case, nothing after a plus, no dots where they do not count."""
    name, _at, domain = email.strip().lower().rpartition("@")
    domain = SAME_BOX.get(domain, domain)
    name = name.partition("+")[0]
    if domain == "gmail.com":
        name = name.replace(".", "")
    return f"{name}@{domain}"


def house_of(email: str) -> str:
    """Return the company's part of a domain (`eu.harbour.co.uk` is `harbour.co.uk`); empty for free mailboxes."""
    domain = email.strip().lower().rpartition("@")[2]
    parts = domain.split(".")
    deep = 3 if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in SECOND_LEVELS else 2
    house = ".".join(parts[-deep:])
    return "" if domain in FREE or house in FREE else house[:120]


def is_throwaway(email: str) -> bool:
    """Whether the mailbox is one that anybody opens for ten minutes."""
    return ".".join(email.strip().lower().rpartition("@")[2].split(".")[-2:]) in THROWAWAY


def network_of(contest: Contest, address: str) -> str:
    """Return the network that a request came from, as it is kept: a /24, or a /48; empty where it cannot be known."""
    try:
        at = ipaddress.ip_address(address)
    except ValueError:
        return ""
    at = getattr(at, "ipv4_mapped", None) or at
    wide = 24 if at.version == 4 else 48
    return _key("network", contest, str(ipaddress.ip_network(f"{at}/{wide}", strict=False)))


def device_of(contest: Contest, device: str) -> str:
    """Return the browser that a vote came from, as it is kept."""
    return _key("device", contest, device) if device else ""


def code_of(entry_id: str) -> str:
    """Return how an entry is called on the public page: by nothing that a judge who reads blind meets elsewhere."""
    return salted_hmac("awards.voting.entry", entry_id, algorithm="sha256").hexdigest()[:16]


def name_of(key: str) -> str:
    """Return a short name for a network or a browser: the same for the same one, and nothing else of it."""
    return hashlib.sha256(key.encode()).hexdigest()[:5].upper()


def _key(what: str, contest: Contest, said: str) -> str:
    return salted_hmac(f"awards.voting.{what}", f"{contest.public_id}:{said}", algorithm="sha256").hexdigest()
