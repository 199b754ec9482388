"""Months of pay for who answers for them: closing by two, the file for payroll, and answering questions."""

from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from incentives.pay import services
from incentives.pay.enums import DisputeState, PeriodState
from incentives.pay.exporting import names_of, pem_of
from incentives.pay.filters import DisputeFilter, PeriodFilter
from incentives.pay.forms import AnswerForm
from incentives.pay.models import PayDispute, PayPeriod
from incentives.pay.months import last_day, this_month
from incentives.pay.selectors import disputes, months
from incentives.pay.selectors.names import month_name
from incentives.pay.tables import DISPUTE_WORDS, PERIOD_WORDS, DisputeTable, PeriodTable
from refprogram.kernel import timeline
from refprogram.kernel.files import addresses
from refprogram.kernel.files.selectors import files_of
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button, press

SHOWN = 200
KINDS = {"csv": "text/csv", "json": "application/json", "sig": "text/plain", "pem": "application/x-pem-file"}


class PeriodList(ListPage):
    """Months of pay, the newest first."""

    page = "incentives:pay"
    title = _("Pay")
    table_class = PeriodTable
    filterset_class = PeriodFilter
    default_sort = "-month"
    views = (View("open", _("Not closed"), "state=open"), View("closing", _("Wait for the second"), "state=closing"))
    permission = "incentives.view_pay"
    empty = Empty(_("A month appears here as soon as something accrues in it, by a rule or a SPIFF."), icon="coins")

    def get_queryset(self) -> QuerySet[Any]:
        """Return the months, with their sums."""
        return months.with_sums(months.visible_to(self.request.user))

    def get_facts(self) -> str:
        """Say what this is, and is not."""
        return _t("The program works pay out and hands it to payroll. It never pays by itself.")


def _period(request: MemberRequest, public_id: str) -> PayPeriod:
    return get_object_or_404(months.visible_to(request.user), public_id=public_id)


@login_required
@permission_required("incentives.view_pay", raise_exception=True)
@require_GET
def period(request: MemberRequest, public_id: str) -> HttpResponse:
    """One month: what each person gets, who closed it, its file."""
    found = _period(request, public_id)
    lines = list(months.lines_of(found)[: SHOWN + 1])
    pill = PERIOD_WORDS[found.state]
    may_close, user = request.user.has_perm("incentives.close_pay"), request.user
    shown = {
        "period": found,
        "name": month_name(found.starts_on),
        "word": pill.word,
        "tone": pill.tone,
        "lines": lines[:SHOWN],
        "more": len(lines) > SHOWN,
        "sums": months.sums_of(found),
        "export": months.export_of(found),
        "files": names_of(f"{found.starts_on:%Y-%m}"),
        "is_over": found.starts_on < this_month(),
        "ends_on": last_day(found.starts_on),
        "may_close": may_close and found.state == PeriodState.OPEN,
        "may_agree": may_close and found.state == PeriodState.CLOSING and found.proposed_by_id != user.pk,
        "may_reopen": may_close and found.state == PeriodState.CLOSING,
        "may_export": user.has_perm("incentives.export_pay") and found.state == PeriodState.CLOSED,
        "entries": timeline.entries(timeline.of_subject("payperiod", found.pk)[: timeline.PAGE], user),
    }
    return render(request, "incentives/pay/period.html", shown)


def _close(request: MemberRequest, row: PayPeriod) -> object:
    return services.close(period=row, actor=request.user)


def _agree(request: MemberRequest, row: PayPeriod) -> object:
    return services.agree(period=row, actor=request.user)


def _export(request: MemberRequest, row: PayPeriod) -> object:
    return services.export(period=row, actor=request.user)


def _reopen(request: MemberRequest, row: PayPeriod) -> object:
    return services.reopen(period=row, reason=request.POST.get("reason", ""), actor=request.user)


