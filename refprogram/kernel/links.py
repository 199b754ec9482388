"""Signed links: issue, open, use, withdraw. GET shows, POST acts; mail scanners open links, so opening never acts."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import models, transaction
from django.db.models import TextField
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.kernel.errors import LinkRefused
from refprogram.kernel.models import SignedLink
from refprogram.kernel.prepared import Given, Prepared
from refprogram.kernel.stream import Subject, subject_of

TOKEN_BYTES = 24


@dataclass(frozen=True)
class Purpose:
    """What a kind of link opens: a dotted view, how many days it lives, and whether it acts only once.

    `expired`: the dotted view that answers when it is too old, where it can offer more than a refusal.
    """

    view: str
    days: int
    once: bool
    expired: str = ""


def purposes() -> dict[str, Purpose]:
    """Return every purpose of `settings.LINK_PURPOSES`."""
    return {name: Purpose(**spec) for name, spec in settings.LINK_PURPOSES.items()}


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue(
    *, purpose: str, subject: models.Model | Subject, person_id: int | None, days: int | None = None, token: str = ""
) -> str:
    """Create a link and return its absolute URL, the only place where the token ever stands in clear.

    `token`: one that the caller can derive again from a secret, for an address that its maker has to see twice.
    """
    about = subject if isinstance(subject, Subject) else subject_of(subject)
    token = token or secrets.token_urlsafe(TOKEN_BYTES)
    lifetime = dt.timedelta(days=days or purposes()[purpose].days)
    SignedLink.objects.create(
        token_hash=_hash(token),
        purpose=purpose,
        person_id=person_id,
        subject_type=about.type,
        subject_id=about.id,
        expires_at=timezone.now() + lifetime,
    )
    return address(token)


def new_token() -> str:
    """Return a token that no link has: for many links that are written at once (`issue_many`)."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def issue_many(*, purpose: str, made: Iterable[tuple[str, Subject, int | None]]) -> None:
    """Create a link for each (token, subject, person) in one statement; `address` says where it leads."""
    expires_at = timezone.now() + dt.timedelta(days=purposes()[purpose].days)
    SignedLink.objects.bulk_create(
        SignedLink(
            token_hash=_hash(token),
            purpose=purpose,
            person_id=person_id,
            subject_type=about.type,
            subject_id=about.id,
            expires_at=expires_at,
        )
        for token, about, person_id in made
    )


def address(token: str) -> str:
    """Return the absolute address of a token."""
    return f"{settings.BASE_URL}/s/{token}/"


_HASH = Given("hash", TextField())
_FOUND = Prepared(lambda: SignedLink.objects.filter(token_hash=_HASH))
_LOCKED = Prepared(lambda: SignedLink.objects.select_for_update().filter(token_hash=_HASH))


def find(token: str, *, lock: bool = False) -> SignedLink:
    """Return the link of a token, whatever its state. Raises LinkRefused for an unknown or altered token."""
    link = next(iter((_LOCKED if lock else _FOUND)(hash=_hash(token))), None)
    if link is None:
        raise LinkRefused(_("We do not know this link. Please open it again from the mail, whole and unchanged."))
    return link


def check(link: SignedLink) -> None:
    """Raise LinkRefused with the reason if the link is withdrawn or too old; a used one may still be looked at."""
    if link.revoked_at is not None:
        raise LinkRefused(_("This link was withdrawn. Nothing more is needed from you."))
    if link.expires_at <= timezone.now():
        raise LinkRefused(_("This link has expired. Please ask the person who sent it for a new one."))


def use(token: str) -> SignedLink:
    """Lock the link for acting and, for a purpose that acts once, mark it used. Call inside the act's transaction.

    Raises LinkRefused if it is unknown, withdrawn, expired or already used.
    """
    if not transaction.get_connection().in_atomic_block:
        message = "links.use() outside a transaction"
        raise RuntimeError(message)
    link = find(token, lock=True)
    check(link)
    if link.used_at is not None and purposes()[link.purpose].once:
        raise LinkRefused(_("This link was already answered. Thank you: your first answer stands."))
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    return link


def withdraw(*, subject: models.Model | Subject, purpose: str | None = None) -> int:
    """Withdraw every open link about a subject (of one purpose, or all); return how many."""
    about = subject if isinstance(subject, Subject) else subject_of(subject)
    links = SignedLink.objects.filter(subject_type=about.type, subject_id=about.id, revoked_at__isnull=True)
    if purpose is not None:
        links = links.filter(purpose=purpose)
    return links.update(revoked_at=timezone.now())
