"""Signing in: allauth's backend, loading the user with everything that each page needs, in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import BigIntegerField
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from refprogram.kernel.prepared import Given, Prepared
from refprogram.people.models import User

_SIGNED_IN = Prepared(
    lambda: User.objects.select_related("person", "team__region").filter(
        pk=Given("pk", BigIntegerField()), is_active=True
    )
)


class Backend(AuthenticationBackend):
    """The session's user comes with person, team and region: one query a request, whatever the page shows."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the active user of a session."""
        return next(iter(_SIGNED_IN(pk=user_id)), None)

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Leave it to the rules: roles decide, not Django's permission rows, so no page asks for those."""
        return bool(user_obj.is_staff and super().has_perm(user_obj, perm, obj))


class MemberRequest(HttpRequest):
    """Only for annotations: a request by a signed-in colleague."""

    user: User
    htmx: HtmxDetails
