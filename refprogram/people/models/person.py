"""Who: persons, users, teams, regions, and what may be done in whose name."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Noun
from refprogram.people.enums import Privilege, Role, Scope, UserState
from refprogram.people.managers import UserManager

if TYPE_CHECKING:
    import datetime as dt


NO_MAIL_DOMAIN = "agents.invalid"  # reserved by RFC 2606: nothing sent there can arrive


class Region(Noun):
    """A sales region; accounts and teams lie in one. Its calendar says when people there work (empty: the default)."""

    name = models.CharField(max_length=80, unique=True)
    calendar = models.ForeignKey(
        "people.BusinessCalendar", null=True, blank=True, on_delete=models.SET_NULL, related_name="regions"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@keep_edits()
class Team(Noun):
    """A sales team with one manager."""

    name = models.CharField(max_length=80, unique=True)
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="teams")
    manager = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="managed_teams"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page on which the team is changed."""
        return row_url("people:team", self.public_id)


@keep_edits(leave_out=("erased_at",))
class Person(Noun):
    """The one identity of a colleague, a customer's contact, or an outside judge."""

    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    title = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(max_length=64, blank=True, help_text=_("Empty: the program's own zone."))
    language = models.CharField(max_length=10, blank=True)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once", condition=~Q(email="")),
        ]
        indexes = [GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="person_name_trgm")]

    def __str__(self) -> str:
        return self.name


@keep_edits(leave_out=("password", "last_login", "unread_notices", "groups", "user_permissions"))
class User(Noun, AbstractBaseUser, PermissionsMixin):
    """A colleague (or invited judge) who signs in. The name lives on the person."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user")
    email = models.EmailField(unique=True)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.REP)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="members")
    external_ref = models.CharField(max_length=120, blank=True, help_text=_("This person's name or id in the CRM."))
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    invited_at = models.DateTimeField(null=True, blank=True)
    hired_on = models.DateField(null=True, blank=True, help_text=_("Newcomers are left out of consequences."))
    unread_notices = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["external_ref"], name="user_external_ref_once", condition=~Q(external_ref="")
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="user_role_known"),
        ]

    def __str__(self) -> str:
        return self.person.name

    @property
    def name(self) -> str:
        """The person's full name."""
        return self.person.name

    @property
    def first_name(self) -> str:
        """The first word of the name, for greetings."""
        return self.person.name.split(" ", 1)[0]

    def get_absolute_url(self) -> str:
        """Return the page of this colleague."""
        return row_url("people:person", self.public_id)

    @property
    def state(self) -> UserState:
        """Whether they work here, were asked to come, or may not come in."""
        if not self.is_active:
            return UserState.INACTIVE
        return UserState.ACTIVE if self.last_login else UserState.INVITED

    @property
    def has_mailbox(self) -> bool:
        """Whether mail reaches them: an agent known from the CRM alone has no address."""
        return not self.email.endswith(f"@{NO_MAIL_DOMAIN}")

    @property
    def address(self) -> str:
        """The address to show: none for an agent known from the CRM alone."""
        return self.email if self.has_mailbox else ""

    def is_role(self, *roles: Role) -> bool:
        """Whether the user has one of these roles."""
        return self.role in roles


class Delegation(Noun):
    """For some days, `delegate` may act in the name of `principal` (holiday cover)."""

    principal = models.ForeignKey(User, on_delete=models.CASCADE, related_name="delegations_given")
    delegate = models.ForeignKey(User, on_delete=models.CASCADE, related_name="delegations_held")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="delegation_ends_after_start"),
            models.CheckConstraint(condition=~Q(principal=models.F("delegate")), name="delegation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.principal_id} -> {self.delegate_id}"


class Restriction(Noun):
    """A privilege taken away for a time, with the reason the person is shown."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="restrictions")
    privilege = models.CharField(max_length=24, choices=Privilege.choices)
    reason = models.TextField()
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    imposed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["user", "privilege"], name="restriction_open", condition=Q(lifted_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} may not {self.privilege}"

    def in_force(self, at: "dt.datetime") -> bool:
        """Whether it binds at this moment."""
        return self.lifted_at is None and self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


class ApiToken(Noun):
    """A bearer token for the API. Only its hash is kept; `prefix` lets its owner recognise it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=8)
    token_hash = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=5, choices=Scope.choices, default=Scope.READ)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
