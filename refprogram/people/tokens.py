"""API tokens at the door: who sends one, and whether it may do that."""

import datetime as dt
import hashlib
from typing import Any, Final

from django.db.models import CharField, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from refprogram.kernel.edit_history.keeping import acting
from refprogram.kernel.errors import NotAllowed
from refprogram.kernel.prepared import Given, Prepared
from refprogram.people.enums import Scope
from refprogram.people.models import ApiToken

READING = frozenset({"GET", "HEAD", "OPTIONS"})
NOTED_EVERY = dt.timedelta(minutes=1)


def digest(secret: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _living() -> QuerySet[ApiToken]:
    living = ApiToken.objects.filter(revoked_at__isnull=True, user__is_active=True)
    found = living.filter(token_hash=Given("hash", CharField()))
    return found.select_related("user__person", "user__team__region")


_LIVING: Final = Prepared(_living)  # every call of the API begins with it


def find(secret: str) -> ApiToken | None:
    """Return a token that is neither revoked nor too old, of an active user, with all that a request needs of them."""
    now = timezone.now()
    token = next(iter(_LIVING(hash=digest(secret))), None)
    if token is None or (token.expires_at is not None and token.expires_at <= now):
        return None
    if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


class BearerToken(HttpBearer):
    """`Authorization: Bearer …`; the token's user becomes the request's user."""

    def __call__(self, request: HttpRequest) -> Any:
        """Return the request's token; asked again within one request, the same."""
        if not hasattr(request, "api_token"):
            request.api_token = super().__call__(request)  # type: ignore[attr-defined]
        token: ApiToken | None = request.api_token  # type: ignore[attr-defined]
        if token is not None and token.scope != Scope.WRITE and request.method not in READING:
            raise NotAllowed(_("This token may only read. Make one that may write in your settings."))
        return token

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the token row of a secret."""
        found = find(token)
        if found is not None:
            request.user = found.user
            acting(via="api", person=found.user.person_id)
        return found
