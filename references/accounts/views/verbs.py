"""One tap, one service: what needs no form."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from references.accounts import selectors, services
from references.accounts.models import Account
from references.accounts.views.base import next_url
from refprogram.kernel.errors import DomainError


def _act(
    request: HttpRequest, account: Account, permission: str, act: Callable[[], object], *, done: str, back: str = ""
) -> HttpResponse:
    """Do one thing to an account the reader may see; say what was done or why not, and go back."""
    if not request.user.has_perm(permission, account):
        raise PermissionDenied
    try:
        act()
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect(next_url(request, back or account.get_absolute_url()))


@login_required
@require_POST
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that an account is still a happy customer."""
    user: Any = request.user
    account = selectors.DETAIL.or_404(user, public_id=public_id)
    done = _("Thank you: %(name)s is confirmed.") % {"name": account.name}
    return _act(
        request, account, "references.confirm_account",
        lambda: services.confirm_still_true(account=account, actor=user), done=done,
    )  # fmt: skip


@login_required
@require_POST
def ask_still_true(request: HttpRequest, public_id: str) -> HttpResponse:
    """Have the owner asked whether the customer is still happy."""
    user: Any = request.user
    account = selectors.DETAIL.or_404(user, public_id=public_id)
    return _act(
        request, account, "references.ask_still_true",
        lambda: services.ask_still_true(account=account, actor=user), done=_("The owner is asked."),
    )  # fmt: skip


@login_required
@require_POST
def resume(request: HttpRequest, public_id: str) -> HttpResponse:
    """End an account's pause."""
    user: Any = request.user
    account = selectors.DETAIL.or_404(user, public_id=public_id)
    return _act(
        request, account, "references.pause_account", lambda: services.resume(account=account, actor=user),
        done=_("The pause has ended."),
    )  # fmt: skip


@login_required
@require_POST
def lift_freeze(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lift one freeze."""
    user: Any = request.user
    freeze = get_object_or_404(selectors.freezes_visible_to(user), public_id=public_id)
    return _act(
        request, freeze.account, "references.freeze_account",
        lambda: services.lift_freeze(freeze=freeze, actor=user), done=_("The freeze is lifted."),
    )  # fmt: skip


@login_required
@require_POST
def revoke_consent(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note that a customer took a consent back."""
    user: Any = request.user
    consent = get_object_or_404(selectors.consents_visible_to(user), public_id=public_id)
    return _act(
        request, consent.contact.account, "references.record_consent",
        lambda: services.revoke_consent(consent=consent, actor=user), done=_("Noted: this consent no longer holds."),
        back=consent.contact.get_absolute_url(),
    )  # fmt: skip


@login_required
@require_POST
def contact_left(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note that a customer's person left the company."""
    user: Any = request.user
    contact = get_object_or_404(selectors.contacts_visible_to(user), public_id=public_id)
    return _act(
        request, contact.account, "references.change_contacts",
        lambda: services.contact_left(contact=contact, actor=user),
        done=_("Noted. %(name)s is asked no more.") % {"name": contact.person.name},
    )  # fmt: skip


@login_required
@require_POST
def withdraw_invitation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Withdraw the invitation that a contact has not answered yet."""
    user: Any = request.user
    contact = get_object_or_404(selectors.contacts_visible_to(user), public_id=public_id)
    return _act(
        request, contact.account, "references.invite_contact",
        lambda: services.withdraw_invitation(contact=contact, actor=user), done=_("The invitation is withdrawn."),
        back=contact.get_absolute_url(),
    )  # fmt: skip
