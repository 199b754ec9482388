"""The ledger: every point ever given, and taking one entry back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from incentives.ledger import selectors, services
from incentives.ledger.filters import LedgerFilter
from incentives.ledger.tables import LedgerTable
from incentives.rulebook import statements
from refprogram.kernel.errors import DomainError
from refprogram.kernel.lists import Empty, ListPage, View
from refprogram.people.auth import MemberRequest


class LedgerList(ListPage):
    """Every line of the ledger, newest first."""

    page = "incentives:ledger"
    title = _("Ledger")
    table_class = LedgerTable
    filterset_class = LedgerFilter
    search_fields = ("wallet__person__name", "entry__memo")
    default_sort = "-booked"
    steady = True
    views = (View("reversals", _("Taken back"), "reversal=yes"),)
    all_label = _("All entries")
    permission = "incentives.view_ledger"
    empty = Empty(
        _("Each point somebody gets will be listed here, with its reason. Rules that are on book by themselves."),
        icon="ledger",
    )

    def get_queryset(self) -> QuerySet[Any]:
        """Return the lines this reader may see."""
        return selectors.visible_to(self.request.user)

    def get_facts(self) -> Any:
        """Say how much is out."""
        return selectors.ledger_facts()


@login_required
@permission_required("incentives.view_ledger", raise_exception=True)
@require_GET
def entry(request: MemberRequest, public_id: str) -> HttpResponse:
    """One entry: both sides, its reason, and what came of it."""
    found = get_object_or_404(selectors.entries_visible_to(request.user), public_id=public_id)
    sides = list(found.postings.all())
    shown = {
        "line": statements.explained([selectors.main_side(sides)], request.user)[0],
        "entry": found,
        "sides": sides,
        "may_reverse": request.user.has_perm("incentives.reverse"),
        "may_see_rule": request.user.has_perm("incentives.view_rules"),
    }
    return render(request, "incentives/entry.html", shown)


@login_required
@permission_required("incentives.view_ledger", raise_exception=True)
@require_POST
def reverse_entry(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take an entry back, with the reason."""
    found = get_object_or_404(selectors.entries_visible_to(request.user), public_id=public_id)
    if not request.user.has_perm("incentives.reverse"):
        raise PermissionDenied
    try:
        services.reverse(entry=found, reason=request.POST.get("reason", ""), actor=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _t("Taken back. The person sees it with your reason."))
    return redirect(found.get_absolute_url())
