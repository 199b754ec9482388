"""Work activity over the API: integrations tell it here, row by row or as a file."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from ninja import File, Form
from ninja.files import UploadedFile
from pydantic import Field

from refprogram.kernel import api
from refprogram.kernel.errors import NotAllowed
from refprogram.people.auth import MemberRequest
from refprogram.people.enums import WorkKind
from refprogram.people.models import WorkActivity
from refprogram.people.work import selectors, services
from refprogram.people.work.filters import WorkFilter

router = api.Router(tags=["work activity"])


class WorkOut(api.Fact):
    """One thing a person did."""

    source: str
    external_ref: str
    person: api.Ref
    kind: WorkKind
    detail: str
    occurred_at: dt.datetime

    @staticmethod
    def resolve_url(obj: WorkActivity) -> str:
        return api.absolute(reverse("people:work"))


class WorkRow(api.Input):
    """One thing a person did, as the CRM tells it."""

    external_ref: str = Field(description="Its id in the source; told twice, it is taken once.")
    person: str = Field(description="The colleague's e-mail address, or name in the CRM.")
    kind: str = Field(description="signed_in, activity_logged or asset_used.")
    occurred_at: str = Field(description="When it happened: 2026-11-22T14:30:00Z. However late it is told.")
    detail: str = Field("", description="Which activity or asset: demo, proposal, template.")


class WorkIn(api.Input):
    """Rows of one source."""

    source: str = Field(max_length=40, description="The system that tells it, always by the same name.")
    rows: list[WorkRow] = Field(max_length=services.AT_ONCE)


class RejectedOut(api.Schema):
    """A row that was not taken; rows are counted from 1."""

    number: int
    reason: str


class TakenOut(api.Schema):
    """What became of the rows."""

    created: int
    known: int
    rejected: list[RejectedOut]


class JobStarted(api.Schema):
    """The job that takes a file in: ask /jobs/{id}."""

    id: str


def _demand(request: MemberRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise NotAllowed("Your role does not include this.")


@api.listing(router, "/work-activity", WorkOut, filters=WorkFilter, search=selectors.search)
def list_work_activity(request: MemberRequest) -> QuerySet[WorkActivity]:
    """List what people did, as far as you may see it."""
    _demand(request, "people.see_work")
    return selectors.visible_to(request.user)


@router.post("/work-activity", response=TakenOut)
def take_work_activity(request: MemberRequest, data: WorkIn) -> services.Taken:
    """Take up to 1,000 rows at once; what was told before is left alone."""
    _demand(request, "people.take_work")
    return services.take_rows(source=data.source, rows=[row.dict() for row in data.rows])


@router.post("/work-activity/import", response={202: JobStarted})
def import_work_activity(request: MemberRequest, file: File[UploadedFile], source: Form[str]) -> Any:
    """Take a CSV or XLSX file in, as a job."""
    _demand(request, "people.take_work")
    job = services.take_file(source=source, upload=file, user=request.user)
    return api.Status(202, {"id": job.public_id})
