"""`/capacity/`: how much work is asked of the program, month by month."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from refprogram.governance.capacity import selectors
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

BEFORE, AFTER = 2, 3


@require_safe
@permission_required("governance.see_capacity")
def capacity(request: MemberRequest) -> HttpResponse:
    """Show the hours of two months past, this one, and three to come, by kind of work."""
    today = timezone.localdate()
    grid = selectors.hours_by_month(selectors.months_around(today, before=BEFORE, after=AFTER))
    return render(request, "governance/capacity/capacity.html", {"grid": grid, "now": today.replace(day=1)})
