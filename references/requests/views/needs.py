"""Asking for a reference, in 60 seconds on a phone, and changing the need later."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references.accounts.models import Opportunity
from references.content.selectors import shareable_ids
from references.requests import selectors, services
from references.requests.enums import MATCHABLE, RequestState
from references.requests.forms import NICE, ChangeForm, ExceptionForm, NeedForm, deal_words, nice_of
from references.requests.models import ReferenceRequest
from refprogram.governance.consequences.selectors import exception_threshold
from refprogram.kernel.custom_fields.values import values_of_one
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.forms import FormPage
from refprogram.kernel.templatetags import rp
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required
from refprogram.people.models import Restriction

LIST = reverse_lazy("references:requests")
MUSTS = (
    *("must_industry", "must_region", "must_product", "must_employees", "must_use_case", "must_persona"),
    *("nice", "competitor", "wanting"),
)


class AskReference(FormPage):
    """The form of a new request. Choosing a deal brings it back filled in (htmx, or ?opportunity= in a link)."""

    title = gettext_lazy("Ask for a reference")
    cancel_url = LIST
    permission = "references.ask_reference"
    template_name = "references/requests/new.html"
    form_template = "references/requests/new.html#form"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say why not, where a restriction is in force that knows no exception."""
        if self.restrictions and request.user.has_perm(self.permission) and self.threshold is None:
            context = {"restriction": self.restrictions[0]}
            return render(request, "references/requests/restricted.html", context, status=403)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def restrictions(self) -> list[Restriction]:
        """What forbids the reader to ask now."""
        user = self.request.user
        return services.binding(user) if user.is_authenticated else []

    @cached_property
    def threshold(self) -> Decimal | None:
        """From which amount of a deal on the reader may ask for an exception, where they are restricted."""
        return exception_threshold(self.restrictions) if self.restrictions else None

    @property
    def form_class(self) -> type[NeedForm]:  # type: ignore[override]
        """Who is restricted also says why the deal cannot wait."""
        return ExceptionForm if self.restrictions else NeedForm

    @property
    def verb(self) -> str:  # type: ignore[override]
        """Name what the button does."""
        return _("Ask for an exception") if self.restrictions else _("Ask for a reference")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The deals offered are the reader's."""
        return {"user": self.request.user}

    def get_initial(self) -> Mapping[str, Any]:
        """Everything that the deal says already, and a sensible day."""
        typed = {name: value for name, value in self.request.GET.items() if name in NeedForm.base_fields and value}
        activity = selectors.activity(self.request.GET.get("activity", ""))
        start = {"needed_by": selectors.usual_day(activity), "activity": activity.slug if activity else None}
        return {**start, **typed, **(_said_by(self.deal) if self.deal else {})}

    @cached_property
    def deal(self) -> Opportunity | None:
        """The deal named in the address."""
        deals = selectors.deals_for(self.request.user).select_related("account__region", "product")
        return deals.filter(public_id=self.request.GET.get("opportunity", "")).first()

    def get_context(self, form: Any) -> dict[str, Any]:
        """The deal, for the line under its field; and why an exception is needed."""
        why = services.refusal(self.restrictions[0]) if self.restrictions else ""
        more = any(form[name].value() for name in ("competitor", "must_use_case", "must_persona", *NICE))
        return {"deal": self.deal, "refusal": why, "threshold": self.threshold, "more": more or bool(form.errors)}

    def save(self, form: NeedForm) -> str:
        """Ask, or take the story that answers it.

        Where the deal is too small for an exception, say so beside it: what was typed is not lost.
        """
        user = self.request.user
        try:
            if chosen := self.request.POST.getlist("story"):
                stories = list(shareable_ids(user, chosen))
                request = services.submit_answered(assets=stories, requester=user, **form.cleaned_data)
                messages.success(self.request, _("Here is the page to send. Nobody had to be asked."))
                return request.get_absolute_url()
            request = services.submit(requester=user, **form.cleaned_data)
        except NotAllowed as error:
            raise InvalidInput(error.message, errors={"opportunity": error.message}) from error
        return request.get_absolute_url()


