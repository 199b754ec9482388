"""What is known of a person themselves, and of their user: name, addresses, access, cover, days away."""

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.cached_db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.kernel.stream import emit
from refprogram.people.enums import Role
from refprogram.people.models import (
    NO_MAIL_DOMAIN,
    ApiToken,
    ClockPause,
    Delegation,
    Leave,
    Person,
    Restriction,
    User,
    WorkActivity,
)

SOMEONE = "someone"  # what stands where the name stood, on every page


def why_not(person_id: int) -> Iterable[str]:
    """Say what hangs on this person alone, and must be given to somebody else first."""
    user = User.objects.filter(person=person_id).first()
    if user is None:
        return
    others = User.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=user.pk)
    if user.is_role(Role.ADMIN) and user.is_active and not others.exists():
        yield _("They are the only administrator. Make somebody else one first.")
    for team in user.managed_teams.all():
        yield _("They lead the team %(team)s. Give it another manager first.") % {"team": team.name}


def erase_person(person_id: int) -> None:
    """Empty the person and their user: nobody comes in by it again. The row stays, and is called "someone"."""
    Person.objects.filter(pk=person_id).update(
        name=SOMEONE, email="", title="", phone="", time_zone="", language="",
        quiet_from=None, quiet_until=None, erased_at=timezone.now(), updated_at=timezone.now(),
    )  # fmt: skip
    user = User.objects.filter(person=person_id).first()
    if user is not None:
        _close(user)


def _close(user: User) -> None:
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    LogEntry.objects.filter(Q(user=user) | Q(content_type__model="user", object_id=str(user.pk))).update(
        object_repr=SOMEONE, change_message=""
    )
    if user.is_active:  # who counts on them hears of it as of any other end
        emit("user.deactivated", subject=user)
    _end_sessions(user)
    ApiToken.objects.filter(user=user).delete()
    Delegation.objects.filter(Q(principal=user) | Q(delegate=user)).delete()
    Leave.objects.filter(user=user).delete()
    Restriction.objects.filter(Q(user=user) | Q(imposed_by=user)).update(reason="")
    ClockPause.objects.filter(by=user).update(reason="")
    user.email, user.external_ref = f"erased-{user.public_id}@{NO_MAIL_DOMAIN}", ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.hired_on = None
    user.password = make_password(None)
    user.save(update_fields=["email", "external_ref", "is_active", "is_staff", "is_superuser", "hired_on", "password"])


def _end_sessions(user: User) -> None:
    """Delete the sessions of a user: whose they are stands only inside them."""
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            SessionStore(session.session_key).delete()


def export_person(person_id: int) -> dict[str, Any]:
    """Return what is known of a person, their access, and what the CRM told of their work."""
    person = Person.objects.filter(pk=person_id)
    user = User.objects.filter(person=person_id)
    work = WorkActivity.objects.filter(person=person_id).order_by("pk")
    return {
        "person": person.values(
            "name", "email", "title", "phone", "time_zone", "language", "quiet_from", "quiet_until", "created_at"
        ),
        "user": user.values(
            "email", "role", "team__name", "external_ref", "is_active", "invited_at", "hired_on", "last_login"
        ),
        "days_away": Leave.objects.filter(user__person=person_id).values("kind", "starts_on", "ends_on"),
        "taken_away": Restriction.objects.filter(user__person=person_id).values(
            "privilege", "reason", "starts_at", "ends_at"
        ),
        "tokens": ApiToken.objects.filter(user__person=person_id).values("name", "scope", "last_used_at"),
        "work_activity": work.values("source", "external_ref", "kind", "detail", "occurred_at"),
    }
