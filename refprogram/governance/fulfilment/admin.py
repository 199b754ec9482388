"""The support view of this room."""

from django.contrib import admin

from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.people.admin import ReadOnly


@admin.register(Fulfilment)
class FulfilmentAdmin(ReadOnly):
    """Gifts."""

    list_display = ("item", "kind", "receiver", "value", "state", "requested_by", "taxable")
    list_filter = ("state", "kind", "taxable")
    list_select_related = ("receiver", "requested_by__person")
    search_fields = ("item", "public_id", "key", "receiver__name")
