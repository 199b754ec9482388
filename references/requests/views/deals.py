"""What was asked for a deal, inside the deal's page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from references.accounts.selectors import opportunities_visible_to
from references.requests import selectors
from references.requests.tables import RequestTable

COLUMNS = ("purpose", "state", "requester", "needed_by")
SHOWN = 20


@login_required
def deal_requests(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the requests for a deal that the reader may see, newest first, and the way to a new one."""
    user: Any = request.user
    deal = get_object_or_404(opportunities_visible_to(user), public_id=public_id)
    rows = list(selectors.requests_for(deal, user)[:SHOWN])
    may_ask = user.has_perm("references.ask_reference") and selectors.deals_for(user).filter(pk=deal.pk).exists()
    columns = {name: column for name, column in RequestTable.declared().items() if name in COLUMNS}
    context = {
        "count": len(rows),
        "table": RequestTable.render(rows, columns=columns) if rows else "",
        "ask_url": f"{reverse('references:request-new')}?opportunity={deal.public_id}" if may_ask else "",
    }
    return render(request, "references/requests/deal_requests.html", context)
