"""Pages of data quality: one's own queue and month, the exception report, closed months."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from incentives.quality import forms, policy, records, selectors, services, shown
from incentives.quality.filters import FaultFilter, MonthFilter
from incentives.quality.models import Fault, QualityMonth
from incentives.quality.tables import FaultTable, MonthTable
from incentives.quality.words import month_words, reason_of
from references.accounts.selectors import DETAIL
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

SEE = "incentives.see_quality"
AT_ONCE = 30


@require_safe
@permission_required(SEE)
def own(request: MemberRequest) -> HttpResponse:
    """`/quality/`: what of mine is to mend, and what this month comes to."""
    span = selectors.this_month()
    count = selectors.counts_of([request.user], span)[request.user.pk]
    cards = shown.queue(selectors.open_faults_of(request.user), count)
    context = {
        "cards": cards[:AT_ONCE],
        "more": max(0, len(cards) - AT_ONCE),
        "count": count,
        "month": month_words(span.first),
        "lines": shown.lines_of(count.lines),
        "figures": policy.now(),
        "before": shown.months_before(request.user),
        "sees_others": request.user.has_perm("incentives.see_exceptions"),
    }
    return render(request, "incentives/quality/own.html", context)


@require_POST
@permission_required(SEE)
def look_again(request: MemberRequest) -> HttpResponse:
    """I mended something: look at my records now."""
    looked = services.look_at_own(owner=request.user)
    mended = ngettext("%(n)d fault is mended", "%(n)d faults are mended", looked.mended) % {"n": looked.mended}
    found = ngettext("%(n)d is new", "%(n)d are new", looked.found) % {"n": looked.found}
    messages.success(request, _t("%(mended)s, %(found)s.") % {"mended": mended, "found": found})
    return redirect("incentives:quality")


@require_safe
@login_required
def account_panel(request: MemberRequest, public_id: str) -> HttpResponse:
    """Return the panel of an account's page: how whole its record is, and what it lacks."""
    account = DETAIL.or_404(request.user, public_id=public_id)
    faults = selectors.open_faults_of_account(account.pk)
    score = records.score([fault.attribute for fault in faults], policy.now().account)
    context = {"pill": shown.score_pill(score), "lines": [(fault, reason_of(fault)) for fault in faults]}
    return render(request, "incentives/quality/account_panel.html", context)


class ExceptionList(ListPage):
    """`/quality/exceptions/`: everything that is wrong, whoever is to mend it."""

    page = "incentives:quality-exceptions"
    title = _("Exception report")
    permission = "incentives.see_exceptions"
    table_class = FaultTable
    filterset_class = FaultFilter
    search_fields = ("label",)
    default_sort = "found"
    views = (
        View("open", _("To mend"), "excused=no"),
        View("nobodys", _("Nobody’s"), "nobodys=yes"),
        View("old", _("For more than 30 days"), "old=yes&excused=no"),
        View("excused", _("Excused"), "excused=yes"),
    )
    actions = (Action(_("Months"), reverse_lazy("incentives:quality-months"), "calendar"),)
    empty = Empty(_("Whatever accounts, contacts and open deals lack will be here, with whose it is to mend."))

    def get_queryset(self) -> QuerySet[Fault]:
        """Return the open faults that the reader may see."""
        return selectors.faults_visible_to(self.request.user).filter(mended_at__isnull=True)


class MonthList(ListPage):
    """`/quality/months/`: closed months."""

    page = "incentives:quality-months"
    title = _("Months of data quality")
    permission = SEE
    table_class = MonthTable
    filterset_class = MonthFilter
    search_fields = ("user__person__name",)
    default_sort = "-month"
    views = (View("won", _("Winners"), "won=yes"),)
    empty = Empty(_("A month is closed some days after its end, and then stays as it is."))

    def get_queryset(self) -> QuerySet[QualityMonth]:
        """Return the months that the reader may see."""
        return selectors.months_visible_to(self.request.user)


def _month(request: MemberRequest, public_id: str) -> QualityMonth:
    return get_object_or_404(selectors.months_visible_to(request.user), public_id=public_id)


@require_safe
@permission_required(SEE)
def month_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """One closed month: the score and every line that it follows from."""
    month = _month(request, public_id)
    lines = shown.lines_of(shown.kept_lines(month))
    context = {
        "month": month,
        "title": month_words(month.month),
        "lines": lines,
        "marks": month.inputs.get("marks", []),
        "cap": month.inputs.get("daily_cap"),
        "hours": month.inputs.get("mend_hours"),
        "own": month.user_id == request.user.pk,
        "crumbs": [
            (_t("Data quality"), reverse("incentives:quality")),
            (_t("Months"), reverse("incentives:quality-months")),
        ],
    }
    return render(request, "incentives/quality/month.html", context)


def _fault(request: HttpRequest, public_id: str) -> Fault:
    rows = selectors.faults_visible_to(request.user)  # type: ignore[arg-type]
    return get_object_or_404(rows, public_id=public_id)


@require_safe
@permission_required(SEE)
def fault_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """One fault: of which record, whose, since when, and where it is mended."""
    fault = _fault(request, public_id)
    place = shown.places_of([fault]).get((fault.record_type, fault.record_id))
    open_ = fault.mended_at is None and fault.excused_at is None
    context = {
        "fault": fault,
        "words": reason_of(fault),
        "place": place,
        "may_excuse": open_ and request.user.has_perm("incentives.excuse_fault", fault),
        "crumbs": [(_t("Data quality"), reverse("incentives:quality"))],
    }
    return render(request, "incentives/quality/fault.html", context)


class Excuse(FormPage):
    """`/quality/faults/<id>/excuse/`"""

    form_class = forms.ExcuseForm
    verb = _("Excuse it")
    facts = _("It costs its owner nothing, and leaves the queue.")
    kwargs: dict[str, Any]

    @cached_property
    def fault(self) -> Fault:
        """The fault, if the reader may see it."""
        return _fault(self.request, self.kwargs["public_id"])

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """First whether it is there for the reader, then whether they may."""
        if request.user.is_authenticated and not request.user.has_perm("incentives.excuse_fault", self.fault):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        """Return what it is about."""
        return f"{self.fault.label}: {reason_of(self.fault)}"

    def get_cancel_url(self) -> str:
        """Go back to the fault."""
        return self.fault.get_absolute_url()

    def save(self, form: Any) -> str:
        """Excuse it."""
        services.excuse(fault=self.fault, by=self.request.user, reason=form.cleaned_data["reason"])
        messages.success(self.request, _t("Excused."))
        return self.fault.get_absolute_url()
