"""Around a conversation: the brief of either side, what was promised, another time, personal thanks."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from references.requests import briefs, selectors, services
from references.requests.enums import AGREED_CANDIDATES, CandidateState
from references.requests.forms import ThanksForm
from references.requests.models import Candidate
from references.requests.views.verbs import on_candidate
from refprogram.kernel.forms import FormPage
from refprogram.people.auth import MemberRequest
from refprogram.people.models import User

# A brief is for a conversation that is to come, or was.
BRIEFED = (*AGREED_CANDIDATES, CandidateState.COMPLETED)


@require_safe
@login_required
def brief(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show both briefs of an agreed conversation, to be read or printed."""
    row = get_object_or_404(selectors.whole(selectors.candidates_visible_to(request.user)), public_id=public_id)
    if not request.user.has_perm("references.read_brief", row):
        raise PermissionDenied
    if row.state not in BRIEFED:
        raise Http404
    side = "customer" if request.GET.get("for") == "customer" else "us"
    shown = briefs.for_customer(row) if side == "customer" else briefs.for_us(row)
    context = {
        "candidate": row,
        "row": row.request,
        "brief": shown,
        "side": side,
        "writes": row.state in AGREED_CANDIDATES and request.user.has_perm("references.arrange_candidate", row),
    }
    return render(request, "references/requests/brief.html", context)


@on_candidate("references.arrange_candidate")
def promise(request: HttpRequest, candidate: Candidate, user: User) -> str:
    """Write down what the customer was promised."""
    services.keep_promise(candidate=candidate, promised=request.POST.get("promised", ""), actor=user)
    return _("Kept. It stands in both briefs.")


@on_candidate("references.arrange_candidate")
def other_times(request: HttpRequest, candidate: Candidate, user: User) -> str:
    """Ask the customer for another time."""
    services.ask_for_other_times(candidate=candidate, why=request.POST.get("text", ""), actor=user)
    return _("Asked. %(contact)s may offer other times.") % {"contact": candidate.contact.person.name}


class Thank(FormPage):
    """`/requests/candidates/<id>/thanks/`: a drafted word of thanks, changed and sent by who answers for them."""

    form_class = ThanksForm
    facts = gettext_lazy("It goes out as a mail in your name. Once: make it yours.")
    verb = gettext_lazy("Send the thanks")
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Open to who answers for the account and the program, once it was held."""
        if request.user.is_authenticated:
            if not request.user.has_perm("references.thank_customer", self.row):
                raise PermissionDenied
            if self.row.state != CandidateState.COMPLETED or self.row.thanked_at is not None:
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def row(self) -> Candidate:
        """The candidate who spoke."""
        rows = selectors.whole(selectors.candidates_visible_to(self.request.user))
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    def get_title(self) -> str:
        """Name them."""
        return _("Thank %(contact)s") % {"contact": self.row.contact.person.name}

    def get_cancel_url(self) -> str:
        """Go back to the request."""
        return self.row.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        """Draft it from the facts."""
        return {"words": briefs.draft_of_thanks(self.row)}

    def save(self, form: Any) -> str:
        """Send it."""
        services.send_thanks(candidate=self.row, words=form.cleaned_data["words"], actor=self.request.user)
        messages.success(self.request, _("Sent. Thank you for thanking."))
        return self.row.get_absolute_url()
