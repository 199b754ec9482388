"""Support view of colleagues, teams and what binds them: to look at; changes go through the pages and the stream."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from refprogram.people.models import ApiToken, Delegation, Person, Region, Restriction, Team, User


class ReadOnly(admin.ModelAdmin):
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
