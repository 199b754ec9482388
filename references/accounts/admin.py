"""Support view of this room: look, hardly ever touch."""

from django.contrib import admin

from references.accounts.models import Account, ActivityType, Ask, Consent, Contact, Freeze, Opportunity, Product
from refprogram.people.admin import ReadOnly, SupportView


@admin.register(Account)
class AccountAdmin(ReadOnly):
    """Accounts."""

    list_display = ("name", "state", "tier", "industry", "frozen", "rests_until", "open_asks")
    list_filter = ("state", "tier", "frozen")
    search_fields = ("name", "external_ref", "public_id")
    list_select_related = True


@admin.register(Contact)
class ContactAdmin(ReadOnly):
    """Customers' people."""

    list_display = ("person", "account", "state", "paused_until", "left_company_at")
    list_filter = ("state",)
    search_fields = ("person__name", "person__email", "account__name")
    list_select_related = ("person", "account")


@admin.register(Consent)
class ConsentAdmin(ReadOnly):
    """Consents, in their words."""

    list_display = ("contact", "activities", "given_at", "expires_on", "source", "revoked_at")
    list_select_related = ("contact__person",)


@admin.register(Freeze)
class FreezeAdmin(ReadOnly):
    """Freezes."""

    list_display = ("account", "kind", "starts_at", "ends_on", "lifted_at")
    list_filter = ("kind",)
    list_select_related = ("account",)


@admin.register(Ask)
class AskAdmin(ReadOnly):
    """Asks."""

    list_display = ("account", "contact", "activity", "state", "planned_on", "source_type", "source_id")
    list_filter = ("state",)
    list_select_related = ("account", "contact__person", "activity")


@admin.register(Opportunity)
class OpportunityAdmin(ReadOnly):
    """Deals."""

    list_display = ("__str__", "account", "stage", "amount", "closes_on")
    list_filter = ("stage",)
    list_select_related = ("account",)


@admin.register(Product)
class ProductAdmin(SupportView):
    """Products may be named and ordered here."""

    list_display = ("name", "line", "price")


@admin.register(ActivityType)
class ActivityTypeAdmin(SupportView):
    """What customers can do, and what it costs them: the one table of settings here."""

    list_display = ("name", "effort", "minutes", "confirm_days", "position")
    ordering = ("position",)
