"""The API of changes: read alone; they are planned on their pages."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from pydantic import Field

from refprogram.governance.readiness import selectors
from refprogram.governance.readiness.enums import ChangeKind, ChangeState, StepKind
from refprogram.governance.readiness.filters import ChangeFilter
from refprogram.governance.readiness.models import Audience, Change, ChangeStep
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["governance"])


class PlannedChangeOut(api.Thing):
    """Something that is introduced; `planned`, `done`, `late` count its steps."""

    name: str
    kind: ChangeKind
    why: str
    starts_on: dt.date
    owner: api.Ref | None
    state: ChangeState
    support_channel: str
    support_until: dt.date | None
    planned: int
    done: int
    late: int


class ChangeAudienceOut(api.Schema):
    """Whom it concerns; `metric` is the key of a figure in the dictionary."""

    id: str = Field(alias="public_id")
    name: str
    current: str
    desired: str
    measure: str
    metric: str

    @staticmethod
    def resolve_name(obj: Audience) -> str:
        return str(obj)


class ChangeStepOut(api.Schema):
    """A message or a session; `audience` is empty where it is for everybody."""

    id: str = Field(alias="public_id")
    kind: StepKind
    name: str
    channel: str
    audience: str
    due_on: dt.date
    owner: api.Ref | None
    who: str
    link: str
    done_on: dt.date | None

    @staticmethod
    def resolve_audience(obj: ChangeStep) -> str:
        return str(obj.audience) if obj.audience else ""


class PlannedChangeWholeOut(PlannedChangeOut):
    """A change with its audiences and steps."""

    audiences: list[ChangeAudienceOut]
    steps: list[ChangeStepOut]


def _rows(request: MemberRequest) -> QuerySet[Change]:
    if not request.user.has_perm("governance.see_changes"):
        raise PermissionDenied
    return selectors.with_progress(selectors.visible_to(request.user), timezone.localdate())


@api.listing(router, "/changes", PlannedChangeOut, filters=ChangeFilter, search=selectors.search)
def list_changes(request: MemberRequest) -> QuerySet[Change]:
    """List what is introduced, and how far its steps are."""
    return _rows(request)


@router.get("/changes/{public_id}", response=PlannedChangeWholeOut)
def get_change(request: MemberRequest, public_id: str) -> Any:
    """Return one change with its audiences and steps."""
    return api.found(selectors.in_full(_rows(request)), public_id)