close_period = button(_period, _close, _("Closed. A second person is asked to agree."), needs="incentives.close_pay")
agree_period = button(_period, _agree, _("Closed for good. Each person is told."), needs="incentives.close_pay")
reopen_period = button(_period, _reopen, _("It is open again."), needs="incentives.close_pay")
export_period = button(_period, _export, _("The file is made."), needs="incentives.export_pay")


@login_required
@permission_required("incentives.export_pay", raise_exception=True)
@require_GET
def period_file(request: MemberRequest, public_id: str, kind: str) -> HttpResponse:
    """One of the four files for payroll: content, manifest, signature, public key."""
    found = _period(request, public_id)
    made = months.export_of(found)
    if made is None or kind not in KINDS:
        raise Http404
    content = {"csv": made.content, "json": made.manifest, "sig": made.signature, "pem": pem_of(made.public_key)}
    name = f"pay-{found.starts_on:%Y-%m}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content[kind].encode(), content_type=KINDS[kind], headers=headers)


# ---------------------------------------------------------------- questions


class DisputeList(ListPage):
    """Questions about pay: one's own, or all for who answers them."""

    page = "incentives:pay-disputes"
    title = _("Questions about pay")
    table_class = DisputeTable
    filterset_class = DisputeFilter
    search_fields = ("person__name", "words")
    default_sort = "due"
    views = (View("open", _("Open"), "state=open"),)
    permission = "incentives.view_rewards"
    empty = Empty(_("Who finds an amount wrong asks about it from their earnings; it comes here."), icon="chat")

    def get_queryset(self) -> QuerySet[Any]:
        """Return the questions this reader may see."""
        return disputes.visible_to(self.request.user)


def _dispute(request: MemberRequest, public_id: str) -> PayDispute:
    return get_object_or_404(disputes.visible_to(request.user), public_id=public_id)


@login_required
@permission_required("incentives.view_rewards", raise_exception=True)
@require_GET
def dispute(request: MemberRequest, public_id: str) -> HttpResponse:
    """One question: the amount, the words, the evidence, the answer."""
    found = _dispute(request, public_id)
    mine, pill = found.person_id == request.user.person_id, DISPUTE_WORDS[found.state]
    is_open = found.state == DisputeState.OPEN
    files = files_of([found])[found.pk]
    shown = {
        "dispute": found,
        "name": month_name(found.earned_in),
        "word": pill.word,
        "tone": pill.tone,
        "files": [(file, addresses.address(file, viewer=request.user)) for file in files],
        "may_answer": is_open and not mine and request.user.has_perm("incentives.answer_disputes"),
        "may_withdraw": is_open and mine,
    }
    return render(request, "incentives/pay/dispute.html", shown)


class Answer(FormPage):
    """Answer a question about pay."""

    form_class = AnswerForm
    title = _("Answer the question")
    verb = _("Send the answer")
    permission = "incentives.answer_disputes"

    @cached_property
    def dispute(self) -> PayDispute:
        """The question of this address."""
        return _dispute(self.request, self.kwargs["public_id"])  # type: ignore[arg-type]

    def get_cancel_url(self) -> str:
        """Back to the question."""
        return self.dispute.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        """Begin with what they say it should be."""
        return {"amount": self.dispute.wanted}

    def save(self, form: AnswerForm) -> str:
        """Answer, and show it."""
        given = form.cleaned_data
        services.answer_dispute(
            dispute=self.dispute,
            verdict=DisputeState(given["verdict"]),
            words=given["words"],
            amount=given["amount"] if given["verdict"] == DisputeState.CORRECTED else None,
            actor=self.request.user,
        )
        return self.dispute.get_absolute_url()


@login_required
@require_POST
def withdraw(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take one's own question back."""
    found = _dispute(request, public_id)
    act = _t("Taken back.")
    press(request, lambda: services.withdraw_dispute(dispute=found, actor=request.user), act)
    return redirect(found.get_absolute_url())
