"""Support view of colleagues, teams and what binds them: to look at; changes go through the pages and the stream."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from refprogram.people.models import (
    ApiToken,
    BusinessCalendar,
    Delegation,
    Leave,
    Person,
    Region,
    Restriction,
    SlaClock,
    Team,
    User,
    WorkActivity,
)


class SupportView(admin.ModelAdmin):
    """Whoever may enter the support view may look; roles decide in the program, so no permission rows are asked."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Support staff."""
        return bool(request.user.is_active and request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Support staff."""
        return self.has_module_permission(request)


class ReadOnly(SupportView):
    """Nothing is added, changed or deleted here."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


@admin.register(User)
class UserAdmin(ReadOnly):
    """Colleagues."""

    list_display = ("email", "person", "role", "team", "is_active", "last_login")
    list_filter = ("role", "is_active", "team")
    list_select_related = ("person", "team")
    search_fields = ("email", "person__name", "external_ref", "public_id")
    exclude = ("password",)


@admin.register(Person)
class PersonAdmin(ReadOnly):
    """Everybody with a name."""

    list_display = ("name", "email", "title", "erased_at")
    search_fields = ("name", "email", "public_id")


@admin.register(Team)
class TeamAdmin(ReadOnly):
    """Teams."""

    list_display = ("name", "region", "manager")
    list_select_related = ("region", "manager__person")


@admin.register(Region)
class RegionAdmin(ReadOnly):
    """Regions."""

    list_display = ("name",)


@admin.register(Delegation)
class DelegationAdmin(ReadOnly):
    """Who stands in for whom."""

    list_display = ("principal", "delegate", "starts_on", "ends_on")
    list_select_related = ("principal__person", "delegate__person")


@admin.register(Restriction)
class RestrictionAdmin(ReadOnly):
    """What was taken away."""

    list_display = ("user", "privilege", "starts_at", "ends_at", "lifted_at")
    list_select_related = ("user__person",)


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnly):
    """Tokens, never their secrets."""

    list_display = ("name", "prefix", "user", "scope", "last_used_at", "expires_at", "revoked_at")
    list_select_related = ("user__person",)
    exclude = ("token_hash",)


@admin.register(BusinessCalendar)
class BusinessCalendarAdmin(ReadOnly):
    """When people work."""

    list_display = ("name", "time_zone", "country", "is_default")


@admin.register(Leave)
class LeaveAdmin(ReadOnly):
    """Who is away."""

    list_display = ("user", "kind", "starts_on", "ends_on")
    list_select_related = ("user__person",)


@admin.register(SlaClock)
class SlaClockAdmin(ReadOnly):
    """Clocks of service levels."""

    list_display = ("kind", "subject_type", "subject_id", "started_at", "due_at", "paused_at", "stopped_at")
    list_filter = ("kind",)


@admin.register(WorkActivity)
class WorkActivityAdmin(ReadOnly):
    """What people did in the CRM."""

    list_display = ("person", "kind", "detail", "occurred_at", "source", "external_ref")
    list_select_related = ("person",)
    list_filter = ("kind", "source")
