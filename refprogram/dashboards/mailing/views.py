"""`/dashboards/mails/…`: dashboards and lists that come by mail."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from refprogram.dashboards.filters import MailPlanFilter
from refprogram.dashboards.mailing import services
from refprogram.dashboards.mailing.forms import MailForm, WhenForm
from refprogram.dashboards.models import MailPlan
from refprogram.dashboards.tables import MailPlanTable
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

PLAN = "dashboards.plan_mails"


class Mails(ListPage):
    """`/dashboards/mails/`: what comes to me by mail, and what I have sent to others."""

    page = "dashboards:mails"
    title = _("Dashboards and lists by mail")
    table_class = MailPlanTable
    filterset_class = MailPlanFilter
    search_fields = ("name",)
    default_sort = "due"
    permission = PLAN
    primary_action = Action(_("Have something mailed"), reverse_lazy("dashboards:new-mail"), icon="plus")
    empty = Empty(
        _("A dashboard, or a view of a list that you saved, can come by mail each week or month."), primary_action
    )

    def get_queryset(self) -> QuerySet[MailPlan]:
        """Return one's own."""
        return services.visible_to(self.request.user)


class NewMail(FormPage):
    """`/dashboards/mails/new/`: have a dashboard or a list mailed."""

    form_class = MailForm
    title = _("Have something mailed")
    facts = _("The mail says what its reader may see that day; where that ends, so does the mail.")
    verb = _("Have it mailed")
    permission = PLAN
    cancel_url = reverse_lazy("dashboards:mails")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer what this reader has."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def save(self, form: MailForm) -> str:
        """Plan it."""
        page, query = form.page_and_query()
        rhythm, day = form.cleaned_data["when"]
        row = services.plan_mail(
            actor=self.request.user,
            reader=form.cleaned_data.get("to") or self.request.user,
            name=form.cleaned_data["name"],
            page=page,
            query=query,
            rhythm=rhythm,
            day=day,
        )
        words = gettext("The first one comes on %(day)s.") % {"day": date_format(row.due_on, "j F")}
        messages.success(self.request, words)
        return reverse("dashboards:mails")


class ChangeMail(FormPage):
    """`/dashboards/mails/<id>/`: when it comes, or no more."""

    form_class = WhenForm
    title = _("When it comes")
    verb = _("Save")
    permission = PLAN
    cancel_url = reverse_lazy("dashboards:mails")
    template_name = "dashboards/mail_plan.html"

    @cached_property
    def plan(self) -> MailPlan:
        """The plan of the address, if it is one's own."""
        return get_object_or_404(services.visible_to(self.request.user), public_id=self.kwargs["public_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Say that there is none before anything else is done."""
        if request.user.is_authenticated:
            _found = self.plan
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Start from what is set."""
        return {"name": self.plan.name, "when": f"{self.plan.rhythm}-{self.plan.day}"}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Show whose it is."""
        return {"plan": self.plan}

    def save(self, form: WhenForm) -> str:
        """Keep it."""
        rhythm, day = form.cleaned_data["when"]
        services.change_mail(plan=self.plan, name=form.cleaned_data["name"], rhythm=rhythm, day=day)
        messages.success(self.request, gettext("Saved."))
        return reverse("dashboards:mails")


@permission_required(PLAN)
@require_POST
def end(request: MemberRequest, public_id: str) -> HttpResponse:
    """Send it no more."""
    services.end_mail(plan=get_object_or_404(services.visible_to(request.user), public_id=public_id))
    messages.success(request, gettext("It comes no more."))
    return redirect("dashboards:mails")
