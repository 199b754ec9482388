"""Screening: one nomination at a time, by keyboard."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nominations import policy, presence, selectors, services, states
from nominations.forms import LEVEL_WORDS, DecisionForm
from nominations.models import Nomination
from references.accounts import selectors as accounts
from references.models import Account, Contact
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required


def decision_context(nomination: Nomination, form: DecisionForm | None = None) -> dict[str, Any]:
    """Return what the score-card and its buttons need."""
    contacts = present(nomination.account)
    bound = form or DecisionForm(initial=_initial(nomination, contacts), contacts=contacts)
    card = [
        (name, bound.fields[name].label, _levels(words), bound[name].value(), bound[name].errors)
        for name, words in LEVEL_WORDS.items()
    ]
    return {
        "decision": bound,
        "card": card,
        "contacts": contacts,
        "fit": accounts.references_like(nomination.account),
        "seconds": selectors.seconds_of(nomination),
        "is_strategic": services.is_strategic(nomination),
    }


def _levels(words: Iterable[Any]) -> list[tuple[str, str]]:
    # As text: a figure would be put into the reader's way of writing figures each time that it is drawn.
    return [(str(level), str(sentence)) for level, sentence in enumerate(words, start=1)]


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
        "revisit_on": timezone.localdate() + policy.now().park_for,
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
    undo = selectors.just_parked(request.GET.get("after", ""), request.user)
    context: dict[str, Any] = {"place": place, "nomination": nomination, "undo": undo}
    if nomination is not None:
        context |= decision_context(nomination, form)
        context |= {
            "answer_pill": states.answer_pill(nomination),
            "answer_is_old": _is_old(nomination.owner_answered_at),
            "activities": [kind for kind in accounts.activity_types() if kind.slug in nomination.activities],
            "frozen": nomination.account.frozen,
            "other": presence.look(nomination, request.user),
            "may_ask_again": nomination.account.owner_id not in {None, nomination.nominator_id},
        }
    return render(request, "nominations/screening.html", context, status=status)


def _is_old(answered_at: dt.datetime | None) -> bool:
    return answered_at is not None and timezone.now() - answered_at > policy.now().word_holds
