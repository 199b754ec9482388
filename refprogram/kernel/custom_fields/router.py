"""The fields themselves over the API: what `custom` may hold, by noun."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from refprogram.kernel import api
from refprogram.kernel.custom_fields import selectors
from refprogram.kernel.enums import CustomType
from refprogram.kernel.models import CustomField

router = api.Router(tags=["shared"])


class CustomFieldOut(api.Thing):
    """A field that this company added to a noun."""

    noun: str
    key: str
    label: str
    type: CustomType
    choices: list[str]
    unit: str
    help: str
    required: bool
    searchable: bool
    filterable: bool

    @staticmethod
    def resolve_url(obj: CustomField) -> str:
        return api.absolute(reverse("kernel:custom-field", args=[obj.public_id]))


@api.listing(router, "/custom-fields", CustomFieldOut)
def list_custom_fields(request: HttpRequest) -> QuerySet[CustomField]:
    """List the fields in use. Lists are narrowed by them as pages are: `?custom.KEY=`, `_min`, `_max`, `_after`."""
    return selectors.in_use()
