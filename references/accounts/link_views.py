"""Pages behind a signed link: a customer invited to take part, a colleague asked whether a customer is still happy.

GET shows, POST acts. A link that was answered shows what was answered.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from references.accounts import kept, selectors, services, wording
from references.accounts.enums import AskState
from references.accounts.models import Account, Ask
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.models import SignedLink

OUTCOMES = {AskState.SPENT: "yes", AskState.DECLINED: "no", AskState.RELEASED: "not_now"}


def invitation(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Ask a customer's person to take part: yes with what they ticked, not now, or no."""
    ask = get_object_or_404(selectors.invitations(), pk=link.subject_id)
    if request.method == "POST" and ask.state == AskState.HELD:
        try:
            _answer_invitation(request, token)
        except InvalidInput as error:
            return _show_invitation(request, ask, link, problem=error)
        return redirect(request.path)
    if ask.state != AskState.HELD:
        return _show_outcome(request, ask)
    return _show_invitation(request, ask, link)


def _answer_invitation(request: HttpRequest, token: str) -> None:
    answer = request.POST.get("answer", "")
    reason = request.POST.get("reason", "").strip()[:2000]
    if answer == "yes":
        services.accept_invitation(token=token, activities=request.POST.getlist("activities"))
    elif answer in {"no", "not_now"}:
        services.decline_invitation(token=token, reason=reason, not_now=answer == "not_now")
    else:
        raise InvalidInput(_("Choose one of the answers."))


def _show_invitation(
    request: HttpRequest, ask: Ask, link: SignedLink, *, problem: InvalidInput | None = None
) -> HttpResponse:
    """Show what was suggested first, but ticked by nobody else: consent is the customer's own act."""
    chosen, suggested = set(request.POST.getlist("activities")), set(ask.contact.willing)
    kinds = [(kind, wording.minutes(kind), kind.slug in chosen) for kind in selectors.offered_types()]
    context = {
        "ask": ask,
        "person": ask.contact.person,
        "account": ask.account,
        "program": wording.program_of(),
        "us": wording.with_us(),
        "inviter": ask.reserved_by,
        "choices": [one for one in kinds if one[0].slug in suggested] or kinds,
        "others": [one for one in kinds if one[0].slug not in suggested] if suggested else [],
        "promise": wording.promise(),
        "cap": kept.cap_of(ask.contact),
        "problem": problem.message if problem and "activities" not in problem.errors else "",
        "nothing_chosen": problem.errors.get("activities", "") if problem else "",
        "ends_at": link.expires_at,
    }
    return render(request, "references/accounts/invitation.html", context, status=422 if problem else 200)


def _show_outcome(request: HttpRequest, ask: Ask) -> HttpResponse:
    consent = next(iter(selectors.consents_of(ask.contact)), None)
    agreed = consent.activities if consent else []
    context: dict[str, Any] = {
        "ask": ask,
        "person": ask.contact.person,
        "account": ask.account,
        "program": wording.program_of(),
        "inviter": ask.reserved_by,
        "outcome": OUTCOMES[AskState(ask.state)],
        "consent": consent,
        "agreed": [(kind, wording.minutes(kind)) for kind in selectors.activity_types() if kind.slug in agreed],
    }
    return render(request, "references/accounts/invitation_answered.html", context)


def still_true(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Ask a colleague whether a customer is still happy: yes, or please leave them alone."""
    account = get_object_or_404(selectors.any_account(), pk=link.subject_id)
    if request.method == "POST" and link.used_at is None:
        _answer_check(request, link, account, token)
        return redirect(request.path)
    context = {"account": account, "answered": link.used_at is not None, "person": selectors.person(link.person_id)}
    return render(request, "references/accounts/still_true.html", context)


def _answer_check(request: HttpRequest, link: SignedLink, account: Account, token: str) -> None:
    person = selectors.person(link.person_id)
    if request.POST.get("answer") == "yes":
        services.confirm_still_true(account=account, actor=person, token=token)
    else:
        reason = request.POST.get("reason", "").strip()[:2000]
        services.deny_still_true(account=account, reason=reason, actor=person, token=token)
