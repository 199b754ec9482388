"""Screening: one nomination at a time, by keyboard, the next one by itself."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nominations import policy, selectors, services, states
from nominations.enums import NominationState
from nominations.forms import LEVEL_WORDS, DecisionForm
from nominations.models import Nomination
from references.accounts import selectors as accounts
from references.models import Account, Contact
from refprogram.kernel.errors import DomainError, IllegalMove
from refprogram.kernel.forms import add_refusal
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

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
    "approve": (_approve, N.OUTREACH),
    "park": (_park, N.PARKED),
    "refuse": (_refuse, N.NOT_APPROVED),
    "resume": (_resume, N.SCREENING),
}


def decision_context(nomination: Nomination, form: DecisionForm | None = None) -> dict[str, Any]:
    """Return what the score-card and its buttons need."""
    contacts = present(nomination.account)
    bound = form or DecisionForm(initial=_initial(nomination, contacts), contacts=contacts)
    card = [
        (name, bound.fields[name].label, list(enumerate(words, start=1)), bound[name].value(), bound[name].errors)
        for name, words in LEVEL_WORDS.items()
    ]
    return {"decision": bound, "card": card, "contacts": contacts, "fit": accounts.references_like(nomination.account)}


def present(account: Account) -> list[Contact]:
    """Return the customer's people who are still there."""
    return [contact for contact in accounts.contacts_of(account) if contact.left_company_at is None]


def _initial(nomination: Nomination, contacts: list[Contact]) -> dict[str, Any]:
    """What stands there at first; where nobody is named, the first of their people who can be written to."""
    known = [contact for contact in contacts if contact.person.email]
    speaker = nomination.contact or (known[0] if known else None)
    return {
        "contact": speaker.public_id if speaker else "",
        "relationship": nomination.score_relationship,
        "results": nomination.score_results,
        "fit": nomination.score_fit,
        "revisit_on": timezone.localdate() + policy.PARK_FOR,
    }


@require_GET
@permission_required("nominations.screen")
def screening(request: MemberRequest) -> HttpResponse:
    """Show the nomination to screen next, with its place in the queue."""
    place = selectors.queue_place(wanted=request.GET.get("n", ""), after=request.GET.get("after", ""))
    return show_screening(request, place)


def show_screening(
    request: MemberRequest, place: selectors.QueuePlace, *, form: DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    """Return the screening page."""
    nomination = place.nomination
    context: dict[str, Any] = {"place": place, "nomination": nomination}
    if nomination is not None:
        context |= decision_context(nomination, form)
        context |= {
            "answer_pill": states.ANSWER_PILLS[nomination.owner_answer],
            "answer_is_old": _is_old(nomination.owner_answered_at),
            "activities": [kind for kind in accounts.activity_types() if kind.slug in nomination.activities],
            "frozen": nomination.account.frozen,
        }
    return render(request, "nominations/screening.html", context, status=status)


def _is_old(answered_at: dt.datetime | None) -> bool:
    return answered_at is not None and timezone.now() - answered_at > policy.OWNERS_WORD_HOLDS


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
        nomination.refresh_from_db()
        if nomination.state != state or nomination.decided_by_id != request.user.pk:
            messages.error(request, f"{nomination.account.name}: {error.message}")
        return redirect(_next_page(request, nomination))
    except DomainError as error:
        add_refusal(form, error)
        return _show_again(request, nomination, form)
    messages.success(request, _said(done))
    return redirect(_next_page(request, done))


def _next_page(request: MemberRequest, nomination: Nomination) -> str:
    if request.POST.get("one_by_one"):
        return f"{reverse('nominations:screening')}?after={nomination.public_id}"
    return nomination.get_absolute_url()


def _show_again(request: MemberRequest, nomination: Nomination, form: DecisionForm) -> HttpResponse:
    if nomination.state != N.SCREENING:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(nomination)
    place = selectors.queue_place(wanted=nomination.public_id)
    return show_screening(request, place, form=form, status=422)


def _said(nomination: Nomination) -> str:
    words = {
        N.OUTREACH: _("%(account)s is approved; %(contact)s is invited."),
        N.PARKED: _("%(account)s is parked."),
        N.NOT_APPROVED: _("%(account)s is not approved; %(nominator)s reads why."),
        N.SCREENING: _("%(account)s is back in the queue."),
    }
    return words[N(nomination.state)] % {
        "account": nomination.account.name,
        "contact": nomination.contact or "",
        "nominator": nomination.nominator.name,
    }
