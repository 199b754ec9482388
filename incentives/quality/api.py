"""Data quality over the API: the same selectors and services as the pages."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from incentives.quality import selectors, services
from incentives.quality.enums import Attribute, FaultKind, LineState, RecordType
from incentives.quality.filters import FaultFilter, MonthFilter
from incentives.quality.models import Fault, QualityMonth
from incentives.quality.month import Span
from incentives.quality.words import reason_of
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["data quality"])
EARLIEST = dt.date(2000, 1, 1)


class FaultOut(api.Thing):
    """One thing that is wrong with one record, and whose it is to mend."""

    record_type: RecordType
    record: str = Field(alias="label")
    what: Attribute = Field(alias="attribute")
    kind: FaultKind
    words: str
    owner: api.Ref | None = Field(alias="user")
    found_at: dt.datetime
    proposed_at: dt.datetime | None
    mended_at: dt.datetime | None
    excused_at: dt.datetime | None
    excuse: str

    @staticmethod
    def resolve_words(obj: Fault) -> str:
        return reason_of(obj)


class ExcuseIn(api.Input):
    """Why it is not the owner's to mend."""

    reason: str = Field(min_length=1, max_length=200)


class QualityMonthOut(api.Thing):
    """A colleague's month as it was closed."""

    person: api.Ref = Field(alias="user")
    month: dt.date
    score: int
    demerits: int
    refunded: int
    records: int
    won: bool
    closed_at: dt.datetime


class QualityLineOut(api.Schema):
    """What one fault costs, on which day; until `due` it may be mended for nothing."""

    on: dt.date
    due: dt.datetime
    points: int
    state: LineState


class QualityCountOut(api.Schema):
    """Your month as it stands now."""

    month: dt.date
    score: int
    demerits: int
    refunded: int
    lines: list[QualityLineOut]


@api.listing(router, "/quality/faults", FaultOut, filters=FaultFilter)
def list_faults(request: MemberRequest) -> QuerySet[Fault]:
    """List what is to mend: yours, your team's if you lead one, all if you oversee the program."""
    return selectors.faults_visible_to(request.user).filter(mended_at__isnull=True)


@router.get("/quality/faults/{public_id}", response=FaultOut)
def get_fault(request: MemberRequest, public_id: str) -> Fault:
    """Return one fault."""
    return api.found(selectors.faults_visible_to(request.user), public_id)


@router.post("/quality/faults/{public_id}/excuse", response=FaultOut)
def excuse_fault(request: MemberRequest, public_id: str, data: ExcuseIn) -> Fault:
    """Say that it is not the owner's to mend; nobody excuses their own."""
    return services.excuse(fault=get_fault(request, public_id), by=request.user, reason=data.reason)


@api.listing(router, "/quality/months", QualityMonthOut, filters=MonthFilter)
def list_quality_months(request: MemberRequest) -> QuerySet[QualityMonth]:
    """List closed months: your own, your team's if you lead one, all if you oversee the program."""
    return selectors.months_visible_to(request.user)


@router.get("/quality/score", response=QualityCountOut)
def get_quality_score(request: MemberRequest, month: Query[dt.date | None] = None) -> Any:
    """Return your own month as it stands: the present one, or the one of a day (`month`)."""
    if not request.user.has_perm("incentives.see_quality"):
        raise NotAllowed(_("Colleagues have records to look after; judges have none."))
    now = selectors.this_month()
    span = Span.of(month) if month else now
    if not EARLIEST <= span.first <= now.first:
        message = _("That is no month of this program: it has not begun, or lies too long ago.")
        raise InvalidInput(message, errors={"month": message})
    count = selectors.counts_of([request.user], span)[request.user.pk]
    facts = {name: getattr(count, name) for name in ("score", "demerits", "refunded", "lines")}
    return {"month": span.first, **facts}
