"""API tokens: issued once in clear, kept as a hash, revoked."""

import datetime as dt
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.enums import Scope
from refprogram.people.models import ApiToken, User
from refprogram.people.tokens import digest

PREFIX = "rp_"


@transaction.atomic
def issue_token(
    *, user: User, name: str, scope: Scope = Scope.READ, expires_at: dt.datetime | None = None
) -> tuple[ApiToken, str]:
    """Make a token and return it with its secret, which nobody can read again."""
    if not user.is_active:
        raise DomainError(_("%(name)s has no access, and so no tokens.") % {"name": user.name})
    if not name.strip():
        raise InvalidInput(_("A name is needed."), errors={"name": _("Say what will use it.")})
    if expires_at is not None and expires_at <= timezone.now():
        raise InvalidInput(_("This day is over."), errors={"expires_at": _("This day is over.")})
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        user=user,
        name=name.strip(),
        prefix=secret[:8],
        token_hash=digest(secret),
        scope=scope,
        expires_at=expires_at,
    )
    token.save(force_insert=True)
    emit(
        "token.issued", subject=user, actor_id=user.person_id, payload={"token": token.pk, "scope": Scope(scope).value}
    )
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken, actor: User) -> ApiToken:
    """Make a token worthless at once; twice is once."""
    revoked = ApiToken.objects.select_for_update(of=("self",)).select_related("user").get(pk=token.pk)
    if revoked.revoked_at is None:
        revoked.revoked_at = timezone.now()
        revoked.save(update_fields=["revoked_at"])
        emit("token.revoked", subject=revoked.user, actor_id=actor.person_id, payload={"token": revoked.pk})
    return revoked
