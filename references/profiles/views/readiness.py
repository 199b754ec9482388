"""How ready a customer is, explained: a panel of the account's page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from references.accounts.selectors import DETAIL
from references.profiles import counting, readiness, shown
from refprogram.people.auth import MemberRequest


@login_required
@require_safe
def account_readiness(request: MemberRequest, public_id: str) -> HttpResponse:
    """Return the panel: each part with its value, weight and day. What survey answers say is for who may read them."""
    account = DETAIL.or_404(request.user, public_id=public_id)
    parts = counting.explained(account)
    may_see_scores = request.user.has_perm("references.see_scores", account)
    context = {
        "total": readiness.total(parts),
        "lines": shown.readiness_lines(parts, may_see_scores=may_see_scores),
        "stops": shown.hard_stops(account),
    }
    return render(request, "references/profiles/readiness_panel.html", context)
