"""Pages of cases: the list, the review board's weekly list, one case, appeal and answer."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from refprogram.governance.consequences import forms, selectors, services, states, terms, wording
from refprogram.governance.consequences.enums import CaseState
from refprogram.governance.consequences.filters import CaseFilter
from refprogram.governance.consequences.models import ConsequenceCase
from refprogram.governance.consequences.tables import CaseTable, ReviewTable
from refprogram.kernel import timeline
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import BulkAction, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button, reason_of

S = CaseState
AT_ONCE = 100


class CaseList(ListPage):
    """The cases that the reader may see."""

    page = "governance:cases"
    title = _("Consequences")
    table_class = CaseTable
    filterset_class = CaseFilter
    default_sort = "-asked"
    permission = "governance.see_cases"
    views = (
        View("mine", _("About me"), "mine=yes"),
        View("review", _("To review"), "state=proposed", "governance.review_cases"),
        View("appeals", _("Appeals"), "state=appealed&sort=starts"),
        View("force", _("In force"), "state=in_force&sort=ends"),
        View("over", _("Over"), "state=served&state=waived&state=dismissed"),
    )
    empty = Empty(
        _("What follows when a goal is missed is here: the notice, the appeal, and until when it holds."),
        title=_("Nothing here, and that is good"),
        icon="scale",
    )

    def get_queryset(self) -> QuerySet[ConsequenceCase]:
        """Return what the reader may see."""
        return selectors.visible_to(self.request.user)

    def search(self, queryset: QuerySet[ConsequenceCase], words: list[str]) -> QuerySet[ConsequenceCase]:
        """Find by person or policy."""
        return selectors.search_cases(queryset, words)


class ReviewList(ListPage):
    """What waits for the review board: a notice, or none with a reason; many at once, by keyboard."""

    page = "governance:review"
    title = _("Review board")
    table_class = ReviewTable
    filterset_class = CaseFilter
    default_sort = "-asked"
    permission = "governance.review_cases"
    template_name = "governance/consequences/review.html"
    bulk_actions = (
        BulkAction("notify", _("Send the notice"), icon="mail", short=_("Notice"), key="n"),
        BulkAction("dismiss", _("Dismiss with a reason"), icon="x", short=_("Dismiss"), key="d"),
    )
    empty = Empty(
        _("When a closed period shows a missed goal, it waits here. Nobody hears of it before the board has looked."),
        title=_("Nothing to review"),
        icon="check",
    )

    def get_queryset(self) -> QuerySet[ConsequenceCase]:
        """Return what waits, save what is about the reader."""
        return selectors.to_review().exclude(user=self.request.user)

    def search(self, queryset: QuerySet[ConsequenceCase], words: list[str]) -> QuerySet[ConsequenceCase]:
        """Find by person or policy."""
        return selectors.search_cases(queryset, words)

    def get_facts(self) -> str:
        """Say what it means that they are here."""
        return _t("Nobody hears before you decide.")

    def bulk_notify(self, chosen: QuerySet[ConsequenceCase]) -> str:
        """Send the notices."""
        done = [services.notify(case=case, by=self.request.user) for case in chosen[:AT_ONCE]]
        return ngettext("%(n)d notice is sent", "%(n)d notices are sent", len(done)) % {"n": len(done)}

    def bulk_dismiss(self, chosen: QuerySet[ConsequenceCase]) -> HttpResponse:
        """Ask for the reason first."""
        ids = list(chosen.values_list("public_id", flat=True)[:AT_ONCE])
        return redirect(f"{reverse('governance:review-dismiss')}?{urlencode({'ids': ids}, doseq=True)}")


class DismissMany(FormPage):
    """Dismiss the chosen proposals with one reason."""

    form_class = forms.WhyForm
    title = _("Dismiss proposals")
    verb = _("Dismiss them")
    cancel_url = reverse_lazy("governance:review")
    permission = "governance.review_cases"
    template_name = "governance/consequences/dismiss.html"

    @cached_property
    def chosen(self) -> list[ConsequenceCase]:
        """The proposals named in the address."""
        ids = [one for one in self.request.GET.getlist("ids")[:AT_ONCE] if "\x00" not in one]
        rows = selectors.to_review().filter(public_id__in=ids).exclude(user=self.request.user)
        return list(selectors.with_people(rows).order_by("pk"))

    def get_context(self, form: Any) -> dict[str, Any]:
        """Name them."""
        return {"chosen": self.chosen}

    def save(self, form: forms.WhyForm) -> str:
        """Dismiss them all, or none."""
        for case in self.chosen:
            services.dismiss(case=case, by=self.request.user, **form.cleaned_data)
        n = len(self.chosen)
        messages.success(self.request, ngettext("%(n)d case dismissed", "%(n)d cases dismissed", n) % {"n": n})
        return str(self.cancel_url)


def found_case(request: HttpRequest, public_id: str) -> ConsequenceCase:
    """Return the case, if the reader may see it."""
    rows = selectors.with_people(selectors.visible_to(request.user))  # type: ignore[arg-type]
    case: ConsequenceCase = get_object_or_404(rows, public_id=public_id)
    return case


@require_GET
@login_required
def case_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """One case: what, why, the figures, how it stands, what the reader can do."""
    case = found_case(request, public_id)
    events = timeline.of_subject("consequencecase", case.pk)[: timeline.PAGE]
    kept = terms.of(case)
    context = {
        "case": case,
        "terms": kept,
        "follows": kept.words(own=case.user_id == request.user.pk),
        "pill": states.pill_of(case),
        "standing": states.standing(case),
        "steps": states.steps(case),
        "answer_due": selectors.answer_due_at(case) if case.state == S.APPEALED else None,
        "answered_by": [user.name for user in selectors.answerers(case)] if case.state == S.APPEALED else [],
        "why": wording.reason_of(case),
        "figure_name": wording.metric_of(case),
        "goal": wording.goal_of(case),
        "is_mine": case.user_id == request.user.pk,
        "entries": timeline.entries(events, request.user),
        "sees_policy": request.user.has_perm("governance.see_policies"),
        **allowed(request, case),
    }
    return render(request, "governance/consequences/case.html", context)


def allowed(request: HttpRequest, case: ConsequenceCase) -> dict[str, bool]:
    """Return what the reader can do with a case as it stands."""
    user, now = request.user, states.standing(case)
    reviews = user.has_perm("governance.review_case", case) and now == S.PROPOSED
    return {
        "may_notify": reviews,
        "may_dismiss": reviews,
        "may_appeal": now == S.NOTIFIED and user.has_perm("governance.appeal_case", case) and states.appeal_open(case),
        "may_answer": now == S.APPEALED and user.has_perm("governance.answer_appeal", case),
        "may_waive": now in (S.NOTIFIED, S.APPEALED, S.IN_FORCE) and user.has_perm("governance.waive_case", case),
    }


class CasePage(FormPage):
    """Base of forms about one case: hidden, forbidden, or no longer possible, each in its own way."""

    needs = ""
    possible = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look the case up before anything else."""
        if request.user.is_authenticated:
            if not request.user.has_perm(self.needs, self.case):
                raise PermissionDenied
            if request.method == "GET" and not allowed(request, self.case)[self.possible]:
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def case(self) -> ConsequenceCase:
        """The case of this address."""
        return found_case(self.request, self.kwargs["public_id"])

    def get_cancel_url(self) -> str:
        """Back to the case."""
        return self.case.get_absolute_url()

    def get_context(self, form: Any) -> dict[str, Any]:
        """The case, for the lines above the form."""
        return {"case": self.case, "why": wording.reason_of(self.case)}