def _said_by(deal: Opportunity) -> dict[str, Any]:
    account = deal.account
    said = {
        "opportunity": deal.public_id,
        "purpose": account.name if account else str(deal),
        "must_industry": account.industry if account else "",
        "must_region": account.region.public_id if account and account.region else None,
        "must_product": deal.product.public_id if deal.product else None,
    }
    return {name: value for name, value in said.items() if value}


class ChangeNeed(FormPage):
    """Changing the need while a customer is looked for."""

    form_class = ChangeForm
    title = gettext_lazy("Change the need")
    verb = gettext_lazy("Keep the changes")
    template_name = "references/requests/change.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Open to who asked and the program, while a customer is looked for."""
        if request.user.is_authenticated:
            if not request.user.has_perm("references.change_request", self.row):
                raise PermissionDenied
            if self.row.state not in {*MATCHABLE, RequestState.NEEDS_INFO}:
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def row(self) -> ReferenceRequest:
        """The request."""
        rows = selectors.visible_to(self.request.user).select_related(
            "activity", "opportunity", "must_region", "must_product"
        )
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Forms of needs know their reader; this one what the added fields hold."""
        return {"user": self.request.user, "custom_values": values_of_one("request", self.row.pk)}

    def get_initial(self) -> Mapping[str, Any]:
        """The need as it stands."""
        row = self.row
        return {
            "purpose": row.purpose,
            "needed_by": row.needed_by,
            "topics": row.topics,
            "must_industry": row.must_industry,
            "must_region": row.must_region.public_id if row.must_region else None,
            "must_product": row.must_product.public_id if row.must_product else None,
            "must_employees": row.must_employees,
            "must_use_case": row.must_use_case,
            "must_persona": row.must_persona,
            "competitor": row.competitor,
            **nice_of(row),
        }

    def get_cancel_url(self) -> str:
        """Back to the request."""
        return self.row.get_absolute_url()

    def save(self, form: ChangeForm) -> str:
        """Keep the changes."""
        return services.change(request=self.row, actor=self.request.user, **form.cleaned_data).get_absolute_url()


@permission_required("references.ask_reference")
def deals(request: MemberRequest) -> JsonResponse:
    """Answer the type-ahead: own open deals."""
    found = selectors.pick_deals(request.user, request.GET.get("q", ""))
    results = [
        {
            "id": deal.public_id,
            "text": deal_words(deal),
            "sub": " · ".join(
                part
                for part in (
                    str(deal.get_stage_display()),
                    _("closes %(day)s") % {"day": rp.day(deal.closes_on)} if deal.closes_on else "",
                    deal.external_ref or "",
                )
                if part
            ),
        }
        for deal in found
    ]
    return JsonResponse({"results": results})


@permission_required("references.ask_reference")
def fits(request: MemberRequest) -> HttpResponse:
    """Answer, while the form is filled in, how many customers could be asked for it today."""
    need = _typed(request)
    if need is None:
        return HttpResponse("")
    against = services.against_policy(activity=need.activity, opportunity=need.opportunity)
    context = {"fits": selectors.fits(need), "against": against}
    return render(request, "references/requests/fits.html", context)


@permission_required("references.ask_reference")
def instead(request: MemberRequest) -> HttpResponse:
    """Show, while the form is filled in, what may answer the need without a customer's time."""
    need = _typed(request)
    if need is None or not request.user.has_perm("references.share_content"):
        return HttpResponse("")
    context = {"found": selectors.ladder(need, request.user), "need": need}
    return render(request, "references/requests/ladder.html", context)


def _typed(request: MemberRequest) -> ReferenceRequest | None:
    """Return the need as far as it is typed; None without an activity."""
    form = NeedForm(request.GET, user=request.user)
    form.is_valid()
    typed = form.cleaned_data
    if typed.get("activity") is None:
        return None
    return ReferenceRequest(
        activity=typed["activity"],
        opportunity=typed.get("opportunity"),
        **{name: typed[name] for name in MUSTS if typed.get(name)},
    )
