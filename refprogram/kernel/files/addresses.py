"""Addresses of files: signed, short-lived, and good for the one who was meant to look."""

from typing import Any, Final

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from refprogram.kernel.errors import LinkRefused
from refprogram.kernel.models import StoredFile

SECONDS: Final = 30 * 60
TICKET_SECONDS: Final = 12 * 60 * 60


def _salt(public_id: str) -> str:
    return f"refprogram.file:{public_id}"


def address(file: StoredFile, *, viewer: Any) -> str:
    """Return where a file can be had for half an hour by this user (None: by who holds it, behind a signed link).

    Whoever asks for it has decided that the viewer may see the file.
    """
    key = signing.dumps(viewer.pk if viewer is not None else 0, salt=_salt(file.public_id))
    return f"{reverse('kernel:file', args=[file.public_id])}?k={key}"


def viewer_of(public_id: str, key: str) -> int:
    """Return the key of the user an address was made for; 0 for who holds it. Raises LinkRefused."""
    try:
        return int(signing.loads(key, salt=_salt(public_id), max_age=SECONDS))
    except signing.SignatureExpired as error:
        raise LinkRefused(
            _("This address of a file was good for half an hour. Open the page you had it from again.")
        ) from error
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise LinkRefused(_("We do not know this address. Open the file from the page it is on.")) from error


def ticket(*, purpose: str, user: Any = None, person_id: int | None = None) -> str:
    """Return where one person may send files of one purpose, ahead of the form they belong to."""
    allowed = {"purpose": purpose, "user": user.pk if user is not None else None, "person": person_id}
    return f"{reverse('kernel:upload')}?t={signing.dumps(allowed, salt='refprogram.upload')}"


def ticket_of(text: str) -> dict[str, Any]:
    """Return what a ticket allows. Raises LinkRefused."""
    try:
        allowed: dict[str, Any] = signing.loads(text, salt="refprogram.upload", max_age=TICKET_SECONDS)
    except signing.BadSignature as error:
        raise LinkRefused(_("This page is too old. Load it again, then choose the file.")) from error
    return allowed
