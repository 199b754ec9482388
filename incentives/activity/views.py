"""Pages of activity: one's own weeks and use, proofs, and the lists of who oversees."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from incentives.activity import forms, policy, selectors, services, shown
from incentives.activity.enums import ProofState
from incentives.activity.filters import AdoptionFilter, ProofFilter, WeekFilter
from incentives.activity.models import ActivityProof, AdoptionMonth, WeekReward
from incentives.activity.tables import PROOFS, REWARDS, AdoptionTable, ProofTable, WeekTable
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

SEE = "incentives.see_quality"


@require_safe
@permission_required(SEE)
def own(request: MemberRequest) -> HttpResponse:
    """`/activity-rewards/`: my week so far, my weeks before, and on how many of my days I used the CRM."""
    context = {
        "now": shown.present_week(request.user),
        "use": shown.present_use(request.user),
        "proofs": selectors.own_proofs(request.user),
        "weeks": shown.weeks_before(request.user),
        "months": shown.months_before(request.user),
        "figures": policy.now(),
        "oversees": request.user.has_perm("incentives.see_exceptions"),
    }
    return render(request, "incentives/activity/own.html", context)


class WeekList(ListPage):
    """`/activity-rewards/weeks/`"""

    page = "incentives:week-rewards"
    title = _("Weeks of activity")
    permission = SEE
    table_class = WeekTable
    filterset_class = WeekFilter
    search_fields = ("user__person__name",)
    default_sort = "-week"
    views = (View("waiting", _("Waits for proof"), "state=waiting"),)
    empty = Empty(_("A week is counted once the CRM has told of it: on the Tuesday after it."))

    def get_queryset(self) -> QuerySet[WeekReward]:
        """Return the weeks that the reader may see."""
        return selectors.weeks_visible_to(self.request.user)


class AdoptionList(ListPage):
    """`/adoption/`"""

    page = "incentives:adoption"
    title = _("Use of the CRM")
    permission = SEE
    table_class = AdoptionTable
    filterset_class = AdoptionFilter
    search_fields = ("user__person__name",)
    default_sort = "-month"
    views = (View("low", _("Below half"), "percent_max=49"),)
    empty = Empty(_("On how many of their working days people used the CRM will be here, month by month."))

    def get_queryset(self) -> QuerySet[AdoptionMonth]:
        """Return the months that the reader may see."""
        return selectors.months_visible_to(self.request.user)


class ProofList(ListPage):
    """`/activity-rewards/proofs/`"""

    page = "incentives:activity-proofs"
    title = _("Proofs of activities")
    permission = SEE
    table_class = ProofTable
    filterset_class = ProofFilter
    search_fields = ("reward__user__person__name", "activity__detail")
    default_sort = "due"
    views = (View("judge", _("To be judged"), "state=given"), View("asked", _("Asked for"), "state=asked"))
    empty = Empty(_("The lot chooses activities that have to be proved; they will be here."))

    def get_queryset(self) -> QuerySet[ActivityProof]:
        """Return the proofs that the reader may see."""
        return selectors.proofs_visible_to(self.request.user)


@require_safe
@permission_required(SEE)
def week_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """One week: what was done, what it earned, what was to be proved."""
    row = get_object_or_404(selectors.weeks_visible_to(request.user), public_id=public_id)
    context = {
        "row": row,
        "pill": REWARDS[row.state],  # type: ignore[index]
        "lines": row.lines,
        "proofs": [(proof, PROOFS[ProofState(proof.state)]) for proof in shown.proofs_of(row)],
        "cap": row.terms["most_a_week"],
        "crumbs": [(_t("Activity"), reverse("incentives:activity"))],
    }
    return render(request, "incentives/activity/week.html", context)


def found_proof(request: HttpRequest, public_id: str) -> ActivityProof:
    """Return the proof, if the reader may see it."""
    rows = selectors.proofs_visible_to(request.user)  # type: ignore[arg-type]
    return get_object_or_404(rows, public_id=public_id)


@require_safe
@permission_required(SEE)
def proof_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """One proof: which activity, what was said, what was made of it."""
    proof = found_proof(request, public_id)
    context = {
        "proof": proof,
        "pill": PROOFS[ProofState(proof.state)],
        "may_give": proof.state == ProofState.ASKED and proof.reward.user_id == request.user.pk,
        "may_judge": proof.state == ProofState.GIVEN and request.user.has_perm("incentives.judge_proofs", proof),
        "late": proof.due_on < timezone.localdate(),
        "crumbs": [(_t("Activity"), reverse("incentives:activity"))],
    }
    return render(request, "incentives/activity/proof.html", context)


class _AboutProof(FormPage):
    """Base of the forms about one proof."""

    kwargs: dict[str, Any]

    @cached_property
    def proof(self) -> ActivityProof:
        """The proof, if the reader may see it."""
        return found_proof(self.request, self.kwargs["public_id"])

    def may(self) -> bool:
        """Whether the reader may do this."""
        raise NotImplementedError

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """First whether it is there for the reader, then whether they may."""
        if request.user.is_authenticated and not self.may():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        """Return which activity."""
        return _t("%(what)s of %(name)s") % {"what": self.proof.activity.detail, "name": self.proof.reward.user.name}

    def get_cancel_url(self) -> str:
        """Go back to the proof."""
        return self.proof.get_absolute_url()


class GiveProof(_AboutProof):
    """`/activity-rewards/proofs/<id>/give/`"""

    form_class = forms.ProofForm
    verb = _("Send it")
    draft = "incentives:proof"

    def may(self) -> bool:
        """Whoever did it."""
        return self.proof.reward.user_id == self.request.user.pk

    def save(self, form: Any) -> str:
        """Give it."""
        services.give_proof(proof=self.proof, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Sent. The week is paid when it is judged."))
        return reverse("incentives:activity")


class JudgeProof(_AboutProof):
    """`/activity-rewards/proofs/<id>/judge/`"""

    form_class = forms.JudgeForm
    verb = _("Judge it")

    def may(self) -> bool:
        """Somebody else, who oversees or leads them."""
        return self.request.user.has_perm("incentives.judge_proofs", self.proof)

    def save(self, form: Any) -> str:
        """Judge it."""
        said = form.cleaned_data
        services.judge_proof(
            proof=self.proof, by=self.request.user, accepted=said["accepted"] == "yes", verdict=said["verdict"]
        )
        messages.success(self.request, _t("Judged."))
        return f"{reverse('incentives:activity-proofs')}?view=judge"
