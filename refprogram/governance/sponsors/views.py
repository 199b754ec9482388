"""Pages of sponsors: who backs what and where nobody does, one of them, naming, handing over."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from refprogram.governance.sponsors import selectors, services
from refprogram.governance.sponsors.enums import Backs, Cause
from refprogram.governance.sponsors.forms import ChangeSponsorForm, HandOverForm, PledgeForm, SponsorForm
from refprogram.governance.sponsors.models import Sponsorship
from refprogram.governance.sponsors.states import STATES
from refprogram.kernel import timeline
from refprogram.kernel.errors import DomainError
from refprogram.kernel.forms import FormPage
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button
from refprogram.people.gates import permission_required

KEEP = "governance.keep_sponsors"
SHOWN = 30  # promises on the page of one sponsor


@require_safe
@permission_required("governance.see_sponsors")
def board(request: MemberRequest) -> HttpResponse:
    """Who backs what, where nobody does, and how well promises were kept."""
    today = timezone.localdate()
    parts = selectors.board()
    context = {
        "parts": parts,
        "gaps": [part for part in parts if part.is_gap],
        "rates": selectors.rates(selectors.visible_to(request.user), today),
        "late": selectors.count_behind(request.user),
        "today": today,
        "causes": dict(Cause.choices),
        "may_keep": request.user.has_perm(KEEP),
    }
    return render(request, "governance/sponsors/board.html", context)


def found(request: HttpRequest, public_id: str) -> Sponsorship:
    """Return the sponsor, if the reader may see them."""
    rows = selectors.sponsors_in_full(selectors.sponsors_for(request.user))  # type: ignore[arg-type]
    row: Sponsorship = get_object_or_404(rows, public_id=public_id)
    return row


@require_safe
@login_required
def sponsor(request: MemberRequest, public_id: str) -> HttpResponse:
    """One sponsor: what they back, what they promised, how well they kept it; handing over."""
    row = found(request, public_id)
    own = selectors.of_sponsor(row)
    context = {
        "row": row,
        "alert": Cause(row.alert).label if row.alert else "",
        "ended_for": Cause(row.ended_for).label if row.ended_for else "",
        "pledges": [(one, STATES[one.state]) for one in own[:SHOWN]],
        "rates": selectors.rates(own, timezone.localdate()),
        "may_keep": request.user.has_perm(KEEP),
        "may_promise": row.is_live and request.user.has_perm("governance.promise_for", row),
        "entries": timeline.entries(timeline.of_subject("sponsorship", row.pk)[: timeline.PAGE], request.user),
    }
    return render(request, "governance/sponsors/sponsor.html", context)


class NameSponsor(FormPage):
    """Name a sponsor."""

    form_class = SponsorForm
    title = _("Name a sponsor")
    facts = _("Somebody with weight who says in public that they want the program.")
    verb = _("Name them")
    cancel_url = reverse_lazy("governance:sponsors")
    permission = KEEP
    draft = "sponsor-new"

    def get_initial(self) -> dict[str, Any]:
        """Return the part that the address names."""
        region = self.request.GET.get("region", "")
        return {"backs": Backs.REGION, "region": region} if region else {}

    def save(self, form: SponsorForm) -> str:
        """Name them."""
        said = form.cleaned_data
        return services.name_sponsor(user=said["user"], facts=said, by=self.request.user).get_absolute_url()


class SponsorPage(FormPage):
    """Base of forms about one sponsor."""

    needs = KEEP

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hide who may not be seen; refuse what the reader may not do."""
        if request.user.is_authenticated and not request.user.has_perm(self.needs, self.row):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def row(self) -> Sponsorship:
        """The sponsor of this address."""
        return found(self.request, self.kwargs["public_id"])

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """Who it is, and what they back."""
        return [self.row.user.name, self.row.label]

    def get_cancel_url(self) -> str:
        """Back to them."""
        return self.row.get_absolute_url()


class ChangeSponsor(SponsorPage):
    """Change until when, and who follows."""

    form_class = ChangeSponsorForm
    title = _("Change until when, and who follows")
    verb = _("Keep the change")

    def get_initial(self) -> dict[str, Any]:
        """Return it as it is."""
        row = self.row
        return {"until": row.until, "deputy": row.deputy.public_id if row.deputy else ""}

    def save(self, form: ChangeSponsorForm) -> str:
        """Keep it."""
        services.change_sponsor(row=self.row, by=self.request.user, **form.cleaned_data)
        return self.row.get_absolute_url()


class HandOver(SponsorPage):
    """Let somebody else back it."""

    form_class = HandOverForm
    title = _("Hand over")
    verb = _("Hand over everything that is open")

    def get_initial(self) -> dict[str, Any]:
        """Return who was named to follow."""
        return {"to": self.row.deputy.public_id if self.row.deputy else ""}

    def save(self, form: HandOverForm) -> str:
        """Hand over."""
        target = services.hand_over(row=self.row, to=form.cleaned_data["to"], by=self.request.user)
        messages.success(self.request, _t("Handed over. They get a mail, and say yes or no to each promise."))
        return target.get_absolute_url()


class Promise(SponsorPage):
    """Note what a sponsor promises."""

    form_class = PledgeForm
    title = _("A promise")
    verb = _("Keep the promise on record")
    needs = "governance.promise_for"

    def save(self, form: PledgeForm) -> str:
        """Note it."""
        made = services.promise(sponsorship=self.row, facts=form.cleaned_data, by=self.request.user)
        return made.get_absolute_url()


end = button(
    found,
    lambda request, row: services.end_sponsor(row=row, by=request.user),
    _("Ended. What was promised needs a new sponsor now."),
    needs=KEEP,
)
keep_on = button(
    found, lambda request, row: services.keep_on(row=row, by=request.user), _("Noted. Nothing has to be done."),
    needs=KEEP,
)  # fmt: skip


def _to_deputy(request: MemberRequest, row: Sponsorship) -> None:
    if row.deputy is None:
        raise DomainError(_t("Nobody was named to follow them. Choose somebody."))
    services.hand_over(row=row, to=row.deputy, by=request.user)


to_deputy = button(found, _to_deputy, _("Handed over. They say yes or no to each promise."), needs=KEEP)
