"""Files over the API: sent ahead, then named by id in the body that they belong to."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import File, Form, UploadedFile
from pydantic import Field

from refprogram.kernel import api
from refprogram.kernel.enums import FileState
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.files import kinds, selectors, services, views
from refprogram.kernel.models import StoredFile

router = api.Router(tags=["shared"])


class FileOut(api.Thing):
    """An uploaded file, as it is kept: washed, then hashed."""

    name: str
    media_type: str
    size: int
    sha256: str
    purpose: str
    state: FileState
    content_url: str | None = Field(description="Null while it is checked, and when it was refused or removed.")

    @staticmethod
    def resolve_url(obj: StoredFile) -> str:
        return api.absolute(reverse("api:get_file", args=[obj.public_id]))

    @staticmethod
    def resolve_content_url(obj: StoredFile) -> str | None:
        return api.absolute(reverse("api:get_file_content", args=[obj.public_id])) if obj.ready else None


def uploaded(public_id: str, *, field: str, purpose: str, user: Any) -> StoredFile:
    """Return the file that a body names in `field`: an upload of one's own for that purpose, used nowhere yet."""
    found = selectors.unattached(purpose=purpose, user=user).filter(public_id=public_id).first()
    if found is None:
        message = "There is no unused upload of yours with this id and purpose."
        raise InvalidInput(message, errors={field: message})
    return found


@router.post("/files", response={201: FileOut})
def create_file(request: HttpRequest, file: File[UploadedFile], purpose: Form[str]) -> Any:
    """Upload one file for a purpose. What is used nowhere is deleted after two days."""
    senders = {name: policy.send_ahead for name, policy in kinds.policies().items() if policy.send_ahead}
    if purpose not in senders:
        message = f"No body takes a file of this purpose; it is one of: {', '.join(sorted(senders))}."
        raise InvalidInput(message, errors={"purpose": message})
    if not request.user.has_perm(senders[purpose]):
        raise NotAllowed("You may not use a file of this purpose, so you cannot send one.")
    return api.Status(201, services.store(upload=file, purpose=purpose, user=request.user))


@router.get("/files/{public_id}", response=FileOut)
def get_file(request: HttpRequest, public_id: str) -> Any:
    """Return one file's facts: your own upload, or part of something that you may read."""
    return api.found(selectors.visible_to(request.user), public_id)


@router.get("/files/{public_id}/content", response=bytes)
def get_file_content(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Return the bytes."""
    return views.bytes_of(api.found(selectors.visible_to(request.user), public_id))
