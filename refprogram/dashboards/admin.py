"""Support view of the roof's own rows, and of the kernel's: it knows no people and cannot show itself."""

from django.contrib import admin

from refprogram.dashboards.models import Counting, MailPlan, QuarterLines, Reading, Snapshot, Target
from refprogram.kernel.models import Delivery, Event, Job, SignedLink
from refprogram.people.admin import ReadOnly


@admin.register(Target)
class TargetAdmin(ReadOnly):
    """Targets."""

    list_display = ("figure", "starts_on", "value", "set_by", "set_at")
    list_filter = ("figure",)
    list_select_related = ("set_by__person",)


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnly):
    """Figures of a day."""

    list_display = ("figure", "taken_on", "value")
    list_filter = ("figure",)


@admin.register(QuarterLines)
class QuarterLinesAdmin(ReadOnly):
    """The figures of the quarter, by sight."""

    list_display = ("sight", "starts_on", "counted_at")


@admin.register(Counting)
class CountingAdmin(ReadOnly):
    """When metrics were counted."""

    list_display = ("kind", "as_of", "counted_at", "afterwards", "note", "taken_by")
    list_filter = ("kind",)
    list_select_related = ("taken_by__person",)


@admin.register(Reading)
class ReadingAdmin(ReadOnly):
    """What was counted."""

    list_display = ("metric", "counting", "value", "n", "why")
    list_filter = ("metric",)
    list_select_related = ("counting",)


@admin.register(MailPlan)
class MailPlanAdmin(ReadOnly):
    """What is mailed to whom."""

    list_display = ("name", "page", "rhythm", "day", "due_on", "reader", "ended_at")
    list_filter = ("rhythm",)
    list_select_related = ("reader__person",)


@admin.register(Event)
class EventAdmin(ReadOnly):
    """The stream."""

    list_display = ("at", "topic", "subject_type", "subject_id", "account_id", "actor_id")
    list_filter = ("subject_type",)
    search_fields = ("topic", "public_id")
    show_full_result_count = False


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    """What handlers were owed."""

    list_display = ("handler", "event", "attempts", "next_at", "done_at")
    search_fields = ("handler",)
    list_select_related = ("event",)
    show_full_result_count = False


@admin.register(Job)
class JobAdmin(ReadOnly):
    """Long work."""

    list_display = ("kind", "state", "done", "total", "created_at", "finished_at", "message")
    list_filter = ("kind", "state")


@admin.register(SignedLink)
class SignedLinkAdmin(ReadOnly):
    """Signed links, never what opens them."""

    list_display = ("purpose", "subject_type", "subject_id", "created_at", "expires_at", "used_at", "revoked_at")
    list_filter = ("purpose",)
    exclude = ("token_hash",)
