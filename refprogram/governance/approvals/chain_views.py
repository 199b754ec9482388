"""Chains: what they say, writing a draft, trying it out, publishing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from refprogram.governance.approvals import pickers, selectors, services, words
from refprogram.governance.approvals.forms import ChainForm, DryRunForm
from refprogram.governance.approvals.models import Chain, ChainVersion
from refprogram.governance.approvals.planning import LOOK_BACK
from refprogram.governance.approvals.seats import Matter
from refprogram.governance.approvals.traits import TraitNames, traits_of
from refprogram.kernel import timeline
from refprogram.kernel.errors import DomainError
from refprogram.kernel.forms import FormPage
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required


def _chain(public_id: str) -> Chain:
    return get_object_or_404(selectors.with_versions(selectors.chains()), public_id=public_id)


def _drawn(chain: Chain, version: ChainVersion | None) -> list[dict[str, Any]]:
    if version is None:
        return []
    names = TraitNames(chain.kind)
    return [
        {"position": step.position, "title": words.step_words(step), "detail": words.step_details(step, names)}
        for step in version.steps.all()
    ]


@permission_required("governance.see_chains")
@require_safe
def chains(request: MemberRequest) -> HttpResponse:
    """Every kind of approval with the chain that it has now."""
    rows = list(selectors.with_versions(selectors.chains()))
    lines = [
        {
            "chain": row,
            "steps": _drawn(row, selectors.live_of(row)),
            "live": selectors.live_of(row),
            "draft": selectors.draft_of(row),
        }
        for row in rows
    ]
    return render(request, "governance/approvals/chains.html", {"lines": lines})


@permission_required("governance.see_chains")
@require_safe
def chain(request: MemberRequest, public_id: str) -> HttpResponse:
    """One chain: its steps, its draft, its versions, and the dry run."""
    row = _chain(public_id)
    draft = selectors.draft_of(row)
    events = timeline.of_subject("chain", row.pk)[: timeline.PAGE]
    shown = {
        "chain": row,
        "live": selectors.live_of(row),
        "steps": _drawn(row, selectors.live_of(row)),
        "draft": draft,
        "draft_steps": _drawn(row, draft),
        "entries": timeline.entries(events, request.user),
        "may_edit": request.user.has_perm("governance.edit_chains"),
        **_tried(request, row),
    }
    return render(request, "governance/approvals/chain.html", shown)


@permission_required("governance.see_chains")
@require_safe
def dry_run(request: MemberRequest, public_id: str) -> HttpResponse:
    """Who would be asked: the panel alone."""
    return render(request, "governance/approvals/dry_run.html", _tried(request, _chain(public_id)))


def _tried(request: MemberRequest, row: Chain) -> dict[str, Any]:
    """Run the chain dry if the address says for whom; the draft where it is asked for."""
    asked = "requester" in request.GET
    first = {"requester": request.user.public_id}
    form = DryRunForm(request.GET if asked else None, initial=first, traits=traits_of(row.kind))
    draft, wants_draft = selectors.draft_of(row), request.GET.get("version") == "draft"
    version = draft if wants_draft and draft is not None else selectors.live_of(row)
    shown: dict[str, Any] = {"chain": row, "draft": draft, "dry_form": form, "wants_draft": wants_draft, "tried": asked}
    if asked and form.is_valid() and version is not None:
        said = form.cleaned_data
        traits = frozenset(said.get("traits", ()))
        matter = Matter(said["requester"], said["amount"], said["owner"], traits=traits)
        turns = selectors.plan(version, matter)
        shown |= {"stages": selectors.planned(turns).stages, "passes": bool(turns) and all(t.skipped for t in turns)}
    return shown


class EditChain(FormPage):
    """The draft, a row per step. It can be kept, or kept and tried for publishing."""

    form_class = ChainForm
    verb = _("Keep the draft")
    facts = _("What is asked already keeps the chain it began with.")
    permission = "governance.edit_chains"
    template_name = "governance/approvals/chain_edit.html"
    form_template = "governance/approvals/chain_edit.html#form"

    @cached_property
    def chain(self) -> Chain:
        """The chain of this address."""
        return _chain(self.kwargs["public_id"])

    def get_title(self) -> str:
        """Name the kind."""
        return _t("Draft: %(kind)s") % {"kind": self.chain}

    def get_cancel_url(self) -> str:
        """Back to the chain."""
        return self.chain.get_absolute_url()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start from the draft, or from what is published."""
        version = selectors.draft_of(self.chain) or selectors.live_of(self.chain)
        return {"steps": list(version.steps.all()) if version else [], "traits": traits_of(self.chain.kind)}

    def get_initial(self) -> dict[str, Any]:
        """Start from the draft, or from what is published."""
        version = selectors.draft_of(self.chain) or selectors.live_of(self.chain)
        return {"passes": bool(version and version.passes)}

    def save(self, form: ChainForm) -> str:
        """Keep the draft; go on to publishing where that button was pressed, or come back for one more step."""
        actor = self.request.user
        services.save_draft(chain=self.chain, steps=form.plans(), passes=form.cleaned_data["passes"], actor=actor)
        act = self.request.POST.get("act")
        if act == "more":
            return f"{reverse('governance:chain-edit', args=[self.chain.public_id])}#add"
        if act == "publish":
            return reverse("governance:chain-publish", args=[self.chain.public_id])
        messages.success(self.request, _t("Draft kept. Try it out, then publish it."))
        return self.chain.get_absolute_url()


@permission_required("governance.edit_chains")
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show what the draft would have done with the last month's approvals; put it in force when that is accepted."""
    row = _chain(public_id)
    draft = selectors.draft_of(row)
    if draft is None:
        messages.error(request, _t("There is no draft to publish."))
        return redirect(row.get_absolute_url())
    if request.method == "POST":
        try:
            version = services.publish(chain=row, actor=request.user)
        except DomainError as error:
            messages.error(request, error.message)
            return redirect(request.path)
        messages.success(request, _t("Version %(n)d is in force.") % {"n": version.number})
        return redirect(row.get_absolute_url())
    found = selectors.rehearse(draft)
    shown = {"chain": row, "draft": draft, "steps": _drawn(row, draft), "found": found, "days": LOOK_BACK.days}
    return render(request, "governance/approvals/chain_publish.html", shown)


@permission_required("governance.see_chains")
@require_safe
def approver_options(request: MemberRequest) -> JsonResponse:
    """Answer a type-ahead: whom a step may name."""
    words, further = request.GET.get("q", "").replace("\x00", ""), request.GET.get("for") == "further"
    return JsonResponse(pickers.approver_options(words, further=further), safe=False)


@permission_required("governance.edit_chains")
@require_POST
def drop(request: MemberRequest, public_id: str) -> HttpResponse:
    """Throw the draft away."""
    row = _chain(public_id)
    services.drop_draft(chain=row, actor=request.user)
    messages.success(request, _t("The draft is gone."))
    return redirect(row.get_absolute_url())
