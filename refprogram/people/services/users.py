"""Colleagues: known from the CRM, invited, joined, changed, gone."""

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from refprogram.kernel import links
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.enums import Role
from refprogram.people.models import NO_MAIL_DOMAIN, Person, Team, User


@transaction.atomic
def invite_user(
    *,
    actor: User,
    user: User | None = None,
    email: str = "",
    name: str = "",
    role: Role | None = None,
    team: Team | None = None,
) -> User:
    """Invite a colleague: a new one, or `user`, known from the CRM or invited before. Their mail follows by event.

    From now on work that is theirs comes to them. Raises InvalidInput for an address that is missing or taken.
    """
    invited = _locked(user) if user is not None else _new_user(email=email, name=name, role=role or Role.REP, team=team)
    was = invited.role
    if user is not None:
        _prepare(invited, email=email, role=role, team=team)
    if Role.ADMIN in {was, invited.role} and not actor.is_role(Role.ADMIN):
        raise NotAllowed(_("Only an administrator invites an administrator."))
    invited.is_active, invited.invited_at = True, timezone.now()
    invited.save(update_fields=["is_active", "invited_at", "email", "role", "team"])
    emit("user.invited", subject=invited, actor_id=actor.person_id)
    return invited


def _new_user(*, email: str, name: str, role: Role, team: Team | None) -> User:
    """Create the user of an address; a person of that address (a contact, say) becomes the user's person."""
    address = _free_address(email)
    if not name.strip():
        raise InvalidInput(_("A name is needed."), errors={"name": _("Give their full name.")})
    person = Person.objects.select_for_update(of=("self",)).filter(email__iexact=address, user=None).first()
    try:
        with transaction.atomic():
            return User.objects.create_user(
                address, person=person, name=name.strip(), role=role, team=team, is_active=False
            )
    except IntegrityError as error:  # somebody was faster, or the address is another colleague's
        raise _taken() from error


def _prepare(user: User, *, email: str, role: Role | None, team: Team | None) -> None:
    """Bring a known user into the state in which they can be invited."""
    if user.last_login is not None:
        raise DomainError(_("%(name)s has come in before and needs no invitation.") % {"name": user.name})
    if email and email.lower() != user.email:
        user.email = _free_address(email)
        if Person.objects.filter(email__iexact=user.email).exclude(pk=user.person_id).exists():
            raise _taken()
        user.person.email = user.email
        user.person.save(update_fields=["email"])
    if not user.has_mailbox:
        raise InvalidInput(_("An address is needed."), errors={"email": _("Give the address the invitation goes to.")})
    user.role, user.team = role or user.role, team or user.team


def _free_address(email: str) -> str:
    address = email.strip().lower()
    if not address or address.endswith(f"@{NO_MAIL_DOMAIN}"):
        raise InvalidInput(_("An address is needed."), errors={"email": _("Give the address the invitation goes to.")})
    if User.objects.filter(email=address).exists():
        raise _taken()
    return address


def _taken() -> InvalidInput:
    message = _("Somebody with this address is already here.")
    return InvalidInput(message, errors={"email": message})


@transaction.atomic
def join(*, token: str, password: str) -> User:
    """Accept an invitation: set the password, which also proves that the address is theirs."""
    link = links.use(token)
    user = User.objects.select_for_update().select_related("person").get(pk=link.subject_id)
    if not user.is_active:
        raise DomainError(_("This access was ended. Ask an administrator."))
    try:
        validate_password(password, user)
    except ValidationError as error:
        message = " ".join(error.messages)
        raise InvalidInput(message, errors={"password": message}) from error
    user.set_password(password)
    user.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    emit("user.joined", subject=user, actor_id=user.person_id)
    return user


@transaction.atomic
def deactivate_user(*, user: User, actor: User) -> User:
    """End somebody's access at once: sessions, tokens and invitations open nothing from now on."""
    gone = _locked(user)
    if gone.pk == actor.pk:
        raise DomainError(_("You cannot end your own access. Ask another administrator."))
    if not gone.is_active:
        raise DomainError(_("%(name)s has no access already.") % {"name": gone.name})
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    links.withdraw(subject=gone, purpose="join")
    emit("user.deactivated", subject=gone, actor_id=actor.person_id)
    return gone


@transaction.atomic
def reactivate_user(*, user: User, actor: User) -> User:
    """Give somebody access again who had it before."""
    back = _locked(user)
    if back.is_active:
        raise DomainError(_("%(name)s has access already.") % {"name": back.name})
    if back.last_login is None:
        raise DomainError(_("%(name)s has never come in: invite them.") % {"name": back.name})
    back.is_active = True
    back.save(update_fields=["is_active"])
    emit("user.reactivated", subject=back, actor_id=actor.person_id)
    return back


@transaction.atomic
def change_role(*, user: User, role: Role, actor: User) -> User:
    """Give a colleague another role."""
    changed = _locked(user)
    was = Role(changed.role)
    if was == role:
        return changed
    if was == Role.ADMIN and not _other_admin(changed):
        raise DomainError(_("They are the only administrator. Make somebody else one first."))
    led = changed.managed_teams.first()
    if led is not None and role != Role.MANAGER:
        raise DomainError(_("They lead the team %(team)s. Give it another manager first.") % {"team": led.name})
    changed.role = role
    changed.save(update_fields=["role"])
    emit("user.role_changed", subject=changed, actor_id=actor.person_id, payload={"was": was.value, "role": role.value})
    return changed


def _other_admin(user: User) -> bool:
    return User.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=user.pk).exists()


@transaction.atomic
def move_to_team(*, user: User, team: Team | None, actor: User) -> User:
    """Put a colleague into another team, or into none."""
    moved = _locked(user)
    if moved.team_id == (team and team.pk):
        return moved
    was, moved.team = moved.team_id, team
    moved.save(update_fields=["team"])
    payload = {"was": was, "team": team and team.pk}
    emit("user.team_changed", subject=moved, actor_id=actor.person_id, payload=payload)
    return moved


@transaction.atomic
def ensure_agent(*, external_ref: str, name: str, team: Team | None, role: Role = Role.REP) -> User:
    """Return the user that the CRM knows by this name or id; a new one is inactive and gets no mail until invited.

    The team follows the CRM; name and role are ours once the user is here.
    """
    known = User.objects.select_related("person").filter(external_ref=external_ref).first()
    if known is None:
        person = Person.objects.create(name=name)
        address = f"{slugify(name)[:40] or 'agent'}-{get_random_string(6).lower()}@{NO_MAIL_DOMAIN}"
        return User.objects.create_user(
            address, person=person, role=role, team=team, external_ref=external_ref, is_active=False
        )
    if team is not None and known.team_id != team.pk:
        known.team = team
        known.save(update_fields=["team"])
    return known


@transaction.atomic
def update_profile(*, user: User, name: str, title: str, phone: str, language: str) -> Person:
    """Keep what a colleague says of themselves."""
    person = Person.objects.select_for_update().get(pk=user.person_id)
    if not name.strip():
        raise InvalidInput(_("A name is needed."), errors={"name": _("Give your full name.")})
    person.name, person.title, person.phone = name.strip(), title.strip(), phone.strip()
    person.language = language
    person.save(update_fields=["name", "title", "phone", "language"])
    return person


def _locked(user: User) -> User:
    return User.objects.select_for_update(of=("self",)).select_related("person").get(pk=user.pk)
