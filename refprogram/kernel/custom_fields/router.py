"""The fields themselves over the API: what `custom` may hold, by noun; added, changed and archived."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from pydantic import Field

from refprogram.kernel import api
from refprogram.kernel.custom_fields import selectors, services
from refprogram.kernel.enums import CustomType
from refprogram.kernel.errors import NotAllowed
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
    archived: bool

    @staticmethod
    def resolve_archived(obj: CustomField) -> bool:
        return obj.archived_at is not None

    @staticmethod
    def resolve_url(obj: CustomField) -> str:
        return api.absolute(reverse("kernel:custom-field", args=[obj.public_id]))


@api.listing(router, "/custom-fields", CustomFieldOut)
def list_custom_fields(request: HttpRequest) -> QuerySet[CustomField]:
    """List the fields in use. Lists are narrowed by them as pages are: `?custom.KEY=`, `_min`, `_max`, `_after`."""
    return selectors.in_use()


class CustomFieldPatch(api.Input):
    """What may be changed of a field at any time."""

    label: str = Field(max_length=80)
    choices: list[str] = Field([], max_length=200, description="Of a choice: at least two.")
    unit: str = Field("", max_length=20, description="Of a number.")
    help: str = Field("", max_length=200)
    required: bool = False
    searchable: bool = False
    filterable: bool = True


class CustomFieldIn(CustomFieldPatch):
    """A field to add. Noun, key and type never change."""

    noun: str = Field(max_length=40)
    key: str = Field(max_length=40)
    type: CustomType


def _demand(request: HttpRequest) -> None:
    if not request.user.has_perm(services.EDIT):
        raise NotAllowed(_("Fields are added by who runs the program."))


@router.post("/custom-fields", response={201: CustomFieldOut})
def create_custom_field(request: HttpRequest, data: CustomFieldIn) -> Any:
    """Add a field to a noun; it is in forms, lists, files, imports and `custom` at once."""
    _demand(request)
    return api.Status(201, services.add_field(**data.dict()))


@router.get("/custom-fields/{public_id}", response=CustomFieldOut)
def get_custom_field(request: HttpRequest, public_id: str) -> CustomField:
    """Return one field, also an archived one."""
    found: CustomField = api.found(selectors.all_fields(), public_id)
    return found


@router.patch("/custom-fields/{public_id}", response=CustomFieldOut)
def change_custom_field(request: HttpRequest, public_id: str, data: api.PatchDict[CustomFieldPatch]) -> CustomField:
    """Change everything but noun, key and type."""
    _demand(request)
    return services.change_field(field=api.found(selectors.all_fields(), public_id), **data)


@router.post("/custom-fields/{public_id}/archive", response=CustomFieldOut)
def archive_custom_field(request: HttpRequest, public_id: str) -> CustomField:
    """Take a field out of use; its values stay."""
    _demand(request)
    return services.archive_field(field=api.found(selectors.all_fields(), public_id))


@router.post("/custom-fields/{public_id}/restore", response=CustomFieldOut)
def restore_custom_field(request: HttpRequest, public_id: str) -> CustomField:
    """Take an archived field into use again."""
    _demand(request)
    return services.restore_field(field=api.found(selectors.all_fields(), public_id))