class Appeal(CasePage):
    """Say why it should not be so."""

    form_class = forms.AppealForm
    title = _("Appeal")
    verb = _("Send the appeal")
    needs = "governance.appeal_case"
    possible = "may_appeal"
    draft = "governance:appeal"
    template_name = "governance/consequences/appeal.html"

    def save(self, form: forms.AppealForm) -> str:
        """Send it."""
        services.appeal(case=self.case, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Sent. Nothing takes effect until it is answered."))
        return self.case.get_absolute_url()


class Answer(CasePage):
    """Answer an appeal."""

    form_class = forms.AnswerForm
    title = _("Answer the appeal")
    verb = _("Send the answer")
    needs = "governance.answer_appeal"
    possible = "may_answer"
    template_name = "governance/consequences/appeal.html"

    def save(self, form: forms.AnswerForm) -> str:
        """Send it."""
        grant = form.cleaned_data["grant"] == "yes"
        services.answer_appeal(case=self.case, by=self.request.user, grant=grant, text=form.cleaned_data["text"])
        messages.success(self.request, _t("The answer is sent."))
        return self.case.get_absolute_url()


# ---------------------------------------------------------------- buttons


notify = button(
    found_case,
    lambda request, case: services.notify(case=case, by=request.user),
    _("The notice is sent."),
    needs="governance.review_case",
)
dismiss = button(
    found_case,
    lambda request, case: services.dismiss(case=case, by=request.user, reason=reason_of(request)),
    _("Dismissed."),
    needs="governance.review_case",
)
waive = button(
    found_case,
    lambda request, case: services.waive(case=case, by=request.user, reason=reason_of(request)),
    _("Waived. What was taken away is given back at once."),
    needs="governance.waive_case",
)
