"""Pages of budgets: a quarter's funds, one fund, what was promised, the books. What people do is in verb_views."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from refprogram.governance.budgets import selectors
from refprogram.governance.budgets.enums import OPEN_COMMITMENTS, CommitmentState, EntryKind, FundState
from refprogram.governance.budgets.filters import BookFilter, CommitmentFilter
from refprogram.governance.budgets.models import Commitment, Fund, FundEntry
from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.budgets.states import COMMITMENT_PILLS, ENTRY_PILLS, FUND_PILLS
from refprogram.governance.budgets.tables import BookTable, CommitmentTable
from refprogram.kernel import timeline
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.lists import Empty, ListPage, View
from refprogram.kernel.tables import Pill
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required


@require_GET
@permission_required("governance.view_budgets")
def budgets(request: MemberRequest) -> HttpResponse:
    """A quarter's funds: what is free, promised, spent; plan against actual; where each will end."""
    asked, refusal = request.GET.get("quarter", ""), ""
    try:
        quarter = Quarter.named(asked) if asked else Quarter.now()
    except InvalidInput as error:
        quarter, refusal = Quarter.now(), error.message
    funds = selectors.of_quarter(selectors.visible_to(request.user), quarter).select_related("owner__person")
    found = selectors.outlooks(list(funds), timezone.localdate())
    context = {
        "quarter": quarter,
        "refusal": refusal,
        "quarters": [quarter.before.before, quarter.before, quarter, quarter.after],
        "is_now": quarter == Quarter.now(),
        "found": [(one, FUND_PILLS[FundState(one.fund.state)]) for one in found],
        "totals": selectors.totals_of(found),
        "may_ask": request.user.has_perm("governance.ask_for_fund"),
    }
    return render(request, "governance/budgets/budgets.html", context, status=422 if refusal else 200)


def found_fund(request: MemberRequest, public_id: str) -> Fund:
    """Return the fund, if the reader may see it."""
    return selectors.FUND_FOR_PAGE.or_404(request.user, public_id=public_id)


@require_GET
@login_required
def fund(request: MemberRequest, public_id: str) -> HttpResponse:
    """One fund: its figures, its plan, what waits, what is promised, its book."""
    row = found_fund(request, public_id)
    outlook = selectors.outlooks([row], timezone.localdate())[0]
    promises = selectors.first_promises_of(row)
    context = {
        "fund": row,
        "outlook": outlook,
        "quarter": Quarter(row.starts_on),
        "pill": FUND_PILLS[FundState(row.state)],
        "queue": [one for one in promises if one.state == CommitmentState.WAITING],
        "promised": [_drawn(request, row, one) for one in promises if one.state != CommitmentState.WAITING],
        "book": [_entry(entry, ENTRY_PILLS[EntryKind(entry.kind)]) for entry in selectors.latest_entries_of(row)],
        **_allowed(request, row),
    }
    return render(request, "governance/budgets/fund.html", context)


def _drawn(request: MemberRequest, row: Fund, one: Commitment) -> dict[str, Any]:
    """A promise with what this reader may do about it. What another room asked for is booked in that room."""
    own = one.subject_type == "fund" and request.user.has_perm("governance.steer_fund", row)
    return {
        "row": one,
        "pill": COMMITMENT_PILLS[CommitmentState(one.state)],
        "may_book": own and one.state == CommitmentState.COMMITTED,
        "may_release": own,
    }


def _entry(entry: FundEntry, pill: Pill) -> dict[str, Any]:
    """A line of the book; money spent on what no other room looks after may come back."""
    paid = entry.commitment if entry.kind == EntryKind.SPEND else None
    back = paid is not None and paid.subject_type == "fund" and paid.spent > 0
    return {"row": entry, "pill": pill, "may_come_back": back}


def _allowed(request: MemberRequest, row: Fund) -> dict[str, bool]:
    """What this reader may do with a fund as it stands."""
    user, is_open = request.user, row.state in {FundState.OPEN, FundState.FROZEN}
    steers = user.has_perm("governance.steer_fund", row)
    return {
        "may_allocate": is_open and user.has_perm("governance.allocate", row),
        "may_ask_more": is_open and row.owner_id == user.pk,
        "may_steer": is_open and steers,
        "may_spend": is_open and user.has_perm("governance.ask_for_money"),
        "may_replan": steers and row.state not in {FundState.CLOSED, FundState.REJECTED},
    }


@require_GET
@login_required
def history(request: MemberRequest, public_id: str) -> HttpResponse:
    """What happened to a fund itself; its money is in the book. Fetched after the page."""
    row = found_fund(request, public_id)
    entries = timeline.entries(timeline.of_subject("fund", row.pk)[: timeline.PAGE], request.user)
    return render(request, "components/timeline.html", {"entries": entries})


class CommitmentList(ListPage):
    """All promises out of the funds that the reader may see."""

    page = "governance:commitments"
    title = _("Promised money")
    table_class = CommitmentTable
    filterset_class = CommitmentFilter
    search_fields = ("label", "fund__name")
    default_sort = "-asked"
    permission = "governance.view_budgets"
    views = (
        View("open", _("Open"), "&".join(f"state={state}" for state in OPEN_COMMITMENTS)),
        View("waiting", _("Waiting for money"), "state=waiting&sort=asked"),
        View("spent", _("Spent"), "state=spent&sort=-asked"),
    )
    empty = Empty(_("What the funds promise, to whom and for what, will be here."), icon="coins")

    def get_queryset(self) -> QuerySet[Commitment]:
        """Return what the reader may see."""
        return selectors.commitments_visible_to(self.request.user)


class BookList(ListPage):
    """The books of the funds that the reader may see: append-only."""

    page = "governance:fund-book"
    title = _("The book")
    table_class = BookTable
    filterset_class = BookFilter
    search_fields = ("memo", "fund__name")
    default_sort = "-at"
    permission = "governance.view_budgets"
    empty = Empty(_("Every movement of money in a fund is a line here that never changes."), icon="ledger")

    def get_queryset(self) -> QuerySet[FundEntry]:
        """Return what the reader may see."""
        return selectors.entries_visible_to(self.request.user)
