"""What people do with funds, lines and promises: forms and buttons."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from refprogram.governance.budgets import selectors, services
from refprogram.governance.budgets.enums import CommitmentState
from refprogram.governance.budgets.forms import (
    BookForm,
    ChangeLineForm,
    FundForm,
    LineForm,
    MoneyForm,
    MoreForm,
    SpendingForm,
)
from refprogram.governance.budgets.models import BudgetLine, Commitment, Fund
from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.budgets.views import found_fund
from refprogram.kernel.forms import FormPage
from refprogram.kernel.templatetags import rp
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button, press, reason_of


class AskForFund(FormPage):
    """Ask for a quarter's money."""

    form_class = FundForm
    title = _("Ask for a fund")
    facts = _("Finance decides. It is open as soon as they say yes.")
    verb = _("Ask finance for it")
    cancel_url = reverse_lazy("governance:budgets")
    draft = "fund-new"
    permission = "governance.ask_for_fund"

    def get_initial(self) -> dict[str, Any]:
        """Return the reader as its owner, this quarter."""
        return {"owner": self.request.user.public_id, "quarter": Quarter.now().code}

    def save(self, form: FundForm) -> str:
        """Ask, and show the fund as it waits."""
        said = form.cleaned_data
        made = services.ask_for_fund(
            name=said["name"],
            owner=said["owner"],
            quarter=Quarter.named(said["quarter"]),
            requested=said["requested"],
            purpose=said["purpose"],
            lines=form.lines(),
            by=self.request.user,
        )
        messages.success(self.request, _t("Finance has your wish now. You hear as soon as it is decided."))
        return made.get_absolute_url()


