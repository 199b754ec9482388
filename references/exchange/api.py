"""Imports over the API: bring a file, follow its job, decide."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from ninja import File, Form, UploadedFile
from pydantic import Field

from references.exchange import selectors, services
from references.exchange.models import ImportFile, ImportKind, ImportState
from refprogram.kernel import api, sheets
from refprogram.kernel.errors import NotAllowed
from refprogram.kernel.events_api import JobOut
from refprogram.kernel.models import Job
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["references"])


class ImportOut(api.Thing):
    """One file: its state, and what its check or its writing found."""

    kind: ImportKind
    state: ImportState
    original_name: str
    sha256: str
    columns: dict[str, str]
    message: str
    report: dict[str, Any] = Field(
        description="Rows, good, bad_rows, errors, suggestions, what writing would do; after applying, the outcome."
    )


class ApplyIn(api.Input):
    """How to write a checked file."""

    keep_good: bool = Field(False, description="Leave out rows with errors instead of refusing the file.")
    accept_repairs: bool = Field(
        False, description="Accept all suggested repairs first; answers the job of the new check."
    )


def _importer(request: MemberRequest) -> None:
    if not request.user.has_perm("references.import"):
        raise NotAllowed(_("Data is imported by the reference managers and administrators."))


@api.listing(router, "/imports", ImportOut)
def list_imports(request: MemberRequest) -> QuerySet[ImportFile]:
    """List the files that were brought."""
    _importer(request)
    return selectors.visible_to(request.user)


@router.get("/imports/{public_id}", response=ImportOut)
def get_import(request: MemberRequest, public_id: str) -> ImportFile:
    """Tell what a file would do, or did."""
    return api.found(selectors.visible_to(request.user), public_id)


@router.post("/accounts/import", response={202: JobOut})
def import_accounts(
    request: MemberRequest, file: File[UploadedFile], kind: Form[ImportKind | None] = None
) -> api.Status[Job]:
    """Bring a CSV or XLSX file. Answers the job of its check; the file is then applied by its own address."""
    _importer(request)
    if (file.size or 0) > sheets.MAX_BYTES:
        raise sheets.FileRefused(_("The file is too large."))
    upload = services.take_in(name=file.name or "upload", content=file.read(), kind=kind, user=request.user)
    return api.Status(202, _job(upload))


@router.post("/imports/{public_id}/apply", response={202: JobOut})
def apply_import(request: MemberRequest, public_id: str, data: ApplyIn) -> api.Status[Job]:
    """Write a checked file, all or nothing (or the good rows)."""
    _importer(request)
    upload = api.found(selectors.visible_to(request.user), public_id)
    if data.accept_repairs and upload.report.get("suggestions"):
        accepted = [(s["field"], s["found"]) for s in upload.report["suggestions"]]
        return api.Status(202, _job(services.accept_repairs(upload=upload, accepted=accepted, user=request.user)))
    return api.Status(202, _job(services.apply(upload=upload, keep_good=data.keep_good, user=request.user)))


@router.post("/imports/{public_id}/discard", response=ImportOut)
def discard_import(request: MemberRequest, public_id: str) -> ImportFile:
    """Throw a file away; nothing is written."""
    _importer(request)
    return services.discard(upload=api.found(selectors.visible_to(request.user), public_id))


def _job(upload: ImportFile) -> Job:
    if upload.job is None:
        message = "an upload without a job"
        raise RuntimeError(message)
    return upload.job
