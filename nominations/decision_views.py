"""Deciding on a nomination: in the queue the next one comes by itself, from its own page one stays there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nominations import presence, selectors, services
from nominations.enums import NominationState
from nominations.forms import DecisionForm
from nominations.models import Nomination
from nominations.screening_views import decision_context, present, show_screening
from nominations.views import show_detail
from refprogram.kernel.errors import DomainError, IllegalMove
from refprogram.kernel.forms import add_refusal
from refprogram.kernel.templatetags import rp
from refprogram.people.auth import MemberRequest

N = NominationState
Verb = Callable[[Nomination, DecisionForm, Any], Nomination]


def _approve(nomination: Nomination, form: DecisionForm, actor: Any) -> Nomination:
    return services.approve(nomination=nomination, actor=actor, card=form.card(), contact=form.speaker())


def _park(nomination: Nomination, form: DecisionForm, actor: Any) -> Nomination:
    said = form.cleaned_data
    return services.park(nomination=nomination, actor=actor, reason=said["reason"], revisit_on=said["revisit_on"])


def _refuse(nomination: Nomination, form: DecisionForm, actor: Any) -> Nomination:
    return services.refuse(nomination=nomination, actor=actor, reason=form.cleaned_data["reason"])


def _resume(nomination: Nomination, form: DecisionForm, actor: Any) -> Nomination:
    return services.resume(nomination=nomination, actor=actor)


VERBS: dict[str, tuple[Verb, NominationState]] = {
    "approve": (_approve, N.APPROVED),
    "park": (_park, N.PARKED),
    "refuse": (_refuse, N.NOT_APPROVED),
    "resume": (_resume, N.SCREENING),
}


# Where a decision leads by itself: who presses twice is not told that they were too late.
AFTER = {N.APPROVED: {N.APPROVED, N.OUTREACH, N.ENROLLED}}


@require_POST
@login_required
def decide(request: MemberRequest, public_id: str, verb: str) -> HttpResponse:
    """Approve, park, refuse or bring back; then the next nomination, or this one's page."""
    nomination = selectors.DETAIL.or_404(request.user, public_id=public_id)
    if not request.user.has_perm("nominations.screen"):
        raise PermissionDenied
    act, state = VERBS[verb]
    form = DecisionForm(request.POST, contacts=present(nomination.account), verb=verb)
    try:
        services.check_move(nomination, state)  # an old page hears that it is decided, not what its form lacks
        if not form.is_valid():
            return _show_again(request, nomination, form)
        done = act(nomination, form, request.user)
    except IllegalMove as error:
        nomination = selectors.by_id(nomination.pk)
        if nomination.state not in AFTER.get(state, {state}) or nomination.decided_by_id != request.user.pk:
            messages.error(
                request, f"{nomination.account.name}: {_who_was_first(nomination, request) or error.message}"
            )
        return redirect(_next_page(request, nomination))
    except DomainError as error:
        add_refusal(form, error)
        return _show_again(request, nomination, form)
    presence.leave(done, request.user)
    if not (done.state == N.PARKED and request.POST.get("one_by_one")):  # the queue says so, with the way back
        messages.success(request, _said(done))
    return redirect(_next_page(request, done))


def _who_was_first(nomination: Nomination, request: MemberRequest) -> str:
    """Return who decided before, what, and when; empty where it was nobody else."""
    by, at = nomination.decided_by, nomination.decided_at
    if by is None or at is None or by.pk == request.user.pk:
        return ""
    return _("%(name)s decided %(when)s: %(state)s.") % {
        "name": by.name,
        "when": rp.relative_words((at - timezone.now()).total_seconds()),
        "state": nomination.get_state_display(),
    }


def _next_page(request: MemberRequest, nomination: Nomination) -> str:
    if request.POST.get("one_by_one"):
        return f"{reverse('nominations:screening')}?after={nomination.public_id}"
    return nomination.get_absolute_url()


def _show_again(request: MemberRequest, nomination: Nomination, form: DecisionForm) -> HttpResponse:
    """Show what is missing where the form was: on the nomination's own page, or in the queue."""
    if nomination.state != N.SCREENING:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(nomination)
    if not request.POST.get("one_by_one"):
        return show_detail(request, nomination, status=422, **decision_context(nomination, form))
    place = selectors.queue_place(wanted=nomination.public_id)
    return show_screening(request, place, form=form, status=422)


def _said(nomination: Nomination) -> str:
    words = {
        N.OUTREACH: _("%(account)s is approved; %(contact)s is invited."),
        N.APPROVED: _("%(account)s is approved. %(reason)s"),
        N.ENROLLED: _("%(account)s is approved, and a reference: %(contact)s takes part already."),
        N.PARKED: _("%(account)s is parked."),
        N.NOT_APPROVED: _("%(account)s is not approved; %(nominator)s reads why."),
        N.SCREENING: _("%(account)s is back in the queue."),
    }
    return words[N(nomination.state)] % {
        "account": nomination.account.name,
        "contact": nomination.contact or "",
        "nominator": nomination.nominator.name,
        "reason": nomination.reason,
    }
