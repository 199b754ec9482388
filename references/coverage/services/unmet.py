"""Demand that was not met: what was looked for in vain, kept by the cell that it belongs to."""

import datetime as dt

from django.db import transaction

from references.accounts.segments import Dimension, band_of
from references.coverage.models import UnmetDemand
from references.requests.models import ReferenceRequest


@transaction.atomic
def note_unmet(*, request_id: int, at: dt.datetime) -> UnmetDemand:
    """Keep for which cell nobody was found for a request. Told twice, it is kept once."""
    request = ReferenceRequest.objects.select_related("opportunity__account").get(pk=request_id)
    kept, _new = UnmetDemand.objects.get_or_create(
        request_id=request_id,
        defaults={
            "values": values_of(request),
            "why": request.reason_code,
            "activity_id": request.activity_id,
            "missed_at": at,
        },
    )
    return kept


def values_of(request: ReferenceRequest) -> dict[str, str]:
    """Return where on the map a request stands: by what it must have had, else by the deal it was for.

    The forecast counts open deals the same way. What neither says stands nowhere.
    """
    deal = request.opportunity
    prospect = deal.account if deal is not None else None
    employees = request.must_employees or (prospect.employees if prospect else None)
    found = {
        Dimension.INDUSTRY: request.must_industry or (prospect.industry if prospect else ""),
        Dimension.REGION: request.must_region_id or (prospect.region_id if prospect else None),
        Dimension.PRODUCT: request.must_product_id or (deal.product_id if deal is not None else None),
        Dimension.USE_CASE: request.must_use_case,
        Dimension.SIZE: band_of(employees) if employees else "",
        Dimension.PERSONA: request.must_persona,
    }
    return {dimension.value: str(value) for dimension, value in found.items() if value}
