"""Support view of what people were told. Words of mails stay out: they hold signed links."""

from django.contrib import admin

from refprogram.notices.models import Mail, Notice, Preference
from refprogram.people.admin import ReadOnly


@admin.register(Notice)
class NoticeAdmin(ReadOnly):
    """Notices."""

    list_display = ("person", "kind", "text", "created_at", "read_at", "for_digest")
    list_filter = ("kind", "for_digest")
    search_fields = ("person__name", "text")
    list_select_related = ("person",)


@admin.register(Mail)
class MailAdmin(ReadOnly):
    """Mails: to whom, whether they left, and why not."""

    list_display = ("to", "subject", "kind", "state", "send_after", "sent_at", "attempts")
    list_filter = ("state", "kind")
    search_fields = ("to", "subject", "key")
    exclude = ("text", "html", "unsubscribe_url")


@admin.register(Preference)
class PreferenceAdmin(ReadOnly):
    """How people want to be told."""

    list_display = ("person", "kind", "channel")
    list_filter = ("channel", "kind")
    search_fields = ("person__name",)
    list_select_related = ("person",)