class FundPage(FormPage):
    """Base of forms about one fund."""

    needs: str = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hide funds that the reader may not see; refuse what the reader may not do."""
        if request.user.is_authenticated and not request.user.has_perm(self.needs, self.fund):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def fund(self) -> Fund:
        """The fund of this address."""
        return found_fund(self.request, self.kwargs["public_id"])  # type: ignore[arg-type]

    def get_cancel_url(self) -> str:
        """Back to the fund."""
        return self.fund.get_absolute_url()

    @cached_property
    def booking(self) -> uuid.UUID:
        """The key under which this form books: its own, so that sent twice is booked once."""
        return self.key or uuid.uuid4()

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """Which fund, and what is free in it."""
        free = _t("%(free)s free") % {"free": rp.money(self.fund.available)}
        return [self.fund.name, Quarter(self.fund.starts_on).name, free]


class Allocate(FundPage):
    """Finance gives a fund more, or takes back what is free."""

    form_class = MoneyForm
    title = _("Change what the fund holds")
    verb = _("Book it")
    needs = "governance.allocate"

    def save(self, form: MoneyForm) -> str:
        """Book it; the oldest that waits has it first."""
        services.allocate(fund=self.fund, key=f"allocate:{self.booking}", by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Booked. Whatever waited longest had it first."))
        return self.fund.get_absolute_url()


class AskForMore(FundPage):
    """The owner asks finance for more."""

    form_class = MoreForm
    title = _("Ask for more money")
    verb = _("Ask finance for it")
    needs = "governance.steer_fund"

    def save(self, form: MoreForm) -> str:
        """Ask."""
        services.ask_for_more(fund=self.fund, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Finance has your wish now."))
        return self.fund.get_absolute_url()


class AskToSpend(FundPage):
    """Ask for money out of a fund."""

    form_class = SpendingForm
    title = _("Ask for money from this fund")
    verb = _("Ask for approval")
    needs = "governance.ask_for_money"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the fund, for its lines."""
        return {"fund": self.fund}

    def save(self, form: SpendingForm) -> str:
        """Ask; the promise is made when it is approved."""
        services.ask_to_spend(fund=self.fund, key=f"spending:{self.booking}", by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Asked. The money is set aside as soon as it is approved."))
        return self.fund.get_absolute_url()


class AddLine(FundPage):
    """Plan for one more kind of cost."""

    form_class = LineForm
    title = _("Add a line to the plan")
    verb = _("Add the line")
    needs = "governance.steer_fund"

    def save(self, form: LineForm) -> str:
        """Add it."""
        services.plan_line(fund=self.fund, by=self.request.user, **form.cleaned_data)
        return self.fund.get_absolute_url()


class ChangeLine(FundPage):
    """Plan more or less for a line."""

    form_class = ChangeLineForm
    title = _("Change the plan of a line")
    verb = _("Keep the change")
    needs = "governance.steer_fund"

    @cached_property
    def line(self) -> BudgetLine:
        """The line of this address."""
        rows = selectors.lines_visible_to(self.request.user).select_related("fund")
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    @property
    def fund(self) -> Fund:
        """The line's fund."""
        return self.line.fund

    def get_initial(self) -> dict[str, Any]:
        """Return the line as it is."""
        return {"name": self.line.name, "planned": self.line.planned}

    def save(self, form: ChangeLineForm) -> str:
        """Keep it."""
        services.replan(line=self.line, by=self.request.user, **form.cleaned_data)
        return self.fund.get_absolute_url()


class PromisePage(FundPage):
    """Base of forms about one promise that no other room looks after."""

    needs = "governance.steer_fund"
    form_class = BookForm
    state: CommitmentState

    @cached_property
    def promise(self) -> Commitment:
        """The promise of this address."""
        rows = selectors.commitments_visible_to(self.request.user).select_related("fund")
        found = get_object_or_404(rows, public_id=self.kwargs["public_id"])
        if found.subject_type != "fund" or found.state != self.state:
            raise Http404
        return found

    @property
    def fund(self) -> Fund:
        """The promise's fund."""
        return self.promise.fund

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """What it is for, and how it stands; the fund as for all."""
        spent = self.promise.state == CommitmentState.SPENT
        stands = _t("%(spent)s spent") if spent else _t("%(promised)s promised")
        sums = {"spent": rp.money(self.promise.spent), "promised": rp.money(self.promise.amount)}
        return [self.promise.label, stands % sums, *super().facts]


class BookSpending(PromisePage):
    """The invoice is there."""

    title = _("Book what it cost")
    verb = _("Book the cost")
    state = CommitmentState.COMMITTED

    def get_initial(self) -> dict[str, Any]:
        """Return what was promised."""
        return {"amount": self.promise.amount}

    def save(self, form: BookForm) -> str:
        """Book it."""
        key = f"spend:{self.promise.pk}"
        services.spend(commitment=self.promise, key=key, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Booked. What was left of the promise is free again."))
        return self.fund.get_absolute_url()


class BookRefund(PromisePage):
    """Money came back."""

    title = _("Book what came back")
    verb = _("Book the refund")
    state = CommitmentState.SPENT

    def save(self, form: BookForm) -> str:
        """Book it."""
        services.refund(
            commitment=self.promise, key=f"refund:{self.booking}", by=self.request.user, **form.cleaned_data
        )
        messages.success(self.request, _t("Booked. The money is back in the fund."))
        return self.fund.get_absolute_url()


# ---------------------------------------------------------------- buttons


def _steer(verb: Callable[..., Fund], done: Any) -> Callable[..., HttpResponse]:
    """Make a POST view of a verb on a fund."""
    return button(
        found_fund, lambda request, fund: verb(fund=fund, by=request.user), done, needs="governance.steer_fund"
    )


freeze = _steer(services.freeze_fund, _("Frozen: what comes in waits, what was promised can still be spent."))
thaw = _steer(services.thaw_fund, _("Open again. What waited had its money in order."))
close = _steer(services.close_fund, _("Closed. Its book does not change any more."))


@require_POST
@login_required
def release(request: MemberRequest, public_id: str) -> HttpResponse:
    """Let go of a promise that no other room looks after."""
    rows = selectors.commitments_visible_to(request.user).select_related("fund")
    row = get_object_or_404(rows, public_id=public_id, subject_type="fund")
    if not request.user.has_perm("governance.steer_fund", row.fund):
        raise PermissionDenied
    press(
        request,
        lambda: services.release(commitment=row, by=request.user, reason=reason_of(request)),
        _t("Let go. The money is free for who waits."),
    )
    return redirect(row.fund.get_absolute_url())
